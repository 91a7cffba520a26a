// Tokens with a form: tries, at the places of a run where one may begin, the
// shapes that the index names, checks their digits and their context, and
// pairs ids with their secrets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/match/context.h"
#include "scanner/match/finding.h"
#include "scanner/match/match.h"
#include "scanner/match/name_memo.h"
#include "scanner/match/runs.h"
#include "scanner/match/shape_index.h"

namespace overreach {

class ShapeFinder {
 public:
  // Looks into Base64 in Base64 so deep.
  ShapeFinder(const RuleSet& rules, const ContextIndex& contexts,
              int decode_depth);

  // One chunk of a text with its marks, which are made with run_tables().
  struct Chunk {
    std::size_t base;  // offset in the text of the chunk's first byte
    const Marks& marks;
    NameMemo& names;  // of this thread
    // Room for where rules may begin; empty again behind each call.
    std::vector<ShapeIndex::Start>& starts;
    int decoded = 0;  // how often the text was decoded already
  };
  const RunTables& run_tables() const { return index_.run_tables(); }

  // Rules with a pattern, one of whose keywords was seen; may repeat.
  using Triggered = std::vector<Trigger>;

  void find_in_runs(const Text& text, const Chunk& chunk, Findings& out,
                    Triggered& triggered) const;

  // Every shape at every byte where a token may begin.
  void find_everywhere(const Text& text, Findings& out) const;

  // A public identifier that another rule needs beside its secret.
  bool is_companion(const TokenRule& rule) const;

  // Gives candidates that belong together one group, nearest first.
  void pair_companions(std::vector<Candidate>& candidates) const;

 private:
  void find_in_opened(const Text& text, const Chunk& chunk,
                      std::uint32_t run_begin, Findings& out) const;
  void find_in_mixed(const Text& text, const Chunk& chunk, Run run,
                     Findings& out) const;
  void find_inside(const Text& text, const Chunk& chunk, Run run) const;
  void try_shape(const Text& text, std::uint32_t rule, std::size_t begin,
                 Findings& out) const;
  struct Span {
    std::size_t begin, end;  // in the text
  };
  void find_encoded(const Text& text, const Chunk& chunk, Span run,
                    Findings& out) const;
  void try_loose(const Text& text, Span run, NameMemo& names,
                 Findings& out) const;
  void try_named(const Text& text, Span run, NameMemo& names,
                 Findings& out) const;
  void try_loose_rule(const Text& text, Span run,
                      const ContextIndex::Support& support,
                      Findings& out) const;
  void accept(const Text& text, std::uint32_t rule, std::size_t begin,
              const ShapeMatch& match, Nearness nearness, Findings& out) const;

  const RuleSet& rules_;
  const ContextIndex& contexts_;
  const int decode_depth_;
  ShapeIndex index_;
  std::vector<bool> companion_;  // by rule
};

}  // namespace overreach
