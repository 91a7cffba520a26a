#include "scanner/privilege/variables.h"

#include <algorithm>

namespace overreach {

void Variables::add(std::string_view name, std::string value) {
  auto at = values_.find(name);
  if (at == values_.end()) at = values_.emplace(name, 0).first;
  std::vector<std::string>& list = at->second;
  if (std::find(list.begin(), list.end(), value) == list.end()) {
    list.push_back(std::move(value));
  }
}

const std::vector<std::string>& Variables::all(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto at = values_.find(name);
  return at == values_.end() ? kNone : at->second;
}

std::string_view Variables::first(std::string_view name) const {
  const auto& list = all(name);
  return list.empty() ? std::string_view() : std::string_view(list.front());
}

void Variables::erase(std::string_view name) {
  if (const auto at = values_.find(name); at != values_.end()) {
    values_.erase(at);
  }
}

}  // namespace overreach
