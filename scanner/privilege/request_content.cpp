// The judge here is the most credulous server one can think of: any of the ways
// in which some server would take a request for another one is a reason.
#include "scanner/privilege/request_content.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/privilege/policy.h"
#include "scanner/privilege/utf8.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr const char* kNotOnlyQueries = "GraphQL that is not only queries";

std::string_view after_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first == text.npos ? std::string_view() : text.substr(first);
}

// --- Paths and parameters ----------------------------------------------------

bool climbs(std::string_view path) {
  path = path.substr(0, path.find('?'));
  while (!path.empty()) {
    const std::size_t end = path.find('/', 1);
    const std::string segment =
        percent_decoded(path.substr(1, end == path.npos ? end : end - 1));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(std::min(end, path.size()));
  }
  return false;
}

struct Parameter {
  std::string name, value;
};

// Of a query or a form, where '+' is a blank.
std::vector<Parameter> parameters_of(std::string_view text) {
  std::vector<Parameter> found;
  const auto decoded = [](std::string_view piece) {
    std::string plain(piece);
    std::replace(plain.begin(), plain.end(), '+', ' ');
    return percent_decoded(plain);
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("&;"), text.size());
    const std::string_view pair = text.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    found.push_back({decoded(pair.substr(0, equals)),
                     decoded(pair.substr(std::min(equals + 1, pair.size())))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

bool stands_for_a_method(std::string_view name) {
  constexpr std::string_view kNames[] = {"_method",
                                         "_httpmethod",
                                         "http_method",
                                         "x-http-method",
                                         "x-http-method-override",
                                         "x-method-override",
                                         "_method_override",
                                         "$method"};
  return std::count(std::begin(kNames), std::end(kNames), lower_case(name)) > 0;
}

// AWS's operations begin with a verb; these look only.
bool is_reading_operation(std::string_view name) {
  constexpr std::string_view kVerbs[] = {"Get",      "List",     "Describe",
                                         "Simulate", "BatchGet", "Lookup"};
  return std::any_of(
      std::begin(kVerbs), std::end(kVerbs), [&](std::string_view verb) {
        return name.starts_with(verb) && name.size() > verb.size() &&
               name[verb.size()] >= 'A' && name[verb.size()] <= 'Z';
      });
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

// A text that begins like a GraphQL document has to be queries.
bool is_graphql_that_changes(std::string_view text) {
  text = after_blanks(text);
  const bool is_open = !text.empty() && std::string_view("{#,").find(text[0]) !=
                                            std::string_view::npos;
  const std::size_t end = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), is_name_character) -
      text.begin());
  const std::string_view word = text.substr(0, end);
  const bool is_form = text.substr(end).starts_with('=');  // query=...
  const bool is_keyword = word == "query" || word == "mutation" ||
                          word == "subscription" || word == "fragment";
  return (is_open || (is_keyword && !is_form)) && !is_graphql_query(text);
}

std::string parameter_problem(std::string_view text) {
  for (const auto& [name, value] : parameters_of(text)) {
    if (stands_for_a_method(name)) {
      return "the parameter " + lower_case(name) + " stands for a method";
    }
    if (name == "Action" && !is_reading_operation(value)) {
      return "an Action that does not only read";
    }
    if (lower_case(name) == "query" && is_graphql_that_changes(value)) {
      return kNotOnlyQueries;
    }
  }
  return {};
}

// --- JSON --------------------------------------------------------------------

// Some servers take "Query" for "query", or the last of two.
bool is_query_key(std::string_view key) { return lower_case(key) == "query"; }

bool has_query(const Json& request) {
  return request.is_object() && request.contains("query") &&
         request["query"].is_string();
}

// A "query" twice in one object, or in another spelling: servers differ in
// which one counts.  A list of objects is one level deeper.
bool repeats_query(std::string_view body) {
  std::vector<int> seen(3, 0);
  bool repeats = false;
  const Json::parser_callback_t look = [&](int depth, Json::parse_event_t event,
                                           Json& parsed) {
    if (depth < 0 || depth > 2) return true;
    int& count = seen[static_cast<std::size_t>(depth)];
    if (event == Json::parse_event_t::object_end && depth < 2) {
      seen[static_cast<std::size_t>(depth) + 1] = 0;
    }
    if (event == Json::parse_event_t::key) {
      const std::string& key = parsed.get_ref<const std::string&>();
      if (is_query_key(key)) repeats |= key != "query" || ++count > 1;
    }
    return true;
  };
  const Json ignored = Json::parse(body.begin(), body.end(), look, false);
  return repeats;
}

// GraphQL over HTTP is an object with a "query", or a list of such.  The hash
// of a persisted query ("extensions") may stand for a mutation.
bool may_change(const Json& request, bool is_graphql) {
  if (request.is_array()) {
    // Lists of lists are nobody's protocol.
    return std::any_of(request.begin(), request.end(), [&](const Json& one) {
      return one.is_array() || may_change(one, is_graphql);
    });
  }
  if (has_query(request)) {
    return !is_graphql_query(request["query"].get_ref<const std::string&>());
  }
  return is_graphql || (request.is_object() && request.contains("extensions"));
}

// --- Bodies ------------------------------------------------------------------

std::string content_type_of(const HttpRequest& request) {
  for (const auto& [name, value] : request.headers) {
    if (lower_case(name) == "content-type") return lower_case(value);
  }
  return {};
}

std::string body_problem(const HttpRequest& request, const UrlParts& url) {
  const std::string& body = request.body;
  const std::string type = content_type_of(request);
  if (!is_utf8(body) || body.find('\0') != body.npos) {
    return "the body is no UTF-8";
  }
  if (type.find("multipart") != type.npos) return "a form in parts";
  const bool is_raw = type.find("graphql") != type.npos;
  const std::string_view begin = after_blanks(body).substr(0, 1);
  if (!is_raw && begin != "{" && begin != "[") {
    if (is_graphql_that_changes(body)) return kNotOnlyQueries;
    return parameter_problem(body);
  }
  const Json parsed = Json::parse(body, nullptr, false);
  if (parsed.is_discarded()) {
    if (!is_raw) return "the body is broken JSON";
    return is_graphql_query(body) ? "" : kNotOnlyQueries;
  }
  if (repeats_query(body)) return "JSON with two queries in one object";
  const std::string path = lower_case(url.path.substr(0, url.path.find('?')));
  const bool is_graphql = is_raw || path.find("graphql") != path.npos;
  return may_change(parsed, is_graphql) ? kNotOnlyQueries : "";
}

// "DynamoDB_20120810.ListTables"
std::string target_problem(const HttpRequest& request) {
  for (const auto& [name, value] : request.headers) {
    if (lower_case(name) != "x-amz-target") continue;
    const std::string_view text = value;
    if (!is_reading_operation(text.substr(text.rfind('.') + 1))) {
      return "an X-Amz-Target that does not only read";
    }
  }
  return {};
}

}  // namespace

std::string content_problem(const HttpRequest& request, const UrlParts& url) {
  if (climbs(url.path)) return "a path with dots to climb by";
  if (const std::size_t query = url.path.find('?'); query != url.path.npos) {
    const std::string_view text = url.path;
    if (auto problem = parameter_problem(text.substr(query + 1));
        !problem.empty()) {
      return problem;
    }
  }
  if (auto problem = target_problem(request); !problem.empty()) return problem;
  return request.method == "POST" ? body_problem(request, url) : "";
}

}  // namespace overreach
