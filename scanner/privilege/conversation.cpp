#include "scanner/privilege/conversation.h"

#include <algorithm>

#include "scanner/core/environment.h"
#include "scanner/privilege/conditions.h"
#include "scanner/privilege/connection.h"
#include "scanner/privilege/json_path.h"
#include "scanner/privilege/jwt_claims.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/request.h"
#include "scanner/privilege/schemes/scheme.h"

namespace overreach {
namespace {

constexpr std::uint32_t kMostRequests = 80;
constexpr int kMostPages = 10;
constexpr std::size_t kMostEach = 25;
constexpr std::size_t kMostResources = 500;
constexpr std::size_t kMostWords = 3;

// What stands in the claims of a token that a reply holds.
std::vector<std::string> claims_at(std::string_view token,
                                   std::string_view pointer) {
  const nlohmann::json claims = jwt_claims(token);
  std::vector<std::string> found;
  for (const JsonPlace& place : find_places(claims, pointer)) {
    std::string text;
    if (to_text(place.value(), text)) found.push_back(std::move(text));
  }
  return found;
}

// What a rule makes of one value of a reply.
std::vector<std::string> pieces_of(const ValueRule& rule,
                                   std::string_view value) {
  if (!rule.behind.empty()) {
    const std::size_t at = value.find(rule.behind);
    if (at == value.npos) return {};
    value.remove_prefix(at + rule.behind.size());
  }
  if (!rule.before.empty()) {
    const std::size_t at = value.find(rule.before);
    if (at == value.npos) return {};
    value = value.substr(0, at);
  }
  if (rule.split.empty()) return {std::string(value)};
  auto pieces = split_text(value, rule.split);
  if (rule.take == ValueRule::Take::all || pieces.empty()) return pieces;
  return {rule.take == ValueRule::Take::first ? pieces.front() : pieces.back()};
}

class Conversation {
 public:
  Conversation(const Provider& provider, const Credential& credential,
               const ConversationOptions& options)
      : provider_(provider), credential_(credential), options_(options) {
    for (const auto& [name, value] : credential.facts) {
      answers_.known.add("fact." + name, value);
    }
    if (const auto endpoint = options.policy.endpoint_of(provider)) {
      answers_.known.add("endpoint", *endpoint);
    }
    answers_.known.add("parts", credential.rule);
    for (const CredentialPart& part : credential.parts) {
      answers_.known.add("parts", part.rule);
    }
  }

  Answers run() {
    for (const Probe& probe : provider_.probes) {
      if (!is_for(probe.only, credential_.rule)) continue;
      if (!all_hold(probe.when, known())) continue;
      run(probe);
    }
    return std::move(answers_);
  }

 private:
  // Values of variables, for conditions.
  Values known() const {
    return [this](std::string_view name) { return answers_.known.all(name); };
  }

  // Texts for requests: variables, and what must never be shown.
  Lookup private_lookup() const {
    return [this](std::string_view name) -> std::optional<std::string> {
      if (auto given =
              given_text(provider_, credential_, options_.policy, name)) {
        return given;
      }
      const auto& values = answers_.known.all(name);
      if (values.empty()) return std::nullopt;
      return values.front();
    };
  }

  void run(const Probe& probe) {
    Outcome best = Outcome::unasked;
    if (probe.each.empty() && probe.each_of.empty()) {
      best = ask(probe);
    } else {
      const auto values = values_of_each(probe);
      const std::size_t count = std::min(values.size(), kMostEach);
      for (std::size_t i = 0; i < count; ++i) {
        set_each(values[i]);
        best = std::max(best, ask(probe));
      }
      if (values.size() > kMostEach) {
        answers_.unclear.push_back(std::string(probe.id) + ": only the first " +
                                   std::to_string(kMostEach) + " of " +
                                   std::to_string(values.size()));
      }
    }
    answers_.known.erase(probe.id);
    answers_.known.add(probe.id, std::string(to_string(best)));
  }

  std::vector<std::string> values_of_each(const Probe& probe) const {
    if (probe.each_of.empty()) return answers_.known.all(probe.each);
    return {probe.each_of.begin(), probe.each_of.end()};
  }

