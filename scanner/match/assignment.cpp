#include "scanner/match/assignment.h"

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/comparison.h"
#include "scanner/match/lines.h"
#include "scanner/match/paired_value.h"
#include "scanner/match/used_name.h"

namespace overreach {
namespace {

constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_");
constexpr CharSet kTypeCharacters = char_set("A-Za-z0-9_<>[].*&:?|, -");
constexpr CharSet kOperatorStarts = char_set("=:!|?<+-");
// What ends a value without quotes.
constexpr CharSet kStopsOfSettings = char_set(" \t\r\n\"'`");
constexpr CharSet kStopsOfProse = char_set(" \t\r\n\"'`;,<>)|");
constexpr CharSet kStops = char_set(" \t\r\n\"'`;&|<>),]}");
constexpr std::size_t kMaxValue = 4096;

// Walks over the text behind a name.  Every read_ leaves the position where it
// was when it fails.
class Reader {
 public:
  Reader(std::string_view text, const NameSpan& name, FileKind kind)
      : text_(text),
        kind_(kind),
        name_begin_(name.begin),
        name_end_(name.end),
        name_(text.substr(name.begin, name.end - name.begin)),
        is_flag_(name.is_flag) {}

  std::optional<Assignment> read() {
    if (name_.empty() || name_.size() > kMaxName) return std::nullopt;
    at_ = name_end_;
    quoted_name_ = skip_closing_quotes();
    if (auto found = attribute()) return found;
    if (auto found = element()) return found;
    skip_blanks();
    if ((peek() == '?' || peek() == '!') && peek(1) == '(') ++at_;  // Ruby
    if (auto found = call()) return found;
    if (auto found = next_argument()) return found;
    if (auto found = operated()) return found;
    if (auto found = separated()) return found;
    auto value = paired_value(text_, name_begin_, name_end_);
    if (!value && kind_ == FileKind::code && !quoted_name_) {
      value = compared_literal(text_, name_begin_, name_end_);
    }
    if (!value) return std::nullopt;
    return assignment(*value, true);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  bool starts(std::string_view what) const {
    return stands_at(text_, at_, what);
  }
  void skip_blanks() {
    while (is_blank(peek())) ++at_;
  }

  // A literal on the next line; a docstring below a head is none.
  void skip_line_break() {
    if (kind_ != FileKind::code) return;
    const std::size_t next = behind_line_break(text_, at_);
    if (next < text_.size() && (text_[next] == '"' || text_[next] == '\'') &&
        !text_.substr(next).starts_with("\"\"\"")) {
      at_ = next;
    }
  }

  // "name", 'name', name], name"], \"name\"
  bool skip_closing_quotes() {
    bool quoted = false;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      if (c == '"' || c == '\'' || c == '`') {
        quoted = true;
      } else if (c == '\\' && (peek(1) == '"' || peek(1) == '\'')) {
        quoted = true;
        ++at_;
      } else if (quoted && c == ' ' && peek(1) == ']') {
        ++at_;  // [ 'name' ]
      } else if (c != ']') {
        break;
      }
      ++at_;
    }
    return quoted;
  }

  Assignment assignment(const Literal& value, bool quoted) const {
    return {name_, value.begin, value.end, quoted, false};
  }

  // name="password" value="x", key="password" value='x'
  std::optional<Assignment> attribute() {
    if (!quoted_name_) return std::nullopt;
    const auto value = attribute_value(text_, at_);
    return value ? std::optional(assignment(*value, true)) : std::nullopt;
  }

  // <password>x</password>, <entry key="password">x</entry>
  std::optional<Assignment> element() {
    const char before = name_begin_ > 0 ? text_[name_begin_ - 1] : '\n';
    if (!quoted_name_ && before != '<' && before != ':') return std::nullopt;
    const auto value = element_text(text_, at_, quoted_name_);
    return value ? std::optional(assignment(*value, true)) : std::nullopt;
  }

