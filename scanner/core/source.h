// Something to read: what the walk hands to a worker.
#pragma once

#include <string>
#include <string_view>

#include "scanner/core/report.h"

namespace overreach {

// A file found by the walk, not yet opened.  Views and descriptor are valid
// only while the consumer that got it runs.
struct FileSource {
  int directory;          // open descriptor that `name` is relative to, or
                          // AT_FDCWD
  const char* name;       // for openat(); never follows a symbolic link
  std::string_view path;  // relative to the scanned root, with '/'; as in Place
  Exposure exposure;
  std::string_view source = "tree";  // Place::source
  // The directory is of a file system that reads through the page cache: what
  // a read() of it leaves out, but for the end, begins with a page.
  bool is_paged = false;
};

// Text that is already in memory: a staged change, a commit, standard input.
struct TextSource {
  std::string path;
  std::string text;
  Exposure exposure = Exposure::untracked;
  std::string source;  // Place::source
  // For a change: the runs of lines that were added, [first, last], sorted.
  // Findings outside are not reported.  Empty: all lines count.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> added_lines;
  std::uint64_t added_line_count = 0;
  std::string commit, author, date;  // as in Place
  bool is_file = true;               // counted as one
};

}  // namespace overreach
