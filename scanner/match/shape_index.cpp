#include "scanner/match/shape_index.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "scanner/match/front_buckets.h"

namespace overreach {
namespace {

constexpr CharSet kUuid = char_set("0-9a-fA-F-");
constexpr std::size_t kMaxBack = 120;  // how far a shape may begin before a run

constexpr std::size_t kMaxSpread = 4;  // of a fixed piece's distance

std::vector<std::string_view> pieces_of(const Element& element) {
  if (element.kind == Element::Kind::literal) return {element.literal};
  if (element.kind == Element::Kind::one_of) return element.options;
  return {};
}

// Behind the last character of a piece that no run holds; 0 when all may stand
// in a run.
std::size_t behind_outside(std::string_view piece) {
  while (!piece.empty() && kRunCharacters.contains(piece.back())) {
    piece.remove_suffix(1);
  }
  return piece.size();
}

std::string_view last_four(std::string_view piece) {
  return piece.substr(piece.size() - std::min<std::size_t>(piece.size(), 4));
}

// What a text of the element may hold.
CharSet characters_of(const Element& element) {
  CharSet characters = element.set;
  if (element.kind == Element::Kind::uuid) characters.add(kUuid);
  for (const std::string_view piece : pieces_of(element)) {
    for (const char c : piece) characters.add(static_cast<unsigned char>(c));
  }
  for (const Element& inner : element.inner) {
    characters.add(characters_of(inner));
  }
  return characters;
}

bool all_inside(const std::vector<std::string_view>& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](std::string_view piece) {
    return piece.size() >= 2 &&
           std::all_of(piece.begin(), piece.end(),
                       [](char c) { return kRunCharacters.contains(c); });
  });
}

// How many characters of a run surely come next, from one element on; counted
// no further than it matters.
std::size_t run_ahead(const Shape& shape, std::size_t from) {
  std::size_t count = 0;
  for (; from < shape.size() && count < kMinRun; ++from) {
    const Element& element = shape[from];
    if (element.kind == Element::Kind::uuid) return kMinRun;
    if (element.kind == Element::Kind::chars) count += element.min;
    std::size_t least = kMinRun;
    bool ends = false;
    for (const std::string_view piece : pieces_of(element)) {
      const auto end =
          std::find_if_not(piece.begin(), piece.end(), is_run_character);
      least = std::min(least, static_cast<std::size_t>(end - piece.begin()));
      ends = ends || end != piece.end();
    }
    if (!pieces_of(element).empty()) count += least;
    if (ends) break;
  }
  return count;
}

// How many characters from the beginning on are surely no kGaps.
std::size_t without_gap(const Shape& shape) {
  std::size_t count = 0;
  for (const Element& element : shape) {
    if (characters_of(element).meets(kGaps)) break;
    count += min_length({element});
  }
  return count;
}

}  // namespace

ShapeIndex::Front::Front(std::string_view piece) {
  char front[4] = {}, mask[4] = {};
  for (std::size_t i = 0; i < std::min<std::size_t>(piece.size(), 4); ++i) {
    front[i] = piece[i];
    mask[i] = static_cast<char>(0xff);
  }
  front_ = four(front);
  mask_ = four(mask);
}

ShapeIndex::ShapeIndex(const RuleSet& rules) : loose_(rules.tokens.size()) {
  for (std::uint32_t i = 0; i < rules.tokens.size(); ++i) {
    const TokenRule& rule = rules.tokens[i];
    if (rule.finder == Finder::shape) add(i, rule);
    if (rule.finder == Finder::pattern && !rule.is_custom) {
      for (const std::string_view word : rule.keywords)
        add_prefix(i, word, kMinRun);
    }
  }
  special_before_['\\'] = special_before_['%'] = true;
  for (std::size_t c = 0; c < behind_.size(); ++c) {
    if (!behind_[c].empty()) special_before_[c] = true;
  }
  group_inside();
  index_prefixes();
  make_run_tables();
}

void ShapeIndex::group_inside() {
  std::stable_sort(inside_.begin(), inside_.end(),
                   [](const Inside& a, const Inside& b) {
                     return std::tie(a.needs_stretch, a.min_length, a.offset) <
                            std::tie(b.needs_stretch, b.min_length, b.offset);
                   });
  for (std::size_t i = 0; i < inside_.size(); ++i) {
    const Inside& inside = inside_[i];
    shortest_inside_ =
        std::min<std::size_t>(shortest_inside_, inside.min_length);
    auto& groups = inside.needs_stretch ? stretch_groups_ : inside_groups_;
    if (groups.empty() || groups.back().min_length != inside.min_length ||
        groups.back().offset != inside.offset) {
      groups.push_back({inside.offset, inside.min_length, {}, i, i});
    }
    groups.back().firsts.add(static_cast<unsigned char>(inside.piece.front()));
    groups.back().end = i + 1;
  }
}

