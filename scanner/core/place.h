// Where something stands: source, path, line and column, who can read it there,
// and to which environment the place belongs.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// Where a place can be read.  `untracked` also stands for every file outside a
// Git work tree.
enum class Exposure {
  tracked,
  staged,
  history,
  untracked,
  ignored,
  home,
  process
};

enum class EnvironmentClass {
  unknown,
  local,
  development,
  test,
  preview,
  staging,
  nonprod,
  production
};

std::string_view to_string(Exposure value);
std::string_view to_string(EnvironmentClass value);
// Absent for a word that is none of the class's.
std::optional<EnvironmentClass> parse_environment(std::string_view word);

inline constexpr std::string_view kProcessEnvironment = "process environment";

// Lines of a text, counted from 1.
struct Lines {
  std::uint32_t first = 1, last = 1;

  friend auto operator<=>(const Lines&, const Lines&) = default;
};

// Where one occurrence stands.  Lines and columns count from 1, columns in
// bytes of the decoded (UTF-8) text; the end is just behind the last byte.
struct Place {
  // Relative to the scanned root, with '/'; bytes, not text.  Of a file below
  // the home folder "~/..."; for the process environment kProcessEnvironment.
  std::string path;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t end_line = 1;
  std::uint32_t end_column = 1;
  std::string key;  // the name it is assigned to, if any
  // What was read: "tree", "index", "stdin"; of commits "commit" (a range),
  // "history", "message" (of a commit or tag) or "name" (of a file); "git" for
  // the settings of the repository; "home" and "process" (its variables)
  // for what stands around it.
  std::string source;
  Exposure exposure = Exposure::untracked;
  EnvironmentClass environment = EnvironmentClass::unknown;
  // Of what was read from commits: the one that brought it, 40 or 64 hex
  // digits, "name <address>", UTC as 2024-01-02T03:04:05Z.
  std::string commit, author, date;
  // Of a history: whether HEAD still has it, and some of the refs that lead to
  // it with the number of the others.
  std::optional<bool> in_head;
  std::vector<std::string> refs;
  std::uint64_t more_refs = 0;
  std::string part;  // rule of the part of the credential that stands here
  std::string note;  // of a crossing: what stands here, a clause
};

}  // namespace overreach
