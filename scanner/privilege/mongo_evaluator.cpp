// Evaluator "mongodb-privileges": what a user of MongoDB may do, by the actions
// that connectionStatus lists, or by the names of built-in roles where a server
// lists none.
// mongodb.com/docs/manual/reference/privilege-actions

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kAny = "anyAction";

struct Destruction {
  std::string_view action, command, destroys;
};

constexpr std::array<Destruction, 5> kDestructions = {{
    {"dropDatabase", "dropDatabase", "data"},
    {"dropCollection", "drop", "data"},
    {"remove", "delete", "data"},
    {"dropUser", "dropUser", "access"},
    {"dropIndex", "dropIndexes", "infrastructure"},
}};

// Of the whole server.
constexpr std::array<std::string_view, 5> kControls = {
    "shutdown", "replSetConfigure", "setParameter", "removeShard", kAny};
constexpr std::array<std::string_view, 7> kWrites = {
    "insert",         "update",  "createCollection",
    "createIndex",    "collMod", "renameCollectionSameDB",
    "convertToCapped"};
constexpr std::array<std::string_view, 5> kReads = {
    "find", "listCollections", "listDatabases", "collStats", "serverStatus"};

struct Role {
  std::string_view name;
  Level everywhere;  // of the database admin
  Level in_one;      // of another database
};

// mongodb.com/docs/manual/reference/built-in-roles
constexpr std::array<Role, 18> kRoles = {{
    {"root", Level::root, Level::root},
    {"__system", Level::root, Level::root},
    {"atlasAdmin", Level::root, Level::root},
    {"userAdminAnyDatabase", Level::root, Level::root},
    {"restore", Level::root, Level::root},
    {"clusterAdmin", Level::root, Level::root},
    {"clusterManager", Level::root, Level::root},
    {"hostManager", Level::root, Level::root},
    {"dbOwner", Level::root, Level::destructive},
    {"userAdmin", Level::root, Level::destructive},
    {"dbAdminAnyDatabase", Level::destructive, Level::destructive},
    {"readWriteAnyDatabase", Level::destructive, Level::destructive},
    {"dbAdmin", Level::destructive, Level::destructive},
    {"readWrite", Level::destructive, Level::destructive},
    {"backup", Level::read, Level::read},
    {"clusterMonitor", Level::read, Level::read},
    {"readAnyDatabase", Level::read, Level::read},
    {"read", Level::read, Level::read},
}};

bool flag_of(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_boolean() && at->get<bool>();
}

std::string text_of(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

class Privilege {
 public:
  // REQUIRES: json["resource"] is an object.
  explicit Privilege(const Json& json) {
    const Json& resource = json["resource"];
    is_cluster_ = flag_of(resource, "cluster");
    is_any_ = flag_of(resource, "anyResource");
    database_ = text_of(resource, "db");
    collection_ = text_of(resource, "collection");
    const auto actions = json.find("actions");
    if (actions == json.end() || !actions->is_array()) return;
    for (const Json& action : *actions) {
      if (action.is_string()) actions_.push_back(action);
    }
  }

  bool may(std::string_view action) const {
    return std::find_if(actions_.begin(), actions_.end(),
                        [&](const std::string& own) {
                          return own == action || own == kAny;
                        }) != actions_.end();
  }
  bool may_any(const auto& actions) const {
    return std::any_of(actions.begin(), actions.end(),
                       [&](std::string_view action) { return may(action); });
  }

  bool is_cluster() const { return is_cluster_; }
  bool is_everything() const { return is_any_ && may(kAny); }
  // A database that all users stand in, or every one.
  bool is_of_users() const {
    return !is_cluster_ &&
           (is_any_ || database_.empty() || database_ == "admin");
  }
  bool is_users_collection() const {
    return collection_ == "system.users" && is_of_users();
  }
  // Collections of the server itself, which hold nothing of anybody's.
  bool is_internal() const {
    return is_cluster_ || collection_.starts_with("system.") ||
           database_ == "local" || database_ == "config";
  }
  const std::string& database() const { return database_; }
  std::string in_words() const {
    return database_.empty() ? "every database" : "the database " + database_;
  }

 private:
  bool is_cluster_ = false, is_any_ = false;
  std::string database_, collection_;
  std::vector<std::string> actions_;
};

void add_power(const Destruction& row, const Privilege& privilege,
               Evaluated& result) {
  const auto same = [&](const Power& power) {
    return power.operation == row.command;
  };
  auto at = std::find_if(result.powers.begin(), result.powers.end(), same);
  const bool is_new = at == result.powers.end();
  if (is_new) {
    Power power;
    power.operation = row.command;
    power.destroys = {std::string(row.destroys)};
    power.evidence = Evidence::declared;
    at = result.powers.insert(at, std::move(power));
  }
  const std::string& name = privilege.database();
  if (name.empty()) {
    at->resources.clear();  // all of them
  } else if (is_new || !at->resources.empty()) {
    const bool is_known = std::any_of(
        at->resources.begin(), at->resources.end(),
        [&](const Resource& resource) { return resource.name == name; });
    if (!is_known) at->resources.push_back({name, "database", {}, {}});
  }
}

void judge(const Privilege& privilege, Evaluated& result) {
  if (privilege.is_everything()) {
    result.raise(Level::root, "may do everything on the server");
  }
  if (privilege.is_cluster()) {
    if (privilege.may_any(kControls)) {
      result.raise(Level::root,
                   "controls the whole server, and may shut it down");
    }
    if (privilege.may_any(kReads)) {
      result.raise(Level::read, "may look at the server");
    }
    return;
  }
  if (privilege.is_of_users() &&
      (privilege.may("grantRole") ||
       (privilege.is_users_collection() && privilege.may_any(kWrites)))) {
    result.raise(Level::root, "gives itself every role");
  }
  if (privilege.may("grantRole")) {
    result.raise(Level::destructive,
                 "gives itself every role in " + privilege.in_words());
  }
  if (privilege.is_internal()) return;
  for (const Destruction& row : kDestructions) {
    if (!privilege.may(row.action)) continue;
    result.raise(Level::destructive, "may run " + std::string(row.command) +
                                         " in " + privilege.in_words());
    add_power(row, privilege, result);
  }
  if (privilege.may_any(kWrites)) {
    result.raise(Level::write, "may write in " + privilege.in_words());
  }
  if (privilege.may_any(kReads)) {
    result.raise(Level::read, "may read in " + privilege.in_words());
  }
}

// "readWrite shop": a role and its database.
void judge_role(const std::string& text, Evaluated& result) {
  const auto words = split_text(text, " ");
  if (words.size() != 2) return;
  for (const Role& role : kRoles) {
    if (role.name != words[0]) continue;
    result.raise(words[1] == "admin" ? role.everywhere : role.in_one,
                 "has the role " + words[0] + " on " + words[1]);
    return;
  }
  // A role of the user's own, whose rights are not listed.
  result.raise(Level::unknown, "has the role " + words[0]);
}

}  // namespace

std::optional<Evaluated> evaluate_mongodb_privileges(
    const Variables& variables) {
  Evaluated result{Level::none, Evidence::declared, "has no role", {}};
  const auto& privileges = variables.all("privileges");
  for (const std::string& text : privileges) {
    const auto json = Json::parse(text, nullptr, false);
    if (json.is_object() && json.contains("resource") &&
        json["resource"].is_object()) {
      judge(Privilege(json), result);
    }
  }
  if (!privileges.empty()) return result;
  const auto& roles = variables.all("role_names");
  for (const std::string& text : roles) judge_role(text, result);
  if (roles.empty()) return std::nullopt;
  return result;
}

}  // namespace overreach
