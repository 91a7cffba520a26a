// NAME=value a line, as the dotenv libraries read it: `export` in front,
// quotes of three kinds that may span lines, and comments behind a blank.

#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

// Of a quoted value; a quote that stands alone must not swallow the file.
constexpr std::size_t kMaxQuotedBytes = std::size_t{64} << 10;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

class DotenvReader {
 public:
  explicit DotenvReader(Writer& writer)
      : writer_(writer), text_(writer.text()) {}

  void read() {
    for (std::size_t at = 0; at < text_.size();) at = read_line(at);
  }

 private:
  // Returns where the next line begins, which may be several lines on.
  std::size_t read_line(std::size_t begin) {
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    std::size_t at = trimmed(text_, begin, end).begin;
    constexpr std::string_view kExport = "export ";
    if (text_.substr(at, end - at).starts_with(kExport)) {
      at = trimmed(text_, at + kExport.size(), end).begin;
    }
    const std::size_t name = at;
    while (at < end && is_name_byte(text_[at])) ++at;
    const std::string_view key = text_.substr(name, at - name);
    at = trimmed(text_, at, end).begin;
    if (key.empty() || at >= end || text_[at] != '=') return end + 1;
    return read_value(key, trimmed(text_, at + 1, end));
  }

  std::size_t read_value(std::string_view key, Range line) {
    const char quote = line.empty() ? '\0' : text_[line.begin];
    if (quote == '"' || quote == '\'' || quote == '`') {
      const std::size_t close = closing_quote(line.begin + 1, quote);
      if (close != text_.npos) {
        const Range inside{line.begin + 1, static_cast<std::uint32_t>(close)};
        write_quoted(key, inside, quote);
        return next_line(close);
      }
    }
    std::uint32_t end = line.begin;
    while (end < line.end && !is_comment(line, end)) ++end;
    const Range value = trimmed(text_, line.begin, end);
    writer_.templated({kind_of_plain(writer_.slice(value))}, key, value,
                      writer_.slice(value));
    return next_line(line.end);
  }

  void write_quoted(std::string_view key, Range inside, char quote) {
    const std::string_view raw = writer_.slice(inside);
    if (quote == '\'') {  // nothing in it means anything
      writer_.add({EntryKind::literal}, key, inside);
      return;
    }
    std::string value;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '\\' && i + 1 < raw.size() && quote == '"') {
        ++i;
        value += raw[i] == 'n' ? '\n' : raw[i] == 't' ? '\t' : raw[i];
      } else {
        value += raw[i];
      }
    }
    writer_.templated({EntryKind::literal}, key, inside, value);
  }

  bool is_comment(Range line, std::uint32_t at) const {
    return text_[at] == '#' &&
           (at == line.begin || text_[at - 1] == ' ' || text_[at - 1] == '\t');
  }

  std::size_t closing_quote(std::size_t at, char quote) const {
    const std::size_t limit = std::min(text_.size(), at + kMaxQuotedBytes);
    for (; at < limit; ++at) {
      if (text_[at] == '\\' && quote == '"') {
        ++at;
      } else if (text_[at] == quote) {
        return at;
      }
    }
    return text_.npos;
  }

  std::size_t next_line(std::size_t at) const {
    const std::size_t newline = text_.find('\n', at);
    return newline == text_.npos ? text_.size() : newline + 1;
  }

  Writer& writer_;
  const std::string_view text_;
};

}  // namespace

void read_dotenv(Writer& writer) { DotenvReader(writer).read(); }

}  // namespace overreach
