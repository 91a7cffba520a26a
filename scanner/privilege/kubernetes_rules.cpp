#include "scanner/privilege/kubernetes_rules.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace overreach {
namespace {

using Json = nlohmann::json;

std::vector<std::string> texts_of(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const auto list = object.find(name);
  if (list == object.end() || !list->is_array()) return texts;
  for (const Json& item : *list) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
  return texts;
}

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& each) {
    return each == "*" || each == text;
  });
}

// "pods/exec" is also "*/exec"; "pods" alone does not mean it.
bool holds_resource(const std::vector<std::string>& list,
                    std::string_view resource) {
  const std::size_t slash = resource.find('/');
  return holds(list, resource) ||
         (slash != resource.npos &&
          holds(list, "*" + std::string(resource.substr(slash))));
}

}  // namespace

bool KubeRule::is_everything() const {
  const auto is_any = [](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), "*") != list.end();
  };
  return is_any(verbs) && is_any(groups) && is_any(resources) && names.empty();
}

bool KubeRule::covers(std::string_view verb, std::string_view group,
                      std::string_view resource) const {
  // What is created has no name yet that a rule could be limited to.
  if (!names.empty() && (verb == "create" || verb == "deletecollection")) {
    return false;
  }
  return holds(verbs, verb) && holds(groups, group) &&
         holds_resource(resources, resource);
}

std::optional<KubeRules> parse_kube_rules(std::string_view text) {
  const Json reply = Json::parse(text, nullptr, false);
  if (!reply.is_object()) return std::nullopt;
  const auto inner = reply.find("status");
  const Json& status =
      inner != reply.end() && inner->is_object() ? *inner : reply;
  const auto list = status.find("resourceRules");
  if (list == status.end() || !list->is_array()) return std::nullopt;
  KubeRules rules;
  const auto incomplete = status.find("incomplete");
  rules.is_incomplete = incomplete != status.end() && *incomplete == true;
  for (const Json& item : *list) {
    if (!item.is_object()) continue;
    rules.rules.push_back({texts_of(item, "verbs"), texts_of(item, "apiGroups"),
                           texts_of(item, "resources"),
                           texts_of(item, "resourceNames")});
  }
  return rules;
}

}  // namespace overreach
