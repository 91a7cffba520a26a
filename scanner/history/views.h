// What is looked for, as trees have it.  Trees that hold the same of it under
// the same names look the same, whatever else changed in them: they have one
// view.  Of the trees of two hundred thousand commits some thousand views are
// left, and questions are answered once for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scanner/base/prefetch.h"
#include "scanner/history/names.h"

namespace overreach {

class Views {
 public:
  // Places of blobs and numbers of names in `names`, each with the caller's key
  // for it.
  struct Wanted {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> blobs, names;
  };

  // Keeps a reference to `names`.
  Views(const Names& names, const Wanted& wanted, int threads);

  // Of a tree; 0 for one that holds nothing of what is wanted.
  std::uint32_t of(std::uint32_t place) const { return values_[place] / 2; }

  // That this will be asked of the place soon.
  void expect(std::uint32_t place) const { prefetch(&values_[place]); }

  // Calls use(key, path, which) for everything wanted and every path at which
  // it stands below any of `roots`, which are views; `which` of them have it
  // there.  The order depends on names and keys alone.  False when that is too
  // much to be told: a repository can be built to have endless paths.
  using Use = std::function<void(std::uint32_t key, const std::string& path,
                                 std::span<const std::uint32_t> which)>;
  bool for_each_place(const std::vector<std::uint32_t>& roots,
                      const Use& use) const;

 private:
  // What stands under a name: a view (its number twice, and 1), or something
  // wanted (its key and 1, twice).
  struct Item {
    std::uint32_t name, value;
    friend bool operator==(const Item&, const Item&) = default;
  };
  // An item as an entry of a tree.
  struct Hit {
    std::uint32_t entry;
    Item item;
  };
  struct Level {
    std::vector<Hit> hits;
    std::uint32_t view = 0;
  };
  struct Stored {
    std::size_t begin, end;  // in items_
    std::uint32_t next;      // with the same hash; 0: none
  };
  // Some of the roots that have the same view at one path.
  struct Standing {
    std::uint32_t view;
    std::vector<std::uint32_t> roots;
  };
  class Walk;

  enum class Round { first, later };
  void look_at_all(const std::vector<TreeLog::Chain>& chains, Round round);
  std::vector<TreeLog::Chain> with_changed(
      const std::vector<TreeLog::Chain>& chains, int threads) const;
  bool has_changed(const TreeLog::Chain& chain) const;
  bool look_at(const TreeLog::Tree& tree);
  std::uint32_t store(const std::vector<Hit>& hits);
  std::span<const Item> items(std::uint32_t view) const {
    return std::span(items_).subspan(stored_[view].begin,
                                     stored_[view].end - stored_[view].begin);
  }

  const Names& names_;
  std::vector<std::uint32_t> values_;       // by place, as in Item; 0: nothing
  std::vector<std::uint32_t> name_values_;  // by name; or none at all
  std::vector<bool> is_something_;  // whether values_ has it; stays in a cache
  std::vector<bool> was_nothing_;   // places that were looked at in vain
  std::vector<bool> has_changed_;   // places whose parents are to look again
  std::vector<std::uint32_t> changed_;  // the same, each once
  std::vector<Level> levels_;           // of the chain that is being read
  std::vector<Item> items_;
  std::vector<Stored> stored_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_hash_;
};

}  // namespace overreach
