#include "scanner/match/shape_finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <string>

#include "scanner/match/encoded_text.h"
#include "scanner/match/file_kind.h"
#include "scanner/match/lines.h"
#include "scanner/match/mixed_runs.h"
#include "scanner/match/token_names.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr std::string_view kCheckHolds = "its check digits are right";
constexpr std::string_view kDistinctive = "a form that nothing else has";
constexpr std::string_view kNamed = "it is assigned to a name of this kind";
constexpr std::string_view kSameLine = "words of the provider on its line";
constexpr std::string_view kAround = "words of the provider near it";
constexpr std::string_view kEncoded = "it stands there as Base64";
constexpr std::string_view kExample = "the file is an example by its name";

constexpr CharSet kBase64 = char_set("A-Za-z0-9+/");
constexpr CharSet kBeforeNamed = char_set("\"'=:`");

char byte_before(const Text& text, std::size_t at) {
  return at > 0 ? text.bytes[at - 1] : ' ';
}

// Calls `use` with the offsets that `fits`.  Nothing predicts which those are,
// so they are first collected without a branch.
template <typename Fits, typename Use>
void for_each_that(std::span<const std::uint32_t> offsets, const Fits& fits,
                   const Use& use) {
  std::array<std::uint32_t, 256> fitting;
  while (!offsets.empty()) {
    const auto part = offsets.first(std::min(offsets.size(), fitting.size()));
    std::size_t count = 0;
    for (const std::uint32_t offset : part) {
      fitting[count] = offset;
      count += fits(offset);
    }
    for (std::size_t i = 0; i < count; ++i) use(fitting[i]);
    offsets = offsets.subspan(part.size());
  }
}

bool is_all_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F') || c == '-';
  });
}

// Subresource integrity, "sha512-<Base64>", which lock files give of every
// package: what stands behind a slash of it stands there by chance.
bool is_in_integrity_hash(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 88;  // of SHA-512
  const std::size_t from = at - std::min(at, kLongest);
  const std::string_view before = text.substr(from, at - from);
  const std::size_t sign = before.rfind('-');
  if (sign == before.npos) return false;
  const std::string_view name = before.substr(0, sign);
  return std::all_of(before.begin() + static_cast<std::ptrdiff_t>(sign) + 1,
                     before.end(),
                     [](char c) { return kBase64.contains(c); }) &&
         (name.ends_with("sha512") || name.ends_with("sha384") ||
          name.ends_with("sha256") || name.ends_with("sha1"));
}

// A shape of a wider alphabet than hex does not mean a checksum in hex.
bool is_hex_by_chance(const Shape& shape, std::string_view token) {
  if (token.size() < 24 || !is_all_hex(token)) return false;
  return std::all_of(shape.begin(), shape.end(), [](const Element& element) {
    return element.kind != Element::Kind::uuid &&
           (element.kind != Element::Kind::chars || element.set.contains('z') ||
            element.set.contains('Z'));
  });
}

std::size_t fixed_prefix(const Shape& shape, std::string_view token) {
  std::size_t length = 0;
  for (const Element& element : shape) {
    if (element.kind == Element::Kind::literal) {
      length += element.literal.size();
    } else if (element.kind == Element::Kind::one_of) {
      std::size_t longest = 0;
      for (const auto option : element.options) {
        if (token.substr(length).starts_with(option)) {
          longest = std::max(longest, option.size());
        }
      }
      length += longest;
    } else {
      break;
    }
  }
  return length;
}

// In a picture or a font as Base64 every short beginning occurs by chance: a
// slash or a plus stands beside it, and more of the same far around.
bool is_in_encoded_bytes(std::string_view text, std::size_t begin,
                         std::size_t end) {
  constexpr CharSet kJoints = char_set("+/");
  constexpr std::size_t kFar = 128;
  const bool joined = (begin > 0 && kJoints.contains(text[begin - 1])) ||
                      (end < text.size() && kJoints.contains(text[end]));
  if (!joined) return false;
  const std::size_t low = begin - std::min(begin, kFar);
  const std::size_t high = std::min(text.size(), end + kFar);
  std::size_t first = begin, last = end;
  while (first > low && kBase64.contains(text[first - 1])) --first;
  while (last < high && kBase64.contains(text[last])) ++last;
  return (begin - first) + (last - end) >= kFar;
}

