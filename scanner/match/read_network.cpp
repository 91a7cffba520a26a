// Secrets in URLs, HTTP headers and mail sessions.

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/assignment.h"
#include "scanner/match/context.h"
#include "scanner/match/lines.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr CharSet kSchemeCharacters = char_set("A-Za-z0-9+.-");
constexpr CharSet kBase64Characters = char_set("A-Za-z0-9+/=_-");
constexpr CharSet kTokenCharacters = char_set("A-Za-z0-9._~+/=-");
constexpr CharSet kEndsUserinfo = char_set("\"'`<>\\/?#");
constexpr std::size_t kMaxUserinfo = 600;

constexpr std::string_view kInUrl = "it stands as the password of a URL";
constexpr std::string_view kInHeader = "it stands in an HTTP header";

const TokenRule* rule_of_scheme(const ReaderInput& input,
                                std::string_view scheme) {
  const std::string folded = lower_case(scheme);
  const TokenRule* any = nullptr;
  for (const std::uint32_t index : input.with(Finder::url)) {
    const TokenRule& rule = input.rules.tokens[index];
    if (std::find(rule.schemes.begin(), rule.schemes.end(), folded) !=
        rule.schemes.end()) {
      return &rule;
    }
    if (rule.schemes.empty()) any = &rule;
  }
  return any;
}

bool is_example_host(std::string_view host) {
  for (const std::string_view end :
       {"example.com", "example.org", "example.net", "test.com", "host",
        "hostname", "domain.com", "server"}) {
    if (host == end ||
        (host.ends_with(end) && host[host.size() - end.size() - 1] == '.')) {
      return true;
    }
  }
  return false;
}

constexpr CharSet kUpperName = char_set("A-Z0-9_");

// @YOUR_ENDPOINT:YOUR_PORT, @URI, @DB_HOST: to be filled in.
bool is_placeholder_host(std::string_view host) {
  return host.size() >= 3 && host.front() >= 'A' && host.front() <= 'Z' &&
         std::all_of(host.begin(), host.end(),
                     [](char c) { return kUpperName.contains(c); });
}

// Options that say how to connect; others may hold secrets of their own.
std::string connection_options(std::string_view query) {
  constexpr std::array<std::string_view, 8> kHarmless = {
      "sslmode", "ssl-mode", "sslMode", "ssl",
      "tls",     "useSSL",   "encrypt", "authSource"};
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view option = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::string_view key = option.substr(0, option.find('='));
    if (std::find(kHarmless.begin(), kHarmless.end(), key) == kHarmless.end()) {
      continue;
    }
    kept += (kept.empty() ? "?" : "&") + std::string(option);
  }
  return kept;
}

// "postgres://orders@db01:5432/orders?sslmode=require": the URL without its
// password, so that the database can be asked what the password opens.
// `before` ends with the user, `host` is where the host begins.
std::string url_without_password(std::string_view before, std::string_view text,
                                 std::size_t host) {
  constexpr std::size_t kMaxRest = 300;
  const std::string_view rest = text.substr(host, kMaxRest);
  const std::size_t end =
      std::min(rest.find_first_of(" \t\r\n\"'`<>\\;){}$#|"), rest.size());
  const std::string_view place = rest.substr(0, end);
  const std::size_t mark = std::min(place.find('?'), place.size());
  std::string_view path = place.substr(0, mark);
  while (path.ends_with(',') || path.ends_with('.')) path.remove_suffix(1);
  std::string url(before);
  url += '@';
  url += path;
  if (mark < place.size()) url += connection_options(place.substr(mark + 1));
  return url;
}

// Where the whole address begins, `jdbc:` and the like included.
std::size_t address_begin(std::string_view text, std::size_t scheme) {
  std::size_t begin = scheme;
  while (
      begin > 0 && scheme - begin < 40 &&
      (text[begin - 1] == ':' || kSchemeCharacters.contains(text[begin - 1]))) {
    --begin;
  }
  const std::string_view before = text.substr(begin, scheme - begin);
  for (const std::string_view outer : {"r2dbc:", "jdbc:"}) {
    const std::size_t at = before.rfind(outer);
    if (at != before.npos) return begin + at;
  }
  return scheme;
}

