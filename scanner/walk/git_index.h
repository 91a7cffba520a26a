// The index of a Git work tree, versions 2 to 4: which files are tracked and
// which objects are staged.  Mapped, not copied.  Nothing is read before it is
// needed: a Cursor over 78,000 entries costs about a millisecond, all entries
// as a table two, the cache of trees alone a fraction of one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/git/object_id.h"

namespace overreach {

class GitIndex {
 public:
  struct Entry {
    std::string_view path;      // relative to the work tree, with '/'
    const char* oid = nullptr;  // as many bytes as the repository's hash has
    std::uint32_t mode = 0;
    std::uint8_t stage = 0;  // above 0: a conflict
    bool intent_to_add = false;
  };
  // A folder of the cache of trees: what its tree object was when it was last
  // written.  No oid: something below changed since.
  struct CachedTree {
    std::string_view name;  // last part of the path; empty for the root
    std::string_view oid;   // or empty
    std::size_t entries = 0;
    std::vector<CachedTree> children;
  };
  // Reads entries one after the other.  Lives no longer than the index.
  class Cursor {
   public:
    explicit Cursor(const GitIndex& index);
    Cursor(const Cursor& other) { *this = other; }
    Cursor& operator=(const Cursor& other);
    // False at the end, or where the index is broken: see status().
    bool has_entry() const { return has_entry_; }
    // Valid until the next call of next() or skip().
    const Entry& entry() const { return entry_; }
    void next() { skip(1); }
    void skip(std::size_t entries);
    // At the end: whether everything could be read and understood.
    Status status() const;

   private:
    bool read();

    const GitIndex* index_;
    std::size_t at_;
    std::size_t left_;
    bool has_entry_ = false;
    std::string error_;
    Entry entry_;
    // Version 4: what entry_.path views, so that a copy needs its own.
    std::string path_;
  };

  GitIndex() = default;
  ~GitIndex();
  GitIndex(GitIndex&& other) noexcept;
  GitIndex& operator=(GitIndex&& other) noexcept;

  // Only what a Cursor and cached_tree() need; entries() stays empty.  A file
  // that does not exist is an empty index.
  static Result<GitIndex> open(const std::string& file,
                               HashKind hash = HashKind::sha1);
  // With all entries.
  static Result<GitIndex> read(const std::string& file,
                               HashKind hash = HashKind::sha1);
  // The same from memory, which must outlive the index.
  static Result<GitIndex> parse(std::string_view bytes,
                                HashKind hash = HashKind::sha1);

  // Sorted by path and stage.  Views live as long as the index.
  std::span<const Entry> entries() const { return entries_; }
  const CachedTree& cached_tree() const { return tree_; }

  // The entries of `from` whose path begins with `prefix`.
  static std::span<const Entry> below(std::span<const Entry> from,
                                      std::string_view prefix);
  static bool contains(std::span<const Entry> sorted, std::string_view path);

 private:
  Status start(std::string_view bytes, HashKind hash);
  Status load(const std::string& file, HashKind hash);
  Status read_entries();
  // Extensions begin at `at`: whether all are known.
  Status check_extensions(std::size_t at) const;
  Status find_tree();
  Status parse_tree(std::string_view bytes);
  std::string_view keep(std::string_view path);

  void* map_ = nullptr;
  std::size_t map_bytes_ = 0;
  std::string_view bytes_;  // without the checksum at the end
  std::size_t hash_bytes_ = 20;
  std::uint32_t version_ = 2;
  std::size_t count_ = 0;
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // paths of version 4
  std::size_t block_left_ = 0;
  char* block_at_ = nullptr;
  std::size_t kept_bytes_ = 0;
  CachedTree tree_;
};

}  // namespace overreach
