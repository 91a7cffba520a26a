// What a conversation about one credential has learned so far: named lists of
// texts, in the order in which they came.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

class Variables {
 public:
  // Appends, without repeating what is there already.
  void add(std::string_view name, std::string value);

  // Empty when nothing is known.
  const std::vector<std::string>& all(std::string_view name) const;

  // The first value, or an empty text.
  std::string_view first(std::string_view name) const;

  void erase(std::string_view name);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace overreach
