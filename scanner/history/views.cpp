#include "scanner/history/views.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>

#include "scanner/base/run_threads.h"

namespace overreach {
namespace {

// Folders are rarely deeper; only a broken repository has trees in a circle.
constexpr int kMostRounds = 4096;
// Paths that are told of one repository.
constexpr std::size_t kMostPlaces = std::size_t{1} << 22;
// Changed trees that are looked for one by one: mostly there are one or two.
constexpr std::size_t kFewChanged = 16;

}  // namespace

// The deepest folders first: what a tree holds is then known when it comes,
// nearly always.  Where not, it is looked at once more, until nothing changes.
Views::Views(const Names& names, const Wanted& wanted, int threads)
    : names_(names),
      values_(names.place_count()),
      name_values_(wanted.names.empty() ? 0 : names.name_count()),
      is_something_(names.place_count()),
      was_nothing_(names.place_count()),
      has_changed_(names.place_count()),
      stored_(1) {
  for (const auto& [place, key] : wanted.blobs) {
    values_[place] = (key + 1) * 2;
    is_something_[place] = true;
  }
  for (const auto& [name, key] : wanted.names) {
    name_values_[name] = (key + 1) * 2;
  }
  std::vector<std::pair<std::size_t, TreeLog::Chain>> by_depth;
  for (const TreeLog::Chain& chain : names.log().chains()) {
    by_depth.emplace_back(names.depth_of(names.log().first_place(chain)),
                          chain);
  }
  std::stable_sort(
      by_depth.begin(), by_depth.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<TreeLog::Chain> chains;
  chains.reserve(by_depth.size());
  for (const auto& [depth, chain] : by_depth) chains.push_back(chain);
  look_at_all(chains, Round::first);
  for (int round = 1; round < kMostRounds; ++round) {
    const std::vector<TreeLog::Chain> again = with_changed(chains, threads);
    if (again.empty()) break;
    look_at_all(again, Round::later);
  }
}

// Notes the trees of which something else may have been known when they were
// looked for.
void Views::look_at_all(const std::vector<TreeLog::Chain>& chains,
                        Round round) {
  has_changed_.assign(has_changed_.size(), false);
  changed_.clear();
  for (const TreeLog::Chain& chain : chains) {
    names_.log().for_each_tree(chain, [&](const TreeLog::Tree& tree) {
      if (look_at(tree) &&
          (round == Round::later || was_nothing_[tree.place])) {
        if (!has_changed_[tree.place]) changed_.push_back(tree.place);
        has_changed_[tree.place] = true;
      }
    });
  }
}

// Those that hold a tree that was noted.
std::vector<TreeLog::Chain> Views::with_changed(
    const std::vector<TreeLog::Chain>& chains, int threads) const {
  if (changed_.empty()) return {};
  std::vector<std::string> few;
  if (changed_.size() <= kFewChanged) {
    std::transform(changed_.begin(), changed_.end(), std::back_inserter(few),
                   TreeLog::bytes_of);
  }
  constexpr std::size_t kAtOnce = 256;
  std::vector<std::uint8_t> has_one(chains.size());
  std::atomic<std::size_t> next = 0;
  run_threads(threads, [&](int) {
    for (std::size_t begin;
         (begin = next.fetch_add(kAtOnce)) < chains.size();) {
      const std::size_t end = std::min(chains.size(), begin + kAtOnce);
      for (std::size_t i = begin; i < end; ++i) {
        const bool may_have =
            few.empty() || names_.log().may_have(chains[i], few);
        has_one[i] = may_have && has_changed(chains[i]) ? 1 : 0;
      }
    }
  });
  std::vector<TreeLog::Chain> some;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    if (has_one[i] != 0) some.push_back(chains[i]);
  }
  return some;
}

bool Views::has_changed(const TreeLog::Chain& chain) const {
  bool has_one = false;
  names_.log().for_each_tree(chain, [&](const TreeLog::Tree& tree) {
    TreeLog::for_each_entry(
        tree,
        [&](const TreeLog::Entry& entry) {
          has_one = has_one || (entry.child != TreeLog::kNothing &&
                                has_changed_[entry.child]);
        },
        [](std::size_t, std::size_t) {});
  });
  return has_one;
}

// Whether the tree's view is another one than before.
bool Views::look_at(const TreeLog::Tree& tree) {
  prefetch(&values_[tree.place]);  // it is written at the end
  if (levels_.size() <= tree.depth) levels_.resize(tree.depth + 1);
  Level& level = levels_[tree.depth];
  level.hits.clear();
  const Level* const base =
      tree.is_whole || tree.depth == 0 ? nullptr : &levels_[tree.depth - 1];
  // As long as hits come as they do in the base.
  bool is_same = base != nullptr;
  std::uint32_t next = 0;  // entry
  const auto add = [&](Item item) {
    const std::size_t index = level.hits.size();
    is_same =
        is_same && index < base->hits.size() && base->hits[index].item == item;
    level.hits.push_back({next, item});
  };
  TreeLog::for_each_entry(
      tree,
      [&](const TreeLog::Entry& entry) {
        if (entry.child != TreeLog::kNothing) {
          if (is_something_[entry.child]) {
            add({entry.name, values_[entry.child]});
          } else if (!was_nothing_[entry.child]) {  // reads beat writes
            was_nothing_[entry.child] = true;
          }
          if (!name_values_.empty() && name_values_[entry.name] != 0) {
            add({entry.name, name_values_[entry.name]});
          }
        }
        ++next;
      },
      [&](std::size_t first, std::size_t last) {
        if (!base) return;
        auto hit = std::lower_bound(
            base->hits.begin(), base->hits.end(), first,
            [](const Hit& a, std::size_t b) { return a.entry < b; });
        const auto begin = static_cast<std::uint32_t>(first);
        for (; hit != base->hits.end() && hit->entry < last; ++hit) {
          const std::uint32_t entry = next;
          next += hit->entry - begin;
          add(hit->item);
          next = entry;
        }
        next += static_cast<std::uint32_t>(last - first);
      });
  is_same = is_same && level.hits.size() == base->hits.size();
  level.view = is_same ? base->view : store(level.hits);
  const std::uint32_t value = level.view == 0 ? 0 : level.view * 2 + 1;
  // Nearly all trees hold nothing: their values need not come into the cache.
  if (value == 0 && !is_something_[tree.place]) return false;
  is_something_[tree.place] = value != 0;
  return std::exchange(values_[tree.place], value) != value;
}

// The number of the view that has these items, which may be a new one.
std::uint32_t Views::store(const std::vector<Hit>& hits) {
  if (hits.empty()) return 0;
  std::uint64_t hash = hits.size();
  for (const Hit& hit : hits) {
    hash ^= std::uint64_t{hit.item.name} << 32 | hit.item.value;
    hash *= 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  }
  const auto number = static_cast<std::uint32_t>(stored_.size());
  std::uint32_t& first = by_hash_[hash];
  for (std::uint32_t view = first; view != 0; view = stored_[view].next) {
    const std::span<const Item> known = items(view);
    if (std::equal(hits.begin(), hits.end(), known.begin(), known.end(),
                   [](const Hit& a, const Item& b) { return a.item == b; })) {
      return view;
    }
  }
  stored_.push_back({items_.size(), items_.size() + hits.size(), first});
  for (const Hit& hit : hits) items_.push_back(hit.item);
  first = number;
  return number;
}

// Goes down from the roots, path by path.
class Views::Walk {
 public:
  Walk(const Views& views, const Use& use) : views_(views), use_(use) {}

