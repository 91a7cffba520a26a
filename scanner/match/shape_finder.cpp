#include "scanner/match/shape_finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <span>
#include <string>

#include "scanner/base/text.h"
#include "scanner/match/encoded_text.h"
#include "scanner/match/file_kind.h"
#include "scanner/match/lines.h"
#include "scanner/match/mixed_runs.h"
#include "scanner/match/token_chance.h"
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

std::size_t fixed_prefix(const Shape& shape, std::string_view token) {
  std::size_t length = 0;
  for (const Element& element : shape) {
    if (element.kind == Element::Kind::literal) {
      length += element.literal.size();
    } else if (element.kind == Element::Kind::one_of) {
      std::size_t longest = 0;
      for (const auto option : element.options) {
        if (stands_at(token, length, option)) {
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

ShapeFinder::ShapeFinder(const RuleSet& rules, const ContextIndex& contexts,
                         int decode_depth)
    : rules_(rules),
      contexts_(contexts),
      decode_depth_(decode_depth),
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
void ShapeFinder::try_loose(const Text& text, Span run, NameMemo& names,
                            Findings& out) const {
  const std::string_view name = name_before(text.bytes, run.begin);
  const std::size_t equals = text.bytes.substr(0, run.end).find('=', run.begin);
  const std::string_view name_inside =
      equals != text.bytes.npos && equals + 1 < run.end
          ? name_before(text.bytes, equals + 1)
          : std::string_view();
  if (!names.may_own_token(name, contexts_) &&
      !names.may_own_token(name_inside, contexts_)) {
    return;
  }
  std::vector<ContextIndex::Support> supports;
  contexts_.supported_by_name(name, supports);
  contexts_.supported_by_name(name_inside, supports);
  if (is_secret_name(name) || is_secret_name(name_inside)) {
    contexts_.supported_by_words(text.bytes, run.begin, run.end, supports);
  }
  for (const ContextIndex::Support& support : supports) {
    if (index_.is_loose(support.rule)) {
      try_loose_rule(text, run, support, out);
    }
  }
}

void ShapeFinder::try_named(const Text& text, Span run, NameMemo& names,
                            Findings& out) const {
  const std::string_view name = name_before(text.bytes, run.begin);
  if (!names.may_own_token(name, contexts_)) return;
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

// Most runs are identifiers: nothing begins in them, nothing is mixed and
// nothing names them, and the marks do not name them either.
void ShapeFinder::find_in_runs(const Text& text, const Chunk& chunk,
                               Findings& out, Triggered& triggered) const {
  const char* const bytes = text.bytes.data() + chunk.base;
  std::vector<ShapeIndex::Start>& starts = chunk.starts;
  const std::size_t first = starts.size();
  for_each_that(
      chunk.marks.starts.list(),
      [&](std::uint32_t at) { return index_.may_begin(bytes + at); },
      [&](std::uint32_t at) {
        index_.add_prefixed(text.bytes, chunk.base + at, starts);
      });
  for_each_that(
      chunk.marks.opened.list(),
      [&](std::uint32_t begin) {
        const char before = byte_before(text, chunk.base + begin);
        const bool special = index_.is_special_before(before);
        const bool named = kBeforeNamed.contains(before);
        const bool more = may_not_be_plain(chunk.marks, begin);
        // No short cuts: a branch would cost more than it saves.
        return (unsigned{special} | (unsigned{named} & unsigned{more})) != 0;
      },
      [&](std::uint32_t begin) { find_in_opened(text, chunk, begin, out); });
  std::uint32_t behind = 0;  // the last mixed run
  for (const std::uint32_t at : chunk.marks.mixed.list()) {
    if (at < behind) continue;
    const Run run = chunk.marks.run_around(at);
    behind = run.end;
    if (has_mixed_stretch(chunk.marks, run)) {
      find_in_mixed(text, chunk, run, out);
    }
  }
  for (std::size_t i = first; i < starts.size(); ++i) {
    const ShapeIndex::Start& start = starts[i];
    if (rules_.tokens[start.rule].finder == Finder::pattern) {
      triggered.push_back({start.begin, start.rule});
    } else {
      try_shape(text, start.rule, start.begin, out);
    }
  }
  starts.resize(first);
}

// What begins before the run, and a run too even to be looked at but for a name
// that says what it is.
void ShapeFinder::find_in_opened(const Text& text, const Chunk& chunk,
                                 std::uint32_t run_begin, Findings& out) const {
  const std::size_t begin = chunk.base + run_begin;
  const char before = byte_before(text, begin);
  const bool special = index_.is_special_before(before);
  if (special) {
    // "\nghp_..." and "%3Dghp_...": an escape hides the beginning.
    const std::size_t skipped = before == '\\' ? 1 : before == '%' ? 2 : 0;
    if (skipped > 0 && index_.may_begin(text.bytes.data() + begin + skipped)) {
      index_.add_prefixed(text.bytes, begin + skipped, chunk.starts);
    }
    index_.add_behind(text.bytes, begin, chunk.starts);
  }
  if (text.is_binary || !kBeforeNamed.contains(before)) return;
  const Run run = chunk.marks.run_from(run_begin);
  if (!special && is_plain(chunk.marks, run)) return;
  if (has_mixed_stretch(chunk.marks, run)) return;  // see find_in_mixed()
  try_named(text, {begin, chunk.base + run.end}, chunk.names, out);
}

// What a run may hold besides shapes with a beginning of their own.
void ShapeFinder::find_in_mixed(const Text& text, const Chunk& chunk, Run run,
                                Findings& out) const {
  find_inside(text, chunk, run);
  if (text.is_binary) return;
  const Span span{chunk.base + run.begin, chunk.base + run.end};
  try_loose(text, span, chunk.names, out);
  if (chunk.decoded < decode_depth_) find_encoded(text, chunk, span, out);
}

// The same in what the run encodes, and in what that encodes.
void ShapeFinder::find_encoded(const Text& text, const Chunk& chunk, Span run,
                               Findings& out) const {
  const auto look = [&](std::size_t begin, std::string_view decoded) {
    Marks marks;
    find_marks(decoded.data(), decoded.size(), run_tables(), marks);
    Findings found;
    Triggered triggered;
    find_in_runs({text.path, decoded, false},
                 {0, marks, chunk.names, chunk.starts, chunk.decoded + 1},
                 found, triggered);
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
  };
  // By reference, as most runs encode nothing: a copy needs memory.
  for_each_encoded_text(text.bytes, run.begin, run.end, std::ref(look));
}

// At the run's start and behind each of its separators.
void ShapeFinder::find_inside(const Text& text, const Chunk& chunk,
                              Run run) const {
  const std::size_t shortest = index_.shortest_inside();
  if (run.begin + shortest > run.end) return;
  const std::size_t last = run.end - shortest;  // where one may begin
  std::size_t at = run.begin;
  const auto add = [&](std::size_t gap) {
    index_.add_inside(text.bytes, chunk.base + at, run.end - at, gap,
                      chunk.starts);
  };
  for (std::size_t window = run.begin; window < last; window += 64) {
    std::uint64_t separators =
        chunk.marks.separator.from(window) & lowest(last - window);
    for (; separators != 0; separators &= separators - 1) {
      const std::size_t separator =
          window + static_cast<std::size_t>(std::countr_zero(separators));
      const bool is_gap = kGaps.contains(text.bytes[chunk.base + separator]);
      add(is_gap ? separator - at : kNoMaximum);
      at = separator + 1;
    }
  }
  add(kNoMaximum);
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
