// Packs, indexes, loose objects and whole repositories made by hand, so that a
// test can have every shape of difference and every fault.
#pragma once

#include <gtest/gtest.h>
#include <libdeflate.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/git/object.h"
#include "scanner/git/object_id.h"

namespace overreach {

inline std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes; i-- > 0;) text += static_cast<char>(value >> 8 * i);
  return text;
}

inline std::string hash_of(std::string_view bytes, HashKind kind) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(),
             reinterpret_cast<unsigned char*>(digest.data()), &size,
             kind == HashKind::sha1 ? EVP_sha1() : EVP_sha256(), nullptr);
  digest.resize(size);
  return digest;
}

inline std::string with_head(ObjectKind kind, std::string_view bytes) {
  return std::string(to_string(kind)) + ' ' + std::to_string(bytes.size()) +
         std::string(1, '\0') + std::string(bytes);
}

inline std::string id_of(ObjectKind kind, std::string_view bytes,
                         HashKind hash = HashKind::sha1) {
  return hash_of(with_head(kind, bytes), hash);
}

inline std::string deflated(std::string_view bytes) {
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_zlib_compress_bound(compressor, bytes.size()), 0);
  out.resize(libdeflate_zlib_compress(compressor, bytes.data(), bytes.size(),
                                      out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

// The pieces of a delta.
inline std::string delta_size(std::uint64_t size) {
  std::string bytes;
  for (; size >= 0x80; size >>= 7) bytes += static_cast<char>(size | 0x80);
  return bytes + static_cast<char>(size);
}
inline std::string delta_copy(std::uint32_t from, std::uint32_t size) {
  std::string bytes(1, '\0');
  unsigned bits = 0x80;
  for (unsigned i = 0; i < 4; ++i) {
    if (const auto byte = static_cast<char>(from >> 8 * i)) {
      bits |= 1u << i;
      bytes += byte;
    }
  }
  for (unsigned i = 0; i < 3 && size != 0x10000; ++i) {
    if (const auto byte = static_cast<char>(size >> 8 * i)) {
      bits |= 16u << i;
      bytes += byte;
    }
  }
  bytes[0] = static_cast<char>(bits);
  return bytes;
}
inline std::string delta_insert(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, 127);
    bytes += static_cast<char>(part.size());
    bytes += part;
    text.remove_prefix(part.size());
  }
  return bytes;
}
// What both have at the front and at the back is copied.
inline std::string delta_of(std::string_view base, std::string_view result) {
  const auto front = static_cast<std::size_t>(
      std::mismatch(base.begin(), base.end(), result.begin(), result.end())
          .first -
      base.begin());
  std::size_t back = 0;
  while (back < std::min(base.size(), result.size()) - front &&
         base[base.size() - 1 - back] == result[result.size() - 1 - back]) {
    ++back;
  }
  std::string bytes = delta_size(base.size()) + delta_size(result.size());
  if (front > 0) bytes += delta_copy(0, static_cast<std::uint32_t>(front));
  bytes += delta_insert(result.substr(front, result.size() - back - front));
  if (back > 0) {
    bytes += delta_copy(static_cast<std::uint32_t>(base.size() - back),
                        static_cast<std::uint32_t>(back));
  }
  return bytes;
}

class PackWriter {
 public:
  explicit PackWriter(HashKind hash = HashKind::sha1) : hash_(hash) {}

  // Each returns the number of the entry.
  std::size_t add(ObjectKind kind, std::string_view bytes) {
    constexpr int kTypes[] = {1, 2, 3, 4};
    return add_entry(kTypes[static_cast<std::size_t>(kind)], bytes.size(), "",
                     deflated(bytes), id_of(kind, bytes, hash_));
  }
  std::size_t add_blob(std::string_view bytes) {
    return add(ObjectKind::blob, bytes);
  }
  // A blob as a difference to the one at that entry.
  std::size_t add_offset_delta(std::size_t base, std::string_view delta,
                               std::string_view result) {
    std::uint64_t back = bytes_.size() - rows_[base].offset;
    std::string number(1, static_cast<char>(back & 0x7f));
    while (back >>= 7) {
      number.insert(number.begin(), static_cast<char>(--back | 0x80));
    }
    return add_entry(6, delta.size(), number, deflated(delta),
                     id_of(ObjectKind::blob, result, hash_));
  }
  std::size_t add_id_delta(std::string_view base_id, std::string_view delta,
                           std::string_view result) {
    return add_entry(7, delta.size(), std::string(base_id), deflated(delta),
                     id_of(ObjectKind::blob, result, hash_));
  }
  // Anything: `behind` stands between the head and the packed bytes.
  std::size_t add_entry(int type, std::uint64_t size, const std::string& behind,
                        const std::string& packed, const std::string& id) {
    rows_.push_back({id, bytes_.size()});
    std::uint64_t rest = size >> 4;
    auto byte = static_cast<std::uint64_t>(type) << 4 | (size & 15);
    for (; rest > 0; rest >>= 7) {
      bytes_ += static_cast<char>(byte | 0x80);
      byte = rest & 0x7f;
    }
    bytes_ += static_cast<char>(byte);
    bytes_ += behind + packed;
    return rows_.size() - 1;
  }