  // {each}, and its words as {each.1}, {each.2}.
  void set_each(const std::string& value) {
    answers_.known.erase("each");
    answers_.known.add("each", value);
    const auto words = split_text(value, " ");
    for (std::size_t word = 0; word < kMostWords; ++word) {
      const std::string name = "each." + std::to_string(word + 1);
      answers_.known.erase(name);
      if (word < words.size()) answers_.known.add(name, words[word]);
    }
  }

  // All pages of one request; the outcome is that of the first.
  Outcome ask(const Probe& probe) {
    if (!probe.statement.empty()) return ask_connection(probe);
    auto request =
        build_request(provider_, probe, options_.policy, private_lookup());
    if (!request) return Outcome::unasked;
    Outcome first = Outcome::unasked;
    for (int page = 1; page <= kMostPages; ++page) {
      const Reply reply = send(probe, *request);
      if (page == 1) first = reply.outcome;
      note(probe, reply);
      if (reply.outcome == Outcome::denied) take_claims(probe, reply);
      if (reply.outcome != Outcome::ok) break;
      const std::size_t taken = take(probe, reply);
      if (!probe.page || !turn(*probe.page, reply, taken, page, *request)) {
        break;
      }
    }
    return first;
  }

  Reply send(const Probe& probe, HttpRequest request) {
    if (answers_.requests >= kMostRequests) {
      Reply reply;
      reply.error = "too many requests for one credential";
      return reply;
    }
    ++answers_.requests;
    SchemeInput input{credential_, options_.now,
                      [this](std::string_view text) {
                        return expand(text, private_lookup());
                      },
                      options_.transport, session_};
    const std::string_view auth =
        probe.auth.empty() ? provider_.auth : probe.auth;
    HttpReply http;
    if (const Status signed_ = sign(split_text(auth, " "), input, request)) {
      http = options_.transport.send(request);
    } else {
      http.error = signed_.error().text;
    }
    http.error = shown(http.error);
    Reply reply = read_reply(provider_, probe, http);
    if (http.error.starts_with(kDead)) reply.outcome = Outcome::dead;
    reply.claims = claims_of(request);
    return reply;
  }

  // A reply may quote what it was asked with; that must go no further.
  std::string shown(const std::string& text) const {
    std::string safe = without_secret(text, credential_.secret);
    for (const CredentialPart& part : credential_.parts) {
      if (!part.is_public) safe = without_secret(safe, part.secret);
    }
    return safe;
  }

  Outcome ask_connection(const Probe& probe) {
    const auto statement = expand(probe.statement, private_lookup());
    if (!statement) return Outcome::unasked;
    if (!tried_) {
      tried_ = true;
      auto target = connection_target(credential_);
      if (target) {
        target->provider = provider_.id;
        connected_ = connect(*target, options_.policy);
      } else {
        connected_.error = target.error().text;
      }
    }
    Reply reply;
    reply.outcome = connected_.outcome;
    reply.error = connected_.error;
    if (connected_.connection) {
      ++answers_.requests;
      const StatementReply answer = connected_.connection->ask(*statement);
      reply.outcome = answer.outcome;
      reply.error = answer.error;
      reply.body = nlohmann::json::parse(answer.json, nullptr, false);
    }
    note(probe, reply);
    if (reply.outcome == Outcome::ok) take(probe, reply);
    return reply.outcome;
  }

  void note(const Probe& probe, const Reply& reply) {
    if (probe.is_optional && reply.outcome == Outcome::unclear) return;
    if (!shows_credential(provider_, probe)) return;
    answers_.outcomes |= 1u << static_cast<unsigned>(reply.outcome);
    if (reply.outcome == Outcome::unclear) {
      answers_.unclear.push_back(std::string(probe.id) + ": " + reply.error);
    }
  }

  // Values and resources out of a reply; how many items its lists had.
  std::size_t take(const Probe& probe, const Reply& reply) {
    take_values(provider_.values, reply);
    take_values(probe.values, reply);
    std::size_t items = 0;
    for (const ListRule& list : probe.lists) {
      for (const JsonPlace& item : find_places(reply.body, list.items)) {
        ++items;
        take_item(list, item);
      }
    }
    return items;
  }

