// Passwords among the values of SQL: INSERT INTO users (name, password) VALUES
// ('a', 'x'), and the INSERT without columns behind the CREATE TABLE that has
// them.  Entered at the name of a column; its place says which value counts.

#include <algorithm>
#include <string>

#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/literal.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_");
constexpr CharSet kListCharacters = char_set("A-Za-z0-9_.,`\"'[]\\ \t\r\n");
constexpr CharSet kBehindName = char_set("`\"]\\ ");
constexpr CharSet kBeforeName = char_set(" \t\r\n`\"'[\\");
constexpr std::size_t kMaxColumn = 40;   // bytes of a name
constexpr std::size_t kMaxList = 600;    // bytes of a list of columns
constexpr std::size_t kMaxTable = 4000;  // of the columns of CREATE TABLE
constexpr std::size_t kMaxGap = 40;      // between columns and VALUES
constexpr std::size_t kMaxTuples = 64 * 1024;
constexpr std::size_t kMaxReach = 256 * 1024;  // from table to its rows
constexpr std::size_t kNear = 100;             // of which nobody has to be told
constexpr std::string_view kInRow = "it stands in the column of a secret";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
  if (at + word.size() > text.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower_letter(text[at + i]) != word[i]) return false;
  }
  return true;
}

// A column among those of a list or table.
struct Column {
  bool is_one = false;
  std::size_t open = 0;   // the parenthesis, or how far back was looked for it
  std::size_t index = 0;  // how many columns stand before it
};

// The end of what stands before a name and its quotes; `low` when it is there
// or before.
std::size_t end_before_name(std::string_view text, std::size_t at,
                            std::size_t low) {
  while (at > low && kBeforeName.contains(text[at - 1])) --at;
  return at;
}

bool is_before_column(char c) { return c == ',' || c == '('; }

// Whether a column may begin there: behind the parenthesis or another column,
// or too far behind for a first look.  In a list of names a table may stand in
// front of it: users.password.
bool begins_column(std::string_view text, std::size_t at, bool listed) {
  const std::size_t low = at - std::min(at, kNear);
  const std::size_t end = end_before_name(text, at, low);
  if (end == low) return low > 0;
  const char before = text[end - 1];
  return is_before_column(before) || (listed && before == '.');
}

// "(id, name, password": the column at `at` in a plain list of names.
Column listed_column(std::string_view text, std::size_t at) {
  Column column{false, at, 0};
  while (column.open > 0 && at - column.open < kMaxList) {
    const char c = text[--column.open];
    if (c == '(') {
      column.is_one = true;
      break;
    }
    if (!kListCharacters.contains(c)) break;
    column.index += c == ',';
  }
  return column;
}

// "(id int, password varchar(40)": the column at `at` of a table, where nothing
// of a column stands before its name.
Column table_column(std::string_view text, std::size_t at) {
  const std::size_t end = end_before_name(text, at, 0);
  if (end == 0 || !is_before_column(text[end - 1])) return {false, end, 0};
  Column column{false, at, 0};
  int depth = 0;
  while (column.open > 0 && at - column.open < kMaxTable) {
    const char c = text[--column.open];
    if (c == ')') {
      ++depth;
    } else if (c == '(') {
      if (depth == 0) {
        column.is_one = true;
        break;
      }
      --depth;
    } else if (c == ';' && depth == 0) {
      break;
    }
    column.index += c == ',' && depth == 0;
  }
  return column;
}

// The name in front of the list, and the word in front of that: "into users".
std::string_view table_before(std::string_view text, std::size_t open,
                              std::string_view keyword) {
  const auto back = [&](std::size_t end, std::string_view skip) {
    while (end > 0 && skip.find(text[end - 1]) != skip.npos) --end;
    return end;
  };
  const std::size_t end = back(open, " \t\r\n`\"\\]'");
  std::size_t begin = end;
  while (begin > 0 && kWordCharacters.contains(text[begin - 1])) --begin;
  std::size_t before = begin;
  while (before > 0 && (text[before - 1] == '.' || text[before - 1] == '`' ||
                        text[before - 1] == '"' || text[before - 1] == '[' ||
                        text[before - 1] == '\\' ||
                        kWordCharacters.contains(text[before - 1]))) {
    --before;
  }
  before = back(before, " \t\r\n");
  if (before < keyword.size() ||
      !is_word_at(text, before - keyword.size(), keyword)) {
    return {};
  }
  return text.substr(begin, end - begin);
}

// Behind "values", or npos when something else follows.
std::size_t behind_values(std::string_view text, std::size_t at) {
  for (std::size_t i = at; i < text.size() && i - at < kMaxGap; ++i) {
    if (is_word_at(text, i, "values")) return i + 6;
    if (!is_space(text[i]) && std::string_view("\"'`+\\n.&]").find(text[i]) ==
                                  std::string_view::npos) {
      return text.npos;
    }
  }
  return text.npos;
}