void ShapeIndex::index_prefixes() {
  constexpr std::size_t kMany = 2000;  // those of a team, not ours
  if (prefixes_.size() > kMany) hash_shift_ = 15;
  seen_.resize((std::size_t{1} << (32 - hash_shift_)) / 64);
  seen_before_.resize(seen_.size());
  for (Prefix& prefix : prefixes_) {
    const std::string_view key = prefix.piece.substr(prefix.offset, 3);
    const char looked_up[4] = {key[0], key[1], key[2], '\0'};
    prefix.hash = hash(looked_up);
  }
  std::stable_sort(
      prefixes_.begin(), prefixes_.end(),
      [](const Prefix& a, const Prefix& b) { return a.hash < b.hash; });
  for (std::size_t i = 0; i < prefixes_.size(); ++i) {
    const std::size_t slot = prefixes_[i].hash;
    if (i > 0 && prefixes_[i - 1].hash == slot) continue;
    seen_[slot / 64] |= std::uint64_t{1} << slot % 64;
    first_.push_back(static_cast<std::uint32_t>(i));
  }
  std::uint32_t before = 0;
  for (std::size_t block = 0; block < seen_.size(); ++block) {
    seen_before_[block] = before;
    before += static_cast<std::uint32_t>(std::popcount(seen_[block]));
  }
}

std::size_t ShapeIndex::first_with(std::size_t hash) const {
  const std::uint64_t below =
      seen_[hash / 64] & ((std::uint64_t{1} << hash % 64) - 1);
  return first_[seen_before_[hash / 64] +
                static_cast<std::uint32_t>(std::popcount(below))];
}

void ShapeIndex::make_run_tables() {
  std::vector<Front3> fronts;
  for (const Prefix& prefix : prefixes_) {
    const std::string_view front = prefix.piece.substr(prefix.offset, 3);
    fronts.push_back({front[0], front[1], front[2]});
  }
  run_tables_.front = spread_fronts(std::move(fronts));
  for (unsigned char c = 0; c < 128; ++c) {
    if (is_special_before(static_cast<char>(c)) || kBeforeNamed.contains(c)) {
      run_tables_.opener.add_ascii(c);
    }
  }
}

void ShapeIndex::add(std::uint32_t index, const TokenRule& rule) {
  if (add_leading(index, rule.shape, 0)) return;
  if (add_inner(index, rule.shape)) return;
  loose_[index] = true;
}

// The first place inside the piece where a start is looked up, with three
// characters of its run.
bool ShapeIndex::add_prefix(std::uint32_t index, std::string_view piece,
                            std::size_t ahead) {
  for (std::size_t i = 0; i + 3 <= piece.size(); ++i) {
    const bool starts =
        kAlnum.contains(piece[i]) && (i == 0 || !kAlnum.contains(piece[i - 1]));
    const std::string_view key = piece.substr(i, 3);
    if (!starts || !std::all_of(key.begin(), key.end(), is_run_character)) {
      continue;
    }
    // The run must be long enough to be looked at.
    const std::string_view rest = piece.substr(i);
    const auto run_end =
        std::find_if_not(rest.begin(), rest.end(), is_run_character);
    const std::size_t run = static_cast<std::size_t>(run_end - rest.begin()) +
                            (run_end == rest.end() ? ahead : 0);
    if (run < kMinRun) continue;
    prefixes_.push_back(
        {0, piece, Front(piece), static_cast<std::uint32_t>(i), index});
    return true;
  }
  return false;
}

// A prefix each; none at all when one of them cannot be.
bool ShapeIndex::add_options(std::uint32_t index, const Pieces& options,
                             std::size_t ahead) {
  const std::size_t before = prefixes_.size();
  for (const std::string_view option : options) {
    if (!add_prefix(index, option, ahead)) {
      prefixes_.resize(before);
      return false;
    }
  }
  return true;
}

// DO{00|801}: what the second element may be, behind the first; nothing for
// other elements.
ShapeIndex::Pieces ShapeIndex::joined(const Element& first,
                                      const Element& second) {
  Pieces pieces;
  if (first.kind != Element::Kind::literal ||
      second.kind != Element::Kind::one_of) {
    return pieces;
  }
  for (const std::string_view option : second.options) {
    joined_.push_back(std::string(first.literal).append(option));
    pieces.push_back(joined_.back());
  }
  return pieces;
}

bool ShapeIndex::add_leading(std::uint32_t index, const Shape& shape,
                             std::size_t from) {
  if (from >= shape.size()) return false;
  const Element& element = shape[from];
  switch (element.kind) {
    case Element::Kind::literal: {
      if (add_prefix(index, element.literal, run_ahead(shape, from + 1))) {
        return true;
      }
      // Too short alone.  Three characters are, too: many words begin so.
      if (from + 1 == shape.size()) return false;
      const auto pieces = joined(element, shape[from + 1]);
      const bool are_long =
          std::all_of(pieces.begin(), pieces.end(),
                      [](std::string_view piece) { return piece.size() > 3; });
      return !pieces.empty() && are_long &&
             add_options(index, pieces, run_ahead(shape, from + 2));
    }
    case Element::Kind::one_of:
      return add_options(index, element.options, run_ahead(shape, from + 1));
    case Element::Kind::optional: {
      const std::size_t before = prefixes_.size();
      if (add_leading(index, element.inner, 0) &&
          add_leading(index, shape, from + 1)) {
        return true;
      }
      prefixes_.resize(before);
      return false;
    }
    default:
      return false;
  }
}