  std::vector<std::string> values_of(const ValueRule& rule,
                                     const Reply& reply) const {
    if (rule.from.find('{') == rule.from.npos) return reply.values(rule.from);
    const Lookup lookup = [this](std::string_view name) {
      const auto& values = answers_.known.all(name);
      return values.empty() ? std::nullopt : std::optional(values.front());
    };
    auto text = expand(rule.from, lookup);
    return text ? std::vector{std::move(*text)} : std::vector<std::string>{};
  }

  void take_values(const std::vector<ValueRule>& rules, const Reply& reply) {
    for (const ValueRule& rule : rules) {
      for (const std::string& value : values_of(rule, reply)) {
        const auto texts = rule.claim.empty() ? std::vector{value}
                                              : claims_at(value, rule.claim);
        for (const std::string& text : texts) {
          for (const std::string& piece : pieces_of(rule, text)) {
            answers_.known.add(rule.name, shown(piece));
          }
        }
      }
    }
  }

  // An access token was given out, so what it says holds, refused or not.
  void take_claims(const Probe& probe, const Reply& reply) {
    std::vector<ValueRule> rules = probe.values;
    std::erase_if(rules, [](const ValueRule& rule) {
      return !rule.from.starts_with("claims ");
    });
    take_values(rules, reply);
  }

  void take_item(const ListRule& list, const JsonPlace& item) {
    const Values at = [&](std::string_view pointer) {
      const bool is_pointer = pointer.starts_with('/') ||
                              (!pointer.empty() && pointer.front() >= '0' &&
                               pointer.front() <= '9');
      return is_pointer ? texts_at(item, pointer) : answers_.known.all(pointer);
    };
    const Lookup lookup = [&](std::string_view name) {
      const auto texts = at(name);
      return texts.empty() ? std::nullopt : std::optional(texts.front());
    };
    if (!all_hold(list.when, at)) return;
    auto name = expand_first(list.name, lookup);
    std::vector<Resource>& resources = answers_.resources[std::string(list.id)];
    if (!name || resources.size() >= kMostResources) return;
    Resource resource;
    resource.name = shown(*name);
    resource.kind = list.kind;
    resource.environment = environment_of_name(
        expand_first(list.environment, lookup).value_or(""));
    if (any_holds(list.production, at)) {
      resource.environment = EnvironmentClass::production;
    }
    if (any_holds(list.unprotected, at)) resource.is_protected = false;
    if (any_holds(list.protect, at)) resource.is_protected = true;
    answers_.known.add(list.id, resource.name);
    resources.push_back(std::move(resource));
  }

  // Prepares the request for the next page; false when there is none.
  bool turn(const PageRule& page, const Reply& reply, std::size_t taken,
            int number, HttpRequest& request) const {
    if (!page.more.empty()) {
      const auto more = reply.values(page.more);
      if (more.empty() || more.front() != "true") return false;
    }
    if (page.counts) {
      set_query(request, page.query, std::to_string(number + 1));
      return taken > 0;
    }
    std::string next;
    if (page.next == "link") {
      next = next_link(reply);
    } else if (const auto values = reply.values(page.next); !values.empty()) {
      next = values.front();
    }
    if (next.empty() || next == "false") return false;
    if (request.method == "POST") {  // where to is for the rule file to say
      set_in_body(request, page.query, next);
    } else if (next.starts_with("https://") || next.starts_with("http://")) {
      // Only ever within the host that was asked.
      const UrlParts to = split_url(next), from = split_url(request.url);
      if (to.host != from.host || to.port != from.port) return false;
      request.url = next;
    } else if (!page.query.empty()) {  // a cursor may begin with a slash
      set_query(request, page.query, next);
    } else if (next.starts_with('/')) {
      const std::size_t host = request.url.find("://") + 3;
      request.url.replace(request.url.find('/', host), std::string::npos, next);
    } else {
      return false;
    }
    return true;
  }

  const Provider& provider_;
  const Credential& credential_;
  const ConversationOptions& options_;
  Answers answers_;
  std::map<std::string, std::string> session_;
  bool tried_ = false;
  Connected connected_;
};

}  // namespace

Answers converse(const Provider& provider, const Credential& credential,
                 const ConversationOptions& options) {
  return Conversation(provider, credential, options).run();
}

}  // namespace overreach
