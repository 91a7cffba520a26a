#include "scanner/pipeline/gitleaks_ignore.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "scanner/base/whole_file.h"

namespace overreach {
namespace {

bool is_commit(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Takes what stands behind the last ':' off the text.
std::string_view take_last(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return {};
  const std::string_view last = text.substr(colon + 1);
  text.remove_suffix(text.size() - colon);
  return last;
}

}  // namespace

void GitleaksIgnore::read(const std::string& folder, std::string_view from,
                          std::string_view to) {
  const std::string path = folder + "/.gitleaksignore";
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return;
  add(read_file(path).value_or(""), from, to);
}

void GitleaksIgnore::add(std::string_view text, std::string_view from,
                         std::string_view to) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    add_line(line, from, to);
  }
}

void GitleaksIgnore::add_line(std::string_view line, std::string_view from,
                              std::string_view to) {
  Fingerprint fingerprint{};
  const std::string_view number = take_last(line);
  const char* const end = number.data() + number.size();
  const auto [after, failed] =
      std::from_chars(number.data(), end, fingerprint.line);
  const std::string_view rule = take_last(line);
  if (failed != std::errc() || after != end || rule.empty()) return;
  const TokenRule* const ours = rules_.find(rule);
  if (ours && ours->provider != "generic") fingerprint.rule = rule;
  const std::size_t colon = line.find(':');
  if (colon != line.npos && is_commit(line.substr(0, colon))) {
    fingerprint.commit = line.substr(0, colon);
    line.remove_prefix(colon + 1);
  }
  if (line.starts_with("./")) line.remove_prefix(2);
  if (!line.starts_with(from)) return;
  line.remove_prefix(from.size());
  by_path_[std::string(to).append(line)].push_back(std::move(fingerprint));
}

bool GitleaksIgnore::allows(const Place& place, std::string_view rule) const {
  const auto found = by_path_.find(place.path);
  if (found == by_path_.end()) return false;
  return std::any_of(
      found->second.begin(), found->second.end(),
      [&](const Fingerprint& fingerprint) {
        return fingerprint.line == place.line &&
               (fingerprint.rule.empty() || fingerprint.rule == rule) &&
               (fingerprint.commit.empty() || place.commit.empty() ||
                fingerprint.commit == place.commit);
      });
}

}  // namespace overreach
