#include "scanner/git/stored_pack.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "scanner/base/encoding.h"
#include "scanner/base/run_threads.h"
#include "scanner/git/pack_walk.h"

namespace overreach {
namespace {

// Roots that a thread takes at once.
constexpr std::size_t kRootsAtOnce = 16;

}  // namespace

const DeltaForest& StoredPack::forest(int threads,
                                      Diagnostics& diagnostics) const {
  std::call_once(once_, [&] {
    forest_ = std::make_unique<const DeltaForest>(pack_, threads);
    report_broken(*forest_, diagnostics);
  });
  return *forest_;
}

DeltaForest StoredPack::forest_of(const std::vector<bool>& places,
                                  Diagnostics& diagnostics) const {
  std::vector<std::uint32_t> positions;
  const auto begin = places.begin() + first_place_;
  const auto end = begin + pack_.index().size();
  // A search skips what is not wanted by the word.
  for (auto at = std::find(begin, end, true); at != end;
       at = std::find(at + 1, end, true)) {
    positions.push_back(static_cast<std::uint32_t>(at - begin));
  }
  DeltaForest trees(pack_, positions);
  report_broken(trees, diagnostics);
  return trees;
}

void StoredPack::report_broken(const DeltaForest& trees,
                               Diagnostics& diagnostics) const {
  for (const DeltaForest::Broken& broken : trees.broken()) {
    diagnostics.incomplete(pack_.path(),
                           trees.problem(pack_, broken.entry, broken.why));
  }
}

void StoredPack::visit(ObjectKind kind, const VisitOptions& options,
                       const Others& others, Diagnostics& diagnostics,
                       const ObjectVisitor& visitor) const {
  std::optional<DeltaForest> some;
  if (options.only) some.emplace(forest_of(*options.only, diagnostics));
  const DeltaForest& trees =
      some ? *some : forest(options.threads, diagnostics);
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
  const std::vector<DeltaForest::Root>& roots = trees.roots();
  std::atomic<std::size_t> next = 0;
  run_threads(options.threads, [&](int worker) {
    PackWalk walk(
        {pack_, trees, options.max_bytes, diagnostics,
         [&](const StoredObject& object) { return visitor(worker, object); },
         place_of_position});
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