  // setPassword("x"), password("x"): the first argument, a literal.
  std::optional<Assignment> call() {
    if (peek() != '(' || quoted_name_) return std::nullopt;
    const std::size_t start = at_++;
    skip_blanks();
    skip_line_break();
    const auto value = read_literal(text_, at_);
    at_ = start;
    // "pass" alone is what tests and guards do.
    if (!value || is_question(name_) || name_.ends_with("pass") ||
        name_.ends_with("Pass") || name_.ends_with("PASS")) {
      return std::nullopt;
    }
    std::size_t after = value->after;
    while (after < text_.size() && is_blank(text_[after])) ++after;
    if (after >= text_.size() ||
        (text_[after] != ')' && text_[after] != ',' && text_[after] != '.')) {
      return std::nullopt;
    }
    name_ = without_verb(name_);
    return assignment(*value, true);
  }

  // strcmp(password, "x")
  bool is_compared() const {
    if (name_begin_ == 0 || text_[name_begin_ - 1] != '(') return false;
    const std::string_view before = text_.substr(0, name_begin_);
    return before.ends_with("strcmp(") || before.ends_with("ncmp(") ||
           before.ends_with("equals(") || before.ends_with("compare(");
  }

  // put("password", "x"), define('DB_PASSWORD', 'x')
  std::optional<Assignment> next_argument() {
    if (peek() != ',' || (!quoted_name_ && !is_compared())) {
      return std::nullopt;
    }
    // Not one of a list of names: ["user", "password", "token"].
    std::size_t open = name_begin_;
    while (open > 0 && (text_[open - 1] == '"' || text_[open - 1] == '\'' ||
                        is_blank(text_[open - 1]))) {
      --open;
    }
    const char before = open > 0 ? text_[open - 1] : '\n';
    const std::size_t start = at_++;
    skip_blanks();
    // fill_in 'password', with: 'x'
    const bool filled_in = starts("with: ");
    if (filled_in) at_ += 6;
    const auto value = read_literal(text_, at_);
    if (value && filled_in) return assignment(*value, true);
    if (value) {
      std::size_t after = value->after;
      while (after < text_.size() && is_blank(text_[after])) ++after;
      const char next = after < text_.size() ? text_[after] : '\n';
      if (!quoted_name_) return assignment(*value, true);
      const bool pair =
          (before == '(' || before == '{') &&
          (next == ')' || next == '}' || (next == ',' && before == '('));
      if (pair && !is_field_of_form(text_, name_begin_, *value))
        return assignment(*value, true);
    }
    at_ = start;
    return std::nullopt;
  }

  // = := => == : and a type before the =
  std::optional<Assignment> operated() {
    const std::size_t start = at_;
    skip_declarator();
    if (!skip_operator()) {
      at_ = start;
      return std::nullopt;
    }
    const bool tight = at_ == name_end_ + 1;
    if (tight && is_image()) return std::nullopt;
    skip_blanks();
    skip_line_break();
    if (auto value = literal_or_type()) return assignment(*value, true);
    if (auto first = first_of_list()) return first;
    if (peek() == '\n' || peek() == '\r' || at_ >= text_.size()) {
      return std::nullopt;
    }
    return bare(tight, true);
  }

  // password[32] = , password string = , password: String =
  void skip_declarator() {
    if (kind_ != FileKind::code || quoted_name_) return;
    std::size_t at = at_;
    if (at < text_.size() && text_[at] == '[') {
      const std::size_t close = text_.find(']', at);
      if (close != text_.npos && close - at < 24) at = close + 1;
    } else if (at > name_end_) {
      while (at < text_.size() && at - at_ < 24 &&
             (kWordCharacters.contains(text_[at]) || text_[at] == '*' ||
              text_[at] == '.' || text_[at] == '[' || text_[at] == ']')) {
        ++at;
      }
    }
    while (at < text_.size() && is_blank(text_[at])) ++at;
    if (at < text_.size() && text_[at] == '=') at_ = at;
  }

