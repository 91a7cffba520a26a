// The text of a pre-commit hook, and our lines in it: between two marks, so
// that they can be found again, renewed and taken out.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

enum class HookLines {
  none,
  current,  // as this version writes them, whichever program installed them
  other,    // of another version, or changed by hand
  broken,   // the marks do not pair
};

// Our lines.  They run the program on the PATH, else the one at this absolute
// path; where neither is there, they warn and let the commit go on.  They work
// in every descendant of the Bourne shell, under `set -eu`, too, and leave what
// follows them to run when nothing was found.
std::string hook_lines(std::string_view program);

HookLines find_hook_lines(std::string_view hook);

// Whether the first line has a shell run it that understands our lines.
bool is_shell_script(std::string_view hook);

// The lines stand where they stood before, once; else as early as can be, so
// that no `exec` or `exit` comes before them: behind the first line, or behind
// that by which husky starts the hook a second time.
// REQUIRES: the marks pair
std::string with_hook_lines(std::string_view hook, std::string_view lines);
std::string without_hook_lines(std::string_view hook);

// Whether nothing is left that somebody else wrote.
bool is_empty_hook(std::string_view hook);

// Whether a line that is no comment of a shell or of YAML names the program.
bool names_overreach(std::string_view text);

}  // namespace overreach
