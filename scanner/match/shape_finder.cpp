#include "scanner/match/shape_finder.h"

#include <algorithm>
#include <bit>
#include <string>

#include "scanner/match/file_kind.h"
#include "scanner/match/lines.h"
#include "scanner/match/names.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr std::uint32_t kPairLines = 40;  // how far an id and its secret stand

constexpr std::string_view kCheckHolds = "its check digits are right";
constexpr std::string_view kDistinctive = "a form that nothing else has";
constexpr std::string_view kNamed = "it is assigned to a name of this kind";
constexpr std::string_view kSameLine = "words of the provider on its line";
constexpr std::string_view kAround = "words of the provider near it";
constexpr std::string_view kExample = "the file is an example by its name";

constexpr auto kDigits = [](const BlockMasks& block) { return block.digit; };
constexpr auto kSeparators = [](const BlockMasks& block) {
  return block.separator;
};

std::uint64_t lowest(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// Whether some stretch of letters and digits is long and mixed enough to have
// come from a generator: at least 8 with two changes between the two.
bool has_mixed_stretch(const Marks& marks, const Run& run) {
  constexpr std::size_t kStep = 48;  // windows overlap by twice a stretch
  for (std::size_t at = run.begin; at < run.end; at += kStep) {
    const std::uint64_t kept = lowest(run.end - at);
    const std::uint64_t digit = bits_from(marks, at, kDigits) & kept;
    if ((digit & (digit - 1)) == 0 && run.end - run.begin <= 64) return false;
    const std::uint64_t alnum = ~bits_from(marks, at, kSeparators) & kept;
    const std::uint64_t change = (digit ^ digit >> 1) & alnum & alnum >> 1;
    std::uint64_t starts = alnum & alnum >> 1;
    starts &= starts >> 2;
    starts &= starts >> 4;
    while (starts != 0) {
      const int first = std::countr_zero(starts);
      const int length = std::countr_one(alnum >> first);
      const std::uint64_t inside =
          change >> first & lowest(static_cast<std::size_t>(length));
      if ((inside & (inside - 1)) != 0) return true;
      starts = starts >> (first + length - 1) >> 1 << (first + length - 1) << 1;
    }
  }
  return false;
}

// Names of things that look like secrets and are none.
bool is_checksum_name(std::string_view name) {
  std::string storage;
  for (const std::string_view word : words_of(name, storage)) {
    for (const std::string_view known :
         {"sha", "sha1", "sha256", "sha512", "md5", "hash", "checksum",
          "digest", "commit", "revision", "rev", "etag", "integrity",
          "fingerprint", "uuid", "guid", "crc", "thumbprint", "resolved"}) {
      if (word == known) return true;
    }
  }
  const std::string folded = normalized(name);
  return folded == "id" || folded == "ref" || folded == "signature" ||
         folded == "blob" || folded == "tree" || folded == "version";
}

bool is_secret_name(std::string_view name) {
  const NameKind kind = kind_of_name(name);
  if (kind != NameKind::none && kind != NameKind::user) return true;
  const std::string folded = normalized(name);
  for (const std::string_view word : {"key", "token", "secret", "pass", "auth",
                                      "cred", "apikey", "bearer", "pat"}) {
    if (folded.find(word) != folded.npos) return true;
  }
  return false;
}

bool is_all_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F') || c == '-';
  });
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
  finding.begin = begin;
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
      finding.priority = kByForm;
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
  const std::string_view token = text.bytes.substr(begin, match->end - begin);
  const bool is_wrong =
      rule.check == Check::none
          ? is_sample_token(token)
          : !check_holds(rule.check, token, check_prefix(rule.shape, token));
  if (is_wrong) {
    // No reader may take it for a secret without a form.
    if (rule.needs_context()) return;
    Finding none;
    none.rule = &rule;
    none.begin = begin;
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
  std::vector<ContextIndex::Support> supports;
  contexts_.supported_by_name(name_before(text.bytes, run.begin), supports);
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
    if (is_hex_by_chance(rule.shape, token) || is_sample_token(token)) continue;
    if (rule.check != Check::none &&
        !check_holds(rule.check, token, check_prefix(rule.shape, token))) {
      continue;
    }
    accept(text, support.rule, at, *match, support.nearness, out);
    return;
  }
}

