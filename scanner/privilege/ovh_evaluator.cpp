// Evaluator "ovh-rules": what the rules of a consumer key of OVHcloud allow,
// "METHOD PATH" as GET /auth/currentCredential shows them; `*` in a path stands
// for any text.
// eu.api.ovh.com/console/?section=%2Fauth&branch=v1#get-/auth/currentCredential
//
// POST .../terminate is no deletion: it only mails a token to the owner, which
// confirmTermination needs.

#include <algorithm>
#include <array>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/core/environment.h"
#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

constexpr std::size_t kLongest = 1024;  // of a path; real ones have some 60

struct Operation {
  std::string_view method, path;  // {NAME} is one segment
  std::string_view destroys;
};

constexpr std::array<Operation, 7> kDestructive = {{
    {"DELETE", "/cloud/project/{serviceName}/instance/{instanceId}",
     "infrastructure data"},
    {"DELETE", "/cloud/project/{serviceName}/volume/{volumeId}", "data"},
    {"DELETE", "/cloud/project/{serviceName}/database/{engine}/{clusterId}",
     "data"},
    {"DELETE", "/cloud/project/{serviceName}/kube/{kubeId}", "infrastructure"},
    {"DELETE", "/domain/zone/{zoneName}/record/{id}", "dns"},
    {"POST", "/dedicated/server/{serviceName}/reinstall", "data"},
    {"POST", "/vps/{serviceName}/rebuild", "data"},
}};

// Whoever makes users or service accounts goes on without the consumer key.
constexpr std::array<Operation, 2> kOfRights = {{
    {"POST", "/me/identity/user", "access"},
    {"POST", "/me/api/oauth2/client", "access"},
}};

// Whether a rule's path and an operation's have a request in common.
class Cover {
 public:
  Cover(std::string_view rule, std::string_view path)
      : rule_(rule),
        path_(path),
        tried_((rule.size() + 1) * (path.size() + 1), false) {}

  bool holds() { return rule_.size() <= kLongest && holds(0, 0); }

 private:
  // What is behind rule_[r) and path_[p); each pair is looked at once.
  bool holds(std::size_t r, std::size_t p) {
    const std::size_t state = r * (path_.size() + 1) + p;
    if (tried_[state]) return false;
    tried_[state] = true;
    if (r == rule_.size()) return p == path_.size();
    if (rule_[r] == '*') {
      return holds(r + 1, p) || (p < path_.size() && holds(r, behind(p)));
    }
    if (p == path_.size()) return false;
    if (path_[p] == '{') {
      const std::size_t end =
          std::min(rule_.find_first_of("/*", r), rule_.size());
      return end > r && holds(end, behind(p));
    }
    return rule_[r] == path_[p] && holds(r + 1, p + 1);
  }

  std::size_t behind(std::size_t p) const {
    return (path_[p] == '{' ? path_.find('}', p) : p) + 1;
  }

  const std::string_view rule_, path_;
  std::vector<bool> tried_;
};

struct Rule {
  std::string method, path;

  bool is_for_everything() const { return path == "/*" || path == "*"; }
  bool covers(const Operation& operation) const {
    return method == operation.method && Cover(path, operation.path).holds();
  }
  std::string text() const { return method + " " + path; }
};

std::optional<Rule> parse(const std::string& text) {
  const std::size_t space = text.find(' ');
  if (space == text.npos || space + 1 == text.size()) return std::nullopt;
  return Rule{text.substr(0, space), text.substr(space + 1)};
}

// What the rule has where the operation names its service; nothing where any.
std::string service_of(const Rule& rule, const Operation& operation) {
  const std::size_t begin = operation.path.find('{');
  if (begin == operation.path.npos || rule.path.find('*') < begin ||
      rule.path.size() <= begin) {
    return {};
  }
  const std::string name =
      rule.path.substr(begin, rule.path.find('/', begin) - begin);
  return name == "*" ? std::string() : name;
}

void add_power(const Operation& operation, const std::vector<Rule>& rules,
               Evaluated& result) {
  std::vector<Resource> services;
  bool is_covered = false, is_any = false;
  for (const Rule& rule : rules) {
    if (!rule.covers(operation)) continue;
    is_covered = true;
    Resource service;
    service.name = service_of(rule, operation);
    service.kind = "service";
    service.environment = environment_of_name(service.name);
    is_any = is_any || service.name.empty();
    services.push_back(std::move(service));
  }
  if (!is_covered) return;
  const std::string name =
      std::string(operation.method) + " " + std::string(operation.path);
  Power& power = result.power(name, operation.destroys);
  power.evidence = Evidence::declared;
  if (!is_any) power.resources = std::move(services);
  result.raise(Level::destructive, "its rules allow " + name);
}

Level level_of(const Rule& rule) {
  if (rule.method == "GET") return Level::read;
  if (rule.method != "DELETE") return Level::write;
  return rule.is_for_everything() ? Level::root : Level::destructive;
}

}  // namespace

std::optional<Evaluated> evaluate_ovh_rules(const Variables& variables) {
  std::vector<Rule> rules;
  for (const std::string& text : variables.all("rules")) {
    if (auto rule = parse(text)) rules.push_back(std::move(*rule));
  }
  if (rules.empty()) return std::nullopt;
  Evaluated result;
  for (const Rule& rule : rules) {
    result.raise(level_of(rule), "its rules allow " + rule.text());
    for (const Operation& operation : kOfRights) {
      if (!rule.covers(operation)) continue;
      result.raise(Level::root,
                   "its rules allow " + rule.text() +
                       ", so it may make users and service accounts");
    }
  }
  for (const Operation& operation : kDestructive) {
    add_power(operation, rules, result);
  }
  return result;
}

}  // namespace overreach
