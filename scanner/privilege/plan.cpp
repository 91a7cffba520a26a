// What would be asked, without asking: --plan.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "scanner/privilege/conditions.h"
#include "scanner/privilege/connection.h"
#include "scanner/privilege/conversation.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/request.h"
#include "scanner/privilege/schemes/scheme.h"

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
  return probe.graphql.empty() ? with_braces(body) : std::string(probe.graphql);
}

// Of the credential or the user, so it holds or not before anything is asked.
bool is_known_beforehand(std::string_view name) {
  return name.starts_with("fact.") || name == "endpoint" || name == "parts";
}
bool is_known_beforehand(const Condition& condition) {
  return is_known_beforehand(condition.subject);
}

// What the probes that may be asked could tell: their outcomes and variables.
class Possible {
 public:
  Possible(const Provider& provider, const Values& known)
      : provider_(provider), known_(known) {}

  bool may_be_asked(const Probe& probe) const {
    if (!probe.each.empty() && !may_exist(probe.each)) return false;
    return std::all_of(
        probe.when.begin(), probe.when.end(),
        [&](const Condition& condition) { return may_hold(condition); });
  }

  void add_answers_of(const Probe& probe) {
    names_.insert(probe.id);
    for (const ValueRule& rule : provider_.values) names_.insert(rule.name);
    for (const ValueRule& rule : probe.values) names_.insert(rule.name);
    for (const ListRule& list : probe.lists) names_.insert(list.id);
  }

 private:
  bool may_exist(std::string_view name) const {
    return is_known_beforehand(name) ? !known_(name).empty()
                                     : names_.count(name) > 0;
  }

  // A probe that is not asked, and a variable that nobody tells, fulfil only
  // what is said in the negative.
  bool may_hold(const Condition& condition) const {
    if (is_known_beforehand(condition)) return holds(condition, known_);
    const bool is_negative = condition.negated ||
                             condition.test == Condition::Test::lacks ||
                             condition.operand == "unasked";
    return is_negative || may_exist(condition.subject);
  }

  const Provider& provider_;
  const Values& known_;
  std::set<std::string_view> names_;
};

bool depends_on_answers(const Probe& probe) {
  return !probe.each.empty() ||
         !std::all_of(probe.when.begin(), probe.when.end(),
                      [](const Condition& condition) {
                        return is_known_beforehand(condition);
                      });
}

// Notes what a scheme asks for first, and sends nothing.
class Notes final : public Transport {
 public:
  HttpReply send(const HttpRequest& request) override {
    asked = request;
    HttpReply reply;
    reply.error = "only planned";
    return reply;
  }
  HttpRequest asked;
};

std::optional<std::string> fact_text(const Credential& credential,
                                     std::string_view name) {
  for (const auto& [fact, value] : credential.facts) {
    if ("fact." + fact == name) return value;
  }
  return std::nullopt;
}

// What the scheme asks before the request, for an access token or a challenge;
// without a URL for most.
HttpRequest first_of_scheme(const Provider& provider,
                            const Credential& credential, const Policy& policy,
                            const std::string& auth, HttpRequest request) {
  const Lookup lookup =
      [&](std::string_view name) -> std::optional<std::string> {
    auto given = given_text(provider, credential, policy, name);
    return given ? given : fact_text(credential, name);
  };
  Notes notes;
  std::map<std::string, std::string> session;
  SchemeInput input{credential, 0,
                    [&](std::string_view text) { return expand(text, lookup); },
                    notes, session};
  // Whether it could be signed does not matter: nobody answers.
  static_cast<void>(sign(split_text(auth, " "), input, request));
  notes.asked.url = without_secret(notes.asked.url, credential.secret);
  return notes.asked;
}

// What an answer will fill in is judged when it is there.
void plan_http(const Policy& policy, const HttpRequest& built,
               PlannedRequest& request) {
  request.method = built.method;
  request.url = with_braces(built.url);
  if (request.url.find('{') != std::string::npos) return;
  if (const Status allowed = policy.check(built); !allowed) {
    request.refused = allowed.error().text;
  }
}

// A statement goes to the credential's server, as its user.
void plan_statement(const Credential& credential, const Policy& policy,
                    PlannedRequest& request) {
  request.method = "ASK";
  const auto target = connection_target(credential);
  if (!target) {
    request.refused = target.error().text;
    return;
  }
  const bool is_v6 = target->host.find(':') != std::string::npos;
  request.url = target->protocol + "://" +
                (is_v6 ? "[" + target->host + "]" : target->host);
  if (target->port != 0) request.url += ":" + std::to_string(target->port);
  request.auth = target->user.empty() ? "its password" : "as " + target->user;
  if (const Status allowed =
          policy.check_host(request.provider, target->host, target->port);
      !allowed) {
    request.refused = allowed.error().text;
  }
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
    if (name == "parts") {
      values.emplace_back(credential.rule);
      for (const CredentialPart& part : credential.parts) {
        values.emplace_back(part.rule);
      }
    }
    return values;
  };
  std::string each;
  const Lookup lookup =
      [&](std::string_view name) -> std::optional<std::string> {
    if (name == "each" && !each.empty()) return each;
    return fact_text(credential, name).value_or(in_braces(name));
  };
  std::vector<PlannedRequest> planned;
  std::set<std::string> exchanges;  // an access token is asked for once
  Possible possible(provider, known);
  for (const Probe& probe : provider.probes) {
    if (!is_for(probe.only, credential.rule) || !possible.may_be_asked(probe)) {
      continue;
    }
    possible.add_answers_of(probe);
    PlannedRequest request;
    request.provider = provider.id;
    request.probe = probe.id;
    request.auth = probe.auth.empty() ? provider.auth : probe.auth;
    request.depends = depends_on_answers(probe);
    const std::vector<std::string_view> once = {""};
    for (const auto text : probe.each_of.empty() ? once : probe.each_of) {
      each = text;
      if (!probe.statement.empty()) {
        plan_statement(credential, policy, request);
        request.body = probe.statement;
      } else if (const auto built =
                     build_request(provider, probe, policy, lookup)) {
        plan_http(policy, *built, request);
        request.body = shown_body(probe, built->body);
        const HttpRequest first =
            first_of_scheme(provider, credential, policy, request.auth, *built);
        const bool is_challenge =
            first.url == without_secret(built->url, credential.secret);
        if (!first.url.empty() &&
            (is_challenge || exchanges.insert(first.url).second)) {
          PlannedRequest before = request;
          before.method = first.method;
          before.url = with_braces(first.url);
          before.auth +=
              is_challenge ? ", for its challenge" : ", for an access token";
          before.body.clear();
          planned.push_back(std::move(before));
        }
      }
      planned.push_back(request);
    }
  }
  return planned;
}

}  // namespace overreach
