#include "scanner/git/pack_index.h"

#include <algorithm>
#include <cstring>

#include "scanner/git/byte_order.h"

namespace overreach {
namespace {

constexpr std::uint32_t kVersionMark = 0xff744f63;  // "\377tOc"
constexpr std::size_t kFanoutBytes = 256 * 4;
// Objects whose ids begin with the same bits, about.
constexpr std::uint32_t kInBucket = 8;

tl::unexpected<Error> broken(const std::string& name, const char* why) {
  return fail(name + ": " + why);
}

// Whether the counts ascend; the last is the number of objects.
bool ascends(const char* fanout) {
  for (std::size_t i = 1; i < 256; ++i) {
    if (big_endian_32(fanout + 4 * i) < big_endian_32(fanout + 4 * (i - 1))) {
      return false;
    }
  }
  return true;
}

std::uint32_t last_count(const char* fanout) {
  return big_endian_32(fanout + 255 * 4);
}

}  // namespace

Result<PackIndex> PackIndex::open(const std::string& path, HashKind hash) {
  TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  auto shared = std::make_shared<const MappedFile>(std::move(file));
  TRY_ASSIGN(PackIndex index, parse(shared->bytes(), hash, path));
  index.file_ = std::move(shared);
  return index;
}

Result<PackIndex> PackIndex::parse(std::string_view bytes, HashKind hash,
                                   const std::string& name) {
  PackIndex index;
  index.id_size_ = id_size(hash);
  const std::size_t trailer = 2 * index.id_size_;
  const bool has_version =
      bytes.size() >= 8 && big_endian_32(bytes.data()) == kVersionMark;
  if (has_version && big_endian_32(bytes.data() + 4) != 2) {
    return broken(name, "an index of an unknown version");
  }
  const std::size_t head = has_version ? 8 : 0;
  if (bytes.size() < head + kFanoutBytes + trailer) {
    return broken(name, "the index is cut off");
  }
  index.fanout_ = bytes.data() + head;
  if (!ascends(index.fanout_)) return broken(name, "the index is broken");
  index.size_ = last_count(index.fanout_);
  const std::size_t count = index.size_;
  const std::size_t row = has_version ? index.id_size_ + 8 : index.id_size_ + 4;
  const std::size_t room = bytes.size() - head - kFanoutBytes - trailer;
  if (room / row < count) return broken(name, "the index is cut off");
  const char* const rows = index.fanout_ + kFanoutBytes;
  if (has_version) {
    index.ids_ = rows;
    index.id_stride_ = index.id_size_;
    index.offsets_ = rows + count * (index.id_size_ + 4);  // behind checksums
    index.offset_stride_ = 4;
    index.large_offsets_ = index.offsets_ + count * 4;
    index.large_count_ = (room - count * row) / 8;
  } else {
    index.ids_ = rows + 4;
    index.id_stride_ = index.offset_stride_ = row;
    index.offsets_ = rows;
    index.has_large_ = false;
  }
  return index;
}

std::optional<std::uint64_t> PackIndex::offset_at(
    std::uint32_t position) const {
  const std::uint32_t offset =
      big_endian_32(offsets_ + std::size_t{row(position)} * offset_stride_);
  if (!has_large_ || offset < 0x80000000) return offset;
  const std::size_t large = offset & 0x7fffffff;
  if (large >= large_count_) return std::nullopt;
  return big_endian_64(large_offsets_ + 8 * large);
}

// Ids are random: the next bits of one say nearly where it is.
std::optional<std::uint32_t> PackIndex::find(std::string_view id) const {
  if (id.size() != id_size_) return std::nullopt;
  if (!starts_.empty()) return find_by_start(id);
  std::uint32_t low = 0, high = size_;
  if (fanout_) {
    const auto first = static_cast<unsigned char>(id.front());
    if (first > 0) low = big_endian_32(fanout_ + 4 * (first - 1));
    high = big_endian_32(fanout_ + 4 * first);
  }
  if (low >= high) return std::nullopt;
  const std::uint64_t next = big_endian_32(id.data() + 1);
  std::uint32_t guess =
      low + static_cast<std::uint32_t>(next * (high - low) >> 32);
  if (!fanout_) guess = low + (high - low) / 2;
  // Widens around the guess until the id is between the bounds.
  for (std::uint32_t step = 4; low < high; step *= 4) {
    const int order = id_at(guess).compare(id);
    if (order == 0) return guess;
    if (order < 0) {
      low = guess + 1;
      if (high - low <= step) break;
      guess = low + step;
      if (id_at(guess).compare(id) > 0) {
        high = guess;
        break;
      }
    } else {
      high = guess;
      if (high - low <= step) break;
      guess = high - step;
      if (id_at(guess).compare(id) < 0) {
        low = guess + 1;
        break;
      }
    }
  }
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const int order = id_at(middle).compare(id);
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

void PackIndex::speed_up() {
  if (!fanout_) return;
  unsigned bits = 8;
  while (bits < 24 && size_ >> bits > kInBucket) ++bits;
  bucket_shift_ = 32 - bits;
  buckets_.reserve((std::size_t{1} << bits) + 1);
  starts_.reserve(std::size_t{size_} + 1);
  for (std::uint32_t i = 0; i < size_; ++i) {
    const std::string_view id = id_at(i);
    starts_.push_back(big_endian_32(id.data() + 1));
    const std::uint32_t bucket = bucket_of(id);
    if (buckets_.size() <= bucket) buckets_.resize(bucket + std::size_t{1}, i);
  }
  starts_.push_back(0);
  buckets_.resize((std::size_t{1} << bits) + 1, size_);
}

// Of a broken index, which is not sorted, an id may be missed, and no more.
std::optional<std::uint32_t> PackIndex::find_by_start(
    std::string_view id) const {
  const std::uint32_t start = big_endian_32(id.data() + 1);
  const std::uint32_t bucket = bucket_of(id);
  for (std::uint32_t i = buckets_[bucket]; i < buckets_[bucket + 1]; ++i) {
    if (starts_[i] == start && id_at(i) == id) return i;
  }
  return std::nullopt;
}

Result<MultiPackIndex> MultiPackIndex::open(const std::string& path,
                                            HashKind hash) {
  TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  auto shared = std::make_shared<const MappedFile>(std::move(file));
  TRY_ASSIGN(MultiPackIndex index, parse(shared->bytes(), hash, path));
  index.all_.file_ = std::move(shared);
  return index;
}

Result<MultiPackIndex> MultiPackIndex::parse(std::string_view bytes,
                                             HashKind hash,
                                             const std::string& name) {
  constexpr std::size_t kHead = 12, kRow = 12;
  if (bytes.size() < kHead + kRow || !bytes.starts_with("MIDX")) {
    return broken(name, "no multi-pack index");
  }
  if (bytes[4] != 1 || bytes[5] != (hash == HashKind::sha1 ? 1 : 2)) {
    return broken(name, "a multi-pack index of an unknown version or hash");
  }
  const std::size_t chunks = static_cast<unsigned char>(bytes[6]);
  const std::size_t packs = big_endian_32(bytes.data() + 8);
  if (bytes.size() < kHead + (chunks + 1) * kRow) {
    return broken(name, "the multi-pack index is cut off");
  }
  std::string_view pack_names, fanout, ids, offsets, large;
  for (std::size_t i = 0; i < chunks; ++i) {
    const char* const row = bytes.data() + kHead + i * kRow;
    const std::uint64_t begin = big_endian_64(row + 4);
    const std::uint64_t end = big_endian_64(row + kRow + 4);
    if (begin > end || end > bytes.size()) {
      return broken(name, "the multi-pack index is cut off");
    }
    const std::string_view chunk = bytes.substr(begin, end - begin);
    const std::string_view id(row, 4);
    if (id == "PNAM") pack_names = chunk;
    if (id == "OIDF") fanout = chunk;
    if (id == "OIDL") ids = chunk;
    if (id == "OOFF") offsets = chunk;
    if (id == "LOFF") large = chunk;
  }
  if (fanout.size() < kFanoutBytes || !ascends(fanout.data())) {
    return broken(name, "the multi-pack index is broken");
  }
  if (last_count(fanout.data()) == 0) {
    return broken(name, "the multi-pack index has no objects");
  }
  MultiPackIndex result;
  PackIndex& all = result.all_;
  all.size_ = last_count(fanout.data());
  all.id_size_ = all.id_stride_ = id_size(hash);
  if (ids.size() / all.id_size_ < all.size_ || offsets.size() / 8 < all.size_) {
    return broken(name, "the multi-pack index is cut off");
  }
  all.ids_ = ids.data();
  all.offsets_ = offsets.data() + 4;  // behind the number of the pack
  all.offset_stride_ = 8;
  all.has_large_ = !large.empty();
  all.large_offsets_ = large.data();
  all.large_count_ = large.size() / 8;
  while (result.names_.size() < packs) {
    const std::size_t end = pack_names.find('\0');
    if (end == pack_names.npos || end == 0) {
      return broken(name, "the multi-pack index names too few packs");
    }
    result.names_.emplace_back(pack_names.substr(0, end));
    pack_names.remove_prefix(end + 1);
  }
  return result;
}

PackIndex MultiPackIndex::of_pack(std::size_t pack) const {
  PackIndex index = all_;
  for (std::uint32_t row = 0; row < all_.size_; ++row) {
    if (big_endian_32(all_.offsets_ - 4 + std::size_t{row} * 8) == pack) {
      index.rows_.push_back(row);
    }
  }
  index.size_ = static_cast<std::uint32_t>(index.rows_.size());
  return index;
}

}  // namespace overreach
