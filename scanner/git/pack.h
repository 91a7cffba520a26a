// One pack file: its entries by offset.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/mapped_file.h"
#include "scanner/base/prefetch.h"
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
  // Maps the file.
  static Result<Pack> open(const std::string& path, PackIndex index,
                           HashKind hash);
  // The same of bytes that outlive the pack; `name` stands for its path.
  static Result<Pack> parse(std::string_view bytes, const std::string& name,
                            PackIndex index, HashKind hash);

  const std::string& path() const { return path_; }
  const PackIndex& index() const { return index_; }

  // The text of an error has neither the pack nor the offset.
  Result<PackEntry> entry_at(std::uint64_t offset) const;
  // That so many bytes from there on will be read soon.
  void expect(std::uint64_t offset, std::uint64_t bytes) const {
    constexpr std::uint64_t kCacheLine = 64;
    const std::uint64_t last = std::min(end_, offset + bytes);
    for (; offset < last; offset += kCacheLine) {
      prefetch(bytes_.data() + offset);
    }
  }

  std::uint64_t size() const { return bytes_.size(); }
  void let_go() const { file_.let_go(); }
  // That all between these offsets will be read.
  void bring_in(std::uint64_t begin, std::uint64_t end) const {
    end = std::min<std::uint64_t>(end, file_.bytes().size());
    if (begin < end) file_.bring_in(begin, end);
  }

 private:
  std::string path_;
  PackIndex index_;
  MappedFile file_;  // empty when the bytes are another's
  std::string_view bytes_;
  std::uint64_t end_ = 0;
  std::size_t id_size_ = 0;
};

// One thread's reading of a pack.  A pack that is not too large stays in memory
// from its first reading on: its pages are the system's own, which takes them
// back when it needs them.  Of a larger one the reader lets go each time it
// came by so much, so that what a process holds of it has a bound.
class PackReader {
 public:
  // Keeps a reference to the pack.
  explicit PackReader(const Pack& pack, std::uint64_t most_held = kMostHeld)
      : pack_(pack), most_held_(most_held) {}

  // As Pack::entry_at(), of an entry of so many bytes.
  Result<PackEntry> entry_at(std::uint64_t offset, std::uint64_t bytes) {
    if (pack_.size() > most_held_) hold(offset, bytes);
    return pack_.entry_at(offset);
  }

  static constexpr std::uint64_t kMostHeld = std::uint64_t{512} << 20;

 private:
  // What the system brings into memory at once.
  static constexpr std::uint64_t kBlock = std::uint64_t{64} << 10;

  void hold(std::uint64_t offset, std::uint64_t bytes) {
    const std::uint64_t first = offset / kBlock;
    const std::uint64_t last = (offset + bytes) / kBlock;
    if (first != last_block_) held_bytes_ += kBlock;
    held_bytes_ += (last - first) * kBlock;
    last_block_ = last;
    if (held_bytes_ <= most_held_) return;
    pack_.let_go();
    held_bytes_ = 0;
  }

  const Pack& pack_;
  const std::uint64_t most_held_;
  std::uint64_t held_bytes_ = 0;  // at most
  std::uint64_t last_block_ = 0;
};

}  // namespace overreach
