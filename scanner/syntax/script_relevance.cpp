// Words alone are not enough: "briefly " ends like a program, "_KEYRING" begins
// like the end of a variable, and what a comment or an echo speaks of is not
// done.  Of the scripts and Makefiles of Linux that leaves 16.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "scanner/syntax/relevance.h"
#include "scanner/syntax/word_search.h"

namespace overreach {
namespace {

constexpr auto kWords = std::to_array<std::string_view>({
    ".env",      "ENV=",     "DATABASE", "PASSW",      "SECRET",   "TOKEN",
    "_URL",      "_KEY",     "aider",    "aws ",       "backup",   "claude",
    "codex",     "deploy",   "docker ",  "doppler",    "dropdb",   "fly ",
    "flyctl",    "gcloud",   "heroku",   "infisical",  "kubectl",  "mongodump",
    "mysqldump", "netlify",  "pg_dump",  "pg_restore", "prisma",   "production",
    "psql",      "railway",  "restic",   "staging",    "supabase", "terraform",
    "vercel",    "wrangler",
});

// Say what a script is about, also as a part of a name.
constexpr auto kTopics =
    std::to_array<std::string_view>({"deploy", "production", "staging"});

// A backup is of interest by what makes it or where it goes; the word alone is
// an option of many programs.
constexpr std::string_view kBackup = "backup";
constexpr auto kBackupWords = std::to_array<std::string_view>({
    "-dump",  "-prod", "://",    ".prod", "BUCKET",  "PROD",   "S3_", "_prod",
    "azcopy", "borg",  "bucket", "bzip2", "gsutil",  "gzip",   "pg_", "prod-",
    "prod.",  "prod_", "rclone", "s3cmd", "sqlite3", "velero", "xz ", "zstd",
});

// Each is looked for in the whole text.
constexpr std::size_t kMostNames = 32;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_part_of_name(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_topic(std::string_view word) {
  return std::find(kTopics.begin(), kTopics.end(), word) != kTopics.end();
}

// For a reader only: @echo "  clean - remove backup files".
bool is_printed(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1;
  std::string_view line = text.substr(begin, text.find('\n', at) - begin);
  line.remove_prefix(std::min(line.find_first_not_of(" \t@"), line.size()));
  // Alone, with nothing that it is given to or that runs beside it.
  return (line.starts_with("echo ") || line.starts_with("printf ")) &&
         line.find_first_of("|>&;`") == line.npos &&
         line.find("$(") == line.npos;
}

// Of a function of the script, whose name says no more than its body does.
bool is_in_name_of_function(std::string_view text, std::size_t at) {
  std::size_t begin = at, end = at;
  while (begin > 0 && is_part_of_name(text[begin - 1])) --begin;
  while (end < text.size() && is_part_of_name(text[end])) ++end;
  const std::string header =
      std::string(text.substr(begin, end - begin)) + "()";
  for (std::size_t found = text.find(header); found != text.npos;
       found = text.find(header, found + 1)) {
    std::string_view before = text.substr(0, found);
    constexpr std::string_view kFunction = "function ";
    if (before.ends_with(kFunction)) before.remove_suffix(kFunction.size());
    if (before.empty() || before.ends_with('\n')) return true;
  }
  return false;
}

// Whether `word`, which begins at `at`, is no part of another.
bool is_whole(std::string_view text, std::size_t at, std::string_view word) {
  const std::size_t end = at + word.size();
  if (word == "_KEY") {
    const std::string_view behind = text.substr(end, 2);
    if (behind.starts_with('_')) return is_letter(behind.back());
    return behind.empty() || !is_letter(behind.front());
  }
  const bool is_program = word.ends_with(' ');
  return !is_program || at == 0 || !is_part_of_name(text[at - 1]);
}

}  // namespace

bool script_may_matter(Language language, std::string_view text) {
  static const WordSearch kSearch(kWords);
  static const WordSearch kBackupSearch(kBackupWords);
  CommentLines comments(text, language);
  bool speaks_of_backups = false;
  std::size_t names = 0;
  for (std::size_t at = kSearch.find(text); at != text.npos;
       at = kSearch.find(text, at + 1)) {
    const std::string_view word = kSearch.word_at(text, at);
    if (comments.have(at) || !is_whole(text, at, word)) continue;
    if (is_topic(word)) {
      if (is_printed(text, at)) continue;
      if (++names > kMostNames || !is_in_name_of_function(text, at))
        return true;
      continue;
    }
    if (word != kBackup) return true;
    if (language == Language::makefile && is_printed(text, at)) continue;
    speaks_of_backups = true;
  }
  return speaks_of_backups && kBackupSearch.is_in(text);
}

}  // namespace overreach
