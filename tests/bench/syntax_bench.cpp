// syntax_bench FOLDER...: what reading the entries of a tree costs, a row a
// language, in processor time; and what texts cost that were made to be slow.
// Prints Markdown.

#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::size_t files = 0, left_out = 0, bytes = 0, entries = 0, noted = 0;
  double seconds = 0, longest = 0;
  std::string longest_file;
};

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void measure(Syntax& syntax, Language language, const std::string& path,
             const std::string& text, Row& row) {
  const double start = processor_seconds();
  const bool is_read = may_matter(language, path, text);
  EntryList list;
  if (is_read) list = syntax.entries(language, text);
  const double seconds = processor_seconds() - start;
  row.seconds += seconds;
  if (!is_read) {
    ++row.left_out;
    return;
  }
  ++row.files;
  row.bytes += text.size();
  row.entries += list.entries().size();
  row.noted += list.notes.empty() ? 0 : 1;
  if (seconds > row.longest) {
    row.longest = seconds;
    row.longest_file = path;
  }
}

void measure_folder(const char* folder) {
  std::map<Language, Row> rows;
  Syntax syntax;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    const std::string path = entry.path().string();
    const Language language = language_of(path);
    if (language == Language::none) continue;
    measure(syntax, language, path, read_file(entry.path()), rows[language]);
  }
  std::printf("\n%s\n\n", folder);
  std::puts(
      "| language | parsed | left out | MB | s | MB/s | entries | noted | "
      "longest |");
  std::puts("|---|---|---|---|---|---|---|---|---|");
  double total = 0;
  for (const auto& [language, row] : rows) {
    const double megabytes = static_cast<double>(row.bytes) / 1e6;
    total += row.seconds;
    std::printf(
        "| %s | %zu | %zu | %.2f | %.3f | %.1f | %zu | %zu | %.3f s %s |\n",
        std::string(to_string(language)).c_str(), row.files, row.left_out,
        megabytes, row.seconds, megabytes / (row.seconds + 1e-9), row.entries,
        row.noted, row.longest, row.longest_file.c_str());
  }
  std::printf("\nTogether %.2f s.\n", total);
}

// A megabyte of one piece.
constexpr auto kHostile = std::to_array<std::string_view>(
    {"[", "{\"a\":", "(", "${", "{{", "a: &b\n", "- ", "<a ", "\"", "'", "`",
     "if (", "a = b\n", "$(", "\\\n", "<<E\n", "#{", "x?", "a||"});

void measure_hostile() {
  constexpr std::size_t kBytes = std::size_t{1} << 20;
  Syntax syntax;
  std::puts(
      "\nHostile, 1 MB each\n\n| language | longest, s | piece "
      "|\n|---|---|---|");
  for (int i = 1; i <= static_cast<int>(Language::csharp); ++i) {
    const auto language = static_cast<Language>(i);
    double longest = 0;
    std::string_view worst;
    for (const std::string_view piece : kHostile) {
      std::string text;
      while (text.size() < kBytes) text += piece;
      const double start = processor_seconds();
      syntax.entries(language, text);
      const double seconds = processor_seconds() - start;
      if (seconds > longest) {
        longest = seconds;
        worst = piece;
      }
    }
    std::string shown(worst);
    if (shown.ends_with('\n')) shown.replace(shown.size() - 1, 1, "\\n");
    std::printf("| %s | %.2f | `%s` |\n",
                std::string(to_string(language)).c_str(), longest,
                shown.c_str());
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace overreach

int main(int count, char** arguments) {
  for (int i = 1; i < count; ++i) overreach::measure_folder(arguments[i]);
  overreach::measure_hostile();
}
