// The inside of ${{ }} in GitHub's workflows (and of Azure's): names joined by
// dots, texts in '', and the operators that choose between them.  Not a
// grammar: `a && 'b' || c` is read left to right, which is what it means.

#include <algorithm>
#include <array>

#include "scanner/syntax/references.h"

namespace overreach {
namespace {

struct Context {
  std::string_view name;
  Target target;
};
constexpr auto kContexts = std::to_array<Context>({
    {"env", Target::environment},
    {"github", Target::variable},
    {"inputs", Target::variable},
    {"matrix", Target::variable},
    {"needs", Target::variable},
    {"parameters", Target::variable},
    {"secrets", Target::secret},
    {"steps", Target::variable},
    {"variables", Target::variable},
    {"vars", Target::variable},
});

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

class ExpressionReader {
 public:
  ExpressionReader(std::string_view text, Range whole,
                   std::vector<Reference>& found)
      : text_(text), whole_(whole), found_(found) {}

  void read(Range inside) {
    for (std::uint32_t at = inside.begin; at < inside.end;) {
      if (text_[at] == '\'') {
        at = read_text(at, inside.end);
      } else if (is_name_byte(text_[at])) {
        at = read_name(at, inside.end);
      } else {
        at = read_operator(at);
      }
    }
  }

 private:
  enum class Operator { none, choose, or_else, compare };

  std::uint32_t read_operator(std::uint32_t at) {
    const std::string_view two = text_.substr(at, 2);
    if (two == "||") operator_ = Operator::or_else;
    if (two == "&&") operator_ = Operator::choose;
    if (two == "==" || two == "!=") operator_ = Operator::compare;
    const bool is_two =
        two == "||" || two == "&&" || two == "==" || two == "!=";
    return at + (is_two ? 2 : 1);
  }

  std::uint32_t read_text(std::uint32_t at, std::uint32_t end) {
    const std::size_t quote = text_.substr(0, end).find('\'', at + 1);
    if (quote == text_.npos) return end;
    const auto close = static_cast<std::uint32_t>(quote);
    const bool is_value = last_ >= 0 && (operator_ == Operator::or_else ||
                                         operator_ == Operator::choose);
    if (is_value) {
      found_.push_back({whole_,
                        {at + 1, close},
                        Target::nothing,
                        {},
                        last_,
                        operator_ == Operator::or_else});
    }
    return close + 1;
  }

  std::uint32_t read_name(std::uint32_t at, std::uint32_t end) {
    const std::uint32_t begin = at;
    while (at < end && is_name_byte(text_[at])) ++at;
    std::string_view name = text_.substr(begin, at - begin);
    const std::size_t dot = name.find('.');
    if (dot == name.npos) return at;  // a function, a number
    const auto found = std::find_if(
        kContexts.begin(), kContexts.end(),
        [&](const Context& c) { return c.name == name.substr(0, dot); });
    if (found == kContexts.end()) return at;
    if (found->target == Target::environment) name.remove_prefix(dot + 1);
    const int parent = operator_ == Operator::or_else ? last_ : -1;
    last_ = static_cast<int>(found_.size());
    // The first speaks for the whole expression.
    const Range range = parent < 0 && count_ == 0 ? whole_ : Range{begin, at};
    ++count_;
    found_.push_back({whole_, range, found->target, name, parent, false});
    return at;
  }

  std::string_view text_;
  const Range whole_;
  std::vector<Reference>& found_;
  Operator operator_ = Operator::none;
  int last_ = -1;  // the last name, in found_
  int count_ = 0;
};

}  // namespace

void find_in_expression(std::string_view text, Range whole, Range inside,
                        std::vector<Reference>& found) {
  ExpressionReader(text, whole, found).read(inside);
}

}  // namespace overreach
