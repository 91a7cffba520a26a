// Which objects a pack holds and where: its own index (version 1 or 2), or its
// part of a multi-pack index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/mapped_file.h"
#include "scanner/base/result.h"
#include "scanner/git/byte_order.h"
#include "scanner/git/object_id.h"

namespace overreach {

// Objects of one pack, sorted by id.  Ids and offsets are as the file has them:
// whether an offset is one of the pack is for the pack to say.
class PackIndex {
 public:
  static Result<PackIndex> open(const std::string& path, HashKind hash);
  // The same of bytes that outlive the index; `name` is for errors.
  static Result<PackIndex> parse(std::string_view bytes, HashKind hash,
                                 const std::string& name);

  std::uint32_t size() const { return size_; }
  // REQUIRES: position < size()
  std::string_view id_at(std::uint32_t position) const {
    return {ids_ + std::size_t{row(position)} * id_stride_, id_size_};
  }
  // Nothing when it stands in a table that the file does not have.
  std::optional<std::uint64_t> offset_at(std::uint32_t position) const;

  std::optional<std::uint32_t> find(std::string_view id) const;

  // Takes 4.5 bytes an object to find ids several times as fast.
  void speed_up();
  // That find() will be asked for the id soon.
  void expect(std::string_view id) const {
    if (starts_.empty() || id.size() != id_size_) return;
    __builtin_prefetch(&starts_[buckets_[bucket_of(id)]]);
  }

 private:
  friend class MultiPackIndex;

  std::optional<std::uint32_t> find_by_start(std::string_view id) const;
  std::uint32_t bucket_of(std::string_view id) const {
    return static_cast<std::uint32_t>(big_endian_32(id.data()) >>
                                      bucket_shift_);
  }
  std::uint32_t row(std::uint32_t position) const {
    return rows_.empty() ? position : rows_[position];
  }

  std::shared_ptr<const MappedFile> file_;  // null when the bytes are another's
  std::uint32_t size_ = 0;
  const char* ids_ = nullptr;
  std::size_t id_stride_ = 0, id_size_ = 0;
  const char* offsets_ = nullptr;  // 32 bits each
  std::size_t offset_stride_ = 0;
  // Of offsets of 2 GiB and more; without them the upper bit means nothing.
  const char* large_offsets_ = nullptr;
  std::size_t large_count_ = 0;
  bool has_large_ = true;
  const char* fanout_ = nullptr;  // 256 counts; null: none
  // Of every id the four bytes behind the first, and one 0; or none at all.
  std::vector<std::uint32_t> starts_;
  // Of every value of the first bits of ids, some objects each, the first place
  // that has it or more; and the size.
  std::vector<std::uint32_t> buckets_;
  unsigned bucket_shift_ = 0;
  // Of a multi-pack index: those of its rows that are of this pack, ascending.
  std::vector<std::uint32_t> rows_;
};

class MultiPackIndex {
 public:
  static Result<MultiPackIndex> open(const std::string& path, HashKind hash);
  static Result<MultiPackIndex> parse(std::string_view bytes, HashKind hash,
                                      const std::string& name);

  // "pack-<hash>.idx", as in the file.
  const std::vector<std::string>& pack_names() const { return names_; }
  // REQUIRES: a place in pack_names()
  PackIndex of_pack(std::size_t pack) const;

 private:
  std::vector<std::string> names_;
  PackIndex all_;  // of all packs; its offsets are the second word of a row
};

}  // namespace overreach
