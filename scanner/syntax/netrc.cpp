// Notations without keys: ~/.netrc, words of which some are keys and a machine
// is a section; and a value a line.

#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

void read_netrc(Writer& writer) {
  const std::string_view text = writer.text();
  std::size_t at = 0;
  const auto word = [&] {
    while (at < text.size() && is_space(text[at])) ++at;
    const auto begin = static_cast<std::uint32_t>(at);
    while (at < text.size() && !is_space(text[at])) ++at;
    return Range{begin, static_cast<std::uint32_t>(at)};
  };
  for (Range range = word(); !range.empty(); range = word()) {
    const std::string_view key = writer.slice(range);
    if (key.starts_with('#')) {
      at = std::min(text.find('\n', range.begin), text.size());
    } else if (key == "macdef") {  // until an empty line
      at = std::min(text.find("\n\n", at), text.size());
    } else if (key == "default") {
      writer.set_section("default");
    } else if (key == "machine") {
      std::string section;
      append_segment(section, writer.slice(word()));
      writer.set_section(section);
    } else if (key == "login" || key == "password" || key == "account") {
      const Range value = unquoted(text, word());
      writer.add({EntryKind::literal}, key, value);
    }
  }
}

// By their number from 0; '#' begins a comment.
void read_lines(Writer& writer) {
  const std::string_view text = writer.text();
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t newline = std::min(text.find('\n', begin), text.size());
    std::size_t end = newline;
    while (begin < end && is_space(text[begin])) ++begin;
    while (end > begin && is_space(text[end - 1])) --end;
    if (begin < end && text[begin] != '#') {
      writer.add(
          {EntryKind::literal}, std::to_string(count++),
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    begin = newline + 1;
  }
}

}  // namespace overreach