// Most runs are identifiers: nothing begins in them and nothing is mixed.  They
// must cost a few nanoseconds, so this looks before it leaps.
void ShapeFinder::find_in_runs(const Text& text, const Chunk& chunk,
                               Findings& out, Triggered& triggered) const {
  const char* const bytes = text.bytes.data() + chunk.base;
  std::vector<ShapeIndex::Start> starts;
  for (const std::uint32_t at : chunk.marks.starts()) {
    if (index_.may_begin(bytes + at)) {
      index_.add_prefixed(text.bytes, chunk.base + at, starts);
    }
  }
  for (const Run& run : chunk.marks.runs()) {
    const bool special = chunk.base + run.begin > 0 &&
                         index_.is_special_before(
                             bytes[static_cast<std::ptrdiff_t>(run.begin) - 1]);
    const std::uint64_t digits = bits_from(chunk.marks, run.begin, kDigits) &
                                 lowest(run.end - run.begin);
    const bool few_digits =
        (digits & (digits - 1)) == 0 && run.end - run.begin <= 64;
    if (few_digits && !special) continue;
    find_in_run(text, chunk, run, starts, out);
  }
  for (const ShapeIndex::Start& start : starts) {
    if (rules_.tokens[start.rule].finder == Finder::pattern) {
      triggered.push_back(start.rule);
    } else {
      try_shape(text, start.rule, start.begin, out);
    }
  }
}

// What a run may hold besides shapes with a beginning of their own.
void ShapeFinder::find_in_run(const Text& text, const Chunk& chunk,
                              const Run& run,
                              std::vector<ShapeIndex::Start>& starts,
                              Findings& out) const {
  const char* const bytes = text.bytes.data() + chunk.base;
  const std::size_t begin = chunk.base + run.begin;
  const std::size_t end = chunk.base + run.end;
  if (begin > 0) {
    // "\nghp_..." and "%3Dghp_...": an escape hides the beginning.
    const char before = text.bytes[begin - 1];
    const std::size_t skipped = before == '\\' ? 1 : before == '%' ? 2 : 0;
    if (skipped > 0 && index_.may_begin(bytes + run.begin + skipped)) {
      index_.add_prefixed(text.bytes, begin + skipped, starts);
    }
    if (index_.any_behind(before)) {
      index_.add_behind(text.bytes, begin, starts);
    }
  }
  if (!has_mixed_stretch(chunk.marks, run)) {
    // Too even to be looked at, but for a name that says what it is.
    if (!text.is_binary && begin > 0 &&
        std::string_view("\"'=:`").find(text.bytes[begin - 1]) !=
            std::string_view::npos) {
      try_named(text, {begin, end}, out);
    }
    return;
  }
  const std::size_t shortest = index_.shortest_inside();
  for (std::size_t at = begin; at + shortest <= end; ++at) {
    if (at == begin || is_separator(text.bytes[at - 1])) {
      index_.add_inside(text.bytes, at, end - at, starts);
    }
  }
  if (!text.is_binary) try_loose(text, {begin, end}, out);
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

void ShapeFinder::pair_companions(std::vector<Candidate>& candidates) const {
  std::uint32_t group = 0;
  for (Candidate& leader : candidates) {
    if (leader.group != 0) continue;
    for (const CompanionRule& companion : leader.rule->companions) {
      Candidate* nearest = nullptr;
      std::uint32_t distance = kPairLines + 1;
      for (Candidate& other : candidates) {
        if (other.rule->id != companion.rule || other.group != 0 ||
            &other == &leader) {
          continue;
        }
        const std::uint32_t lines = other.line > leader.line
                                        ? other.line - leader.line
                                        : leader.line - other.line;
        if (lines < distance) {
          distance = lines;
          nearest = &other;
        }
      }
      if (!nearest) continue;
      if (leader.group == 0) leader.group = ++group;
      nearest->group = leader.group;
      nearest->leads = false;
    }
  }
  // An identifier that belongs to nothing here is no finding.
  std::erase_if(candidates, [](const Candidate& candidate) {
    return candidate.rule->is_public && candidate.group == 0;
  });
}

}  // namespace overreach
