// The index of a Git work tree, versions 2 to 4: which files are tracked and
// which objects are staged.  Mapped, not copied; reading 78,000 entries costs
// about a millisecond.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace overreach {

class GitIndex {
 public:
  struct Entry {
    std::string_view path;  // relative to the work tree, with '/'
    std::string_view oid;   // 20 bytes
    std::uint32_t mode = 0;
    std::uint8_t stage = 0;  // above 0: a conflict
    bool intent_to_add = false;
  };
  // A folder of the cache of trees: what its tree object was when it was last
  // written.  No oid: something below changed since.
  struct CachedTree {
    std::string_view name;  // last part of the path; empty for the root
    std::string_view oid;   // 20 bytes or empty
    std::size_t entries = 0;
    std::vector<CachedTree> children;  // by name
  };

  GitIndex() = default;
  ~GitIndex();
  GitIndex(GitIndex&& other) noexcept;
  GitIndex& operator=(GitIndex&& other) noexcept;

  // A file that does not exist is an empty index.
  static Result<GitIndex> read(const std::string& file);
  // The same from memory, which must outlive the index.
  static Result<GitIndex> parse(std::string_view bytes);

  // Sorted by path and stage.  Views live as long as the index.
  std::span<const Entry> entries() const { return entries_; }
  const CachedTree& cached_tree() const { return tree_; }

  // The entries of `from` whose path begins with `prefix`.
  static std::span<const Entry> below(std::span<const Entry> from,
                                      std::string_view prefix);
  static bool contains(std::span<const Entry> sorted, std::string_view path);

 private:
  Status parse_all(std::string_view bytes);
  Status parse_tree(std::string_view bytes);

  void* map_ = nullptr;
  std::size_t map_bytes_ = 0;
  std::vector<Entry> entries_;
  std::vector<std::string> storage_;  // paths of version 4
  CachedTree tree_;
};

}  // namespace overreach
