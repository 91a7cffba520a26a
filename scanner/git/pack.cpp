#include "scanner/git/pack.h"

#include <utility>

#include "scanner/git/byte_order.h"
#include "scanner/git/inflate.h"

namespace overreach {
namespace {

constexpr std::uint64_t kHeadBytes = 12;

enum EntryType { kCommit = 1, kTree, kBlob, kTag, kOffsetDelta = 6, kIdDelta };

}  // namespace

Result<Pack> Pack::open(const std::string& path, PackIndex index,
                        HashKind hash) {
  TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  TRY_ASSIGN(Pack pack, parse(file.bytes(), path, std::move(index), hash));
  pack.file_ = std::move(file);
  return pack;
}

Result<Pack> Pack::parse(std::string_view bytes, const std::string& name,
                         PackIndex index, HashKind hash) {
  Pack pack;
  pack.bytes_ = bytes;
  pack.id_size_ = id_size(hash);
  if (bytes.size() < kHeadBytes || !bytes.starts_with("PACK")) {
    return fail(name + ": no pack");
  }
  const std::uint32_t version = big_endian_32(bytes.data() + 4);
  if (version != 2 && version != 3) {
    return fail(name + ": a pack of an unknown version");
  }
  // A pack that is cut off has no checksum; its first entries may be whole.
  pack.end_ = bytes.size() - pack.id_size_;
  if (bytes.size() < kHeadBytes + pack.id_size_) pack.end_ = kHeadBytes;
  pack.path_ = name;
  pack.index_ = std::move(index);
  return pack;
}

Result<PackEntry> Pack::entry_at(std::uint64_t offset) const {
  if (offset < kHeadBytes || offset >= end_) {
    return fail("lies outside the pack");
  }
  std::string_view rest =
      bytes_.substr(offset, static_cast<std::size_t>(end_ - offset));
  const auto next = [&]() -> std::optional<unsigned> {
    if (rest.empty()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    return byte;
  };
  const auto cut_off = [] { return fail("is cut off"); };

  PackEntry entry;
  std::optional<unsigned> byte = next();
  const unsigned type = *byte >> 4 & 7;
  entry.size = *byte & 15;
  for (unsigned shift = 4; *byte >= 0x80; shift += 7) {
    if (!(byte = next())) return cut_off();
    if (shift > 56) return fail("has a size that cannot be");
    entry.size |= static_cast<std::uint64_t>(*byte & 0x7f) << shift;
  }
  switch (type) {
    case kCommit:
      entry.object = ObjectKind::commit;
      break;
    case kTree:
      entry.object = ObjectKind::tree;
      break;
    case kBlob:
      entry.object = ObjectKind::blob;
      break;
    case kTag:
      entry.object = ObjectKind::tag;
      break;
    case kOffsetDelta: {
      entry.kind = PackEntry::Kind::offset_delta;
      if (!(byte = next())) return cut_off();
      std::uint64_t back = *byte & 0x7f;
      while (*byte >= 0x80) {
        if (!(byte = next())) return cut_off();
        if (back >= std::uint64_t{1} << 48) break;
        back = (back + 1) << 7 | (*byte & 0x7f);
      }
      if (back == 0 || back > offset - kHeadBytes) {
        return fail("has its base outside the pack");
      }
      entry.base_offset = offset - back;
      break;
    }
    case kIdDelta:
      entry.kind = PackEntry::Kind::id_delta;
      if (rest.size() < id_size_) return cut_off();
      entry.base_id = rest.substr(0, id_size_);
      rest.remove_prefix(id_size_);
      break;
    default:
      return fail("is of an unknown type");
  }
  entry.packed = rest;
  if (entry.size > most_inflated(rest.size())) {
    return fail("says it is larger than its bytes can hold");
  }
  return entry;
}

}  // namespace overreach
