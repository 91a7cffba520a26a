// The objects of a repository that each have a file of their own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/mapped_file.h"
#include "scanner/base/result.h"
#include "scanner/git/inflate.h"
#include "scanner/git/object.h"
#include "scanner/git/object_id.h"

namespace overreach {

// One of them, opened.
struct LooseObject {
  ObjectKind kind = ObjectKind::blob;
  std::uint64_t size = 0;
  std::size_t head_size = 0;  // inflated bytes before the content
  MappedFile file;            // of a large one
  std::string small_file;

  std::string_view packed() const {
    return small_file.empty() ? file.bytes() : std::string_view(small_file);
  }
};

class LooseObjects {
 public:
  // Lists `folder` (".git/objects").  What is not named like an object is
  // skipped, as Git does.
  LooseObjects(std::string folder, HashKind hash);

  std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }
  const ObjectId& id_at(std::uint32_t position) const { return ids_[position]; }
  std::optional<std::uint32_t> find(std::string_view id) const;
  std::string path_of(std::uint32_t position) const;

  // Its kind and size.  `stream` is the caller's to reuse.
  Result<LooseObject> open(std::uint32_t position, InflateStream& stream) const;
  // Its content, `object.size` bytes at `out`.
  static Status read(const LooseObject& object, Inflater& inflater, char* out);

 private:
  std::string folder_;
  std::vector<ObjectId> ids_;  // sorted
};

}  // namespace overreach