// The leading literal only: what the checks do not cover.
std::size_t check_prefix(const Shape& shape, std::string_view token) {
  const Shape first(shape.begin(), shape.begin() + 1);
  return fixed_prefix(first, token);
}

}  // namespace

ShapeFinder::ShapeFinder(const RuleSet& rules, const ContextIndex& contexts)
    : rules_(rules),
      contexts_(contexts),
      index_(rules),
      companion_(rules.tokens.size()) {
  for (const TokenRule& rule : rules.tokens) {
    for (const CompanionRule& companion : rule.companions) {
      if (const TokenRule* other = rules.find(companion.rule)) {
        companion_[static_cast<std::size_t>(other - rules.tokens.data())] =
            true;
      }
    }
  }
}

bool ShapeFinder::is_companion(const TokenRule& rule) const {
  return companion_[static_cast<std::size_t>(&rule - rules_.tokens.data())];
}

void ShapeFinder::accept(const Text& text, std::uint32_t index,
                         std::size_t begin, const ShapeMatch& match,
                         Nearness nearness, Findings& out) const {
  const TokenRule& rule = rules_.tokens[index];
  const std::string_view token = text.bytes.substr(begin, match.end - begin);
  Finding finding;
  finding.rule = &rule;
  finding.begin = finding.entry = begin;
  finding.end = match.end;
  finding.key = name_before(text.bytes, begin);
  finding.confidence = rule.confidence;
  finding.public_prefix = fixed_prefix(rule.shape, token);
  if (rule.check != Check::none) {
    finding.confidence = Confidence::high;
    finding.reasons.push_back(kCheckHolds);
  }
  switch (nearness) {
    case Nearness::name:
      finding.reasons.push_back(kNamed);
      finding.priority = kByKeyName;
      break;
    case Nearness::same_line:
      finding.reasons.push_back(kSameLine);
      finding.priority = kByContext + 10;
      break;
    case Nearness::lines_around:
      finding.reasons.push_back(kAround);
      finding.priority = kByContext;
      break;
    case Nearness::none:
      finding.reasons.push_back(kDistinctive);
      // Of nobody's form the place says more.
      finding.priority = rule.provider == "generic" && rule.check == Check::none
                             ? kByCommonForm
                             : kByForm;
      break;
  }
  // With a fixed beginning and words around, a rule says more than one with
  // the same beginning alone.
  if (nearness != Nearness::none && !index_.is_loose(index)) {
    finding.priority = kByForm + 20;
  }
  finding.priority +=
      static_cast<int>(std::min<std::size_t>(finding.public_prefix, 19));
  for (const auto& [name, value] : match.captures) {
    finding.facts.emplace_back(name, value);
  }
  if (is_example_file(text.path) && rule.check == Check::none) {
    finding.confidence = Confidence::low;
    finding.reasons.push_back(kExample);
  }
  out.push_back(std::move(finding));
}

void ShapeFinder::try_shape(const Text& text, std::uint32_t index,
                            std::size_t begin, Findings& out) const {
  const TokenRule& rule = rules_.tokens[index];
  const auto match = match_shape(rule.shape, text.bytes, begin);
  if (!match) return;
  if (is_in_integrity_hash(text.bytes, begin)) return;
  const std::string_view token = text.bytes.substr(begin, match->end - begin);
  const bool is_wrong =
      rule.check == Check::none
          ? is_sample_token(token) ||
                is_in_encoded_bytes(text.bytes, begin, match->end)
          : !check_holds(rule.check, token, check_prefix(rule.shape, token));
  if (is_wrong) {
    // No reader may take it for a secret without a form.
    if (rule.needs_context()) return;
    Finding none;
    none.rule = &rule;
    none.begin = none.entry = begin;
    none.end = match->end;
    none.priority = kByGenericName + 1;
    none.is_none = true;
    out.push_back(std::move(none));
    return;
  }
  Nearness nearness = Nearness::none;
  if (rule.needs_context()) {
    nearness = contexts_.nearness(index, text.bytes, begin, match->end,
                                  name_before(text.bytes, begin));
    if (nearness == Nearness::none) return;
  }
  accept(text, index, begin, *match, nearness, out);
}

