#include "scanner/pipeline/baseline.h"

#include <algorithm>
#include <ctime>

#include "scanner/base/text.h"
#include "scanner/base/whole_file.h"

namespace overreach {
namespace {

constexpr std::string_view kHead =
    "# Findings that overreach knows and does not report (--baseline).\n"
    "# Behind the rule: until=YYYY-MM-DD ends an entry; else what you like.\n";
constexpr std::string_view kUntil = "until=";
constexpr std::size_t kIdSize = 16;
constexpr std::size_t kDateSize = 10;

bool is_id(std::string_view word) {
  return word.size() == kIdSize &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return hex_value(c) >= 0 && lower_letter(c) == c;
         });
}

bool is_date(std::string_view text) {
  if (text.size() != kDateSize || text[4] != '-' || text[7] != '-') {
    return false;
  }
  return std::count_if(text.begin(), text.end(), is_digit) == 8;
}

// "2027-01-31"
std::string today(std::int64_t now) {
  const auto seconds = static_cast<std::time_t>(now);
  std::tm time{};
  ::gmtime_r(&seconds, &time);
  char text[kDateSize + 1];
  std::strftime(text, sizeof text, "%Y-%m-%d", &time);
  return text;
}

std::vector<std::string_view> words_of_line(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t end = std::min(line.find(' ', i), line.size());
    if (end > i) words.push_back(line.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

}  // namespace

Result<Baseline> Baseline::read(const std::string& path, std::int64_t now) {
  const auto text = read_file(path);
  if (!text) return fail("--baseline " + text.error().text);
  return parse(*text, path, now);
}

Result<Baseline> Baseline::parse(std::string_view text, const std::string& path,
                                 std::int64_t now) {
  const std::string date = today(now);
  Baseline baseline;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto wrong = [&](const std::string& what) {
      return fail("--baseline " + path + ":" + std::to_string(number) + ": " +
                  what);
    };
    const auto words = words_of_line(line);
    if (words.size() < 2 || !is_id(words[0])) {
      return wrong(
          "is no entry: must be an id of 16 hexadecimal digits and a "
          "rule");
    }
    Entry entry{std::string(line)};
    for (const std::string_view word : words) {
      if (!word.starts_with(kUntil)) continue;
      const std::string_view until = word.substr(kUntil.size());
      if (!is_date(until)) return wrong("until= needs a date like 2027-01-31");
      entry.has_ended = until <= date;
    }
    baseline.entries_.insert_or_assign(std::string(words[0]), entry);
  }
  return baseline;
}

bool Baseline::knows(const std::string& id) {
  const auto at = entries_.find(id);
  if (at == entries_.end()) return false;
  at->second.is_found = true;
  return !at->second.has_ended;
}

std::vector<std::string> Baseline::unused() const {
  std::vector<std::string> lines;
  for (const auto& [id, entry] : entries_) {
    if (!entry.is_found) lines.push_back(entry.line);
  }
  return lines;
}

std::string Baseline::with(const Report& report) const {
  std::map<std::string, std::string> lines;
  for (const Credential& credential : report.credentials) {
    lines.emplace(credential.id, credential.id + " " + credential.rule);
  }
  for (const Crossing& crossing : report.crossings) {
    lines.emplace(crossing.id, crossing.id + " " + crossing.kind);
  }
  for (const auto& [id, entry] : entries_) {
    const bool may_be_there = entry.is_found || !report.complete;
    if (may_be_there && !entry.has_ended) lines.emplace(id, entry.line);
  }
  std::string text(kHead);
  for (const auto& [id, line] : lines) text += line + "\n";
  return text;
}

}  // namespace overreach
