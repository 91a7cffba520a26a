#include "scanner/privilege/xml_json.h"

#include <pugixml.hpp>
#include <string_view>

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr int kMostDepth = 64;

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

bool is_list_element(std::string_view name) {
  return name == "member" || name == "item" || name == "Contents" ||
         name == "Bucket" || name == "Container" || name == "DBInstance" ||
         name == "entry";
}

Json value_of(const pugi::xml_node& node, int depth);

void add(const pugi::xml_node& child, int depth, Json& object) {
  const std::string name(local_name(child));
  Json value = value_of(child, depth + 1);
  const auto at = object.find(name);
  if (at == object.end()) {
    object[name] = is_list_element(name) ? Json::array({std::move(value)})
                                         : std::move(value);
    return;
  }
  if (!at->is_array()) *at = Json::array({std::move(*at)});
  at->push_back(std::move(value));
}

Json value_of(const pugi::xml_node& node, int depth) {
  Json object = Json::object();
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element && depth < kMostDepth) {
      add(child, depth, object);
    }
  }
  if (object.empty()) return node.text().get();
  return object;
}

}  // namespace

std::optional<Json> xml_to_json(const std::string& text) {
  pugi::xml_document document;
  // No document type is read, so nothing can be declared that expands.
  const auto parsed = document.load_buffer(
      text.data(), text.size(),
      pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata);
  const pugi::xml_node root = document.document_element();
  if (!parsed || !root) return std::nullopt;
  Json json = Json::object();
  json[std::string(local_name(root))] = value_of(root, 0);
  return json;
}

}  // namespace overreach