  bool skip_operator() {
    static constexpr auto kOperators = std::to_array<std::string_view>(
        {"===", "!==", "||=",
         "?"
         "?=",
         "<<<", "==", "!=", "=>", ":=", "?=", "+=", "::", "->", "=", ":"});
    if (!kOperatorStarts.contains(peek())) return false;
    for (const std::string_view word : kOperators) {
      if (!starts(word)) continue;
      if (word == "::" || word == "->") return false;
      operator_ = word;
      at_ += word.size();
      if (word == "=" && peek() == '~') return false;
      return true;
    }
    return false;
  }

  // = ["x", "y"], = new String[] {"x"}, = List.of("x"): values of one kind.
  std::optional<Assignment> first_of_list() const {
    const auto value = first_in_list(text_, at_);
    if (!value) return std::nullopt;
    return Assignment{name_, value->begin, value->end, true, true};
  }

  std::optional<Literal> literal_or_type() {
    if (const auto value = read_literal(text_, at_)) return value;
    if (kind_ == FileKind::code && operator_ == ":" && !quoted_name_) {
      std::size_t at = at_;
      while (at < text_.size() && at - at_ < 60 &&
             kTypeCharacters.contains(text_[at])) {
        ++at;
      }
      if (at < text_.size() && text_[at] == '=' && at > at_) {
        ++at;
        while (at < text_.size() && is_blank(text_[at])) ++at;
        return read_literal(text_, at);
      }
    }
    // A cast, a constructor or a default behind `or`: f("x"), x || "y".
    if (kind_ != FileKind::code) return std::nullopt;
    // a != "" ? b : "c" chooses by a; it gives a no value.
    const bool compares =
        operator_.ends_with("==") || operator_.ends_with("!=");
    if (compares &&
        line_behind(text_, at_, 200).find(" ? ") != std::string_view::npos) {
      return std::nullopt;
    }
    return wrapped_literal(text_, at_);
  }

  // --password x, requirepass x, #define NAME "x", ENV NAME x, password 7 x
  std::optional<Assignment> separated() {
    if (at_ == name_end_ || quoted_name_) return std::nullopt;
    if (kind_ == FileKind::prose) skip_link();
    if (name_ == "sshpass" && starts("-p")) {
      at_ += 2;
      is_flag_ = true;
      skip_blanks();
    }
    if (const auto value = read_literal(text_, at_)) {
      // KEY `name` (`column`): an index of a table.
      if (is_verb() || (name_ == "KEY" && peek() == '`')) return std::nullopt;
      const bool statement = is_first_on_line(text_, name_begin_) || is_flag_ ||
                             is_define(text_, name_begin_) ||
                             (name_ == "PASSWORD" && peek() == '\'');  // SQL
      if (statement || is_said()) return assignment(*value, true);
      return std::nullopt;
    }
    // PowerShell's -Password x stands in code.
    if (is_flag_ && kind_ != FileKind::markup) return bare(false, false);
    if (kind_ == FileKind::code || kind_ == FileKind::markup) {
      return std::nullopt;
    }
    // Of prose only the POP3 command.
    if ((kind_ != FileKind::settings && name_ != "PASS") ||
        !is_first_on_line(text_, name_begin_)) {
      return std::nullopt;
    }
    // A directive with one value: the line ends behind it.
    auto found = bare(false, false);
    if (!found) return found;
    std::size_t rest = found->end;
    while (rest < text_.size() && is_blank(text_[rest])) ++rest;
    const bool ends = rest >= text_.size() || text_[rest] == '\n' ||
                      text_[rest] == '\r' || text_[rest] == '#';
    return ends ? found : std::nullopt;
  }

