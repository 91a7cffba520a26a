// What stands around a folder, for a program that is started in it: the door of
// this stage.  Looks at names, kinds and small settings of files only; what is
// in the stores is for others to read.
//
//   Every path is looked at before it is opened (lstat): a FIFO that a password
//   manager serves must not block, and must not ask anybody anything.
//   Symbolic links are followed where they stay below the home folder, the
//   folder or what a variable names; others are left out and said so.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/labelled_file.h"
#include "scanner/core/source.h"
#include "scanner/core/surroundings.h"
#include "scanner/reach/stores.h"

namespace overreach {

// Of the process environment, sorted by name.
using ProcessVariables = std::vector<std::pair<std::string, std::string>>;

// Those of this process.
ProcessVariables own_variables();

// Who stands where.  All paths absolute and without symbolic links, as
// standing_in() gives them.
struct Standpoint {
  std::string folder;
  std::string home;
  ProcessVariables variables;
};

// Fails when one of the two is no folder.
Result<Standpoint> standing_in(const std::string& folder,
                               const std::string& home,
                               ProcessVariables variables);

// A file of a store that is there.
struct StoreFile {
  const Store* store;     // never null
  std::string path;       // as in Place: "~/.aws/credentials"
  std::string real_path;  // absolute, without symbolic links
  std::uint64_t size_bytes;
};

// Sorted by path, each file once.  What cannot be looked at, and what is left
// out, goes to the diagnostics.
std::vector<StoreFile> find_stores(const Standpoint& standpoint,
                                   Diagnostics& diagnostics);

// The variables as a file of NAME=value lines would have them.
TextSource text_of_environment(const ProcessVariables& variables);

// What commands act on that do not say on what: current contexts, linked
// projects, sockets.  `files` are those of the folder and the stores, sorted by
// path.  Production first.
std::vector<AmbientTarget> ambient_targets(
    const Standpoint& standpoint, const std::vector<LabelledFile>& files);

// The settings of agents that forbid reading a path: "Read(~/.aws/**)".
class Denials {
 public:
  // Keeps nothing of `files`.
  Denials(const Standpoint& standpoint, const std::vector<LabelledFile>& files);

  // "Read(~/.aws/**) in ~/.claude/settings.json", or empty.  The path as in
  // Place, of a file in the home folder.
  std::string covering(std::string_view path) const;

 private:
  struct Rule {
    std::string glob;  // of the path as in Place
    std::string text;
  };
  std::vector<Rule> rules_;
};

}  // namespace overreach
