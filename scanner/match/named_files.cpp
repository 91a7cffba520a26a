#include "scanner/match/named_files.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "scanner/base/wildmatch.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"

namespace overreach {
namespace {

constexpr std::string_view kAnyFolder = "**/";

std::uint8_t last_byte(std::string_view text) {
  return static_cast<std::uint8_t>(text.back());
}

bool ends_in_wildcard(std::string_view glob) {
  return std::string_view("*?]").find(glob.back()) != std::string_view::npos;
}

bool has_all(std::string_view text,
             const std::vector<std::string_view>& words) {
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != text.npos;
  });
}

}  // namespace

NamedFiles::NamedFiles(const RuleSet& rules) {
  for (const TokenRule& rule : rules.tokens) {
    if (rule.finder != Finder::file) continue;
    for (std::string_view path : rule.paths) {
      while (path.starts_with(kAnyFolder)) {
        path.remove_prefix(kAnyFolder.size());
      }
      if (path.empty()) continue;
      std::string glob(path);
      if (path.find('/') != path.npos) glob.insert(0, kAnyFolder);
      if (ends_in_wildcard(glob)) {
        last_bytes_.set();
      } else {
        last_bytes_.set(last_byte(glob));
      }
      rows_.push_back({std::move(glob), &rule});
    }
  }
}

std::vector<const TokenRule*> NamedFiles::of(std::string_view path,
                                             std::string_view name) const {
  std::vector<const TokenRule*> found;
  if (name.empty() || !last_bytes_[last_byte(name)]) return found;
  for (const Row& row : rows_) {
    if (!found.empty() && found.back() == row.rule) continue;
    const bool is_of_name = row.glob.find('/') == row.glob.npos;
    if (wildmatch(row.glob, is_of_name ? name : path, false)) {
      found.push_back(row.rule);
    }
  }
  return found;
}

void read_named_file(const ReaderInput& input, Findings& out) {
  if (input.text.empty()) return;
  for (const TokenRule* const rule :
       input.named_files.of(input.path, input.name)) {
    if (!has_all(input.text, rule->context)) continue;
    add_finding(input, rule, 0, input.text.size(), rule->confidence,
                "the file is a secret by its name", {}, out);
  }
}

}  // namespace overreach