  bool go(const std::string& folder, const std::vector<Standing>& standings) {
    // By name, then what stands there.
    using Values = std::map<std::uint32_t, std::vector<std::uint32_t>>;
    std::map<std::string_view, Values> below;
    {
      std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> found;
      for (const Standing& standing : standings) {
        for (const Item& item : views_.items(standing.view)) {
          auto& which = found[std::uint64_t{item.name} << 32 | item.value];
          which.insert(which.end(), standing.roots.begin(),
                       standing.roots.end());
        }
      }
      for (auto& [item, which] : found) {
        const auto name = static_cast<std::uint32_t>(item >> 32);
        below[views_.names_.name_at(name)].emplace(
            static_cast<std::uint32_t>(item), std::move(which));
      }
    }
    for (auto& [name, values] : below) {
      const std::string path = folder + std::string(name);
      std::vector<Standing> deeper;
      for (auto& [value, which] : values) {
        if (++count_ > kMostPlaces) return false;
        if (value % 2 == 0) {
          use_(value / 2 - 1, path, which);
        } else {
          deeper.push_back({value / 2, std::move(which)});
        }
      }
      values.clear();
      if (!deeper.empty() && !go(path + "/", deeper)) return false;
    }
    return true;
  }

 private:
  const Views& views_;
  const Use& use_;
  std::size_t count_ = 0;
};

bool Views::for_each_place(const std::vector<std::uint32_t>& roots,
                           const Use& use) const {
  std::vector<Standing> standings;
  for (std::uint32_t i = 0; i < roots.size(); ++i) {
    standings.push_back({roots[i], {i}});
  }
  return Walk(*this, use).go("", standings);
}

}  // namespace overreach
