#include "scanner/match/comparison.h"

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/lines.h"

namespace overreach {
namespace {

constexpr CharSet kExpression = char_set("A-Za-z0-9_.$>()[]&*!? -");
constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_.");
constexpr std::size_t kReach = 160;

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// What stands in front of the name says that the line is an assertion.
bool is_assertion(std::string_view before) {
  const std::string folded = lower_case(before);
  for (const std::string_view word :
       {"assert", "expect", "equal", "require(", "check("}) {
    if (folded.find(word) != folded.npos) return true;
  }
  return false;
}

// The literal that ends in front of `end`: its closing quote is text[end - 1].
std::optional<Literal> literal_before(std::string_view text, std::size_t low,
                                      std::size_t end) {
  if (end < low + 3) return std::nullopt;
  const char quote = text[end - 1];
  if (quote != '"' && quote != '\'') return std::nullopt;
  for (std::size_t i = end - 1; i-- > low;) {
    if (text[i] != quote || (i > low && text[i - 1] == '\\')) continue;
    if (i + 1 == end - 1) return std::nullopt;
    return Literal{i + 1, end - 1, end};
  }
  return std::nullopt;
}

// "x".equals(name), "x" == name
std::optional<Literal> in_front_of_operator(std::string_view text,
                                            std::size_t low,
                                            std::size_t name_begin) {
  const std::string_view before = text.substr(low, name_begin - low);
  if (!before.ends_with(' ') && !before.ends_with('(')) return std::nullopt;
  for (const std::string_view word : {".equals(", ".equalsIgnoreCase(", " == ",
                                      " === ", " eq ", " != ", " !== "}) {
    if (before.ends_with(word)) {
      return literal_before(text, low, name_begin - word.size());
    }
  }
  return std::nullopt;
}

// assertEquals("x", a.name()): what the comma in front of the name follows.
std::optional<Literal> in_front_of_comma(std::string_view text, std::size_t low,
                                         std::size_t name_begin) {
  std::size_t at = name_begin;
  while (at > low && kExpression.contains(text[at - 1])) --at;
  if (at <= low || text[at - 1] != ',') return std::nullopt;
  return literal_before(text, low, at - 1);
}

// .isEqualTo("x"), .to.eql("x"), , Is.EqualTo("x"), , "x", | Should -Be "x";
// `before` is what stands in front of the name.
std::optional<Literal> behind_name(std::string_view text, std::size_t at,
                                   std::string_view before) {
  static constexpr auto kVerbs =
      std::to_array<std::string_view>({"isEqualTo",
                                       "toBe",
                                       "toEqual",
                                       "toStrictEqual",
                                       "equals",
                                       "equal",
                                       "eql",
                                       "eq",
                                       "is",
                                       "isEqualToIgnoringCase",
                                       "thenReturn",
                                       "returns",
                                       "willReturn",
                                       "Is.EqualTo",
                                       "equalTo",
                                       "to.equal",
                                       "to.eql",
                                       "to.eq",
                                       "to.be.equal",
                                       "to.be.eq",
                                       "should.equal",
                                       "should.eql",
                                       "shouldBe",
                                       "Should.Be",
                                       "Should().Be",
                                       "Be",
                                       "Equals",
                                       "ShouldBe",
                                       "equalsIgnoreCase",
                                       "with"});
  while (at < text.size() && (text[at] == '(' || text[at] == ')' ||
                              text[at] == '\'' || text[at] == ']')) {
    ++at;
  }
  std::size_t next = behind_line_break(text, at);
  next = skip_blanks(text, next);
  for (const std::string_view word : {"| Should -Be ", "| Should -BeExactly ",
                                      "| Should -Match ", "| Should Be "}) {
    if (text.substr(next).starts_with(word)) {
      return read_literal(text, next + word.size());
    }
  }
  if (next >= text.size() || (text[next] != '.' && text[next] != ',')) {
    return std::nullopt;
  }
  const bool comma = text[next] == ',';
  next = skip_blanks(text, next + 1);
  if (comma) {
    const auto value = read_literal(text, next);
    if (value && is_assertion(before)) return value;
  }
  std::size_t end = next;
  while (end < text.size() && end - next < 32 &&
         (kWordCharacters.contains(text[end]) ||
          text.substr(end).starts_with("()"))) {
    end += text[end] == '(' ? 2 : 1;
  }
  if (end >= text.size() || text[end] != '(') return std::nullopt;
  const std::string_view verb = text.substr(next, end - next);
  if (std::find(kVerbs.begin(), kVerbs.end(), verb) == kVerbs.end()) {
    return std::nullopt;
  }
  return read_literal(text, skip_blanks(text, end + 1));
}

}  // namespace

std::optional<Literal> compared_literal(std::string_view text,
                                        std::size_t name_begin,
                                        std::size_t name_end) {
  const std::size_t low = line_begin(text, name_begin, kReach);
  if (const auto value = in_front_of_operator(text, low, name_begin)) {
    return value;
  }
  const std::string_view before = text.substr(low, name_begin - low);
  const auto value = in_front_of_comma(text, low, name_begin);
  if (value && is_assertion(before)) return value;
  return behind_name(text, name_end, before);
}

}  // namespace overreach
