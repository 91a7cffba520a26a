// The order of the work on one text; see match.h.

#include "scanner/match/match.h"

#include <algorithm>
#include <bit>

#include "scanner/base/line_count.h"
#include "scanner/base/text.h"
#include "scanner/match/context.h"
#include "scanner/match/lines.h"
#include "scanner/match/markers.h"
#include "scanner/match/patterns.h"
#include "scanner/match/published_example.h"
#include "scanner/match/read_word.h"
#include "scanner/match/readers.h"
#include "scanner/match/runs.h"
#include "scanner/match/shape_finder.h"
#include "scanner/match/trace.h"
#include "scanner/match/words.h"

namespace overreach {
namespace {

static_assert(kTextPadding >= kPadding);

constexpr std::size_t kChunkBytes = 32 * 1024;

// The next chunk ends where no run goes on, so that none is cut.
std::size_t chunk_end(std::string_view text, std::size_t begin) {
  std::size_t end = std::min(text.size(), begin + kChunkBytes);
  while (end < text.size() && end > begin && is_run_character(text[end - 1])) {
    --end;
  }
  if (end > begin) return end;
  end = std::min(text.size(), begin + kChunkBytes);
  while (end < text.size() && is_run_character(text[end])) ++end;
  return end;
}

// Of findings that overlap the strongest stays; then the longer, then the
// earlier.  Public identifiers shadow what overlaps them and then go too.
void keep_strongest(Findings& findings) {
  std::sort(findings.begin(), findings.end(),
            [](const Finding& a, const Finding& b) {
              if (a.priority != b.priority) return a.priority > b.priority;
              const std::size_t a_size = a.end - a.begin;
              const std::size_t b_size = b.end - b.begin;
              if (a_size != b_size) return a_size > b_size;
              if (a.begin != b.begin) return a.begin < b.begin;
              if (a.rule != b.rule) return a.rule->id < b.rule->id;
              return a.entry < b.entry;
            });
  Findings kept;
  for (Finding& finding : findings) {
    const bool overlaps =
        std::any_of(kept.begin(), kept.end(), [&](const Finding& other) {
          return finding.begin < other.end && other.begin < finding.end;
        });
    if (!overlaps) kept.push_back(std::move(finding));
  }
  std::sort(kept.begin(), kept.end(), [](const Finding& a, const Finding& b) {
    return a.begin < b.begin;
  });
  std::erase_if(kept, [](const Finding& finding) { return finding.is_none; });
  findings = std::move(kept);
}

// Lines and columns of ascending offsets, each byte counted once.
class Counter {
 public:
  explicit Counter(std::string_view text) : text_(text) {}
  std::pair<std::uint32_t, std::uint32_t> at(std::size_t offset) {
    if (offset < at_) {
      at_ = line_at_ = 0;
      line_ = 1;
    }
    const std::string_view passed = text_.substr(at_, offset - at_);
    if (const std::size_t breaks = count_line_breaks(passed); breaks > 0) {
      line_ += static_cast<std::uint32_t>(breaks);
      line_at_ = at_ + passed.rfind('\n') + 1;
    }
    at_ = offset;
    return {line_, static_cast<std::uint32_t>(offset - line_at_ + 1)};
  }

 private:
  const std::string_view text_;
  std::size_t at_ = 0, line_at_ = 0;
  std::uint32_t line_ = 1;
};

std::string_view value_of(const Finding& finding, std::string_view text) {
  return finding.decoded.empty()
             ? text.substr(finding.begin, finding.end - finding.begin)
             : std::string_view(finding.decoded);
}

Candidate to_candidate(Finding& finding, std::string_view text,
                       Counter& counter) {
  Candidate candidate;
  candidate.rule = finding.rule;
  candidate.secret = Secret(value_of(finding, text));
  candidate.begin = finding.begin;
  candidate.end = finding.end;
  std::tie(candidate.line, candidate.column) = counter.at(finding.begin);
  std::tie(candidate.end_line, candidate.end_column) = counter.at(finding.end);
  candidate.key = finding.key;
  candidate.confidence = finding.confidence;
  candidate.reasons = std::move(finding.reasons);
  candidate.facts = std::move(finding.facts);
  candidate.public_prefix = finding.public_prefix;
  return candidate;
}

}  // namespace

struct Matcher::Parts {
  Parts(const RuleSet& set, int decode_depth)
      : rules(set),
        contexts(set),
        shapes(set, contexts, decode_depth),
        patterns(set),
        stored(set),
        named_files(set) {
    for (std::uint32_t i = 0; i < set.tokens.size(); ++i) {
      by_finder[static_cast<std::size_t>(set.tokens[i].finder)].push_back(i);
    }
  }
  const RuleSet& rules;
  ContextIndex contexts;
  ShapeFinder shapes;
  Patterns patterns;
  StoredIndex stored;
  NamedFiles named_files;
  RulesByFinder by_finder;
};

struct Matcher::Scratch::Parts {
  Marks marks;
  std::vector<WordHit> hits;
  std::vector<ShapeIndex::Start> starts;
  Sayings sayings;
  NameMemo names;
};

// One text under work.
struct Matcher::Work {
  const Text& text;
  Scratch::Parts& scratch;
  const std::string_view name;
  const ReaderInput input;

