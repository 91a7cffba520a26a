#include "scanner/base/number_text.h"

namespace overreach {

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  std::string text = grouped(number) + " " + std::string(noun);
  if (number != 1) text += 's';
  return text;
}

}  // namespace overreach