// Shapes without a fixed piece: the words around name the rules to try.
void ShapeFinder::try_loose(const Text& text, Span run, Findings& out) const {
  const std::string_view name = name_before(text.bytes, run.begin);
  const std::size_t equals = text.bytes.substr(0, run.end).find('=', run.begin);
  const bool named_inside = equals != text.bytes.npos && equals + 1 < run.end;
  if (name.empty() && !named_inside) return;
  std::vector<ContextIndex::Support> supports;
  contexts_.supported_by_name(name, supports);
  if (named_inside) {
    contexts_.supported_by_name(name_before(text.bytes, equals + 1), supports);
  }
  if (is_secret_name(name) ||
      (named_inside && is_secret_name(name_before(text.bytes, equals + 1)))) {
    contexts_.supported_by_words(text.bytes, run.begin, run.end, supports);
  }
  for (const ContextIndex::Support& support : supports) {
    if (index_.is_loose(support.rule)) {
      try_loose_rule(text, run, support, out);
    }
  }
}

void ShapeFinder::try_named(const Text& text, Span run, Findings& out) const {
  const std::string_view name = name_before(text.bytes, run.begin);
  if (name.empty()) return;
  std::vector<ContextIndex::Support> supports;
  contexts_.supported_by_name(name, supports);
  for (const ContextIndex::Support& support : supports) {
    if (index_.is_loose(support.rule)) {
      try_loose_rule(text, run, support, out);
    }
  }
}

void ShapeFinder::try_loose_rule(const Text& text, Span run,
                                 const ContextIndex::Support& support,
                                 Findings& out) const {
  const TokenRule& rule = rules_.tokens[support.rule];
  const std::size_t shortest = min_length(rule.shape);
  for (std::size_t at = run.begin; at + shortest <= run.end; ++at) {
    if (at > run.begin && !is_separator(text.bytes[at - 1])) continue;
    const auto match = match_shape(rule.shape, text.bytes, at);
    if (!match || match->end <= at) continue;
    const std::string_view token = text.bytes.substr(at, match->end - at);
    const std::string_view own = name_before(text.bytes, at);
    if (is_checksum_name(own) || is_checksum_file(text.path)) return;
    if (support.nearness != Nearness::name && !is_secret_name(own)) continue;
    if (is_hex_by_chance(rule.shape, token)) continue;
    if (is_sample_token(token)) return;  // and so is every piece of it
    if (rule.check != Check::none &&
        !check_holds(rule.check, token, check_prefix(rule.shape, token))) {
      continue;
    }
    accept(text, support.rule, at, *match, support.nearness, out);
    return;
  }
}

// Most runs are identifiers: nothing begins in them and nothing is mixed.  They
// must cost a nanosecond or two, so this looks before it leaps.
void ShapeFinder::find_in_runs(const Text& text, const Chunk& chunk,
                               Findings& out, Triggered& triggered) const {
  const char* const bytes = text.bytes.data() + chunk.base;
  std::vector<ShapeIndex::Start> starts;
  for_each_that(
      chunk.marks.starts.list(),
      [&](std::uint32_t at) { return index_.may_begin(bytes + at); },
      [&](std::uint32_t at) {
        index_.add_prefixed(text.bytes, chunk.base + at, starts);
      });
  for_each_that(
      chunk.marks.begins.list(),
      [&](std::uint32_t begin) {
        const char before = byte_before(text, chunk.base + begin);
        const bool more =
            may_hold_more(chunk.marks, begin, kBeforeNamed.contains(before));
        const bool special = index_.is_special_before(before);
        // No short cuts: a branch would cost more than it saves.
        return (unsigned{more} | unsigned{special}) != 0;
      },
      [&](std::uint32_t begin) {
        find_in_run(text, chunk, begin, starts, out);
      });
  for (const ShapeIndex::Start& start : starts) {
    if (rules_.tokens[start.rule].finder == Finder::pattern) {
      triggered.push_back({start.begin, start.rule});
    } else {
      try_shape(text, start.rule, start.begin, out);
    }
  }
}