  // So that the next entry stands at that offset.
  void add_padding(std::uint64_t offset) { bytes_.resize(offset); }

  const std::string& id(std::size_t entry) const { return rows_[entry].id; }
  std::uint64_t offset(std::size_t entry) const { return rows_[entry].offset; }

  std::string pack() const {
    std::string all = bytes_;
    all.replace(8, 4, big_endian(rows_.size(), 4));
    return all + hash_of(all, hash_);
  }
  std::string index(int version = 2) const {
    const std::vector<Row> rows = sorted();
    std::string text = version == 2 ? "\377tOc" + big_endian(2, 4) : "";
    text += fanout(rows);
    std::string offsets, large;
    for (const Row& row : rows) {
      if (version == 1) {
        text += big_endian(row.offset, 4) + row.id;
      } else {
        text += row.id;
        offsets += big_endian(row.offset, 4);
      }
    }
    if (version == 2) text.append(4 * rows.size(), '\0');  // checksums
    text += offsets;
    text += hash_of(pack(), hash_);
    return text + hash_of(text, hash_);
  }
  // Of this pack alone, under a name.
  std::string multi_index(const std::string& pack_name) const {
    const std::vector<Row> rows = sorted();
    std::string names = pack_name + ".idx" + std::string(1, '\0');
    names.append(4 - names.size() % 4, '\0');
    std::string ids, offsets;
    for (const Row& row : rows) {
      ids += row.id;
      offsets += big_endian(0, 4) + big_endian(row.offset, 4);
    }
    const std::vector<std::pair<std::string, std::string>> chunks = {
        {"PNAM", names},
        {"OIDF", fanout(rows)},
        {"OIDL", ids},
        {"OOFF", offsets}};
    std::string text = "MIDX" + big_endian(1, 1) +
                       big_endian(hash_ == HashKind::sha1 ? 1 : 2, 1) +
                       big_endian(chunks.size(), 1) + big_endian(0, 1) +
                       big_endian(1, 4);
    std::size_t at = text.size() + (chunks.size() + 1) * 12;
    std::string bodies;
    for (const auto& [name, body] : chunks) {
      text += name + big_endian(at, 8);
      at += body.size();
      bodies += body;
    }
    text += std::string(4, '\0') + big_endian(at, 8) + bodies;
    return text + hash_of(text, hash_);
  }

 private:
  struct Row {
    std::string id;
    std::uint64_t offset;
  };
  std::vector<Row> sorted() const {
    std::vector<Row> rows = rows_;
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return a.id < b.id; });
    return rows;
  }
  static std::string fanout(const std::vector<Row>& rows) {
    std::string text;
    for (int first = 0; first < 256; ++first) {
      text += big_endian(static_cast<std::uint64_t>(std::count_if(
                             rows.begin(), rows.end(),
                             [&](const Row& row) {
                               return static_cast<unsigned char>(row.id[0]) <=
                                      first;
                             })),
                         4);
    }
    return text;
  }

  const HashKind hash_;
  std::string bytes_ = "PACK" + big_endian(2, 4) + big_endian(0, 4);
  std::vector<Row> rows_;
};

// A repository in a folder of its own.
class RepositorySandbox {
 public:
  RepositorySandbox() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "overreach-git-XXXXXX")
            .string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    std::filesystem::create_directories(root_ + "/objects/pack");
  }
  ~RepositorySandbox() { std::filesystem::remove_all(root_); }
  RepositorySandbox(const RepositorySandbox&) = delete;
  RepositorySandbox& operator=(const RepositorySandbox&) = delete;

  const std::string& path() const { return root_; }

  void write(const std::string& name, std::string_view bytes) const {
    const std::filesystem::path file = root_ + "/" + name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  void add(const PackWriter& pack, const std::string& name = "pack-a",
           int version = 2) const {
    write("objects/pack/" + name + ".pack", pack.pack());
    write("objects/pack/" + name + ".idx", pack.index(version));
  }
  // Returns its id.
  std::string add_loose(ObjectKind kind, std::string_view bytes,
                        HashKind hash = HashKind::sha1) const {
    const std::string id = id_of(kind, bytes, hash);
    const std::string hex = ObjectId(id).hex();
    write("objects/" + hex.substr(0, 2) + "/" + hex.substr(2),
          deflated(with_head(kind, bytes)));
    return id;
  }

 private:
  std::string root_;
};

}  // namespace overreach
