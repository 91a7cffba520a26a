#include "scanner/privilege/nats_subjects.h"

#include <utility>

namespace overreach {
namespace {

std::string_view take_word(std::string_view& subject) {
  const std::size_t dot = subject.find('.');
  const std::string_view word = subject.substr(0, dot);
  subject.remove_prefix(dot == subject.npos ? subject.size() : dot + 1);
  return word;
}

}  // namespace

bool covers_subjects(std::string_view whole, std::string_view part) {
  while (!whole.empty() && !part.empty()) {
    const std::string_view of_whole = take_word(whole);
    const std::string_view of_part = take_word(part);
    if (of_whole == ">") return true;
    if (of_part == ">") return false;
    if (of_whole != "*" && of_whole != of_part) return false;
  }
  return whole.empty() && part.empty();
}

std::optional<std::string> common_subjects(std::string_view one,
                                           std::string_view other) {
  std::string common;
  while (!one.empty() && !other.empty()) {
    const std::string_view rest_of_one = one, rest_of_other = other;
    const std::string_view a = take_word(one), b = take_word(other);
    if (a == ">") return common + std::string(rest_of_other);
    if (b == ">") return common + std::string(rest_of_one);
    if (a != "*" && b != "*" && a != b) return std::nullopt;
    common += a == "*" ? b : a;
    if (!one.empty() || !other.empty()) common += '.';
  }
  if (!one.empty() || !other.empty()) return std::nullopt;
  return common;
}

}  // namespace overreach