  Work(const Matcher::Parts& parts, const Text& given, Scratch::Parts& memory)
      : text(given),
        scratch(memory),
        name(file_name(given.path)),
        input{given.path,        name,
              given.bytes,       kind_of_file(name),
              parts.rules,       parts.contexts,
              parts.by_finder,   parts.stored,
              parts.named_files, memory.sayings.far_looks,
              memory.names} {
    memory.sayings.findings.clear();
    memory.sayings.triggers.clear();
    memory.sayings.far_looks.clear();
  }

  std::optional<Trace> trace() const {
    const Sayings& said = scratch.sayings;
    Trace trace;
    if (said.findings.empty() && said.triggers.empty() &&
        said.far_looks.empty()) {
      return trace;
    }
    auto parts = std::make_unique<Trace::Parts>();
    if (!keep(text.bytes, said, *parts)) return std::nullopt;
    trace.parts_ = std::move(parts);
    return trace;
  }
};

Trace::Trace() = default;
Trace::~Trace() = default;
Trace::Trace(Trace&& other) noexcept = default;
Trace& Trace::operator=(Trace&& other) noexcept = default;

Matcher::Scratch::Scratch() : parts_(std::make_unique<Parts>()) {}
Matcher::Scratch::~Scratch() = default;

Matcher::Matcher(const RuleSet& rules, int decode_depth)
    : parts_(std::make_unique<const Parts>(rules, decode_depth)) {}
Matcher::~Matcher() = default;

// Asks everybody about bytes [begin, end), which are whole lines.
void Matcher::look(const Work& work, std::size_t begin, std::size_t end) const {
  const Text& text = work.text;
  auto& [findings, triggers, far_looks] = work.scratch.sayings;
  Marks& marks = work.scratch.marks;
  while (begin < end) {
    const std::size_t next = chunk_end(text.bytes.substr(0, end), begin);
    find_marks(text.bytes.data() + begin, next - begin,
               parts_->shapes.run_tables(), marks);
    const ShapeFinder::Chunk chunk{begin, marks, work.scratch.names,
                                   work.scratch.starts};
    parts_->shapes.find_in_runs(text, chunk, findings, triggers);
    if (!text.is_binary) {
      const auto hits = confirm_words(text.bytes, begin, marks.words.list(),
                                      work.scratch.hits);
      for (const WordHit& hit : hits) {
        const std::size_t before = findings.size();
        read_word(work.input, hit.word, begin + hit.at, findings);
        for (std::size_t i = before; i < findings.size(); ++i) {
          findings[i].entry = begin + hit.at;
        }
      }
    }
    begin = next;
  }
}

// Everything that depends on the whole text, and what follows from it all.
MatchResult Matcher::settle(const Work& work) const {
  const Text& text = work.text;
  Findings& findings = work.scratch.sayings.findings;
  read_named_file(work.input, findings);
  read_known_file(work.input, findings);
  read_stored(work.input, findings);
  if (!text.is_binary) {
    parts_->patterns.find(text.path, text.bytes, work.scratch.sayings.triggers,
                          findings);
  }
  MatchResult result;
  if (findings.empty()) return result;
  keep_strongest(findings);
  parts_->patterns.find_beside(text.bytes, findings);
  std::sort(
      findings.begin(), findings.end(),
      [](const Finding& a, const Finding& b) { return a.begin < b.begin; });
  Counter counter(text.bytes);
  for (Finding& finding : findings) {
    if (finding.rule->is_public &&
        !parts_->shapes.is_companion(*finding.rule)) {
      continue;
    }
    if (parts_->patterns.is_allowed(text.path, text.bytes, finding)) continue;
    if (is_published_example(value_of(finding, text.bytes))) continue;
    if (has_allow_marker(text.bytes, finding.begin, finding.end,
                         finding.rule->id)) {
      ++result.suppressed;
      continue;
    }
    result.candidates.push_back(to_candidate(finding, text.bytes, counter));
  }
  parts_->shapes.pair_companions(result.candidates);
  return result;
}

MatchResult Matcher::match(const Text& text, Scratch& scratch) const {
  const Work work(*parts_, text, *scratch.parts_);
  look(work, 0, text.bytes.size());
  return settle(work);
}

MatchResult Matcher::match(const Text& text, Scratch& scratch,
                           std::optional<Trace>& trace) const {
  const Work work(*parts_, text, *scratch.parts_);
  look(work, 0, text.bytes.size());
  trace = work.trace();
  return settle(work);
}

MatchResult Matcher::match_changed(const Text& text, const Change& change,
                                   const Trace& base, Scratch& scratch,
                                   std::optional<Trace>& trace) const {
  const Work work(*parts_, text, *scratch.parts_);
  const std::vector<Stretch> lines =
      inherit(text.bytes, change, base.parts_.get(), scratch.parts_->sayings);
  for (const Stretch& stretch : lines) look(work, stretch.begin, stretch.end);
  trace = work.trace();
  return settle(work);
}

MatchResult Matcher::match_near(const Text& text, std::span<const Lines> lines,
                                Scratch& scratch) const {
  const Work work(*parts_, text, *scratch.parts_);
  for (const Stretch& stretch : lines_that_see(text.bytes, lines)) {
    look(work, stretch.begin, stretch.end);
  }
  return settle(work);
}

MatchResult Matcher::match_slowly(const Text& text) const {
  Findings findings;
  parts_->shapes.find_everywhere(text, findings);
  keep_strongest(findings);
  MatchResult result;
  Counter counter(text.bytes);
  for (Finding& finding : findings) {
    result.candidates.push_back(to_candidate(finding, text.bytes, counter));
  }
  return result;
}

}  // namespace overreach
