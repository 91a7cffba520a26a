// What the workers keep of the files they read, besides candidates: the
// entries, and what may be said about their lines.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/core/packed_entries.h"
#include "scanner/core/report.h"
#include "scanner/privilege/privilege.h"

namespace overreach {

// What labels are made of when all files are read.
struct SettingsFile {
  std::string path;    // as in Place
  std::string source;  // as in Place
  Exposure exposure = Exposure::untracked;
  PackedEntries entries;
};

class Seen {
 public:
  using Runs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

  // Of a change: nothing else of `path` is new; without runs all of it is.
  void add_change(std::string path, Runs added_lines);

  // Keeps the lines of `text` that have a marker of ours on them.
  void add_markers(std::string_view path, std::string_view text,
                   std::uint32_t first_line);

  void merge(Seen&& other);

  // Whether a marker on one of its lines allows the crossing.
  bool allows(const Crossing& crossing) const;
  // Whether one of its places is new; true for everything but changes.
  bool is_new(const Crossing& crossing) const;

  std::vector<SettingsFile> files;
  Certificates certificates;

 private:
  // By path and line: the text of the line with the marker.
  std::map<std::pair<std::string, std::uint32_t>, std::string> markers_;
  std::map<std::string, Runs, std::less<>> changes_;
};

}  // namespace overreach