class Rows {
 public:
  Rows(const ReaderInput& input, std::string_view column, std::size_t index,
       Findings& out)
      : input_(input),
        text_(input.text),
        column_(column),
        index_(index),
        kind_(kind_of_name(column)),
        out_(out) {}

  // The tuples from `at` on.
  void read(std::size_t at) {
    const std::size_t limit = std::min(text_.size(), at + kMaxTuples);
    while (true) {
      while (at < limit && (is_space(text_[at]) || text_[at] == ',')) ++at;
      if (at >= limit || text_[at] != '(') return;
      at = tuple(at + 1, limit);
    }
  }

 private:
  // Returns the offset behind the closing parenthesis.
  std::size_t tuple(std::size_t at, std::size_t limit) {
    std::size_t field = 0;
    int depth = 0;
    std::optional<Literal> last;
    while (at < limit) {
      const char c = text_[at];
      if (c == '\'' || c == '"' || c == '\\') {
        const auto literal = read_literal(text_, at);
        if (!literal) {
          ++at;
          continue;
        }
        last = literal;
        at = literal->after;
        continue;
      }
      if (c == '(') ++depth;
      if (depth == 0 && (c == ',' || c == ')')) {
        if (field == index_ && last) judge(*last);
        last.reset();
        ++field;
        if (c == ')') return at + 1;
      }
      if (c == ')') --depth;
      if (c == ';' && depth == 0) return limit;
      ++at;
    }
    return limit;
  }

  void judge(const Literal& literal) {
    const std::string_view value = part(input_, literal.begin, literal.end);
    ValueSetting setting;
    setting.quoted = true;
    setting.strong_place = false;
    setting.near_user = true;
    const Verdict verdict = judge_value(kind_, value, setting);
    if (!verdict.is_secret) return;
    add_finding(input_, input_.rules.find(generic_rule(kind_)), literal.begin,
                literal.end, verdict.confidence, kInRow, column_, out_);
    if (out_.back().begin == literal.begin)
      out_.back().priority = kByGenericName;
  }

  const ReaderInput& input_;
  const std::string_view text_;
  const std::string_view column_;
  const std::size_t index_;
  const NameKind kind_;
  Findings& out_;
};

// The rows of INSERT INTO table VALUES behind the table.
void read_rows_of(const ReaderInput& input, std::string_view table,
                  std::size_t from, Rows& rows) {
  const std::string_view text =
      input.text.substr(0, std::min(input.text.size(), from + kMaxReach));
  for (std::size_t at = from; (at = text.find(table, at)) != text.npos;) {
    const std::size_t begin = at;
    at += table.size();
    if (table_before(text, at, "into").size() != table.size()) continue;
    if (begin > 0 && kWordCharacters.contains(text[begin - 1])) continue;
    const std::size_t values = behind_values(text, at);
    if (values != text.npos) rows.read(values);
  }
}

}  // namespace

void read_insert(const ReaderInput& input, const NamePlace& column_name,
                 Findings& out) {
  const std::string_view text = input.text;
  const std::size_t at = column_name.at, end = column_name.word_end;
  if (end - at > kMaxColumn) return;
  std::size_t next = end;
  while (next < text.size() && next - end < 4 &&
         kBehindName.contains(text[next])) {
    ++next;
  }
  if (next >= text.size()) return;
  const bool listed = text[next] == ',' || text[next] == ')';
  const bool typed = next > end && kWordCharacters.contains(text[next]) &&
                     input.path.ends_with(".sql");
  if (!listed && !typed) return;
  std::size_t begin = at;
  while (begin > 0 && at - begin < kMaxColumn &&
         kWordCharacters.contains(text[begin - 1])) {
    --begin;
  }
  if (!begins_column(text, begin, listed)) return;
  const std::string_view name = part(input, begin, end);
  const NameKind kind = input.names.meaning_of(name, input.contexts).kind;
  if (kind == NameKind::none || kind == NameKind::user) return;
  const Column column =
      listed ? listed_column(text, begin) : table_column(text, begin);
  if (at - column.open > kNear) note_far_look(input, at, column.open, at);
  if (!column.is_one) return;
  if (listed) {
    if (table_before(text, column.open, "into").empty()) return;
    note_far_look(input, at, column.open, end + kMaxTuples);
    const std::size_t close = text.find(')', next);
    if (close == text.npos || close - next > kMaxList) return;
    const std::size_t values = behind_values(text, close + 1);
    if (values == text.npos) return;
    return Rows(input, name, column.index, out).read(values);
  }
  std::string_view table = table_before(text, column.open, "table");
  if (table.empty()) table = table_before(text, column.open, "exists");
  if (table.size() < 2) return;
  note_far_look(input, at, column.open, end + kMaxReach);
  Rows rows(input, name, column.index, out);
  read_rows_of(input, table, end, rows);
}

}  // namespace overreach
