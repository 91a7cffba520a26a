#include "scanner/walk/git_index.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <deque>
#include <utility>

namespace overreach {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kHashBytes = 20;
constexpr std::size_t kFixedBytes = 62;  // of an entry, before its path
constexpr std::uint32_t kMaxTreeDepth = 4096;

std::uint32_t number32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

std::uint32_t number16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(
      static_cast<unsigned char>(bytes[at]) << 8 |
      static_cast<unsigned char>(bytes[at + 1]));
}

}  // namespace

GitIndex::~GitIndex() {
  if (map_) ::munmap(map_, map_bytes_);
}

GitIndex::GitIndex(GitIndex&& other) noexcept { *this = std::move(other); }

GitIndex& GitIndex::operator=(GitIndex&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(map_bytes_, other.map_bytes_);
  std::swap(entries_, other.entries_);
  std::swap(storage_, other.storage_);
  std::swap(tree_, other.tree_);
  return *this;
}

Result<GitIndex> GitIndex::read(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT) return GitIndex();
    return fail(file + ": cannot be read: " + std::strerror(errno));
  }
  struct stat status;
  GitIndex index;
  if (::fstat(descriptor, &status) == 0 && status.st_size > 0) {
    index.map_bytes_ = static_cast<std::size_t>(status.st_size);
    index.map_ = ::mmap(nullptr, index.map_bytes_, PROT_READ, MAP_PRIVATE,
                        descriptor, 0);
    if (index.map_ == MAP_FAILED) index.map_ = nullptr;
  }
  ::close(descriptor);
  if (!index.map_) return fail(file + ": cannot be read");
  const auto parsed = index.parse_all(
      {static_cast<const char*>(index.map_), index.map_bytes_});
  if (!parsed) return fail(file + ": " + parsed.error().text);
  return index;
}

Result<GitIndex> GitIndex::parse(std::string_view bytes) {
  GitIndex index;
  TRY(index.parse_all(bytes));
  return index;
}

Status GitIndex::parse_all(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes + kHashBytes || !bytes.starts_with("DIRC")) {
    return fail("not a Git index");
  }
  const std::uint32_t version = number32(bytes, 4);
  const std::uint32_t count = number32(bytes, 8);
  if (version < 2 || version > 4) {
    return fail("Git index of unknown version " + std::to_string(version));
  }
  const std::size_t limit = bytes.size() - kHashBytes;
  if (count > limit / kFixedBytes) return fail("broken Git index");
  entries_.reserve(count);
  if (version == 4) storage_.reserve(count);
  std::size_t at = kHeaderBytes;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (at + kFixedBytes > limit) return fail("broken Git index");
    Entry entry;
    entry.mode = number32(bytes, at + 24);
    entry.oid = bytes.substr(at + 40, kHashBytes);
    const std::uint32_t flags = number16(bytes, at + 60);
    entry.stage = static_cast<std::uint8_t>(flags >> 12 & 3);
    std::size_t name = at + kFixedBytes;
    if (flags & 0x4000) {
      if (version < 3 || name + 2 > limit) return fail("broken Git index");
      entry.intent_to_add = number16(bytes, name) & 0x2000;
      name += 2;
    }
    std::size_t dropped = 0;
    if (version == 4) {
      // How many bytes of the path before go: an offset-style varint.
      if (name >= limit) return fail("broken Git index");
      auto byte = static_cast<unsigned char>(bytes[name++]);
      dropped = byte & 127;
      while (byte & 128) {
        if (name >= limit || dropped > (std::size_t{1} << 40)) {
          return fail("broken Git index");
        }
        byte = static_cast<unsigned char>(bytes[name++]);
        dropped = ((dropped + 1) << 7) + (byte & 127);
      }
    }
    const std::size_t end = bytes.substr(0, limit).find('\0', name);
    if (end == bytes.npos) return fail("broken Git index");
    entry.path = bytes.substr(name, end - name);
    if (version == 4) {
      const std::string_view before =
          storage_.empty() ? std::string_view() : storage_.back();
      if (dropped > before.size()) return fail("broken Git index");
      storage_.push_back(
          std::string(before.substr(0, before.size() - dropped)) +
          std::string(entry.path));
      entry.path = storage_.back();
      at = end + 1;
    } else {
      at += (end - at + 8) & ~std::size_t{7};
    }
    entries_.push_back(entry);
  }
  while (at + 8 <= limit) {
    const std::string_view name = bytes.substr(at, 4);
    const std::uint32_t size = number32(bytes, at + 4);
    at += 8;
    if (size > limit - at) return fail("broken Git index");
    if (name == "TREE") {
      TRY(parse_tree(bytes.substr(at, size)));
    } else if (name == "link") {
      return fail("is a split index, which is not supported");
    } else if (name[0] >= 'a' && name[0] <= 'z') {
      return fail("has an unknown extension " + std::string(name));
    }
    at += size;
  }
  return {};
}

// Pre-order: name \0 entries ' ' children \n [oid].
Status GitIndex::parse_tree(std::string_view bytes) {
  struct Open {
    CachedTree* tree;
    std::size_t left;  // children still to come
  };
  std::vector<Open> stack;
  while (!bytes.empty()) {
    const std::size_t zero = bytes.find('\0');
    const std::size_t line = bytes.find('\n', zero == bytes.npos ? 0 : zero);
    if (zero == bytes.npos || line == bytes.npos) {
      return fail("broken tree cache in the Git index");
    }
    CachedTree tree;
    tree.name = bytes.substr(0, zero);
    long long entries = 0;
    std::size_t children = 0;
    const char* const end = bytes.data() + line;
    auto [after, failed] =
        std::from_chars(bytes.data() + zero + 1, end, entries);
    if (failed == std::errc{} && after != end && *after == ' ') {
      const auto [last, bad] = std::from_chars(after + 1, end, children);
      failed = bad;
      after = last;
    }
    if (failed != std::errc{} || after != end || children > entries_.size() ||
        stack.size() > kMaxTreeDepth) {
      return fail("broken tree cache in the Git index");
    }
    bytes.remove_prefix(line + 1);
    if (entries >= 0) {
      if (bytes.size() < kHashBytes) {
        return fail("broken tree cache in the Git index");
      }
      tree.entries = static_cast<std::size_t>(entries);
      tree.oid = bytes.substr(0, kHashBytes);
      bytes.remove_prefix(kHashBytes);
    }
    tree.children.reserve(children);
    CachedTree* placed;
    if (stack.empty()) {
      tree_ = std::move(tree);
      placed = &tree_;
    } else {
      --stack.back().left;
      stack.back().tree->children.push_back(std::move(tree));
      placed = &stack.back().tree->children.back();
    }
    stack.push_back({placed, children});
    while (!stack.empty() && stack.back().left == 0) stack.pop_back();
    if (stack.empty()) break;
  }
  return {};
}

std::span<const GitIndex::Entry> GitIndex::below(std::span<const Entry> from,
                                                 std::string_view prefix) {
  const auto first = std::lower_bound(
      from.begin(), from.end(), prefix,
      [](const Entry& entry, std::string_view wanted) {
        return entry.path < wanted;
      });
  const auto last = std::partition_point(
      first, from.end(), [&](const Entry& entry) {
        return entry.path.starts_with(prefix);
      });
  return {first, last};
}

bool GitIndex::contains(std::span<const Entry> sorted, std::string_view path) {
  const auto at = std::lower_bound(
      sorted.begin(), sorted.end(), path,
      [](const Entry& entry, std::string_view wanted) {
        return entry.path < wanted;
      });
  return at != sorted.end() && at->path == path;
}

}  // namespace overreach
