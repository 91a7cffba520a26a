// What an audit of a history has read, in a file for the next one.  That reads
// only what is new, and again what something was found in; when nothing is new,
// only texts that together have each finding once.  The file has ids, and of
// findings where they stand: never a secret, nor the name that holds one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/report.h"

namespace overreach {

// What is read: a blob, the message of a commit or tag, the name of a file or
// folder, a file of the repository's own settings.
enum class HistoryKind : std::uint8_t { blob, message, name, settings };

// A finding that was told, and the text in which it is seen again.
struct KnownFinding {
  HistoryKind kind = HistoryKind::blob;
  // Of the text: its id and the path it is read as.  Of a name it and nothing;
  // in a file the commit that brought it and its path as numbers
  // (tree_path.h), for the name holds what was found.
  std::string key, path;
  std::string member;  // of the archive that the text is, or nothing
  std::uint32_t line = 0, column = 0;  // there
  Lines lines;                         // with those of its parts
  std::string rule;
  // Its own, and those of its parts.
  std::vector<Place> places;
};

struct HistoryState {
  std::size_t id_bytes = 20;
  std::string objects;             // ids one behind the other, sorted
  std::vector<std::string> found;  // ids of blobs, commits and tags
  bool found_in_names = false;     // something was found in a file's name
  // All that was told, when the refs were these; `refs` is a digest, empty when
  // findings are not kept.
  std::string refs;
  std::vector<KnownFinding> findings;
  // What is missing, and what of these objects was left out.
  std::vector<Problem> problems;

  bool empty() const { return objects.empty(); }
  // The place of an id among all, which is tried at `guess` first.
  std::optional<std::size_t> find(std::string_view id,
                                  std::size_t guess = 0) const;
};

// An empty state when there is no such file, when another version has written
// it, or when `key` is not the one it was saved with: other rules find other
// things.  Fails for a file that is no state, or a damaged one, which then
// stays as it is.
Result<HistoryState> load_state(const std::string& path,
                                const std::string& key);

// Puts the whole file in the place of the old one at once.
Status save_state(const std::string& path, const std::string& key,
                  const HistoryState& state);

}  // namespace overreach