// What a run may hold besides shapes with a beginning of their own.
void ShapeFinder::find_in_run(const Text& text, const Chunk& chunk,
                              std::uint32_t run_begin,
                              std::vector<ShapeIndex::Start>& starts,
                              Findings& out) const {
  const std::size_t begin = chunk.base + run_begin;
  const char before = byte_before(text, begin);
  const Run run = chunk.marks.run_from(run_begin);
  const bool special = index_.is_special_before(before);
  if (!special && is_plain(chunk.marks, run)) return;
  if (special) {
    // "\nghp_..." and "%3Dghp_...": an escape hides the beginning.
    const std::size_t skipped = before == '\\' ? 1 : before == '%' ? 2 : 0;
    if (skipped > 0 && index_.may_begin(text.bytes.data() + begin + skipped)) {
      index_.add_prefixed(text.bytes, begin + skipped, starts);
    }
    index_.add_behind(text.bytes, begin, starts);
  }
  const Span span{begin, chunk.base + run.end};
  if (!has_mixed_stretch(chunk.marks, run)) {
    // Too even to be looked at, but for a name that says what it is.
    if (!text.is_binary && kBeforeNamed.contains(before)) {
      try_named(text, span, out);
    }
    return;
  }
  find_inside(text, chunk, run, starts);
  if (text.is_binary) return;
  try_loose(text, span, out);
  find_encoded(text, span, out);
}

// The same in what the run encodes, and in what that encodes.
void ShapeFinder::find_encoded(const Text& text, Span run,
                               Findings& out) const {
  for_each_encoded_text(
      text.bytes, run.begin, run.end,
      [&](std::size_t begin, std::string_view decoded) {
        Marks marks;
        find_marks(decoded.data(), decoded.size(), marks);
        Findings found;
        Triggered triggered;
        find_in_runs({text.path, decoded, false}, {0, marks}, found, triggered);
        for (Finding& finding : found) {
          if (finding.decoded.empty()) {
            finding.decoded =
                decoded.substr(finding.begin, finding.end - finding.begin);
          }
          finding.begin = finding.entry = encoded_begin(begin, finding.begin);
          finding.end = std::min(encoded_end(begin, finding.end), run.end);
          finding.key = name_before(text.bytes, begin);
          finding.reasons.push_back(kEncoded);
          out.push_back(std::move(finding));
        }
      });
}

// At the run's start and behind each of its separators.
void ShapeFinder::find_inside(const Text& text, const Chunk& chunk, Run run,
                              std::vector<ShapeIndex::Start>& starts) const {
  const std::size_t shortest = index_.shortest_inside();
  const auto add = [&](std::size_t at) {
    index_.add_inside(text.bytes, chunk.base + at, run.end - at, starts);
  };
  if (run.begin + shortest > run.end) return;
  add(run.begin);
  const std::size_t last = run.end - shortest;  // where one may begin
  for (std::size_t window = run.begin; window < last; window += 64) {
    std::uint64_t separators =
        chunk.marks.separator.from(window) & lowest(last - window);
    for (; separators != 0; separators &= separators - 1) {
      add(window + static_cast<std::size_t>(std::countr_zero(separators)) + 1);
    }
  }
}

void ShapeFinder::find_everywhere(const Text& text, Findings& out) const {
  for (std::size_t at = 0; at < text.bytes.size(); ++at) {
    const char before = at == 0 ? ' ' : text.bytes[at - 1];
    if (is_run_character(before) && !is_separator(before)) continue;
    for (std::uint32_t i = 0; i < rules_.tokens.size(); ++i) {
      if (rules_.tokens[i].finder == Finder::shape && !index_.is_loose(i)) {
        try_shape(text, i, at, out);
      }
    }
  }
}

}  // namespace overreach
