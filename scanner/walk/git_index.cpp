#include "scanner/walk/git_index.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace overreach {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kStatBytes = 40;  // of an entry, before its oid
constexpr std::uint32_t kMaxTreeDepth = 4096;
constexpr std::size_t kBlockBytes = 64 * 1024;
// Paths of version 4 share their beginnings; a made-up index could ask for
// gigabytes of them.
constexpr std::size_t kMaxGrowth = 64;
constexpr std::size_t kSearchBytes = 4 * 1024 * 1024;

constexpr char kBroken[] = "broken Git index";

std::uint32_t number32(std::string_view bytes, std::size_t at) {
  std::uint32_t value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return __builtin_bswap32(value);
}

std::uint32_t number16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                    static_cast<unsigned char>(bytes[at + 1]));
}

// How many bytes of the path before go, and moves `at` behind it.
bool read_dropped(std::string_view bytes, std::size_t& at,
                  std::size_t& dropped) {
  if (at >= bytes.size()) return false;
  auto byte = static_cast<unsigned char>(bytes[at++]);
  dropped = byte & 127;
  while (byte & 128) {
    if (at >= bytes.size() || dropped > bytes.size()) return false;
    byte = static_cast<unsigned char>(bytes[at++]);
    dropped = ((dropped + 1) << 7) + (byte & 127);
  }
  return true;
}

}  // namespace

// --- One entry after the other -----------------------------------------------

GitIndex::Cursor::Cursor(const GitIndex& index)
    : index_(&index), at_(kHeaderBytes), left_(index.count_) {
  has_entry_ = read();
}

GitIndex::Cursor& GitIndex::Cursor::operator=(const Cursor& other) {
  index_ = other.index_;
  at_ = other.at_;
  left_ = other.left_;
  has_entry_ = other.has_entry_;
  error_ = other.error_;
  path_ = other.path_;
  entry_ = other.entry_;
  if (index_->version_ == 4) entry_.path = path_;
  return *this;
}

void GitIndex::Cursor::skip(std::size_t entries) {
  for (; entries > 0 && has_entry_; --entries) has_entry_ = read();
}

bool GitIndex::Cursor::read() {
  if (left_ == 0) return false;
  --left_;
  const std::string_view bytes = index_->bytes_;
  const std::size_t flags_at = at_ + kStatBytes + index_->hash_bytes_;
  std::size_t name = flags_at + 2;
  if (name > bytes.size()) {
    error_ = kBroken;
    return false;
  }
  entry_.mode = number32(bytes, at_ + 24);
  entry_.oid = bytes.data() + at_ + kStatBytes;
  const std::uint32_t flags = number16(bytes, flags_at);
  entry_.stage = static_cast<std::uint8_t>(flags >> 12 & 3);
  entry_.intent_to_add = false;
  std::size_t dropped = 0;
  bool good = true;
  if (flags & 0x4000) {
    good = index_->version_ >= 3 && name + 2 <= bytes.size();
    if (good) entry_.intent_to_add = number16(bytes, name) & 0x2000;
    name += 2;
  }
  if (index_->version_ == 4) good = good && read_dropped(bytes, name, dropped);
  std::size_t end = bytes.npos;
  if (good && index_->version_ < 4 && (flags & 0xfff) < 0xfff) {
    end = name + (flags & 0xfff);
    good = end < bytes.size() && bytes[end] == '\0';
  } else if (good) {
    end = bytes.find('\0', name);
    good = end != bytes.npos;
  }
  if (!good || dropped > path_.size()) {
    error_ = kBroken;
    return false;
  }
  entry_.path = bytes.substr(name, end - name);
  if (index_->version_ < 4) {
    at_ += (end - at_ + 8) & ~std::size_t{7};
    return true;
  }
  path_.resize(path_.size() - dropped);
  path_ += entry_.path;
  entry_.path = path_;
  at_ = end + 1;
  return true;
}