// What the address is assigned to: a variable, a key, an attribute.  Of a list
// of addresses the one before is no name.
std::string_view name_of_address(std::string_view text, std::size_t scheme) {
  const std::string_view name = name_before(text, address_begin(text, scheme));
  if (name.empty() || name.data() == text.data()) return name;
  constexpr std::string_view kInsideAddress = "@/:?&=%#";
  const bool is_part = kInsideAddress.find(name.data()[-1]) != text.npos;
  return is_part ? std::string_view() : name;
}

// "Basic " + base64.b64encode(b"user:pass"): what a program will send.
void read_encoded_pair(const ReaderInput& input, std::size_t at,
                       Findings& out) {
  const std::string_view text = input.text;
  const std::size_t limit = line_end(text, at, 160);
  const std::string_view rest = part(input, at, limit);
  const std::size_t encode = rest.find("64");
  const std::size_t open = rest.find('(', encode);
  if (encode == rest.npos || open == rest.npos) return;
  const auto literal = read_literal(text, at + open + 1);
  if (!literal) return;
  const std::string_view pair = part(input, literal->begin, literal->end);
  const std::size_t colon = pair.find(':');
  if (colon == pair.npos || colon == 0 || is_placeholder(pair)) return;
  const auto confidence = judge_password_here(pair.substr(colon + 1));
  if (!confidence) return;
  add_finding(input,
              rule_for(input, Finder::basic_auth, literal->begin, literal->end),
              literal->begin + colon + 1, literal->end, *confidence, kInHeader,
              "Authorization", out);
}

// nats://TOKEN@host: the token of a server of NATS stands as the user.
void read_url_token(const ReaderInput& input, std::string_view scheme,
                    std::size_t begin, std::size_t end, Findings& out) {
  constexpr std::size_t kShortest = 12;
  const std::string_view token = part(input, begin, end);
  if (scheme != "nats" || token.size() < kShortest || is_placeholder(token) ||
      !looks_random(token)) {
    return;
  }
  add_finding(input, rule_of_scheme(input, scheme), begin, end,
              Confidence::medium, "it stands as the token of a URL", {}, out);
}

std::size_t scheme_begin(std::string_view text, std::size_t end) {
  constexpr std::size_t kLongest = 24;
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongest &&
         kSchemeCharacters.contains(text[begin - 1])) {
    --begin;
  }
  return begin;
}

}  // namespace

void read_dsn(const ReaderInput& input, std::size_t at, Findings& out) {
  // user:password@tcp(host:3306)/name, as Go's driver of MySQL has it
  constexpr std::size_t kReach = 200;
  constexpr std::string_view kBegins = " \t\r\n\"'`=/(";
  const std::string_view text = input.text;
  const std::size_t low = at - std::min(at, kReach);
  std::size_t begin = at;
  while (begin > low && kBegins.find(text[begin - 1]) == kBegins.npos) {
    --begin;
  }
  if (begin > 0 && begin == low) return;  // no user is so long
  const std::string_view user_and_password = part(input, begin, at);
  const std::size_t colon = user_and_password.find(':');
  if (colon == text.npos || colon == 0) return;
  const std::string_view user = user_and_password.substr(0, colon);
  const std::string_view password = user_and_password.substr(colon + 1);
  if (is_placeholder(password)) return;
  auto confidence = judge_password_here(password);
  if (!confidence) return;
  if (password == user) confidence = Confidence::low;
  add_finding(input, rule_of_scheme(input, "mysql"), begin + colon + 1, at,
              *confidence, "it stands as the password of an address", {}, out);
}

