#include "scanner/privilege/mysql_grants.h"

#include <string>
#include <vector>

#include "scanner/base/text.h"

namespace overreach {
namespace {

bool is_quote(char c) { return c == '`' || c == '\'' || c == '"'; }

// Where `word` stands outside quotes and parentheses; npos when nowhere.
std::size_t find_outside(std::string_view text, std::string_view word) {
  char quote = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
      continue;
    }
    if (depth == 0 && text.substr(i).starts_with(word)) return i;
    if (is_quote(c)) quote = c;
    if (c == '(') ++depth;
    if (c == ')') --depth;
  }
  return text.npos;
}

// "`app\_%`.*" -> "app_%.*"
std::string without_quotes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_quote(text[i])) continue;
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result += text[i];
  }
  return result;
}

// "SELECT (`a`, `b`), ALL PRIVILEGES" -> SELECT, ALL
nlohmann::json privileges_of(std::string_view text) {
  nlohmann::json names = nlohmann::json::array();
  while (!text.empty()) {
    const std::size_t comma = std::min(find_outside(text, ","), text.size());
    std::string_view name = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    name = trimmed(name.substr(0, name.find('(')));
    if (name == "ALL PRIVILEGES") name = "ALL";
    // USAGE is "no privilege".
    if (!name.empty() && name != "USAGE") {
      names.push_back(without_quotes(name));
    }
  }
  return names;
}

struct Parts {
  std::string_view privileges, scope, account, rest;
};

// "P ON S TO A REST"; without ON it grants roles.
Parts parts_of(std::string_view text, std::string_view to) {
  Parts parts;
  const std::size_t on = find_outside(text, " ON ");
  const std::size_t until = std::min(find_outside(text, to), text.size());
  parts.privileges = text.substr(0, std::min(on, until));
  if (on < until) parts.scope = trimmed(text.substr(on + 4, until - on - 4));
  std::string_view tail = text.substr(std::min(until + to.size(), text.size()));
  const std::size_t blank = std::min(find_outside(tail, " "), tail.size());
  parts.account = tail.substr(0, blank);
  parts.rest = tail.substr(blank);
  return parts;
}

std::string level_of(const Parts& parts) {
  if (parts.scope.empty()) return "role";
  if (parts.scope == "*.*") return "global";
  return parts.scope.ends_with(".*") ? "database" : "table";
}

}  // namespace

nlohmann::json parse_grant(std::string_view line) {
  const bool is_revoke = line.starts_with("REVOKE ");
  const std::string_view verb = is_revoke ? "REVOKE " : "GRANT ";
  if (!line.starts_with(verb)) return nlohmann::json::object();
  const std::string_view to = is_revoke ? " FROM " : " TO ";
  // Cut first, so that no odd name can carry the hash into another part.
  const std::size_t hash = std::min(line.rfind(" IDENTIFIED "), line.size());
  const std::string_view authentication = line.substr(hash);
  const Parts parts =
      parts_of(line.substr(verb.size(), hash - verb.size()), to);
  if (parts.privileges == "PROXY") return nlohmann::json::object();
  bool may_grant = false;
  for (const std::string_view rest : {parts.rest, authentication}) {
    for (const std::string_view option : {"GRANT OPTION", "ADMIN OPTION"}) {
      may_grant |= find_outside(rest, option) != rest.npos;
    }
  }

  std::string text = std::string(verb) + std::string(parts.privileges);
  if (!parts.scope.empty()) text += " ON " + std::string(parts.scope);
  text += std::string(to) + std::string(parts.account);
  if (may_grant) text += " WITH GRANT OPTION";

  const std::string level = is_revoke ? "revoked" : level_of(parts);
  nlohmann::json privileges = privileges_of(parts.privileges);
  if (may_grant && level != "role") privileges.push_back("GRANT OPTION");
  nlohmann::json grant = {{"grant", text}, {level, std::move(privileges)}};
  if (parts.scope.empty()) return grant;
  // "PROCEDURE `app`.`p`" keeps its first word in the scope only.
  grant["scope"] = without_quotes(parts.scope);
  std::string name = without_quotes(parts.scope);
  if (level == "database") name.resize(name.size() - 2);
  if (level == "database" || level == "table") grant["name"] = name;
  return grant;
}

}  // namespace overreach
