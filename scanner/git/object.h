// An object of a repository as a reader gets it, and how it was made from
// another one: what a pack stores as a difference has been seen for the most
// part when the object it differs from was read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/core/change.h"
#include "scanner/git/object_id.h"

namespace overreach {

enum class ObjectKind : std::uint8_t { commit, tree, blob, tag };

std::string_view to_string(ObjectKind kind);  // "commit"
// "blob 0123...", for people.
std::string object_name(ObjectKind kind, std::string_view id);

struct Object {
  ObjectKind kind = ObjectKind::blob;
  std::string bytes;
};

// Readable zeros behind the bytes of a visited object.
inline constexpr std::size_t kObjectPadding = 128;

// What a visitor wants to remember about an object while others that are
// stored as differences to it are still to come.  Belongs to one thread.
class Note {
 public:
  virtual ~Note() = default;
};

// How an object was made from its base.
struct Edit {
  std::shared_ptr<const Note> base_note;  // what the visitor said of the base
  Change change;
};

// The bytes of an object too large to be held, from the first to the last.
class ObjectStream {
 public:
  virtual ~ObjectStream() = default;
  // Fills the buffer as far as there are bytes; 0 at the end.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

// Views and pointers are valid while the visitor runs.
struct StoredObject {
  std::uint32_t place = 0;  // in the store; see ObjectStore
  ObjectKind kind = ObjectKind::blob;
  std::string_view id;     // as bytes
  std::uint64_t size = 0;  // of the object
  std::string_view bytes;  // all of it, kObjectPadding zeros behind; or none
  // Others are differences to it: a note on it will be asked for.
  bool is_base = false;
  // How many differences it is made with.  After an object its whole tree of
  // differences comes, depth first, to the same worker.
  std::uint32_t depth = 0;
  // Instead of `bytes`: of blobs that are too large.
  ObjectStream* stream = nullptr;
  // Null when there is no base, or no note on it.
  const Edit* edit = nullptr;
};

// May return null: then those made from this object come without an edit.
using ObjectVisitor = std::function<std::shared_ptr<const Note>(
    int worker, const StoredObject& object)>;

}  // namespace overreach
