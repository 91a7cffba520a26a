// Sections and keys: .ini, .cfg, AWS profiles, Git's config; and the
// properties of Java, which have no sections but escapes and continued lines.

#include <algorithm>

#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

// `key = value ; comment` of an INI file.
void read_ini_line(Writer& writer, Range line) {
  const std::string_view text = writer.text();
  std::uint32_t at = line.begin;
  while (at < line.end && text[at] != '=' && text[at] != ':') ++at;
  if (at == line.end) return;
  const Range key = trimmed(text, line.begin, at);
  if (key.empty()) return;
  std::uint32_t end = at + 1;
  while (end < line.end && !((text[end] == ';' || text[end] == '#') &&
                             (text[end - 1] == ' ' || text[end - 1] == '\t'))) {
    ++end;
  }
  const Range written = trimmed(text, at + 1, end);
  const Range value = unquoted(text, written);
  const EntryKind kind = value.begin != written.begin
                             ? EntryKind::literal
                             : kind_of_plain(writer.slice(value));
  writer.templated({kind}, writer.slice(key), value, writer.slice(value));
}

// The text of a key or value of a properties file without its escapes.
std::string unescaped(std::string_view raw) {
  std::string value;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      value += raw[i];
      continue;
    }
    const char c = raw[++i];
    if (c == '\r' || c == '\n') {  // goes on in the next line
      while (i + 1 < raw.size() &&
             (raw[i + 1] == ' ' || raw[i + 1] == '\t' || raw[i + 1] == '\n')) {
        ++i;
      }
    } else {
      value += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
  }
  return value;
}

}  // namespace

void read_ini(Writer& writer) {
  const std::string_view text = writer.text();
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    const Range line = trimmed(text, begin, end);
    if (line.empty() || text[line.begin] == '#' || text[line.begin] == ';') {
      return;
    }
    if (text[line.begin] != '[') return read_ini_line(writer, line);
    const std::size_t close = text.substr(0, line.end).find(']', line.begin);
    if (close == text.npos) return;
    const Range name = trimmed(text, line.begin + 1, close);
    std::string section;
    append_segment(section, writer.slice(name));
    writer.set_section(section);
  });
}

void read_properties(Writer& writer) {
  const std::string_view text = writer.text();
  std::size_t joined = text.npos;  // where a continued line began
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    const bool goes_on = joined != text.npos;
    const std::size_t first = goes_on ? joined : begin;
    const Range line = trimmed(text, first, end);
    joined = text.npos;
    if (line.empty()) return;
    if (!goes_on && (text[line.begin] == '#' || text[line.begin] == '!')) {
      if (writer.slice(line).substr(1).starts_with("---")) {
        writer.next_document();
      }
      return;
    }
    std::size_t slashes = 0;
    while (slashes < line.end - line.begin &&
           text[line.end - 1 - slashes] == '\\') {
      ++slashes;
    }
    if (slashes % 2 == 1) {
      joined = first;
      return;
    }
    std::uint32_t at = line.begin;
    while (at < line.end && text[at] != '=' && text[at] != ':' &&
           text[at] != ' ' && text[at] != '\t') {
      at += text[at] == '\\' ? 2 : 1;
    }
    at = std::min(at, line.end);
    const std::string key = unescaped(text.substr(line.begin, at - line.begin));
    Range value = trimmed(text, at, line.end);
    if (!value.empty() &&
        (text[value.begin] == '=' || text[value.begin] == ':')) {
      value = trimmed(text, value.begin + 1, line.end);
    }
    const std::string plain = unescaped(writer.slice(value));
    // Dots are what indentation is in YAML.
    const std::size_t dot = key.rfind('.');
    std::string section;
    for (const std::string& segment :
         segments_of(key.substr(0, dot == key.npos ? 0 : dot))) {
      append_segment(section, segment);
    }
    writer.set_section(section);
    writer.templated({kind_of_plain(plain)}, key.substr(dot + 1), value, plain);
  });
}

}  // namespace overreach
