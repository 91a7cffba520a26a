// Programs that own a repository's hooks: they write the hook file themselves
// and say in a file of their own what it runs.  husky is none of them here, it
// leaves the hook to its user.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

struct HookManager {
  std::string_view name;
  std::string_view start;               // puts its hook in place
  std::vector<std::string_view> marks;  // what the hooks it writes contain
  std::vector<std::string_view> files;  // below the root of the work tree
  std::string_view lines;               // to add to such a file, for overreach
};

struct FoundManager {
  const HookManager* manager = nullptr;  // lives forever
  std::string file;                      // from the root; empty: none is there
  std::string text;                      // of the file
};

// The one that wrote this hook, with its file if it has one.
std::optional<FoundManager> manager_of_hook(std::string_view hook,
                                            const std::string& work_tree);

// The one whose file is there, whether or not it has put its hook in place.
std::optional<FoundManager> manager_of_tree(const std::string& work_tree);

}  // namespace overreach
