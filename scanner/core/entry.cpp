#include "scanner/core/entry.h"

#include <algorithm>
#include <cstring>

namespace overreach {
namespace {

// Most files have few entries; the chunks of others grow up to 16 times.
constexpr std::size_t kFirstChunkBytes = std::size_t{1} << 10;

bool needs_quotes(std::string_view segment) {
  return segment.empty() || segment.find_first_of(".\"") != segment.npos;
}

}  // namespace

void append_segment(std::string& path, std::string_view segment) {
  if (!path.empty()) path += '.';
  if (!needs_quotes(segment)) {
    path += segment;
    return;
  }
  path += '"';
  for (const char c : segment) {
    if (c == '"' || c == '\\') path += '\\';
    path += c;
  }
  path += '"';
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < path.size(); ++at) {  // skips the '.'
    std::string& segment = result.emplace_back();
    if (path[at] != '"') {
      const std::size_t end = std::min(path.find('.', at), path.size());
      segment = path.substr(at, end - at);
      at = end;
      continue;
    }
    for (++at; at < path.size() && path[at] != '"'; ++at) {
      if (path[at] == '\\' && at + 1 < path.size()) ++at;
      segment += path[at];
    }
    ++at;  // behind the quote
  }
  return result;
}

std::string_view EntryList::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > room_) {
    const std::size_t grown = kFirstChunkBytes
                              << std::min<std::size_t>(chunks_.size(), 4);
    const std::size_t bytes = std::max(grown, text.size());
    chunks_.push_back(std::make_unique<char[]>(bytes));
    next_ = chunks_.back().get();
    room_ = bytes;
  }
  std::memcpy(next_, text.data(), text.size());
  const std::string_view kept(next_, text.size());
  next_ += text.size();
  room_ -= text.size();
  return kept;
}

std::string_view EntryList::keep_path(std::string_view section,
                                      std::string_view key,
                                      std::uint32_t& key_bytes) {
  std::string path(section);
  append_segment(path, key);
  key_bytes = static_cast<std::uint32_t>(path.size() - section.size() -
                                         (section.empty() ? 0 : 1));
  if (!entries_.empty() && entries_.back().path == path) {
    return entries_.back().path;  // the words of one command
  }
  return keep(path);
}

std::uint32_t EntryList::add(Entry entry, std::string_view section,
                             std::string_view key) {
  entry.path = keep_path(section, key, entry.key_bytes);
  const std::string_view written =
      entry.path.substr(entry.path.size() - entry.key_bytes);
  entry.key = written == key ? written : keep(key);
  entry.names = keep(entry.names);
  entry.value = SecretView(keep(entry.value.reveal()));
  entries_.push_back(entry);
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

std::string_view to_string(Language value) {
  constexpr std::string_view kNames[] = {
      "none", "dotenv",   "ini",      "properties", "netrc",      "lines",
      "xml",  "procfile", "makefile", "dockerfile", "yaml",       "json",
      "toml", "hcl",      "bash",     "python",     "javascript", "typescript",
      "tsx",  "go",       "ruby",     "java",       "php",        "csharp"};
  return kNames[static_cast<std::size_t>(value)];
}

std::string_view to_string(EntryKind value) {
  constexpr std::string_view kNames[] = {
      "literal",  "setting",          "reference",
      "fallback", "default-argument", "command-argument"};
  return kNames[static_cast<std::size_t>(value)];
}

std::string_view to_string(Target value) {
  constexpr std::string_view kNames[] = {"nothing",  "environment", "secret",
                                         "variable", "resource",    "file"};
  return kNames[static_cast<std::size_t>(value)];
}

}  // namespace overreach
