// A pack as a part of a store: its objects have places, and some of their bases
// are elsewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/delta_forest.h"
#include "scanner/git/object_store.h"
#include "scanner/git/pack.h"

namespace overreach {

class StoredPack {
 public:
  // Its objects have places from `first_place` on, as its index has them.
  StoredPack(Pack pack, std::uint32_t first_place)
      : pack_(std::move(pack)), first_place_(first_place) {}

  const Pack& pack() const { return pack_; }
  std::uint32_t first_place() const { return first_place_; }

  // The store around it.
  struct Others {
    std::function<Result<std::optional<Object>>(std::string_view id)> read;
    std::function<std::optional<std::uint32_t>(std::string_view id)> place_of;
  };
  // As in ObjectStore.  Objects that have a place elsewhere are visited there.
  void visit(ObjectKind kind, const VisitOptions& options, const Others& others,
             Diagnostics& diagnostics, const ObjectVisitor& visitor) const;

 private:
  // Of all objects; made when the first visitor comes who wants all.
  const DeltaForest& forest(int threads, Diagnostics& diagnostics) const;
  // Of the objects at these places.
  DeltaForest forest_of(const std::vector<bool>& places,
                        Diagnostics& diagnostics) const;
  void report_broken(const DeltaForest& trees, Diagnostics& diagnostics) const;

  const Pack pack_;
  const std::uint32_t first_place_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const DeltaForest> forest_;
};

}  // namespace overreach
