#include "scanner/match/context.h"

#include <algorithm>
#include <array>

#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/lines.h"
#include "scanner/match/name_place.h"
#include "scanner/match/names.h"

namespace overreach {
namespace {

constexpr std::size_t kLinesBefore = 4;
constexpr std::size_t kLinesAfter = 1;
constexpr std::size_t kReachBefore = 400;
constexpr std::size_t kReachAfter = 160;
constexpr std::size_t kJoinedWords = 3;
constexpr std::size_t kLongestWord = 48;

// Calls `use` with every word of the window, lower case, and with up to three
// neighbours of one identifier joined: "RAILWAY_API_TOKEN" gives railway, api,
// token, railwayapi, apitoken, railwayapitoken.
template <typename Use>
void for_each_word(std::string_view window, const Use& use) {
  std::array<char, kLongestWord * kJoinedWords> buffer;
  std::array<std::size_t, kJoinedWords> ends{};  // of the last words, joined
  std::size_t count = 0, size = 0;
  const auto finish_word = [&] {
    const std::size_t begin = count == 0 ? 0 : ends[count - 1];
    if (size == begin) return;
    if (count == kJoinedWords) {
      const std::size_t first = ends[0];
      std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(first),
                buffer.begin() + static_cast<std::ptrdiff_t>(size),
                buffer.begin());
      for (std::size_t i = 1; i < kJoinedWords; ++i) {
        ends[i - 1] = ends[i] - first;
      }
      size -= first;
      --count;
    }
    ends[count++] = size;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from = i == 0 ? 0 : ends[i - 1];
      use(std::string_view(buffer.data() + from, size - from));
    }
  };
  const auto finish_name = [&] {
    finish_word();
    count = 0;
    size = 0;
  };
  char before = ' ';
  for (std::size_t i = 0; i < window.size(); ++i) {
    const char c = window[i];
    if (!kAlnum.contains(c)) {
      if (kNameCharacters.contains(c) || c == ' ' || c == '/' || c == ':') {
        finish_word();
      } else {
        finish_name();
      }
    } else {
      const bool upper = c >= 'A' && c <= 'Z';
      const bool after_lower = before >= 'a' && before <= 'z';
      if (upper && after_lower) {
        finish_word();
      }
      const std::size_t begin = count == 0 ? 0 : ends[count - 1];
      if (size - begin < kLongestWord && size < buffer.size()) {
        buffer[size++] = lower_letter(c);
      }
    }
    before = c;
  }
  finish_name();
}

std::string_view lines_around(std::string_view text, std::size_t begin,
                              std::size_t end) {
  const std::size_t low = begin > kReachBefore ? begin - kReachBefore : 0;
  std::size_t from = begin;
  for (std::size_t line = 0; line <= kLinesBefore && from > low; ++line) {
    from = line_begin(text, from);
    if (from > 0 && line < kLinesBefore) --from;
  }
  const std::size_t high = std::min(text.size(), end + kReachAfter);
  std::size_t to = end;
  for (std::size_t line = 0; line <= kLinesAfter && to < high; ++line) {
    to = line_end(text, to);
    if (to < text.size() && line < kLinesAfter) ++to;
  }
  from = std::max(from, low);
  return text.substr(from, std::min(to, high) - from);
}

std::string_view own_line(std::string_view text, std::size_t begin,
                          std::size_t end) {
  const std::size_t low = begin > kReachBefore ? begin - kReachBefore : 0;
  const std::size_t from = std::max(line_begin(text, begin), low);
  const std::size_t to =
      std::min(line_end(text, end), std::min(text.size(), end + kReachAfter));
  return text.substr(from, to - from);
}

}  // namespace

ContextIndex::ContextIndex(const RuleSet& rules) : rules_(rules) {
  for (std::uint32_t i = 0; i < rules.tokens.size(); ++i) {
    const TokenRule& rule = rules.tokens[i];
    for (const std::string_view word : rule.context) add_word(word, i);
    for (const std::string_view key : rule.keys) add_key(key, i);
  }
  for (auto* const lists : {&long_keys_, &short_keys_}) {
    for (std::vector<Key>& keys : *lists) {
      std::stable_partition(keys.begin(), keys.end(),
                            [](const Key& key) { return !key.open_front; });
    }
  }
}

void ContextIndex::add_word(std::string_view word, std::uint32_t rule) {
  Rules& list = words_[normalized(word)];
  if (list.empty() || list.back() != rule) list.push_back(rule);
}

void ContextIndex::add_key(std::string_view key, std::uint32_t rule) {
  const bool front = key.starts_with('*');
  const bool back = key.size() > 1 && key.ends_with('*');
  if (front) key.remove_prefix(1);
  if (back) key.remove_suffix(1);
  Key folded{normalized(key), front, back, rule, {}};
  const bool is_open = back || (front && folded.text.size() < kShortEnding);
  if (!back) folded.tail = Tail(folded.text);
  std::vector<Key>& list = is_open ? open_keys_
                           : folded.text.size() >= Tail::kSize
                               ? long_keys_[folded.tail.ending()]
                               : short_keys_[folded.tail.short_ending()];
  if (std::find(list.begin(), list.end(), folded) != list.end()) return;
  if (rules_.tokens[rule].finder == Finder::assignment) {
    rule_tails_.push_back(folded.tail);
  }
  list.push_back(std::move(folded));
}

