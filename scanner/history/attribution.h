// For what was found in a history: its paths, who brought it when, whether HEAD
// still has it, which refs reach it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scanner/git/object_store.h"
#include "scanner/history/graph.h"
#include "scanner/history/history.h"
#include "scanner/history/lookup.h"
#include "scanner/history/names.h"

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
  Attribution(const HistoryParts& parts, bool unreachable)
      : parts_(parts), unreachable_(unreachable) {}

  // As History::appearances() says.
  std::vector<std::vector<Appearance>> of(const std::vector<HistoryKey>& keys,
                                          int threads) const;

 private:
  // Commits that have a text, and refs that name it directly.
  struct Asked {
    std::size_t list = 0, item = 0;    // which appearance it is
    std::vector<std::size_t> commits;  // places in the graph
    std::vector<std::uint32_t> refs;
  };

  // What is known of a tree of the lookup.
  struct Root {
    const std::vector<std::size_t>* commits;  // null: none
    const std::vector<std::uint32_t>* refs;
  };

  std::vector<Appearance> appearances_of(const HistoryKey& key,
                                         const Lookup& lookup,
                                         const std::vector<Root>& roots,
                                         std::size_t list,
                                         std::vector<Asked>& asked) const;
  template <typename Add>
  void add_message(const ObjectId& id, const Add& add) const;
  void add_direct(const ObjectId& id, Asked& found) const;
  Appearance appearance(const std::string& path, const Asked& asked) const;
  void add_refs(std::vector<Asked>& asked,
                std::vector<std::vector<Appearance>>& all) const;

  const HistoryParts parts_;
  const bool unreachable_;
};

}  // namespace overreach
