// What an audit of a history has read, in a file for the next one, which then
// reads only what is new, and again what something was found in.  The file has
// ids of objects, never a path, a name or a secret.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace overreach {

struct HistoryState {
  std::size_t id_bytes = 20;
  std::string objects;             // ids one behind the other, sorted
  std::vector<std::string> found;  // ids of blobs, commits and tags
  bool found_in_names = false;     // something was found in a file's name

  bool empty() const { return objects.empty(); }
  bool knows(std::string_view id) const;
};

// An empty state when there is no such file, or when `key` is not the one it
// was saved with: other rules find other things.  Fails for a file that is no
// state, or a damaged one, which then stays as it is.
Result<HistoryState> load_state(const std::string& path,
                                const std::string& key);

// Puts the whole file in the place of the old one at once.
Status save_state(const std::string& path, const std::string& key,
                  const HistoryState& state);

}  // namespace overreach
