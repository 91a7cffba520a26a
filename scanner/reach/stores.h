// Where tools keep their log-ins: a row each, first on Linux, then what macOS
// and Windows have elsewhere, for a home folder of theirs.  From the tools' own
// sources and documentation.
#pragma once

#include <span>
#include <string_view>

#include "scanner/core/surroundings.h"

namespace overreach {

struct Store {
  std::string_view tool;
  // The folder: "~/" is the home folder, "./" the one the program starts in;
  // {config}, {data}, {cache}, {state} and {runtime} are the user's (XDG).
  std::string_view folder;
  // Names in it, separated by spaces; '*' is any text in a name, "**" any
  // number of folders.
  std::string_view files;
  // A variable that names another folder (with '/' at its end) or the files
  // themselves, separated by ':'.  What lies at the usual place counts too: it
  // can be read.  May be empty.
  std::string_view variable;
  std::string_view holds;  // a clause
  Extent extent;           // by default, of what it holds
};

std::span<const Store> stores();

}  // namespace overreach