Status GitIndex::Cursor::status() const {
  if (!error_.empty()) return fail(error_);
  // What a split index leaves out is told by an extension behind the entries.
  return has_entry_ ? Status() : index_->check_extensions(at_);
}

// --- The file ----------------------------------------------------------------

GitIndex::~GitIndex() {
  if (map_) ::munmap(map_, map_bytes_);
}

GitIndex::GitIndex(GitIndex&& other) noexcept { *this = std::move(other); }

GitIndex& GitIndex::operator=(GitIndex&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(map_bytes_, other.map_bytes_);
  std::swap(bytes_, other.bytes_);
  std::swap(hash_bytes_, other.hash_bytes_);
  std::swap(version_, other.version_);
  std::swap(count_, other.count_);
  std::swap(entries_, other.entries_);
  std::swap(blocks_, other.blocks_);
  std::swap(block_left_, other.block_left_);
  std::swap(block_at_, other.block_at_);
  std::swap(kept_bytes_, other.kept_bytes_);
  std::swap(tree_, other.tree_);
  return *this;
}

Status GitIndex::load(const std::string& file, HashKind hash) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT) return {};
    return fail(file + ": cannot be read: " + std::strerror(errno));
  }
  struct stat status;
  int error = 0;
  if (::fstat(descriptor, &status) != 0) {
    error = errno;
  } else if (status.st_size > 0) {
    map_bytes_ = static_cast<std::size_t>(status.st_size);
    map_ = ::mmap(nullptr, map_bytes_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (map_ == MAP_FAILED) {
      error = errno;
      map_ = nullptr;
    }
  }
  ::close(descriptor);
  if (error) {
    return fail(file + ": cannot be read: " + std::strerror(error));
  }
  const auto started =
      start({static_cast<const char*>(map_), map_bytes_}, hash);
  if (!started) return fail(file + ": " + started.error().text);
  return {};
}

Result<GitIndex> GitIndex::open(const std::string& file, HashKind hash) {
  GitIndex index;
  TRY(index.load(file, hash));
  return index;
}

Result<GitIndex> GitIndex::read(const std::string& file, HashKind hash) {
  GitIndex index;
  TRY(index.load(file, hash));
  const auto all = index.read_entries();
  if (!all) return fail(file + ": " + all.error().text);
  return index;
}

Result<GitIndex> GitIndex::parse(std::string_view bytes, HashKind hash) {
  GitIndex index;
  TRY(index.start(bytes, hash));
  TRY(index.read_entries());
  return index;
}

Status GitIndex::start(std::string_view bytes, HashKind hash) {
  hash_bytes_ = id_size(hash);
  if (bytes.size() < kHeaderBytes + hash_bytes_ || !bytes.starts_with("DIRC")) {
    return fail("not a Git index");
  }
  version_ = number32(bytes, 4);
  if (version_ < 2 || version_ > 4) {
    return fail("Git index of unknown version " + std::to_string(version_));
  }
  count_ = number32(bytes, 8);
  bytes_ = bytes.substr(0, bytes.size() - hash_bytes_);
  if (count_ > bytes_.size() / (kStatBytes + hash_bytes_ + 2)) {
    return fail(kBroken);
  }
  return find_tree();
}

Status GitIndex::read_entries() {
  entries_.reserve(count_);
  Cursor cursor(*this);
  for (; cursor.has_entry(); cursor.next()) {
    entries_.push_back(cursor.entry());
    if (version_ < 4) continue;
    if ((kept_bytes_ += cursor.entry().path.size()) >
        kMaxGrowth * bytes_.size()) {
      return fail(kBroken);
    }
    entries_.back().path = keep(cursor.entry().path);
  }
  return cursor.status();
}

std::string_view GitIndex::keep(std::string_view path) {
  if (path.size() > block_left_) {
    block_left_ = std::max(kBlockBytes, path.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_left_));
    block_at_ = blocks_.back().get();
  }
  std::copy(path.begin(), path.end(), block_at_);
  const std::string_view kept(block_at_, path.size());
  block_at_ += path.size();
  block_left_ -= path.size();
  return kept;
}

