// For what was found in a history: its paths, who brought it when, whether HEAD
// still has it, which refs reach it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_store.h"
#include "scanner/history/graph.h"
#include "scanner/history/history.h"
#include "scanner/history/names.h"
#include "scanner/history/views.h"

namespace overreach {

// What History::appearances() looks into; must outlive the attribution.
struct HistoryParts {
  const ObjectStore& store;
  const Graph& graph;
  const Names& names;
};

class Attribution {
 public:
  // What no ref leads to counts with `unreachable` only.
  Attribution(const HistoryParts& parts, bool unreachable, int threads)
      : parts_(parts), unreachable_(unreachable), threads_(threads) {}

  // As History has them; of() comes first, once.
  std::vector<std::vector<Appearance>> of(const std::vector<HistoryKey>& keys,
                                          Diagnostics& diagnostics);
  CommitOrigin origin_of(const Appearance& appearance) const;
  std::vector<Reaching> reaching(
      const std::vector<std::vector<std::size_t>>& groups) const;

 private:
  // Views at the top: of the trees of commits and of those that refs name.
  struct Roots {
    std::vector<std::uint32_t> views;
    std::vector<std::uint32_t> of_commit;  // places in views, by its number
    std::vector<std::uint32_t> firsts;     // of each the first commit; or kNone
    std::vector<std::vector<std::uint32_t>> refs;  // that name it
  };
  // What does not stand in a tree: a message, or a blob that a ref names.
  struct Standing {
    std::optional<std::size_t> commit;
    const Graph::Tag* tag = nullptr;
    std::vector<std::uint32_t> refs;
  };
  using Lists = std::vector<std::vector<Appearance>>;
  // For each group a bit in the words of each of some things, row by row.
  class Marks;

  void find_roots();
  void add_in_trees(Lists& lists, Diagnostics& diagnostics);
  void add_message(const ObjectId& id, std::vector<Appearance>& list);
  void add_direct(const ObjectId& id, std::vector<Appearance>& list);
  std::size_t add_standing(Standing standing);
  void mark(const Marks& marks, std::vector<std::uint64_t>& of_roots) const;
  void add_reaching(const Marks& marks, std::size_t word,
                    const std::vector<std::uint64_t>& of_roots,
                    std::vector<Reaching>& all) const;

  const HistoryParts parts_;
  const bool unreachable_;
  const int threads_;
  std::optional<Views> views_;
  Roots roots_;
  std::size_t in_trees_ = 0;         // numbers of what stands in trees
  std::vector<Standing> standings_;  // of the numbers behind those
};

}  // namespace overreach