ContextIndex::Tail::Tail(std::string_view text) {
  for (const char c : text.substr(text.size() - std::min(text.size(), kSize))) {
    bytes_ = bytes_ << 8 | static_cast<unsigned char>(c);
    mask_ = mask_ << 8 | 0xff;
  }
}

bool ContextIndex::Key::fits(std::string_view name) const {
  if (name.size() < text.size() || text.empty()) return false;
  if (open_front && open_back) return name.find(text) != name.npos;
  if (open_front) return name.ends_with(text);
  return open_back ? name.starts_with(text) : name == text;
}

template <typename Use>
void ContextIndex::for_each_fitting(std::string_view folded,
                                    const Use& use) const {
  if (folded.empty()) return;
  const Tail tail(folded);
  // Of a shorter name the first list holds keys that do not fit.
  for (const auto* list : {&long_keys_[tail.ending()],
                           &short_keys_[tail.short_ending()], &open_keys_}) {
    for (const Key& key : *list) {
      if (tail.may_end_alike(key.tail) && key.fits(folded)) use(key);
    }
  }
}

void ContextIndex::add_window(std::string_view window, Nearness nearness,
                              std::vector<Support>& out) const {
  for_each_word(window, [&](std::string_view word) {
    const auto found = words_.find(word);
    if (found == words_.end()) return;
    for (const std::uint32_t rule : found->second) {
      const bool known = std::any_of(
          out.begin(), out.end(),
          [&](const Support& support) { return support.rule == rule; });
      if (!known) out.push_back({rule, nearness});
    }
  });
}

void ContextIndex::supported_by_name(std::string_view name,
                                     std::vector<Support>& out) const {
  const Folded folded(name);
  for_each_fitting(folded.text(), [&](const Key& key) {
    out.push_back({key.rule, Nearness::name});
  });
}

void ContextIndex::supported_by_words(std::string_view text, std::size_t begin,
                                      std::size_t end,
                                      std::vector<Support>& out) const {
  const std::string_view line = own_line(text, begin, end);
  const std::string_view around = lines_around(text, begin, end);
  // The secret itself is no context.
  const auto before =
      static_cast<std::size_t>(text.data() + begin - line.data());
  add_window(line.substr(0, before), Nearness::same_line, out);
  const std::size_t behind = before + (end - begin);
  if (behind < line.size()) {
    add_window(line.substr(behind), Nearness::same_line, out);
  }
  add_window(around.substr(0, static_cast<std::size_t>(text.data() + begin -
                                                       around.data())),
             Nearness::lines_around, out);
  const auto after =
      static_cast<std::size_t>(text.data() + end - around.data());
  if (after < around.size()) {
    add_window(around.substr(after), Nearness::lines_around, out);
  }
}

Nearness ContextIndex::nearness(std::uint32_t rule, std::string_view text,
                                std::size_t begin, std::size_t end,
                                std::string_view name) const {
  std::vector<Support> all;
  supported_by_name(name, all);
  supported_by_words(text, begin, end, all);
  for (const Support& support : all) {
    if (support.rule == rule) return support.nearness;
  }
  return Nearness::none;
}

const TokenRule* ContextIndex::rule_of_name(std::string_view name) const {
  const Folded folded(name);
  const Key* best = nullptr;
  for_each_fitting(folded.text(), [&](const Key& key) {
    const TokenRule& rule = rules_.tokens[key.rule];
    if (rule.finder != Finder::assignment) return;
    const bool whole = !key.open_front && !key.open_back;
    if (!whole && rule.provider == "generic") return;
    // A whole key says most; of others the longer one.
    if (!best || (best->text.size() < key.text.size())) best = &key;
  });
  return best ? &rules_.tokens[best->rule] : nullptr;
}

bool ContextIndex::may_have_rule(std::string_view end_of_name) const {
  const Folded folded(end_of_name);
  const Tail end(folded.text());
  return std::any_of(rule_tails_.begin(), rule_tails_.end(),
                     [&](const Tail& tail) { return end.may_end_alike(tail); });
}

// The name that stands before text[begin...), quotes and operators between.
std::string_view name_before(std::string_view text, std::size_t begin) {
  static constexpr CharSet kBehindOperator = char_set(" \t\"'`\\@(b[");
  static constexpr CharSet kOperator = char_set("=:>,(");
  static constexpr CharSet kBeforeOperator = char_set(" \t\"'`\\])");
  std::size_t at = begin;
  const std::size_t low = begin > 120 ? begin - 120 : 0;
  const auto skip = [&](const CharSet& characters) {
    while (at > low && characters.contains(text[at - 1])) --at;
  };
  // "Bearer ", "Basic ", "token " and the like stand between the two.
  static constexpr CharSet kSchemeEnds = char_set("rcn");
  if (at > 1 && text[at - 1] == ' ' && kSchemeEnds.contains(text[at - 2])) {
    for (const std::string_view scheme :
         {"Bearer ", "bearer ", "Basic ", "basic ", "token ", "Token "}) {
      if (text.substr(0, at).ends_with(scheme)) at -= scheme.size();
    }
  }
  skip(kBehindOperator);
  const std::size_t operator_end = at;
  skip(kOperator);
  if (at == operator_end) return {};
  skip(kBeforeOperator);
  const std::size_t end = at;
  skip(kNameCharacters);
  return text.substr(at, end - at);
}

}  // namespace overreach
