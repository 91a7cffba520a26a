// One path for every object that some tree names: enough to read a blob as the
// kind of file it is.  Where a finding stands is told by lookup.h.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_store.h"

namespace overreach {

class Names {
 public:
  // Reads all trees.  Keeps a reference to `store`, 12 bytes for each of its
  // objects, and every name once.
  Names(const ObjectStore& store, int threads, Diagnostics& diagnostics);
  // The same of these trees only.
  Names(const ObjectStore& store, const std::vector<ObjectId>& trees,
        Diagnostics& diagnostics);

  // Empty for an object that no tree names.  Does not depend on threads.
  std::string path_of(std::uint32_t place) const;
  bool is_named(std::uint32_t place) const {
    return slots_[place].parent != kNone;
  }
  // Each name once, of files and folders, sorted.
  std::vector<std::string> all() const;
  // Files and folders that trees name and the store has not.
  const std::set<ObjectId>& missing_files() const { return missing_files_; }
  const std::set<ObjectId>& missing_trees() const { return missing_trees_; }

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
    std::uint64_t id = 0;  // its first bytes
    std::uint32_t rank = 0, parent = kNone;
  };
  struct Memory {
    Words words;
    std::vector<Recent> recent = std::vector<Recent>(kRecent);
  };
  static constexpr std::size_t kRecent = std::size_t{1} << 16;

  std::shared_ptr<const Note> add_tree(const StoredObject& tree,
                                       Memory& memory);
  Word word_of(std::string_view name, std::uint32_t rank, Words& known);
  void keep_least(std::uint32_t place, const Slot& slot);

  const ObjectStore& store_;
  std::vector<Slot> slots_;
  std::array<std::mutex, kLocks> locks_;  // of the slots, by place
  std::mutex mutex_;                      // guards what follows
  Words words_;
  std::deque<std::string> names_;
  std::set<ObjectId> missing_files_, missing_trees_;
};

}  // namespace overreach
