// What would be asked, without asking: --plan.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scanner/privilege/conditions.h"
#include "scanner/privilege/conversation.h"
#include "scanner/privilege/request.h"

namespace overreach {
namespace {

std::string in_braces(std::string_view name) {
  return "{" + std::string(name) + "}";
}

// A URL and a form encode the braces of what is not known yet.
std::string with_braces(std::string text) {
  for (const auto& [code, brace] : {std::pair{"%7B", "{"}, {"%7D", "}"}}) {
    for (std::size_t at = 0; (at = text.find(code, at)) != text.npos;) {
      text.replace(at, 3, brace);
    }
  }
  return text;
}

std::string shown_body(const Probe& probe, const std::string& body) {
  if (!probe.statement.empty()) return std::string(probe.statement);
  return probe.graphql.empty() ? with_braces(body) : std::string(probe.graphql);
}

// Of the credential or the user, so it holds or not before anything is asked.
bool is_known_beforehand(const Condition& condition) {
  return condition.subject.starts_with("fact.") ||
         condition.subject == "endpoint";
}

bool may_be_asked(const Probe& probe, const Values& known) {
  return std::all_of(
      probe.when.begin(), probe.when.end(), [&](const Condition& condition) {
        return !is_known_beforehand(condition) || holds(condition, known);
      });
}

bool depends_on_answers(const Probe& probe) {
  return !probe.each.empty() ||
         !std::all_of(probe.when.begin(), probe.when.end(),
                      is_known_beforehand);
}

}  // namespace

std::vector<PlannedRequest> plan_conversation(const Provider& provider,
                                              const Credential& credential,
                                              const Policy& policy) {
  const Values known = [&](std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [fact, value] : credential.facts) {
      if ("fact." + fact == name) values.push_back(value);
    }
    const auto endpoint = policy.endpoint_of(provider);
    if (name == "endpoint" && endpoint) values.push_back(*endpoint);
    return values;
  };
  std::string each;
  const Lookup lookup =
      [&](std::string_view name) -> std::optional<std::string> {
    if (name == "each" && !each.empty()) return each;
    for (const auto& [fact, value] : credential.facts) {
      if ("fact." + fact == name) return value;
    }
    return in_braces(name);
  };
  std::vector<PlannedRequest> planned;
  for (const Probe& probe : provider.probes) {
    if (!is_for(probe.only, credential.rule) || !may_be_asked(probe, known)) {
      continue;
    }
    PlannedRequest request;
    request.provider = provider.id;
    request.probe = probe.id;
    request.auth = probe.auth.empty() ? provider.auth : probe.auth;
    request.depends = depends_on_answers(probe);
    const std::vector<std::string_view> once = {""};
    for (const auto text : probe.each_of.empty() ? once : probe.each_of) {
      each = text;
      if (const auto built = build_request(provider, probe, policy, lookup)) {
        request.method = probe.statement.empty() ? built->method : "ASK";
        request.url = probe.statement.empty() ? with_braces(built->url) : "";
        request.body = shown_body(probe, built->body);
      }
      planned.push_back(request);
    }
  }
  return planned;
}

}  // namespace overreach