void read_url(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  if (at == 0 || !kSchemeCharacters.contains(text[at - 1])) return;
  const std::size_t begin = at + 3;
  const std::size_t limit = std::min(text.size(), begin + kMaxUserinfo);
  std::size_t at_sign = begin;
  std::size_t colon = text.npos;
  for (; at_sign < limit; ++at_sign) {
    const char c = text[at_sign];
    if (c == '@') break;
    if (c == ':' && colon == text.npos) colon = at_sign;
    if (c <= ' ' || kEndsUserinfo.contains(c)) return;
  }
  if (at_sign >= limit || colon + 1 == at_sign) return;
  const std::size_t scheme = scheme_begin(text, at);
  if (colon == text.npos) {
    return read_url_token(input, part(input, scheme, at), begin, at_sign, out);
  }
  // A password may hold an @ itself: the host begins behind the last one.
  for (std::size_t i = at_sign + 1; i < limit; ++i) {
    const char c = text[i];
    if (c == '@') at_sign = i;
    if (c <= ' ' ||
        std::string_view("/?#\"'`<>\\,;)").find(c) != std::string_view::npos) {
      break;
    }
  }
  const std::string_view password = part(input, colon + 1, at_sign);
  const std::string_view user = part(input, begin, colon);
  std::size_t host_end = at_sign + 1;
  while (
      host_end < text.size() &&
      (kSchemeCharacters.contains(text[host_end]) || text[host_end] == '_')) {
    ++host_end;
  }
  const std::string_view host = part(input, at_sign + 1, host_end);
  if (host.empty() && at_sign + 1 < text.size() && text[at_sign + 1] != '[' &&
      text[at_sign + 1] != '/' && text[at_sign + 1] != '$' &&
      text[at_sign + 1] != '{' && text[at_sign + 1] != '%') {
    return;
  }
  if (is_placeholder(password)) return;
  auto confidence = judge_password_here(password);
  if (!confidence) return;
  if (password == user || is_example_host(host) || is_placeholder_host(host) ||
      user == "username") {
    confidence = Confidence::low;
  }
  add_finding(input, rule_of_scheme(input, part(input, scheme, at)), colon + 1,
              at_sign, *confidence, kInUrl, name_of_address(text, scheme), out);
  if (!out.empty() && out.back().begin == colon + 1) {
    if (!user.empty()) out.back().facts.emplace_back("user", user);
    if (!host.empty()) out.back().facts.emplace_back("host", host);
    out.back().facts.emplace_back(
        "url",
        url_without_password(part(input, scheme, colon), text, at_sign + 1));
  }
}

void read_scheme(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  const bool basic = (text[at + 2] | 32) == 's';
  if (at > 0 && kAlnum.contains(text[at - 1])) return;
  const std::size_t begin = at + (basic ? 6 : 7);
  std::size_t end = begin;
  const CharSet& set = basic ? kBase64Characters : kTokenCharacters;
  while (end < text.size() && end - begin < 4000 && set.contains(text[end])) {
    ++end;
  }
  const std::string_view value = part(input, begin, end);
  if (basic) {
    const auto decoded = decode_base64(value);
    if (value.size() < 6 || !decoded) return read_encoded_pair(input, end, out);
    const std::size_t colon = decoded->find(':');
    const bool printable =
        std::all_of(decoded->begin(), decoded->end(),
                    [](char c) { return c >= ' ' && c < 0x7f; });
    if (!printable || colon == decoded->npos) return;
    const std::string_view password =
        std::string_view(*decoded).substr(colon + 1);
    const auto confidence = judge_password_here(
        password.empty() ? std::string_view(*decoded).substr(0, colon)
                         : password);
    if (!confidence) return;
    add_finding(input, rule_for(input, Finder::basic_auth, begin, end), begin,
                end, *confidence, kInHeader, "Authorization", out);
    return;
  }
  if (value.size() < 12 || is_placeholder(value) || is_sample_token(value)) {
    return;
  }
  if (value.ends_with("...") || !looks_random(value)) return;
  add_finding(input, rule_for(input, Finder::bearer, begin, end), begin, end,
              Confidence::medium, kInHeader, "Authorization", out);
}

void read_auth_plain(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  const std::size_t plain = text.substr(0, at + 24).find("PLAIN ", at);
  if (plain == text.npos) return;
  const std::size_t begin = plain + 6;
  std::size_t end = begin;
  while (end < text.size() && end - begin < 400 &&
         kBase64Characters.contains(text[end])) {
    ++end;
  }
  const auto decoded = decode_base64(part(input, begin, end));
  if (!decoded || std::count(decoded->begin(), decoded->end(), '\0') != 2) {
    return;
  }
  const auto confidence = judge_password_here(
      std::string_view(*decoded).substr(decoded->rfind('\0') + 1));
  if (!confidence) return;
  add_finding(input, rule_for(input, Finder::basic_auth, begin, end), begin,
              end, *confidence, "it is the log-in of a mail session",
              "AUTH PLAIN", out);
}

}  // namespace overreach
