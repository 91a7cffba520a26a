// One path for every object that some tree names: enough to read a blob as the
// kind of file it is; and the log of all trees, from which views.h tells where
// a finding stands.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_store.h"
#include "scanner/git/tree_entries.h"
#include "scanner/history/name_table.h"
#include "scanner/history/tree_log.h"

namespace overreach {

class Names {
 public:
  // Reads all trees; one that is broken goes to the diagnostics.  Keeps a
  // reference to `store`, 12 bytes for each of its objects, every name once,
  // and the log.
  Names(const ObjectStore& store, int threads, Diagnostics& diagnostics);
  // The same of these trees only.
  Names(const ObjectStore& store, const std::vector<ObjectId>& trees,
        Diagnostics& diagnostics);

  // Empty for an object that no tree names.  Does not depend on threads.
  std::string path_of(std::uint32_t place) const;
  // Folders above what the path names.
  std::size_t depth_of(std::uint32_t place) const;
  // Each name once, of files and folders, sorted.
  std::vector<std::string> all() const;

  // What trees name and the store has not has a place behind all of the
  // store's.
  std::optional<std::uint32_t> place_of(std::string_view id) const;
  std::size_t place_count() const { return store_.size() + missing_.size(); }
  std::vector<ObjectId> missing_files() const;  // sorted, as the next
  std::vector<ObjectId> missing_trees() const;

  const TreeLog& log() const { return log_; }
  // By the numbers that the log has.
  const std::string& name_at(std::uint32_t number) const {
    return names_[number];
  }
  std::optional<std::uint32_t> number_of(const std::string& name) const;
  std::size_t name_count() const { return names_.size(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::size_t kLocks = 256;

  // A name for an object: of all the least by rank, then by the tree that has
  // it, is the one that stays.  As one number to be compared.
  using Claim = std::uint64_t;
  static constexpr Claim kUnclaimed = UINT64_MAX;
  static Claim claim_of(std::uint32_t rank, std::uint32_t parent) {
    return Claim{rank} << 32 | parent;
  }

  // An entry that was not kept from the tree's base.
  struct Fresh {
    TreeEntry entry;
    std::uint32_t rank = 0;
    TreeLog::Entry found{};
    bool is_found = false;
  };
  struct Kept {
    std::size_t ahead;  // fresh entries before it
    std::size_t first, last;
  };
  // What one thread saw last.  Most entries of a tree stand in others too, and
  // a name that is known in a tree with a lower place changes nothing.
  struct alignas(32) Recent {
    std::array<std::uint64_t, 2> id{};  // its first bytes
    std::uint32_t rank = 0, parent = kNone;
    TreeLog::Entry entry{TreeLog::kNothing, 0};
  };
  struct Memory {
    NameTable table;
    std::vector<Recent> recent = std::vector<Recent>(kRecent);
    std::vector<Fresh> fresh;  // of the tree that is read
    std::vector<Kept> kept;
    Recent& recent_of(const TreeEntry& entry) {
      std::uint64_t start = 0;
      std::memcpy(&start, entry.id.data(), sizeof start);
      return recent[start % kRecent];
    }
  };
  static constexpr std::size_t kRecent = std::size_t{1} << 16;

  struct Missing {
    std::uint32_t place;
    bool is_file;
  };

  std::shared_ptr<const Note> add_tree(const StoredObject& tree, Memory& memory,
                                       TreeLog::Writer& log);
  void find(std::uint32_t parent, Memory& memory);
  std::uint32_t missing_place_of(const TreeEntry& entry);
  std::vector<ObjectId> missing(bool is_file) const;
  std::uint32_t number_of(const Fresh& fresh, NameTable& known);
  void claim(std::uint32_t place, Claim claim, std::uint32_t name);
  std::uint32_t parent_of(std::uint32_t place) const {
    return static_cast<std::uint32_t>(
        claims_[place].load(std::memory_order_relaxed));
  }

  const ObjectStore& store_;
  Diagnostics& diagnostics_;
  std::vector<std::atomic<Claim>> claims_;   // by place
  std::vector<std::uint32_t> claimed_name_;  // of the claim that stays
  TreeLog log_;
  std::array<std::mutex, kLocks> locks_;  // of both, by place
  std::mutex mutex_;                      // guards what follows
  NameTable table_;
  std::deque<std::string> names_;
  std::map<ObjectId, Missing> missing_;
};

}  // namespace overreach
