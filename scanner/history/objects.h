// The object database of one repository: every object once, in any order, or
// one by its id.  Nothing is ever written.
#pragma once

#include <git2.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/libgit2.h"

namespace overreach {

enum class ObjectKind { commit, tree, blob, tag };

// The bytes of an id, not its hex digits.
using ObjectId = std::string;

// Views are valid while the consumer runs; `worker` is 0 .. threads-1.
using ObjectConsumer = std::function<void(int worker, std::string_view id,
                                          std::string_view bytes)>;

class Objects {
 public:
  static Result<Objects> open(git_repository* repository);

  std::size_t id_bytes() const { return GIT_OID_RAWSZ; }
  // Every object of the kind, once.  One that cannot be read goes to the
  // diagnostics; one larger than `max_bytes` is left out and said so.
  void for_each(ObjectKind kind, int threads, std::optional<std::uint64_t> max,
                Diagnostics& diagnostics, const ObjectConsumer& consumer) const;
  bool contains(std::string_view id) const;
  // Nothing when it is not there, or cannot be read.
  std::optional<std::string> read(std::string_view id) const;

 private:
  using Database = std::unique_ptr<git_odb, GitDeleter<git_odb, git_odb_free>>;
  explicit Objects(Database database) : database_(std::move(database)) {}

  Database database_;
  std::array<std::vector<ObjectId>, 4> ids_;  // by kind, sorted
  std::vector<ObjectId> unreadable_;
};

// "blob 0123...", for people.
std::string object_name(ObjectKind kind, std::string_view id);

}  // namespace overreach
