// What .gitignore files say.  A chain of levels, one per ignore file, from the
// deepest folder up; shared and const once built.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

class IgnoreLevel {
 public:
  // `text` is an ignore file that lies in the folder `base`: a path relative
  // to the root of the work tree, empty or ending in '/'.  `parent` is asked
  // where this level says nothing.
  IgnoreLevel(std::string_view text, std::string base,
              std::shared_ptr<const IgnoreLevel> parent, bool ignore_case);

  // `path` is relative to the root of the work tree and lies below `base`.
  // REQUIRES: no folder above it is ignored (Git does not look in there).
  bool is_ignored(std::string_view path, bool is_directory) const;

  bool empty() const { return patterns_.empty(); }

 private:
  struct Pattern {
    std::string glob;
    bool negated = false;
    bool directory_only = false;
    bool by_name = false;     // no slash: fits the last part of the path
    bool is_literal = false;  // nothing special in it
    bool is_suffix = false;   // "*.o": only the end counts
  };

  void add(std::string_view line);
  bool fits(const Pattern& pattern, std::string_view path,
            std::string_view name) const;
  std::optional<bool> decide(std::string_view path, bool is_directory) const;

  std::vector<Pattern> patterns_;
  const std::string base_;
  const std::shared_ptr<const IgnoreLevel> parent_;
  const bool ignore_case_;
};

}  // namespace overreach
