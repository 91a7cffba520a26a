// Words alone are not enough: "briefly " ends like a program, "_KEYRING" begins
// like the end of a variable, and what a comment speaks of is not done.  Of the
// Linux sources that leaves 22 of 76 scripts, with a fifth of their entries.

#include "scanner/syntax/script_relevance.h"

#include <algorithm>
#include <array>
#include <cstddef>

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

// Say what all of a script is about, wherever they stand.
constexpr auto kTopics =
    std::to_array<std::string_view>({"deploy", "production", "staging"});

// A backup is of interest by what makes it or where it goes; the word alone is
// an option of many programs.
constexpr std::string_view kBackup = "backup";
constexpr auto kBackupWords = std::to_array<std::string_view>({
    "-dump",  "-prod", "://",    ".prod", "BUCKET",  "PROD",   "S3_", "_prod",
    "azcopy", "borg",  "bucket", "bzip2", "gsutil",  "gzip",   "pg_", "prod-",
    "prod.",  "prod_", "rclone", "s3",    "sqlite3", "velero", "xz ", "zstd",
});

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_part_of_name(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_topic(std::string_view rest) {
  return std::any_of(
      kTopics.begin(), kTopics.end(),
      [&](std::string_view topic) { return rest.starts_with(topic); });
}

// Whether the word at `at` is one of its own, not a part of another.
bool is_whole(std::string_view text, std::size_t at) {
  constexpr std::string_view kKey = "_KEY";
  const std::string_view rest = text.substr(at);
  if (rest.starts_with(kKey)) {
    return rest.size() == kKey.size() || !is_letter(rest[kKey.size()]);
  }
  const bool is_program = rest.starts_with("aws ") ||
                          rest.starts_with("docker ") ||
                          rest.starts_with("fly ");
  return !is_program || at == 0 || !is_part_of_name(text[at - 1]);
}

// Tells which places are in lines that are comments.  Each is asked for behind
// the one before it, so that long lines are looked through once.
class Comments {
 public:
  explicit Comments(std::string_view text) : text_(text) { begin_line(0); }

  bool have(std::size_t at) {
    const std::string_view passed = text_.substr(asked_, at - asked_);
    const std::size_t newline = passed.rfind('\n');
    if (newline != passed.npos) begin_line(asked_ + newline + 1);
    asked_ = at;
    return is_comment_;
  }

 private:
  void begin_line(std::size_t begin) {
    const std::size_t first = text_.find_first_not_of(" \t", begin);
    is_comment_ = first != text_.npos && text_[first] == '#';
  }

  const std::string_view text_;
  std::size_t asked_ = 0;
  bool is_comment_ = false;
};

}  // namespace

bool script_may_matter(std::string_view text) {
  static const WordSearch kSearch(kWords);
  static const WordSearch kBackupSearch(kBackupWords);
  Comments comments(text);
  bool speaks_of_backups = false;
  for (std::size_t at = kSearch.find(text); at != text.npos;
       at = kSearch.find(text, at + 1)) {
    const std::string_view rest = text.substr(at);
    if (is_topic(rest)) return true;
    if (comments.have(at) || !is_whole(text, at)) continue;
    if (!rest.starts_with(kBackup)) return true;
    speaks_of_backups = true;
  }
  return speaks_of_backups && kBackupSearch.is_in(text);
}

}  // namespace overreach
