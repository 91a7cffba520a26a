// Dockerfile: ENV and ARG, the commands of RUN, CMD and ENTRYPOINT, and what is
// copied in.  A stage is a section.

#include <algorithm>
#include <string>

#include "scanner/base/text.h"
#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class DockerfileReader {
 public:
  DockerfileReader(Writer& writer, Tree& tree)
      : writer_(writer), tree_(tree), text_(writer.text()) {}

  void read() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = instruction_end(at);
      read_instruction(trimmed(text_, at, end));
      at = end + 1;
    }
  }

 private:
  // Where the line ends that has no '\' at its end.
  std::size_t instruction_end(std::size_t at) const {
    while (true) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      const Range line = trimmed(text_, at, end);
      const bool is_comment = !line.empty() && text_[line.begin] == '#';
      const bool goes_on = !line.empty() && text_[line.end - 1] == '\\';
      if (end == text_.size() || is_comment || !goes_on) return end;
      at = behind_comments(end + 1);
    }
  }

  // Lines of comment inside an instruction do not end it.
  std::size_t behind_comments(std::size_t at) const {
    while (at < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      const Range line = trimmed(text_, at, end);
      if (line.empty() || text_[line.begin] != '#') break;
      at = std::min(end + 1, text_.size());
    }
    return at;
  }

  void read_instruction(Range line) {
    if (line.empty() || text_[line.begin] == '#') return;
    std::uint32_t at = line.begin;
    while (at < line.end && !is_space(text_[at])) ++at;
    const std::string name = upper_case(writer_.slice({line.begin, at}));
    const Range rest = trimmed(text_, at, line.end);
    if (rest.empty()) return;
    if (name == "FROM") return read_from(rest);
    if (name == "ENV" || name == "LABEL") {
      return read_pairs(rest, EntryKind::literal);
    }
    if (name == "ARG") return read_pairs(rest, EntryKind::default_argument);
    if (name == "RUN") return read_command(name, rest);
    if (name == "CMD" || name == "ENTRYPOINT") {
      return text_[rest.begin] == '[' ? read_words(name, rest)
                                      : read_command(name, rest);
    }
    if (name == "COPY" || name == "ADD") return read_words(name, rest);
    if (name == "USER" || name == "WORKDIR" || name == "EXPOSE" ||
        name == "VOLUME") {
      writer_.templated({EntryKind::setting}, name, rest, writer_.slice(rest));
    }
  }

  // FROM image AS stage
  void read_from(Range rest) {
    const std::string_view words = writer_.slice(rest);
    const std::size_t as = upper_case(words).find(" AS ");
    std::string stage;
    if (as != words.npos) {
      const Range name = trimmed(text_, rest.begin + as + 4, rest.end);
      append_segment(stage, writer_.slice(name));
    }
    writer_.set_section(stage);
    const Range image =
        trimmed(text_, rest.begin,
                as == words.npos ? rest.end
                                 : rest.begin + static_cast<std::uint32_t>(as));
    writer_.templated({EntryKind::literal}, "FROM", image,
                      writer_.slice(image));
  }

  // NAME=value NAME="a value", or the old form: NAME value.
  void read_pairs(Range rest, EntryKind kind) {
    for (std::uint32_t at = rest.begin; at < rest.end;) {
      const std::uint32_t begin = at;
      while (at < rest.end && text_[at] != '=' && !is_space(text_[at])) ++at;
      const std::string_view key = writer_.slice({begin, at});
      Range value{at, at};
      if (at < rest.end && text_[at] == '=') {
        value = {at + 1, word_end(at + 1, rest.end)};
      } else if (kind == EntryKind::literal && begin == rest.begin) {
        value = trimmed(text_, at, rest.end);
      }
      at = std::max(at, value.end);
      value = unquoted(text_, value);
      if (!key.empty() && key != "\\") {
        const bool is_setting = kind == EntryKind::literal || value.empty();
        writer_.templated(
            {is_setting ? kind_of_plain(writer_.slice(value)) : kind}, key,
            value, writer_.slice(value));
      }
      while (at < rest.end && (is_space(text_[at]) || text_[at] == '\\')) ++at;
    }
  }

  std::uint32_t word_end(std::uint32_t at, std::uint32_t end) const {
    char quote = '\0';
    for (; at < end; ++at) {
      const char c = text_[at];
      if (c == '\\') {
        ++at;
      } else if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (is_space(c)) {
        break;
      }
    }
    return std::min(at, end);
  }

  void read_command(std::string_view name, Range rest) {
    const Writer::Section section(writer_, name);
    read_shell(writer_, tree_, writer_.slice(rest), rest.begin);
  }

  // The words of COPY, or of ["a", "b"].
  void read_words(std::string_view name, Range rest) {
    const Writer::Group group(writer_);
    for (std::uint32_t at = rest.begin; at < rest.end; ++at) {
      const char c = text_[at];
      if (is_space(c) || c == ',' || c == '[' || c == ']' || c == '\\')
        continue;
      std::uint32_t end = word_end(at, rest.end);
      while (end > at + 1 && (text_[end - 1] == ',' || text_[end - 1] == ']')) {
        --end;
      }
      const Range word = unquoted(text_, {at, end});
      writer_.templated({EntryKind::command_argument}, name, word,
                        writer_.slice(word));
      at = end;
    }
  }

  Writer& writer_;
  Tree& tree_;
  const std::string_view text_;
};

}  // namespace

void read_dockerfile(Writer& writer, Tree& tree) {
  DockerfileReader(writer, tree).read();
}

}  // namespace overreach
