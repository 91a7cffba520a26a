// The options that a team keeps beside its files, in .overreach.toml:
//
//   exclude = ["vendor", "/docs/*.md"]
//   skip = ["generic-*"]
//   fail-on = "write"
//   baseline = ".overreach-baseline"     from where the file stands
//
// A key is the long name of an option.  What could send secrets somewhere, or
// show them, is for the command line alone: whoever may change the file may
// not decide that.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "scanner/base/result.h"

namespace overreach {

// What is scanned, as far as it says which file counts.
struct ConfigRequest {
  std::string file = {};     // that the user names; empty: look for one
  std::string target = ".";  // the first; a folder, a file or anything else
  bool is_change = false;    // of the repository around the current folder
  bool has_more_targets = false;
};

// The file for these: the nearest .overreach.toml, from the target (of a change
// the root of the repository) up to the root of its repository.  Empty when
// there is none.
std::string find_config(const ConfigRequest& request);

// Gives `command`, which was parsed, the options of the file: those of one
// value unless it has them, further ones to lists.  An error names file and
// line.
Status apply_config(const std::string& path, const ConfigRequest& request,
                    CLI::App& command);

// A glob of the file as one for the folder that is scanned: both are absolute,
// `from` is where the file stands.  Empty when it can fit nothing there.
std::string moved_glob(const std::string& glob, const std::string& from,
                       const std::string& to);

}  // namespace overreach