Status GitIndex::check_extensions(std::size_t at) const {
  while (at < bytes_.size()) {
    if (bytes_.size() - at < 8) return fail(kBroken);
    const std::string_view name = bytes_.substr(at, 4);
    const std::size_t size = number32(bytes_, at + 4);
    if (size > bytes_.size() - at - 8) return fail(kBroken);
    if (name == "link") {
      return fail(
          "is a split index; git update-index --no-split-index makes it whole");
    }
    // Small letters: cannot be understood without it.  "sdir" only says that
    // there are entries for folders.
    if (name[0] >= 'a' && name[0] <= 'z' && name != "sdir") {
      return fail("has an unknown extension");
    }
    at += 8 + size;
  }
  return {};
}

// The cache of trees lies behind the entries, whose end only reading all of
// them tells; but it can be found from behind, for only where it begins its
// name is followed by a chain of extensions up to the end of the file.  (Four
// bytes of a size cannot be part of a path: one of them is zero.)
Status GitIndex::find_tree() {
  std::size_t at = bytes_.size();
  const std::size_t last =
      std::max(kHeaderBytes, at - std::min(at, kSearchBytes));
  while (at > last) {
    const auto* const found = static_cast<const char*>(
        ::memrchr(bytes_.data() + last, 'T', at - last));
    if (!found) break;
    at = static_cast<std::size_t>(found - bytes_.data());
    if (bytes_.substr(at).starts_with("TREE") && check_extensions(at)) {
      return parse_tree(bytes_.substr(at + 8, number32(bytes_, at + 4)));
    }
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
  constexpr char kBrokenTree[] = "broken tree cache in the Git index";
  while (!bytes.empty()) {
    const std::size_t zero = bytes.find('\0');
    const std::size_t line = bytes.find('\n', zero == bytes.npos ? 0 : zero);
    if (zero == bytes.npos || line == bytes.npos) return fail(kBrokenTree);
    CachedTree tree;
    tree.name = bytes.substr(0, zero);
    long long entries = 0;
    std::size_t children = 0;
    const char* const end = bytes.data() + line;
    auto [after, failed] =
        std::from_chars(bytes.data() + zero + 1, end, entries);
    if (failed == std::errc{} && after != end && *after == ' ') {
      const auto [rest, bad] = std::from_chars(after + 1, end, children);
      failed = bad;
      after = rest;
    }
    if (failed != std::errc{} || after != end || stack.size() > kMaxTreeDepth) {
      return fail(kBrokenTree);
    }
    bytes.remove_prefix(line + 1);
    if (entries >= 0) {
      if (bytes.size() < hash_bytes_) return fail(kBrokenTree);
      tree.entries = static_cast<std::size_t>(entries);
      tree.oid = bytes.substr(0, hash_bytes_);
      bytes.remove_prefix(hash_bytes_);
    }
    CachedTree* placed = &tree_;
    if (stack.empty()) {
      tree_ = std::move(tree);
    } else {
      --stack.back().left;
      // Only folders that are complete move: none of them is on the stack.
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
  const auto first =
      std::lower_bound(from.begin(), from.end(), prefix,
                       [](const Entry& entry, std::string_view wanted) {
                         return entry.path < wanted;
                       });
  const auto last = std::partition_point(
      first, from.end(),
      [&](const Entry& entry) { return entry.path.starts_with(prefix); });
  return {first, last};
}

bool GitIndex::contains(std::span<const Entry> sorted, std::string_view path) {
  const auto at =
      std::lower_bound(sorted.begin(), sorted.end(), path,
                       [](const Entry& entry, std::string_view wanted) {
                         return entry.path < wanted;
                       });
  return at != sorted.end() && at->path == path;
}

}  // namespace overreach
