// Places in a JSON reply, by JSON pointers (RFC 6901) in which `*` stands for
// every element of an array or every member of an object.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// A value and the way to it from the root: what "one level up" means.
struct JsonPlace {
  std::vector<const nlohmann::json*> way;  // root first, the value last
  std::vector<std::string> keys;           // one fewer than `way`

  const nlohmann::json& value() const { return *way.back(); }
};

// The empty pointer is the root.  What does not exist is left out.
std::vector<JsonPlace> find_places(const nlohmann::json& root,
                                   std::string_view pointer);

// From a place on: "/name" below it, "2/name" below what is two levels up,
// "0#" the key of the place itself (a relative JSON pointer).
std::vector<std::string> texts_at(const JsonPlace& place,
                                  std::string_view pointer);

// A text as it is, numbers and booleans as JSON writes them, objects and arrays
// as compact JSON; null is no text.
bool to_text(const nlohmann::json& value, std::string& text);

}  // namespace overreach
