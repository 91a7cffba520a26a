// One reader a notation.  Each writes the entries of the writer's text, or of
// the part of it that is given; broken text gives what can be read.
#pragma once

#include <string_view>

#include "scanner/syntax/tree.h"
#include "scanner/syntax/writer.h"

namespace overreach {

// Line by line.
void read_dotenv(Writer& writer);
void read_ini(Writer& writer);
void read_properties(Writer& writer);
void read_netrc(Writer& writer);
void read_lines(Writer& writer);
void read_xml(Writer& writer);
void read_procfile(Writer& writer, Tree& tree);
void read_makefile(Writer& writer, Tree& tree);
void read_dockerfile(Writer& writer, Tree& tree);

// Documents of maps and lists: see structure.h.
void read_yaml(Writer& writer, Tree& tree);
void read_json(Writer& writer, Tree& tree);
void read_toml(Writer& writer, Tree& tree);

void read_hcl(Writer& writer, Tree& tree);

// Commands.  `text` is what the shell gets, as long as the bytes in the file
// from `base` on that it stands for.
void read_shell(Writer& writer, Tree& tree, std::string_view text,
                std::size_t base);

// The programming languages.
void read_code(Writer& writer, Tree& tree);

// Parses with the writer's language and notes what could not be read; that some
// of it is broken only where it `is_sure` to be in that language.
void parse(Writer& writer, Tree& tree, std::string_view text, std::size_t base,
           bool is_sure = true);

// A value of a notation without types: a boolean, number, null or nothing is a
// setting, all else a literal.
EntryKind kind_of_plain(std::string_view value);

// text[begin, end) without blanks at both ends.
Range trimmed(std::string_view text, std::size_t begin, std::size_t end);

// `range` without the quotes around it, if there are some.
Range unquoted(std::string_view text, Range range);

// Calls use(begin, end) for every line, without its end-of-line bytes.
template <class F>
void for_each_line(std::string_view text, const F& use) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t newline = text.find('\n', begin);
    const std::size_t next = newline == text.npos ? text.size() : newline + 1;
    std::size_t end = newline == text.npos ? text.size() : newline;
    if (end > begin && text[end - 1] == '\r') --end;
    use(begin, end);
    begin = next;
  }
}

}  // namespace overreach
