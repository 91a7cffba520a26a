#include "formatters/saved_json.h"

#include <algorithm>

#include "formatters/utf8.h"

namespace overreach {
namespace {

using nlohmann::ordered_json;

std::string path_of(const SavedValue& parent, std::string_view name) {
  return parent.path.empty() ? std::string(name)
                             : parent.path + "." + std::string(name);
}

}  // namespace

std::optional<ordered_json> parse_saved(std::string_view text,
                                        std::size_t* line) {
  try {
    return ordered_json::parse(text);
  } catch (const ordered_json::parse_error& error) {
    if (line) {
      const std::string_view read =
          text.substr(0, std::min(text.size(), error.byte));
      *line = 1 + static_cast<std::size_t>(
                      std::count(read.begin(), read.end(), '\n'));
    }
    return std::nullopt;
  }
}

void SavedJson::refuse(const SavedValue& parent, std::string_view name,
                       const std::string& why) {
  // Of a file that somebody sent: what it says must not act on a terminal.
  if (status_) status_ = fail(visible(path_of(parent, name) + ": " + why));
}

bool SavedJson::has(const SavedValue& parent, std::string_view name) const {
  return parent.value->is_object() && parent.value->contains(name);
}

const ordered_json& SavedJson::member(const SavedValue& parent,
                                      std::string_view name) {
  static const ordered_json kNull;
  if (!has(parent, name)) {
    refuse(parent, name, "is missing");
    return kNull;
  }
  return *parent.value->find(name);
}

const ordered_json* SavedJson::member(const SavedValue& parent,
                                      std::string_view name, Type type,
                                      std::string_view what) {
  const ordered_json& value = member(parent, name);
  if (value.type() == type) return &value;
  refuse(parent, name, "must be " + std::string(what));
  return nullptr;
}

SavedValue SavedJson::object(const SavedValue& parent, std::string_view name) {
  static const ordered_json kEmpty = ordered_json::object();
  const ordered_json* const value =
      member(parent, name, Type::object, "an object");
  return {value ? value : &kEmpty, path_of(parent, name)};
}

std::string SavedJson::text(const SavedValue& parent, std::string_view name) {
  const ordered_json* const value =
      member(parent, name, Type::string, "a string");
  return value ? value->get<std::string>() : std::string();
}

std::string SavedJson::known(const SavedValue& parent, std::string_view name) {
  return member(parent, name).is_null() ? std::string() : text(parent, name);
}

bool SavedJson::truth(const SavedValue& parent, std::string_view name) {
  const ordered_json* const value =
      member(parent, name, Type::boolean, "true or false");
  return value && value->get<bool>();
}

std::optional<bool> SavedJson::perhaps(const SavedValue& parent,
                                       std::string_view name) {
  if (member(parent, name).is_null()) return std::nullopt;
  return truth(parent, name);
}

double SavedJson::fraction(const SavedValue& parent, std::string_view name) {
  const ordered_json& value = member(parent, name);
  if (value.is_number() && value.get<double>() >= 0) return value.get<double>();
  refuse(parent, name, "must be a number from 0 on");
  return 0;
}

std::uint64_t SavedJson::whole(const SavedValue& parent, std::string_view name,
                               std::uint64_t most) {
  const ordered_json& value = member(parent, name);
  if (value.is_number_unsigned() && value.get<std::uint64_t>() <= most) {
    return value.get<std::uint64_t>();
  }
  refuse(parent, name,
         "must be a whole number from 0 to " + std::to_string(most));
  return 0;
}

std::vector<std::string> SavedJson::texts(const SavedValue& parent,
                                          std::string_view name) {
  std::vector<std::string> texts;
  const ordered_json* const list =
      member(parent, name, Type::array, "an array");
  if (!list) return texts;
  for (const ordered_json& each : *list) {
    if (!each.is_string()) {
      refuse(parent, name, "must hold strings");
      break;
    }
    texts.push_back(each.get<std::string>());
  }
  return texts;
}

Facts SavedJson::members(const SavedValue& parent, std::string_view name) {
  Facts facts;
  const SavedValue object = this->object(parent, name);
  for (const auto& [key, value] : object.value->items()) {
    facts.emplace_back(key, text(object, key));
  }
  return facts;
}

std::vector<SavedValue> SavedJson::elements(const SavedValue& parent,
                                            std::string_view name) {
  std::vector<SavedValue> elements;
  const ordered_json* const list =
      member(parent, name, Type::array, "an array");
  if (!list) return elements;
  for (const ordered_json& each : *list) {
    std::string path =
        path_of(parent, name) + "[" + std::to_string(elements.size()) + "]";
    if (!each.is_object()) {
      refuse({nullptr, ""}, path, "must be an object");
      break;
    }
    elements.push_back({&each, std::move(path)});
  }
  return elements;
}

}  // namespace overreach
