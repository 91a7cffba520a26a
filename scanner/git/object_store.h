// The object database of one repository, read without Git: packs (version 2),
// their indexes (1 and 2) or a multi-pack index, loose objects, alternates;
// SHA-1 and SHA-256.  Nothing is ever written.
//
// Each object has a place, a number from 0 to size() - 1 that does not change
// while the store is open, for tables about objects.  An object that is stored
// several times has one place and is visited once.
//
// Const methods may be called from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/object.h"
#include "scanner/git/object_id.h"

namespace overreach {

struct VisitOptions {
  int threads = 1;
  // Larger ones are left out, and the diagnostics say so.
  std::optional<std::uint64_t> max_bytes;
  // Objects to be visited, by place; null: all.  What they are made from is
  // read too.
  const std::vector<bool>* only = nullptr;
};

class ObjectStore {
 public:
  // `git_dir` is a repository's own folder (".git", or a bare repository's), of
  // a work tree too, which has its objects elsewhere.  Fails when there are no
  // objects or their format is unknown; a pack, index or alternate that cannot
  // be used goes to the diagnostics.
  static Result<std::unique_ptr<ObjectStore>> open(const std::string& git_dir,
                                                   Diagnostics& diagnostics);
  virtual ~ObjectStore() = default;

  virtual HashKind hash_kind() const = 0;
  virtual std::uint32_t size() const = 0;
  // Objects may be absent on purpose: the clone is partial.
  virtual bool is_partial() const = 0;

  // Nothing when there is no such object.
  virtual std::optional<std::uint32_t> place_of(std::string_view id) const = 0;
  // That this will be asked of the id soon.
  virtual void expect(std::string_view id) const = 0;
  virtual ObjectId id_at(std::uint32_t place) const = 0;

  // Nothing when it is not there; fails when it cannot be read.
  virtual Result<std::optional<Object>> read(std::string_view id) const = 0;

  // Every object of the kind once, in the order in which it is cheapest:
  // objects stored as differences directly behind their bases.  `worker` is 0
  // to threads - 1.  What cannot be read goes to the diagnostics.
  virtual void visit(ObjectKind kind, const VisitOptions& options,
                     Diagnostics& diagnostics,
                     const ObjectVisitor& visitor) const = 0;
};

}  // namespace overreach
