// Which paths of a work tree the user means: those below the paths he named
// and not excluded.  Paths are relative to the root of the work tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/walk/ignore.h"

namespace overreach {

class Selection {
 public:
  // `root`: of the work tree, absolute and without symbolic links.  `paths`:
  // relative to the current folder or absolute, and may be gone from the work
  // tree; none means all.  Fails for a path outside of the work tree.
  static Result<Selection> make(std::string_view root,
                                const std::vector<std::string>& paths,
                                const std::vector<std::string>& excludes);

  // `path` is `folder` or lies below it; the empty folder holds everything.
  static bool is_below(std::string_view path, std::string_view folder);

  bool contains(std::string_view path) const;
  // Whether something below the folder may be contained, or it is itself.
  bool touches(std::string_view folder) const;
  // As in `paths`, but relative to the root; empty for the root itself.
  const std::vector<std::string>& selected() const { return selected_; }

 private:
  explicit Selection(const std::vector<std::string>& excludes);
  bool is_excluded(std::string_view path) const;

  std::vector<std::string> selected_;
  IgnoreLevel excludes_;
};

// The folder that is `path` or holds it, or the nearest above that exists.
std::string existing_folder(const std::string& path);

}  // namespace overreach
