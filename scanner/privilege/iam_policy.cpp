#include "scanner/privilege/iam_policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scanner/base/text.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

// A member whatever its name's case: IAM takes "action", too.
const Json* member(const Json& object, std::string_view name) {
  const auto same = [](char a, char b) { return (a | 32) == (b | 32); };
  for (const auto& [key, value] : object.items()) {
    if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) {
      return &value;
    }
  }
  return nullptr;
}

// ${*}, ${?} and ${$} are the characters themselves; a name is filled if it is
// known; with a default ("${aws:x, 'y'}") it may still be anything.
void add_variable(std::string_view name, const IamPrincipal& principal,
                  IamPattern& pattern) {
  if (name == "*" || name == "?" || name == "$") {
    pattern.text += name;
  } else if (name == "aws:username" && !principal.user.empty()) {
    pattern.text += principal.user;
  } else if (name == "aws:PrincipalAccount" && !principal.account.empty()) {
    pattern.text += principal.account;
  } else {
    pattern.text += kAnyText;
    pattern.is_guess = true;
  }
}

IamPattern with_variables(std::string_view text,
                          const IamPrincipal& principal) {
  IamPattern pattern;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find("${"), text.size());
    const std::size_t end = text.find('}', begin);
    if (begin == text.size() || end == text.npos) break;
    pattern.text += iam_pattern(text.substr(0, begin)).text;
    add_variable(text.substr(begin + 2, end - begin - 2), principal, pattern);
    text.remove_prefix(end + 1);
  }
  pattern.text += iam_pattern(text).text;
  return pattern;
}

std::vector<std::string> texts(const Json* value) {
  std::vector<std::string> list;
  if (!value) return list;
  if (value->is_string()) list.push_back(value->get<std::string>());
  if (!value->is_array()) return list;
  for (const Json& item : *value) {
    if (item.is_string()) list.push_back(item.get<std::string>());
  }
  return list;
}

class Reader {
 public:
  Reader(const IamPrincipal& principal, bool has_variables)
      : principal_(principal), has_variables_(has_variables) {}

  void add(const Json& json, IamPolicy& policy) const {
    if (!json.is_object()) return;
    const Json* effect = member(json, "Effect");
    const bool allows = effect && *effect == "Allow";
    if (!allows && !(effect && *effect == "Deny")) return;
    IamStatement statement;
    statement.allows = allows;
    statement.actions = actions(json, "Action");
    statement.not_actions = actions(json, "NotAction");
    statement.resources = resources(json, "Resource");
    statement.not_resources = resources(json, "NotResource");
    const Json* condition = member(json, "Condition");
    statement.has_condition = condition && !condition->empty();
    const bool is_whole =
        statement.actions.empty() != statement.not_actions.empty() &&
        statement.resources.empty() != statement.not_resources.empty();
    if (is_whole) policy.statements.push_back(std::move(statement));
  }

 private:
  static std::vector<IamPattern> actions(const Json& json,
                                         std::string_view name) {
    std::vector<IamPattern> list;
    for (const std::string& text : texts(member(json, name))) {
      list.push_back(iam_pattern(text));
    }
    return list;
  }

  std::vector<IamPattern> resources(const Json& json,
                                    std::string_view name) const {
    std::vector<IamPattern> list;
    for (const std::string& text : texts(member(json, name))) {
      list.push_back(has_variables_ ? with_variables(text, principal_)
                                    : iam_pattern(text));
    }
    return list;
  }

  const IamPrincipal& principal_;
  bool has_variables_;
};

}  // namespace

std::optional<IamPolicy> parse_iam_policy(std::string_view text,
                                          const IamPrincipal& principal) {
  const bool is_encoded = text.starts_with("%");
  const std::string plain =
      is_encoded ? percent_decoded(text) : std::string(text);
  const Json json = Json::parse(plain, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const Json* statements = member(json, "Statement");
  if (!statements) return std::nullopt;
  // Variables came with this version; the default is the older one.
  const Json* version = member(json, "Version");
  const Reader reader(principal, version && *version == "2012-10-17");
  IamPolicy policy;
  if (statements->is_array()) {
    for (const Json& each : *statements) reader.add(each, policy);
  } else {
    reader.add(*statements, policy);
  }
  return policy;
}

}  // namespace overreach
