#include "scanner/match/stored.h"

#include <algorithm>

#include "scanner/base/text.h"
#include "scanner/match/assignment.h"
#include "scanner/match/file_kind.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr std::size_t kLeastBytes = 8;
constexpr std::size_t kMostBytes = 16 << 10;  // of a whole file that is one
constexpr std::string_view kReason =
    "the provider's tool keeps its log-in here";

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

std::uint8_t first_byte(std::string_view name) {
  return static_cast<std::uint8_t>(name.front());
}

std::uint64_t length_bit(std::string_view name) {
  return std::uint64_t{1} << name.size() % 64;
}

bool ends_in(std::string_view path, std::string_view end) {
  return path.ends_with(end) && (path.size() == end.size() ||
                                 path[path.size() - end.size() - 1] == '/');
}

void add(const ReaderInput& input, const StoredIndex::Row& row,
         std::size_t begin, std::size_t end, std::string_view key,
         Findings& out) {
  const std::string_view value = part(input, begin, end);
  if (value.size() < kLeastBytes || is_placeholder(value)) return;
  add_finding(input, row.rule, begin, end, Confidence::high, kReason, key, out);
  out.back().priority = kByStore;
}

void read_named(const ReaderInput& input, const StoredIndex::Row& row,
                std::string_view name, Findings& out) {
  const std::string_view text = input.text;
  for (std::size_t at = 0; (at = text.find(name, at)) != text.npos;) {
    const std::size_t begin = at;
    at += name.size();
    if ((begin > 0 && is_name_byte(text[begin - 1])) ||
        (at < text.size() && is_name_byte(text[at]))) {
      continue;
    }
    const auto found = read_assignment(text, begin, input.kind);
    if (!found || found->name != name) continue;
    add(input, row, found->begin, found->end, found->name, out);
  }
}

void read_whole(const ReaderInput& input, const StoredIndex::Row& row,
                Findings& out) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::string_view text = input.text;
  if (text.size() > kMostBytes) return;
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return;
  const std::size_t end = text.find_last_not_of(kBlank) + 1;
  if (text.substr(begin, end - begin).find_first_of(kBlank) != text.npos) {
    return;
  }
  add(input, row, begin, end, {}, out);
}

}  // namespace

StoredIndex::StoredIndex(const RuleSet& rules) {
  for (const TokenRule& rule : rules.tokens) {
    for (std::string_view text : rule.stored) {
      Row row{{}, {}, &rule};
      while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(std::min(space + 1, text.size()));
        if (row.path.empty()) {
          row.path = word;
        } else if (!word.empty()) {
          row.names.push_back(word);
        }
      }
      const std::string_view name = file_name(row.path);
      lengths_[first_byte(name)] |= length_bit(name);
      rows_[name].push_back(std::move(row));
    }
  }
}

std::vector<const StoredIndex::Row*> StoredIndex::of(
    std::string_view path, std::string_view name) const {
  std::vector<const Row*> found;
  if (name.empty() || !(lengths_[first_byte(name)] & length_bit(name))) {
    return found;
  }
  const auto rows = rows_.find(name);
  if (rows == rows_.end()) return found;
  for (const Row& row : rows->second) {
    if (ends_in(path, row.path)) found.push_back(&row);
  }
  return found;
}

void read_stored(const ReaderInput& input, Findings& out) {
  for (const StoredIndex::Row* const row :
       input.stored.of(input.path, input.name)) {
    if (row->path == ".netrc") continue;  // its names are hosts: read_files.cpp
    if (row->names.empty()) read_whole(input, *row, out);
    for (const std::string_view name : row->names) {
      read_named(input, *row, name, out);
    }
  }
}

}  // namespace overreach
