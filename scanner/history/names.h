// One path for every object that some tree names: enough to read a blob as the
// kind of file it is.  Which of its paths does not depend on the order in which
// trees are read; where a finding stands is told by lookup.h.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scanner/history/objects.h"

namespace overreach {

class Names {
 public:
  // The entries of one tree; from several threads.
  void add_tree(std::string_view tree, std::string_view bytes,
                std::size_t id_bytes);

  // The rest when no thread adds any more.
  // Empty for an object that no tree names.
  std::string path_of(std::string_view id) const;
  bool is_named(std::string_view id) const;
  // Each name once, of files and folders, sorted.
  std::vector<std::string> all() const;
  // Ids of files that trees name, whether they are there or not.
  std::vector<ObjectId> files() const;

 private:
  struct Entry {
    ObjectId parent;
    const std::string* name;
    bool is_file;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view id) const;
  };

  std::mutex mutex_;
  std::unordered_map<ObjectId, Entry, Hash, std::equal_to<>> entries_;
  std::unordered_set<std::string> names_;
};

}  // namespace overreach
