// A JSON Schema validator that knows exactly the keywords of
// formatters/*.schema.json and calls any other an error, so that nothing in a
// schema goes unchecked.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

namespace overreach {

class JsonSchema {
 public:
  using Json = nlohmann::json;

  explicit JsonSchema(Json root) : root_(std::move(root)) {}

  // What is wrong, each with the path of the value; empty when it is valid.
  // `pointer` is the part of the schema to use, "" for the whole.
  std::vector<std::string> errors(const Json& value,
                                  const std::string& pointer = "") const {
    std::vector<std::string> found;
    check(root_.at(Json::json_pointer(pointer)), value, "$", found);
    return found;
  }

 private:
  using Found = std::vector<std::string>;

  void check(const Json& schema, const Json& value, const std::string& path,
             Found& found) const {
    for (const auto& [keyword, rule] : schema.items()) {
      if (!holds(keyword, rule, schema, value, path, found)) {
        found.push_back(path + ": " + keyword + ": " +
                        value.dump().substr(0, 80));
      }
    }
  }

  bool holds(const std::string& keyword, const Json& rule, const Json& schema,
             const Json& value, const std::string& path, Found& found) const {
    if (keyword == "$ref") {
      check(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))),
            value, path, found);
      return true;
    }
    if (keyword == "type") return has_type(rule, value);
    if (keyword == "const") return value == rule;
    if (keyword == "enum") {
      return std::find(rule.begin(), rule.end(), value) != rule.end();
    }
    if (keyword == "minimum") return !value.is_number() || value >= rule;
    if (keyword == "minLength") {
      return !value.is_string() || value.get<std::string>().size() >= rule;
    }
    // In bytes, where the standard counts characters: never the larger limit.
    if (keyword == "maxLength") {
      return !value.is_string() || value.get<std::string>().size() <= rule;
    }
    if (keyword == "pattern") {
      return !value.is_string() ||
             std::regex_search(value.get<std::string>(),
                               std::regex(rule.get<std::string>()));
    }
    if (keyword == "minItems") return !value.is_array() || value.size() >= rule;
    if (keyword == "required") {
      return !value.is_object() ||
             std::all_of(rule.begin(), rule.end(), [&](const Json& name) {
               return value.contains(name.get<std::string>());
             });
    }
    if (keyword == "properties" || keyword == "additionalProperties") {
      // Both at once, at whichever comes first in an object with both.
      if (keyword == "properties" || !schema.contains("properties")) {
        members(schema, value, path, found);
      }
      return true;
    }
    if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        check(rule, value[i], path + "[" + std::to_string(i) + "]", found);
      }
      return true;
    }
    if (keyword == "oneOf") {
      return 1 == std::count_if(rule.begin(), rule.end(), [&](const Json& one) {
               Found inner;
               check(one, value, path, inner);
               return inner.empty();
             });
    }
    return keyword == "description" || keyword == "title" ||
           keyword == "$defs" || keyword == "$schema" || keyword == "$id";
  }

  void members(const Json& schema, const Json& value, const std::string& path,
               Found& found) const {
    if (!value.is_object()) return;
    const Json known = schema.value("properties", Json::object());
    const Json other = schema.value("additionalProperties", Json(true));
    for (const auto& [name, member] : value.items()) {
      const std::string inner = path + "." + name;
      if (known.contains(name)) {
        check(known[name], member, inner, found);
      } else if (other.is_object()) {
        check(other, member, inner, found);
      } else if (other == false) {
        found.push_back(inner + ": not in the schema");
      }
    }
  }

  static bool has_type(const Json& rule, const Json& value) {
    if (rule.is_array()) {
      return std::any_of(rule.begin(), rule.end(),
                         [&](const Json& one) { return has_type(one, value); });
    }
    if (rule == "integer") return value.is_number_integer();
    if (rule == "number") return value.is_number();
    return value.type_name() == rule;
  }

  Json root_;
};

}  // namespace overreach