// Fixed pieces further on.  Of those that end outside of runs the last one
// counts that a stretch of at least 16 characters follows: its run is seen.
bool ShapeIndex::add_inner(std::uint32_t index, const Shape& shape) {
  std::vector<Behind> behind;
  std::vector<Inside> inside;
  const auto add_all = [&](const Pieces& pieces, std::size_t first,
                           std::size_t last) {
    for (const std::string_view piece : pieces) {
      for (std::size_t offset = first; offset <= last; ++offset) {
        inside.push_back({index, piece, Front(piece),
                          static_cast<std::uint32_t>(offset),
                          static_cast<std::uint32_t>(min_length(shape)),
                          without_gap(shape) >= kStretch});
      }
    }
  };
  std::size_t least = 0, most = 0;  // length of what is before the element
  CharSet before;                   // and its characters
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const Element& element = shape[i];
    const std::vector<std::string_view> pieces = pieces_of(element);
    const bool leads_to_run =
        !pieces.empty() &&
        std::all_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
          const std::size_t cut = behind_outside(piece);
          return cut > 0 &&
                 piece.size() - cut + run_ahead(shape, i + 1) >= kMinRun;
        });
    if (leads_to_run && most <= kMaxBack) {
      behind.clear();
      for (const std::string_view piece : pieces) {
        const std::size_t cut = behind_outside(piece);
        behind.push_back({index, piece.substr(0, cut),
                          Front(last_four(piece.substr(0, cut))),
                          static_cast<std::uint32_t>(least + cut),
                          static_cast<std::uint32_t>(most + cut), before});
      }
    }
    if (!pieces.empty() && inside.empty() && most - least <= kMaxSpread &&
        least > 0 && all_inside(pieces)) {
      const auto whole = i == 1 ? joined(shape[0], element) : Pieces();
      if (whole.empty()) {
        add_all(pieces, least, most);
      } else {
        add_all(whole, 0, 0);
      }
    }
    before.add(characters_of(element));
    const Shape one = {element};
    least += min_length(one);
    const std::size_t longest = max_length(one);
    most = longest == kNoMaximum ? kMaxBack + 1 : most + longest;
  }
  for (const Behind& entry : behind) {
    behind_[static_cast<unsigned char>(entry.piece.back()) & 127].push_back(
        entry);
  }
  if (!behind.empty()) return true;
  inside_.insert(inside_.end(), inside.begin(), inside.end());
  return !inside.empty();
}

void ShapeIndex::add_prefixed(std::string_view text, std::size_t at,
                              std::vector<Start>& out) const {
  if (!may_begin(text.data() + at)) return;
  const std::size_t wanted = hash(text.data() + at);
  for (std::size_t i = first_with(wanted);
       i < prefixes_.size() && prefixes_[i].hash == wanted; ++i) {
    const Prefix& prefix = prefixes_[i];
    if (at < prefix.offset) continue;
    const std::size_t begin = at - prefix.offset;
    if (prefix.front.fits(text.data() + begin) &&
        text.substr(begin).starts_with(prefix.piece)) {
      out.push_back({prefix.rule, begin});
    }
  }
}

void ShapeIndex::add_behind(std::string_view text, std::size_t run,
                            std::vector<Start>& out) const {
  for (const Behind& behind :
       behind_[static_cast<unsigned char>(text[run - 1]) & 127]) {
    const std::size_t piece = behind.piece.size();
    const char* const end = text.data() + run;
    if (piece > run ||
        !behind.end.fits(end - std::min<std::size_t>(piece, 4)) ||
        !text.substr(0, run).ends_with(behind.piece)) {
      continue;
    }
    for (std::size_t back = piece; back <= behind.most && back <= run; ++back) {
      const std::size_t begin = run - back;
      if (back > piece && !behind.before.contains(text[begin])) break;
      if (back < behind.least) continue;
      if (begin > 0 && kAlnum.contains(text[begin - 1])) continue;
      out.push_back({behind.rule, begin});
    }
  }
}

void ShapeIndex::add_inside(std::string_view text, std::size_t at,
                            std::size_t length, std::size_t gap,
                            std::vector<Start>& out) const {
  add_inside(inside_groups_, text, at, length, out);
  if (gap >= kStretch) add_inside(stretch_groups_, text, at, length, out);
}

void ShapeIndex::add_inside(const std::vector<InsideGroup>& groups,
                            std::string_view text, std::size_t at,
                            std::size_t length, std::vector<Start>& out) const {
  for (const InsideGroup& group : groups) {
    if (group.min_length > length) break;
    const std::size_t place = at + group.offset;
    if (!group.firsts.contains(text[place])) continue;
    for (std::size_t i = group.begin; i < group.end; ++i) {
      const Inside& inside = inside_[i];
      if (inside.front.fits(text.data() + place) &&
          text.substr(place).starts_with(inside.piece)) {
        out.push_back({inside.rule, at});
      }
    }
  }
}

}  // namespace overreach
