#include "scanner/privilege/json_path.h"

#include <charconv>

namespace overreach {
namespace {

using Json = nlohmann::json;

// "a~1b" -> "a/b".
std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      text += token[++i] == '1' ? '/' : '~';
    } else {
      text += token[i];
    }
  }
  return text;
}

const Json* member(const Json& value, const std::string& key) {
  if (value.is_object()) {
    const auto at = value.find(key);
    return at == value.end() ? nullptr : &*at;
  }
  if (!value.is_array()) return nullptr;
  std::size_t index = 0;
  const auto [end, error] =
      std::from_chars(key.data(), key.data() + key.size(), index);
  const bool is_index = error == std::errc() && end == key.data() + key.size();
  return is_index && index < value.size() ? &value[index] : nullptr;
}

JsonPlace below(const JsonPlace& place, const Json& value, std::string key) {
  JsonPlace next = place;
  next.way.push_back(&value);
  next.keys.push_back(std::move(key));
  return next;
}

void add_all(const JsonPlace& place, std::vector<JsonPlace>& out) {
  const Json& value = place.value();
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      out.push_back(below(place, value[i], std::to_string(i)));
    }
  } else if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      out.push_back(below(place, inner, key));
    }
  }
}

std::vector<JsonPlace> descend(JsonPlace start, std::string_view pointer) {
  std::vector<JsonPlace> places = {std::move(start)};
  while (!pointer.empty()) {
    pointer.remove_prefix(1);  // the slash
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string_view token = pointer.substr(0, end);
    pointer.remove_prefix(end);
    std::vector<JsonPlace> next;
    for (const JsonPlace& place : places) {
      if (token == "*") {
        add_all(place, next);
        continue;
      }
      const std::string key = unescaped(token);
      if (const Json* value = member(place.value(), key)) {
        next.push_back(below(place, *value, key));
      }
    }
    places = std::move(next);
  }
  return places;
}

}  // namespace

std::vector<JsonPlace> find_places(const Json& root, std::string_view pointer) {
  if (!pointer.empty() && pointer.front() != '/') return {};
  return descend({{&root}, {}}, pointer);
}

std::vector<std::string> texts_at(const JsonPlace& place,
                                  std::string_view pointer) {
  std::size_t up = 0;
  const auto [rest, error] =
      std::from_chars(pointer.data(), pointer.data() + pointer.size(), up);
  if (error == std::errc()) {
    pointer.remove_prefix(static_cast<std::size_t>(rest - pointer.data()));
  }
  if (up >= place.way.size()) return {};
  JsonPlace start = place;
  start.way.resize(place.way.size() - up);
  start.keys.resize(start.way.size() - 1);
  if (pointer == "#") {
    return start.keys.empty() ? std::vector<std::string>{}
                              : std::vector<std::string>{start.keys.back()};
  }
  if (!pointer.empty() && pointer.front() != '/') return {};
  std::vector<std::string> texts;
  for (const JsonPlace& found : descend(std::move(start), pointer)) {
    std::string text;
    if (to_text(found.value(), text)) texts.push_back(std::move(text));
  }
  return texts;
}

bool to_text(const Json& value, std::string& text) {
  if (value.is_null()) return false;
  text = value.is_string()
             ? value.get<std::string>()
             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return true;
}

}  // namespace overreach
