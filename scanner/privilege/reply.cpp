#include "scanner/privilege/reply.h"

#include <algorithm>

#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/privilege/conditions.h"
#include "scanner/privilege/json_path.h"
#include "scanner/privilege/xml_json.h"

namespace overreach {
namespace {

Outcome by_status(int status) {
  if (status >= 200 && status < 300) return Outcome::ok;
  switch (status) {
    case 401:
      return Outcome::dead;
    case 402:
    case 403:
      return Outcome::denied;
    case 404:
    case 410:
      return Outcome::missing;
    default:
      return Outcome::unclear;  // limits, server errors, redirects
  }
}

// A page for people: of a proxy, a log-in form, a firewall, an outage.
bool is_page(const Reply& reply) {
  if (reply.is_json) return false;
  for (const std::string& type : reply.values("header Content-Type")) {
    if (lower_case(type).find("html") != type.npos) return true;
  }
  const std::string_view text =
      trimmed(reply.body.get_ref<const std::string&>());
  const std::string begin = lower_case(text.substr(0, 14));
  return begin.starts_with("<!doctype html") || begin.starts_with("<html");
}

// Whether a pointer can lead anywhere in a reply of this form.
bool fits_root(std::string_view pointer, const nlohmann::json& body) {
  const std::string_view first = pointer.substr(1, pointer.find('/', 1) - 1);
  if (first == "*") return body.is_structured();
  const bool is_index = !first.empty() && is_digit(first.front());
  return is_index ? body.is_structured() : body.is_object();
}

// Data in the form that the probe's documentation shows: JSON of one of the
// forms that it reads values from.  An object may lack all of them, since many
// providers leave out what is empty.
bool has_expected_form(const Probe& probe, const Reply& reply) {
  if (reply.status == 204 || probe.method == "HEAD") return true;
  if (!reply.is_json || !reply.body.is_structured()) return false;
  if (!probe.graphql.empty()) return reply.body.is_object();
  bool reads = false;
  const auto fits = [&](std::string_view pointer) {
    if (!pointer.starts_with('/')) return false;
    reads = true;
    return fits_root(pointer, reply.body);
  };
  const bool any =
      std::any_of(probe.values.begin(), probe.values.end(),
                  [&](const ValueRule& rule) { return fits(rule.from); }) ||
      std::any_of(probe.lists.begin(), probe.lists.end(),
                  [&](const ListRule& rule) { return fits(rule.items); });
  return any || !reads;
}

// A text that is no data lacks every field, which says nothing.
bool is_about_data(const Condition& condition) {
  return condition.subject.starts_with('/') &&
         (condition.negated || condition.test == Condition::Test::lacks);
}

// A page has the status of whoever made it, so that a rule must know it by
// more; but "log in first" (401) is the same in every language.
const Outcome* by_rules(const std::vector<OutcomeRule>& rules,
                        const Reply& reply, bool page) {
  for (const OutcomeRule& rule : rules) {
    if (rule.status != 0 && rule.status != reply.status) continue;
    if (page && reply.status != 401 && rule.when.empty()) continue;
    if (!reply.body.is_structured() &&
        std::any_of(rule.when.begin(), rule.when.end(), is_about_data)) {
      continue;
    }
    const auto values = [&](std::string_view subject) {
      return reply.values(subject);
    };
    if (all_hold(rule.when, values)) return &rule.is;
  }
  return nullptr;
}

// XML by its type, or by its first line; a page in HTML is none.
std::optional<nlohmann::json> read_xml(const HttpReply& http) {
  const std::string_view type = http.header("Content-Type");
  const bool is_xml =
      (type.find("xml") != type.npos && type.find("html") == type.npos) ||
      (http.body.starts_with("<?xml") &&
       http.body.find("<html") == http.body.npos);
  return is_xml ? xml_to_json(http.body) : std::nullopt;
}

// What a status that does not say it is about.
std::string what_else(const Reply& reply) {
  if (is_page(reply)) return " and a page instead of data";
  const bool good = by_status(reply.status) == Outcome::ok;
  return good ? " and not the data that its documentation shows" : "";
}

Outcome outcome_of(const Provider& provider, const Probe& probe,
                   const Reply& reply) {
  if (reply.status == 0) return Outcome::unclear;
  const bool page = is_page(reply);
  if (const Outcome* is = by_rules(probe.outcomes, reply, page)) return *is;
  if (const Outcome* is = by_rules(provider.outcomes, reply, page)) return *is;
  const Outcome outcome = by_status(reply.status);
  if (page && outcome != Outcome::dead) return Outcome::unclear;
  if (outcome == Outcome::ok && !has_expected_form(probe, reply)) {
    return Outcome::unclear;
  }
  // GraphQL says 200 and tells what went wrong inside.
  const bool failed = !probe.graphql.empty() && outcome == Outcome::ok &&
                      reply.body.is_object() && reply.body.contains("errors") &&
                      !reply.body.value("data", nlohmann::json()).is_object();
  return failed ? Outcome::unclear : outcome;
}

}  // namespace

std::vector<std::string> Reply::values(std::string_view subject) const {
  constexpr std::string_view kHeader = "header ";
  if (subject.starts_with(kHeader)) {
    const std::string_view name = subject.substr(kHeader.size());
    std::vector<std::string> found;
    for (const auto& [key, value] : headers) {
      if (equal_ignoring_case(key, name)) found.push_back(value);
    }
    return found;
  }
  if (subject == "status") return {std::to_string(status)};
  if (subject == "body") {
    std::string text;
    return to_text(body, text) ? std::vector{text} : std::vector<std::string>{};
  }
  constexpr std::string_view kClaims = "claims ";
  const bool in_claims = subject.starts_with(kClaims);
  if (in_claims) subject.remove_prefix(kClaims.size());
  if (!subject.starts_with('/')) return {};
  std::vector<std::string> found;
  for (const JsonPlace& place :
       find_places(in_claims ? claims : body, subject)) {
    std::string text;
    if (to_text(place.value(), text)) found.push_back(std::move(text));
  }
  return found;
}

Reply read_reply(const Provider& provider, const Probe& probe,
                 const HttpReply& http) {
  Reply reply;
  reply.status = http.status;
  reply.headers = http.headers;
  reply.error = http.error;
  reply.body = nlohmann::json::parse(http.body, nullptr, false);
  reply.is_json = !reply.body.is_discarded();
  if (auto xml = reply.is_json ? std::nullopt : read_xml(http)) {
    reply.body = std::move(*xml);
    reply.is_json = true;
  }
  if (!reply.is_json) reply.body = http.body;
  reply.outcome = outcome_of(provider, probe, reply);
  if (reply.outcome == Outcome::unclear && reply.error.empty()) {
    reply.error = "answered with status " + std::to_string(reply.status) +
                  what_else(reply);
  }
  return reply;
}

nlohmann::json claims_of(const HttpRequest& request) {
  constexpr std::string_view kBearer = "Bearer ";
  for (const auto& [name, value] : request.headers) {
    if (name != "Authorization" || !value.starts_with(kBearer)) continue;
    const auto parts = split_text(value.substr(kBearer.size()), ".");
    const auto text =
        parts.size() == 3 ? decode_base64(parts[1]) : std::nullopt;
    auto claims = nlohmann::json::parse(text.value_or(""), nullptr, false);
    if (claims.is_object()) return claims;
  }
  return {};
}

std::vector<std::string> split_text(std::string_view text,
                                    std::string_view at) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(at), text.size());
    if (end > 0) pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

std::string next_link(const Reply& reply) {
  for (const std::string& header : reply.values("header Link")) {
    std::string_view rest = header;
    while (true) {
      const std::size_t open = rest.find('<'), close = rest.find('>');
      if (open == rest.npos || close == rest.npos || close < open) break;
      const std::string_view url = rest.substr(open + 1, close - open - 1);
      rest.remove_prefix(close + 1);
      const std::string_view parameters = rest.substr(0, rest.find('<'));
      if (parameters.find("rel=\"next\"") != parameters.npos ||
          parameters.find("rel=next") != parameters.npos) {
        return std::string(url);
      }
    }
  }
  return {};
}

}  // namespace overreach