  // The password is "x"; | Password | x |: only in front of a quoted value.
  void skip_link() {
    for (const std::string_view link : {"is ", "of ", "to ", "set to "}) {
      if (!starts(link)) continue;
      const char quote = peek(link.size());
      if (quote == '`' || quote == '"' || quote == '\'') at_ += link.size();
      return;
    }
    if (starts("| `")) at_ += 2;
  }

  // registry/reset-password:alpine-1.7: the tag of an image.
  bool is_image() const {
    return operator_ == ":" && name_begin_ > 0 && text_[name_begin_ - 1] == '/';
  }

  // Pass `only=x` to it; pass "the port is open" reports a test.
  bool is_verb() const {
    return (name_ == "pass" || name_ == "Pass") && kind_ != FileKind::settings;
  }

  // with the password "x", hmset user password 'x': the quote does not close
  // the text the name stands in.
  bool is_said() const {
    if (starts("\"\"") || starts("''")) return false;
    if (name_.size() == 4) return false;  // "pass" the verb
    return kind_ == FileKind::prose ||
           open_quote(text_, name_begin_) != text_[at_];
  }

  // "X-Token: value": the whole text of a literal.
  bool is_header(std::size_t end) const {
    return name_begin_ > 0 && end < text_.size() && operator_ == ":" &&
           name_.size() > 4 && text_[name_end_] == ':' &&
           (text_[end] == '"' || text_[end] == '\'') &&
           text_[name_begin_ - 1] == text_[end];
  }

  // A value without quotes.  `tight`: nothing stands around the operator.
  std::optional<Assignment> bare(bool tight, bool by_operator) {
    const bool inside = is_inside_string(text_, name_begin_);
    const bool bare_values = kind_ == FileKind::settings ||
                             kind_ == FileKind::script || !by_operator;
    if (!bare_values && !(inside && tight && operator_ == "=") &&
        !(inside && operator_ == ":") && kind_ != FileKind::prose &&
        !is_commented(text_, name_begin_)) {
      return std::nullopt;
    }
    if (kind_ == FileKind::markup && !inside) return std::nullopt;
    if (operator_ == "==" || operator_ == "!=") return std::nullopt;
    const CharSet& stops =
        inside || is_among_settings(text_, name_begin_) ||
                kind_ == FileKind::script || !by_operator
            ? kStops
            : (kind_ == FileKind::prose ? kStopsOfProse : kStopsOfSettings);
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size() && end - begin <= kMaxValue &&
           !stops.contains(text_[end])) {
      ++end;
    }
    if (end == begin || end - begin > kMaxValue) return std::nullopt;
    if (inside && by_operator && operator_ != "=" && !is_header(end)) {
      return std::nullopt;
    }
    if (by_operator && operator_ == ":" && !inside &&
        sentence_follows(text_, end, kind_)) {
      return std::nullopt;
    }
    if (kind_ == FileKind::settings && !inside && words_follow(text_, end)) {
      return std::nullopt;
    }
    if ((kind_ == FileKind::prose || kind_ == FileKind::code) && by_operator &&
        !inside && sentence_follows(text_, end, kind_)) {
      return std::nullopt;
    }
    while (end > begin + 1 &&
           (text_[end - 1] == ',' || text_[end - 1] == ';')) {
      --end;
    }
    return Assignment{name_, begin, end, false, false};
  }

  const std::string_view text_;
  const FileKind kind_;
  std::size_t at_ = 0;
  const std::size_t name_begin_, name_end_;
  std::string_view name_;
  std::string_view operator_;
  bool quoted_name_ = false;
  bool is_flag_;
};

}  // namespace

std::optional<Assignment> read_assignment(std::string_view text, std::size_t at,
                                          FileKind kind) {
  const NamePlace place = find_name_place(text, at);
  if (is_only_used(text, place)) return std::nullopt;
  return read_assignment(text, find_assigned_name(text, place, kind), kind);
}

std::optional<Assignment> read_assignment(std::string_view text,
                                          const NameSpan& name, FileKind kind) {
  return Reader(text, name, kind).read();
}

}  // namespace overreach
