// One pack file: its entries by offset.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/mapped_file.h"
#include "scanner/base/result.h"
#include "scanner/git/object.h"
#include "scanner/git/pack_index.h"

namespace overreach {

// The head of an entry.
struct PackEntry {
  enum class Kind : std::uint8_t { whole, offset_delta, id_delta };
  Kind kind = Kind::whole;
  ObjectKind object = ObjectKind::blob;  // of what is whole
  std::uint64_t size = 0;         // inflated: of the object, or of its delta
  std::uint64_t base_offset = 0;  // offset_delta
  std::string_view base_id;       // id_delta
  std::string_view packed;        // begins with the data, ends with the pack
};

class Pack {
 public:
  // Maps the pack and its index.
  static Result<Pack> open(const std::string& path, PackIndex index,
                           HashKind hash);

  const std::string& path() const { return path_; }
  const PackIndex& index() const { return index_; }

  // Where entries may be: behind the head, before the checksum at the end.
  std::uint64_t begin() const;
  std::uint64_t end() const { return end_; }

  // The text of an error has neither the pack nor the offset.
  Result<PackEntry> entry_at(std::uint64_t offset) const;

  // The memory of what lies between two offsets may be taken back.
  void forget(std::uint64_t from, std::uint64_t to) const {
    file_.forget(from, to);
  }

 private:
  std::string path_;
  PackIndex index_;
  MappedFile file_;
  std::uint64_t end_ = 0;
  std::size_t id_size_ = 0;
};

}  // namespace overreach
