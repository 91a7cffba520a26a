#include "scanner/git/stored_pack.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "scanner/base/encoding.h"
#include "scanner/git/pack_walk.h"
#include "scanner/git/run_threads.h"

namespace overreach {
namespace {

// Roots that a thread takes at once.
constexpr std::size_t kRootsAtOnce = 16;

}  // namespace

const DeltaForest& StoredPack::forest(int threads,
                                      Diagnostics& diagnostics) const {
  std::call_once(once_, [&] {
    forest_ = std::make_unique<const DeltaForest>(pack_, threads);
    for (const DeltaForest::Broken& broken : forest_->broken()) {
      diagnostics.incomplete(pack_.path(),
                             forest_->problem(pack_, broken.entry, broken.why));
    }
  });
  return *forest_;
}

// Entries of these places, and all that they are made from.
std::vector<bool> StoredPack::needed_for(const std::vector<bool>& places,
                                         const DeltaForest& trees) const {
  constexpr std::uint32_t kNone = DeltaForest::kNone;
  std::vector<std::uint32_t> bases(trees.size(), kNone);
  for (std::uint32_t i = 0; i < trees.size(); ++i) {
    for (std::uint32_t child = trees.first_child(i); child != kNone;
         child = trees.next_sibling(child)) {
      bases[child] = i;
    }
    if (trees.last_child(i) != kNone) bases[trees.last_child(i)] = i;
  }
  std::vector<bool> needed(trees.size());
  for (std::uint32_t i = 0; i < trees.size(); ++i) {
    const std::uint32_t position = trees.position_of(i);
    if (position == kNone || !places[first_place_ + position]) continue;
    for (std::uint32_t at = i; at != kNone && !needed[at]; at = bases[at]) {
      needed[at] = true;
    }
  }
  return needed;
}

void StoredPack::visit(ObjectKind kind, const VisitOptions& options,
                       const Others& others, Diagnostics& diagnostics,
                       const ObjectVisitor& visitor) const {
  const DeltaForest& trees = forest(options.threads, diagnostics);
  const auto place_of_position =
      [&](std::uint32_t position) -> std::optional<std::uint32_t> {
    const std::uint32_t place = first_place_ + position;
    if (options.only && !(*options.only)[place]) return std::nullopt;
    // What an earlier pack has too was visited there.
    if (first_place_ > 0 &&
        others.place_of(pack_.index().id_at(position)) != place) {
      return std::nullopt;
    }
    return place;
  };
  const auto walk_root = [&](PackWalk& walk, const DeltaForest::Root& root) {
    if (root.base.empty()) {
      if (root.kind == kind) walk.walk(root, kind, {});
      return;
    }
    const auto base = others.read(root.base);
    if (base && *base) {
      if ((*base)->kind == kind) walk.walk(root, kind, (*base)->bytes);
    } else if (kind == ObjectKind::blob) {  // said once
      diagnostics.incomplete(
          pack_.path(),
          trees.problem(
              pack_, root.entry,
              base ? "its base " + encode_hex(root.base) + " is missing"
                   : "its base cannot be read: " + base.error().text));
    }
  };
  std::vector<bool> needed;
  if (options.only) needed = needed_for(*options.only, trees);
  const std::vector<DeltaForest::Root>& roots = trees.roots();
  std::atomic<std::size_t> next = 0;
  run_threads(options.threads, [&](int worker) {
    PackWalk walk(
        {pack_, trees, options.max_bytes, diagnostics,
         [&](const StoredObject& object) { return visitor(worker, object); },
         place_of_position, options.only ? &needed : nullptr});
    for (std::size_t begin;
         (begin = next.fetch_add(kRootsAtOnce)) < roots.size();) {
      const std::size_t end = std::min(roots.size(), begin + kRootsAtOnce);
      for (std::size_t i = begin; i < end; ++i) {
        if (i + 1 < end && roots[i + 1].kind == kind) {
          walk.expect(roots[i + 1].entry);
        }
        walk_root(walk, roots[i]);
      }
    }
  });
}

}  // namespace overreach
