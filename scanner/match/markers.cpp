#include "scanner/match/markers.h"

#include <array>

#include "scanner/match/lines.h"
#include "scanner/match/match.h"

namespace overreach {
namespace {

constexpr auto kMarkers = std::to_array<std::string_view>(
    {"gitleaks:allow", "betterleaks:allow", "trufflehog:ignore",
     "kingfisher:ignore", "pragma: allowlist secret",
     "pragma: whitelist secret"});
constexpr auto kNextLineMarkers = std::to_array<std::string_view>(
    {"pragma: allowlist nextline secret", "overreach:allow-next-line"});
constexpr std::string_view kOurs = "overreach:allow";
constexpr std::string_view kNextLine = "-next-line";
constexpr std::string_view kIdCharacters =
    "abcdefghijklmnopqrstuvwxyz0123456789-*/,";

bool fits(std::string_view glob, std::string_view id) {
  return glob.ends_with('*') ? id.starts_with(glob.substr(0, glob.size() - 1))
                             : glob == id;
}

// Behind our marker, or the one for the next line, may stand the rules it is
// for; a word without a dash or a star is the beginning of a reason.
bool ours_covers(std::string_view line, std::size_t at, std::string_view rule) {
  std::string_view rest = line.substr(at + kOurs.size());
  if (rest.starts_with(kNextLine)) rest.remove_prefix(kNextLine.size());
  const std::size_t begin = rest.find_first_not_of(" \t=:");
  if (begin == rest.npos) return true;
  rest = rest.substr(begin);
  std::string_view list = rest.substr(0, rest.find_first_not_of(kIdCharacters));
  if (list.find_first_of("-*") == list.npos) return true;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (fits(list.substr(0, comma), rule)) return true;
    if (comma == list.npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

bool line_allows(std::string_view line, std::string_view rule) {
  for (const std::string_view marker : kMarkers) {
    if (line.find(marker) != line.npos) return true;
  }
  const std::size_t ours = line.find(kOurs);
  return ours != line.npos &&
         !line.substr(ours + kOurs.size()).starts_with(kNextLine) &&
         ours_covers(line, ours, rule);
}

}  // namespace

bool is_allowed(std::string_view line, std::string_view id) {
  const std::size_t ours = line.find(kOurs);
  return ours != line.npos && ours_covers(line, ours, id);
}

bool has_allow_marker(std::string_view text, std::size_t begin, std::size_t end,
                      std::string_view rule) {
  if (line_allows(line_around(text, begin), rule)) return true;
  if (end > begin && line_allows(line_around(text, end - 1), rule)) return true;
  const std::size_t line = line_begin(text, begin);
  if (line == 0) return false;
  const std::string_view before = line_around(text, line - 1);
  for (const std::string_view marker : kNextLineMarkers) {
    if (before.find(marker) != before.npos) return true;
  }
  return false;
}

}  // namespace overreach
