#include "scanner/git/reftable.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/base/whole_file.h"
#include "scanner/git/byte_order.h"

namespace overreach {
namespace {

constexpr const char* kBroken = "is a broken reftable";
constexpr std::string_view kStash{"refs/stash\0", 11};

// Reads from the front; after the end everything is zero and is_bad().
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}

  bool is_bad() const { return is_bad_; }
  bool is_empty() const { return left_.empty(); }

  std::string_view take(std::uint64_t count) {
    if (count > left_.size()) {
      is_bad_ = true;
      left_ = {};
      return {};
    }
    const std::string_view taken =
        left_.substr(0, static_cast<std::size_t>(count));
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::uint64_t number(int bytes) {
    std::uint64_t value = 0;
    for (const char c : take(static_cast<std::uint64_t>(bytes))) {
      value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
  }
  // As Git's packs have it.
  std::uint64_t varint() {
    std::uint64_t value = number(1);
    bool goes_on = (value & 128) != 0;
    value &= 127;
    while (goes_on && !is_bad_) {
      const std::uint64_t next = number(1);
      goes_on = (next & 128) != 0;
      value = (value + 1) << 7 | (next & 127);
    }
    return value;
  }

 private:
  std::string_view left_;
  bool is_bad_ = false;
};

class Table {
 public:
  explicit Table(std::string_view bytes) : bytes_(bytes) {}

  Status read(Reftables& into,
              std::map<std::string, std::optional<ObjectId>>& stashes) {
    TRY(read_ends());
    TRY(read_refs(into.refs));
    return read_log(stashes);
  }

 private:
  struct Key {
    std::string name;
    unsigned type = 0;
  };

  Status read_ends() {
    Bytes head(bytes_);
    const bool is_table = head.take(4) == "REFT";
    const std::uint64_t version = head.number(1);
    block_size_ = static_cast<std::size_t>(head.number(3));
    head.take(16);  // update indexes
    head_size_ = version == 2 ? 28 : 24;
    if (version == 2) id_size_ = head.take(4) == "s256" ? 32 : 20;
    const std::size_t foot_size = head_size_ + 44;
    if (!is_table || version < 1 || version > 2 || head.is_bad() ||
        bytes_.size() < head_size_ + foot_size) {
      return fail(kBroken);
    }
    foot_ = bytes_.size() - foot_size;
    Bytes foot(bytes_.substr(foot_ + head_size_));
    const std::uint64_t ref_index = foot.number(8);
    const std::uint64_t objects = foot.number(8) >> 5;
    foot.number(8);  // index of objects
    const std::uint64_t log = foot.number(8);
    const std::uint64_t log_index = foot.number(8);
    const auto sum = static_cast<std::uint32_t>(foot.number(4));
    const auto* const at =
        reinterpret_cast<const Bytef*>(bytes_.data() + foot_);
    if (crc32(0, at, static_cast<uInt>(foot_size - 4)) != sum) {
      return fail(kBroken);
    }
    const auto first_of = [&](std::initializer_list<std::uint64_t> places) {
      std::size_t first = foot_;
      for (const std::uint64_t place : places) {
        if (place > 0 && place < first) first = static_cast<std::size_t>(place);
      }
      return first;
    };
    refs_end_ = first_of({ref_index, objects, log});
    log_end_ = first_of({log_index});
    log_ = log > 0 && log < foot_ ? static_cast<std::size_t>(log) : foot_;
    if (bytes_[head_size_] == 'g') {
      log_ = 0;
      refs_end_ = 0;
    }
    return {};
  }

  // What a block that begins at `begin` says before its records; the first of
  // the file has the head of the file before it.
  std::size_t before_block(std::size_t begin) const {
    return begin == 0 ? head_size_ : 0;
  }

  // Without the places at its end where names are written out.
  static std::optional<std::string_view> records_of(std::string_view block) {
    if (block.size() < 2) return std::nullopt;
    Bytes end(block.substr(block.size() - 2));
    const auto behind = static_cast<std::size_t>(2 + 3 * end.number(2));
    if (behind > block.size()) return std::nullopt;
    return block.substr(0, block.size() - behind);
  }

  // The name shares its beginning with the one before.
  static Key read_key(Bytes& bytes, const std::string& before) {
    const std::uint64_t shared = bytes.varint();
    const std::uint64_t rest = bytes.varint();
    Key key;
    key.type = static_cast<unsigned>(rest & 7);
    key.name =
        before.substr(0, static_cast<std::size_t>(
                             std::min<std::uint64_t>(shared, before.size())));
    key.name += bytes.take(rest >> 3);
    return key;
  }

  Status read_refs(std::map<std::string, std::string>& refs) const {
    std::size_t begin = 0;
    while (begin + before_block(begin) + 4 <= refs_end_) {
      const std::size_t before = before_block(begin);
      Bytes head(bytes_.substr(begin + before));
      if (head.take(1) != "r") return {};
      const auto size = static_cast<std::size_t>(head.number(3));
      if (size < before + 4 || size > refs_end_ - begin) return fail(kBroken);
      const auto records =
          records_of(bytes_.substr(begin + before + 4, size - before - 4));
      if (!records) return fail(kBroken);
      TRY(read_ref_records(*records, refs));
      begin += std::max(size, block_size_);
    }
    return {};
  }

  Status read_ref_records(std::string_view records,
                          std::map<std::string, std::string>& refs) const {
    Bytes bytes(records);
    std::string name;
    while (!bytes.is_empty()) {
      Key key = read_key(bytes, name);
      bytes.varint();  // update index
      name = key.name;
      switch (key.type) {
        case 0:
          refs.erase(name);
          break;
        case 1:
        case 2:
          refs[name] = encode_hex(bytes.take(id_size_));
          if (key.type == 2) bytes.take(id_size_);  // what a tag leads to
          break;
        case 3:
          refs[name] = "ref: " + std::string(bytes.take(bytes.varint()));
          break;
        default:
          return fail(kBroken);
      }
      if (bytes.is_bad()) return fail(kBroken);
    }
    return {};
  }

  Status read_log(
      std::map<std::string, std::optional<ObjectId>>& stashes) const {
    std::size_t begin = log_;
    while (begin + before_block(begin) + 4 <= log_end_) {
      const std::size_t before = before_block(begin);
      Bytes head(bytes_.substr(begin + before));
      if (head.take(1) != "g") return {};
      const auto size = static_cast<std::size_t>(head.number(3));
      if (size < before + 4) return fail(kBroken);
      const std::size_t packed = begin + before + 4;
      std::string block(size - before - 4, '\0');
      const auto taken =
          inflate_block(bytes_.substr(packed, log_end_ - packed), block);
      const auto records = records_of(block);
      if (!taken || !records) return fail(kBroken);
      TRY_ASSIGN(const bool goes_on, read_log_records(*records, stashes));
      if (!goes_on) return {};
      begin = packed + *taken;
    }
    return {};
  }

  // How many bytes it took to fill the block.
  static std::optional<std::size_t> inflate_block(std::string_view packed,
                                                  std::string& block) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return std::nullopt;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const int result = ::inflate(&stream, Z_FINISH);
    const auto taken = static_cast<std::size_t>(stream.total_in);
    inflateEnd(&stream);
    const bool is_whole = result == Z_STREAM_END && stream.avail_out == 0;
    return is_whole ? std::optional(taken) : std::nullopt;
  }

  // False when the log of stashes is over: names ascend.
  Result<bool> read_log_records(
      std::string_view records,
      std::map<std::string, std::optional<ObjectId>>& stashes) const {
    Bytes bytes(records);
    std::string name;
    while (!bytes.is_empty()) {
      Key key = read_key(bytes, name);
      name = key.name;
      std::optional<ObjectId> now;
      if (key.type == 1) {
        bytes.take(id_size_);
        const std::string_view id = bytes.take(id_size_);
        if (id.size() == id_size_) now = ObjectId(id);
        bytes.take(bytes.varint());  // name
        bytes.take(bytes.varint());  // address
        bytes.varint();              // time
        bytes.take(2);               // zone
        bytes.take(bytes.varint());  // message
      }
      if (bytes.is_bad() || key.type > 1) return fail(kBroken);
      if (name.starts_with(kStash)) {
        stashes[name] = now;
      } else if (name > kStash) {
        return false;
      }
    }
    return true;
  }

  const std::string_view bytes_;
  std::size_t head_size_ = 0, block_size_ = 0, id_size_ = 20;
  std::size_t refs_end_ = 0, log_ = 0, log_end_ = 0, foot_ = 0;
};

// The paths of the stack's tables, the oldest first.
Result<std::vector<std::string>> tables_of(const std::string& folder) {
  TRY_ASSIGN(const std::string names, read_file(folder + "/tables.list"));
  std::vector<std::string> paths;
  for (std::size_t begin = 0; begin < names.size();) {
    const std::size_t end = std::min(names.find('\n', begin), names.size());
    paths.push_back(folder + "/" + names.substr(begin, end - begin));
    begin = end + 1;
  }
  return paths;
}

Result<Reftables> read_stack(const std::string& folder) {
  TRY_ASSIGN(const std::vector<std::string> paths, tables_of(folder));
  Reftables found;
  // By name and what counts down from update to update.
  std::map<std::string, std::optional<ObjectId>> stashes;
  for (const std::string& path : paths) {
    const auto bytes = read_file(path);
    if (!bytes) return fail(bytes.error().text);
    const Status read = Table(*bytes).read(found, stashes);
    if (!read) return fail(path + ": " + read.error().text);
  }
  for (const auto& [key, id] : stashes) {
    if (id && id->bytes().find_first_not_of('\0') != std::string_view::npos) {
      found.stashes.push_back(*id);
    }
  }
  return found;
}

}  // namespace

Result<Reftables> read_reftables(const std::string& folder) {
  constexpr int kTries = 5;
  std::error_code error;
  if (!std::filesystem::exists(folder + "/tables.list", error)) {
    return Reftables();
  }
  // Git may put tables together meanwhile, and removes the old ones.
  Result<Reftables> found = read_stack(folder);
  for (int i = 1; i < kTries && !found; ++i) found = read_stack(folder);
  return found;
}

}  // namespace overreach
