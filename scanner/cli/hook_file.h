// The pre-commit hook of a repository: which file it is, what is known of it,
// and a new text for it.  Reads what others wrote, runs none of it.
#pragma once

#include <optional>
#include <string>

#include "scanner/base/result.h"
#include "scanner/git/hooks_folder.h"

namespace overreach {

struct HookFile {
  HooksFolder folder;
  std::string git_runs;  // path of what Git runs
  // Path of the text that belongs to the user: the same, but for husky, whose
  // own hook runs it.
  std::string path;
  // Not by its mode, as husky's own hook has it.
  bool is_run_by_shell = false;
  std::optional<std::string> text;  // nothing when there is no such file
  std::string real_path;            // behind a link
  bool leads_out = false;           // of its folder: somebody else's to change
  mode_t mode = 0;
};

// Fails for what is no file, for a link that leads to none, and as
// find_hooks_folder() does.
Result<HookFile> find_hook_file(const std::string& folder);

// Whether there is a folder that Git can look into.
bool has_hooks_folder(const HookFile& hook);

// What Git asks before it runs a hook.
bool is_executable(const std::string& path);

// Makes the folder of hooks if it is Git's own.  A new file gets the mode of a
// new program, an old one keeps its own.  REQUIRES: !hook.leads_out
Status write_hook(const HookFile& hook, const std::string& text);

}  // namespace overreach
