// One path for every object that some tree names: enough to read a blob as the
// kind of file it is; and the log of all trees, from which views.h tells where
// a finding stands.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_store.h"
#include "scanner/git/tree_entries.h"
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
  bool is_named(std::uint32_t place) const {
    return slots_[place].parent != kNone;
  }
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

  // Of an object: a tree that names it, and how.  The least by `rank`, then by
  // parent, stays.
  struct Slot {
    std::uint32_t parent = kNone, name = 0, rank = 0;
  };
  struct Word {
    std::uint32_t index, rank;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Words =
      std::unordered_map<std::string, Word, TextHash, std::equal_to<>>;

  // What one thread saw last.  Most entries of a tree stand in others too, and
  // a name that is known in a tree with a lower place changes nothing.
  struct Recent {
    std::array<std::uint64_t, 2> id{};  // its first bytes
    std::uint32_t rank = 0, parent = kNone;
    TreeLog::Entry entry{};
  };
  struct Memory {
    Words words;
    std::vector<Recent> recent = std::vector<Recent>(kRecent);
  };
  static constexpr std::size_t kRecent = std::size_t{1} << 16;

  struct Missing {
    std::uint32_t place;
    bool is_file;
  };

  std::shared_ptr<const Note> add_tree(const StoredObject& tree, Memory& memory,
                                       TreeLog::Writer& log);
  TreeLog::Entry add_entry(const TreeEntry& entry, std::uint32_t parent,
                           Memory& memory);
  std::uint32_t missing_place_of(const TreeEntry& entry);
  std::vector<ObjectId> missing(bool is_file) const;
  Word word_of(std::string_view name, std::uint32_t rank, Words& known);
  void keep_least(std::uint32_t place, const Slot& slot);

  const ObjectStore& store_;
  Diagnostics& diagnostics_;
  std::vector<Slot> slots_;
  TreeLog log_;
  std::array<std::mutex, kLocks> locks_;  // of the slots, by place
  std::mutex mutex_;                      // guards what follows
  Words words_;
  std::deque<std::string> names_;
  std::map<ObjectId, Missing> missing_;
};

}  // namespace overreach
