// One repository, opened to be asked for single objects and what names them.
//
// Through libgit2, which opens large ones fastest and knows every way to name a
// revision.  What libgit2 1.5 does not know (SHA-256, refs in reftables) is
// read by our own readers of objects and refs.
//
// Belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/object.h"
#include "scanner/git/object_id.h"
#include "scanner/git/repository.h"

namespace overreach {

// The content of an object; lives no longer than its repository.
class ObjectBytes {
 public:
  ObjectBytes() = default;
  ObjectBytes(std::shared_ptr<const void> owner, std::string_view bytes)
      : owner_(std::move(owner)), bytes_(bytes) {}

  std::string_view view() const { return bytes_; }

 private:
  std::shared_ptr<const void> owner_;
  std::string_view bytes_;
};

class OpenRepository {
 public:
  virtual ~OpenRepository() = default;

  const Repository& folders() const { return folders_; }
  HashKind hash_kind() const { return hash_; }

  // Fails, and says why, when it is absent, broken or of another kind.
  virtual Result<ObjectBytes> read(ObjectKind kind,
                                   const ObjectId& id) const = 0;

  // The commit that a revision names (gitrevisions(7)); nothing when it names
  // none.
  virtual std::optional<ObjectId> commit_named(
      const std::string& revision) const = 0;

  // The commit of HEAD; empty before the first one.
  virtual Result<ObjectId> head() const = 0;

 protected:
  OpenRepository(Repository folders, HashKind hash)
      : folders_(std::move(folders)), hash_(hash) {}

 private:
  const Repository folders_;
  const HashKind hash_;
};

// The repository of the folder, bare or not, or of GIT_DIR when that is set, as
// for a hook.  Fails when there is none, or when it is somebody else's.  A pack
// that cannot be used goes to the diagnostics.
Result<std::unique_ptr<OpenRepository>> open_repository(
    const std::string& folder, Diagnostics& diagnostics);

// The second of the two ways above, for the first to try last.
Result<std::unique_ptr<OpenRepository>> open_without_library(
    const std::string& folder, Diagnostics& diagnostics);

}  // namespace overreach
