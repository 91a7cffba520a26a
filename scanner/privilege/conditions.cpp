#include "scanner/privilege/conditions.h"

#include <algorithm>
#include <cstdlib>

#include "scanner/base/text.h"

namespace overreach {
namespace {

using List = std::vector<std::string>;

// `*` stands for any text, slashes too.
bool fits(std::string_view glob, std::string_view text) {
  std::size_t g = 0, t = 0, star = glob.npos, retry = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      retry = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g;
      ++t;
    } else if (star != glob.npos) {
      g = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

// "/a/B/c" is below "/a/b", whatever the case of letters.
bool is_below(std::string_view path, std::string_view parent) {
  while (parent.ends_with('/')) parent.remove_suffix(1);
  return path.size() >= parent.size() &&
         lower_case(path.substr(0, parent.size())) == lower_case(parent) &&
         (path.size() == parent.size() || path[parent.size()] == '/');
}

bool any(const List& values, const auto& test) {
  return std::any_of(values.begin(), values.end(), test);
}

bool is_one_of(std::string_view choices, std::string_view value) {
  while (true) {
    const std::size_t end = std::min(choices.find('|'), choices.size());
    if (choices.substr(0, end) == value) return true;
    if (end == choices.size()) return false;
    choices.remove_prefix(end + 1);
  }
}

bool test(const Condition& condition, const List& values,
          const Values& lookup) {
  const std::string_view operand = condition.operand;
  const auto is_like = [&](const std::string& v) { return fits(operand, v); };
  switch (condition.test) {
    case Condition::Test::is:
      return any(values, [&](const std::string& v) { return v == operand; });
    case Condition::Test::has:
      return any(values, is_like);
    case Condition::Test::lacks:
      return !any(values, is_like);
    case Condition::Test::in:
      return any(values,
                 [&](const std::string& v) { return is_one_of(operand, v); });
    case Condition::Test::contains:
      return any(values, [&](const std::string& v) {
        return lower_case(v).find(lower_case(operand)) != std::string::npos;
      });
    case Condition::Test::exists:
      return !values.empty();
    case Condition::Test::above:
      return !values.empty() &&
             std::strtod(values.front().c_str(), nullptr) >
                 std::strtod(std::string(operand).c_str(), nullptr);
    case Condition::Test::shares: {
      const List others = lookup(operand);
      return any(values, [&](const std::string& v) {
        return std::find(others.begin(), others.end(), v) != others.end();
      });
    }
    case Condition::Test::under: {
      const List others = lookup(operand);
      return any(values, [&](const std::string& v) {
        return any(others,
                   [&](const std::string& path) { return is_below(v, path); });
      });
    }
  }
  return false;
}

}  // namespace

bool holds(const Condition& condition, const Values& values) {
  return test(condition, values(condition.subject), values) !=
         condition.negated;
}

bool all_hold(const std::vector<Condition>& conditions, const Values& values) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& c) { return holds(c, values); });
}

bool any_holds(const std::vector<Condition>& conditions, const Values& values) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](const Condition& c) { return holds(c, values); });
}

bool is_for(const std::vector<std::string_view>& globs, std::string_view rule) {
  return globs.empty() ||
         std::any_of(globs.begin(), globs.end(),
                     [&](std::string_view glob) { return fits(glob, rule); });
}

}  // namespace overreach
