// Connection URLs as drivers write them.  Applications are careless with them,
// so is this: a broken percent sign stands for itself, and the user ends at the
// last '@', because passwords with a bare '@' are common.

#include "scanner/privilege/connection_url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "scanner/base/text.h"

namespace overreach {
namespace {

struct Scheme {
  std::string_view name, protocol;
  ConnectionTarget::Tls tls;
};
using Tls = ConnectionTarget::Tls;

// What follows a '+' is the driver, unless the whole is in this table.
constexpr std::array kSchemes = {
    Scheme{"postgres", "postgres", Tls::prefer},
    Scheme{"postgresql", "postgres", Tls::prefer},
    Scheme{"postgis", "postgres", Tls::prefer},
    Scheme{"pgsql", "postgres", Tls::prefer},
    Scheme{"pg", "postgres", Tls::prefer},
    Scheme{"timescaledb", "postgres", Tls::prefer},
    Scheme{"ecto", "postgres", Tls::prefer},
    Scheme{"mysql", "mysql", Tls::prefer},
    Scheme{"mysql2", "mysql", Tls::prefer},
    Scheme{"mysqli", "mysql", Tls::prefer},
    Scheme{"mariadb", "mysql", Tls::prefer},
    Scheme{"redis", "redis", Tls::off},
    Scheme{"rediss", "redis", Tls::require},
    Scheme{"redis+ssl", "redis", Tls::require},
    Scheme{"redis+tls", "redis", Tls::require},
    Scheme{"valkey", "redis", Tls::off},
    Scheme{"valkeys", "redis", Tls::require},
    Scheme{"keydb", "redis", Tls::off},
    Scheme{"mongodb", "mongodb", Tls::off},
    Scheme{"mongodb+srv", "mongodb+srv", Tls::require},
    Scheme{"nats", "nats", Tls::prefer},
};

const Scheme* find_scheme(std::string_view name) {
  const auto at =
      std::find_if(kSchemes.begin(), kSchemes.end(),
                   [&](const Scheme& scheme) { return scheme.name == name; });
  return at == kSchemes.end() ? nullptr : &*at;
}

// "jdbc:mysql:loadbalance" and "PostgreSQL+psycopg2" are known too.
const Scheme* scheme_of(std::string_view text) {
  std::string name = lower_case(text);
  for (const std::string_view prefix : {"jdbc:", "r2dbc:"}) {
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  }
  name.erase(std::min(name.find(':'), name.size()));
  if (const Scheme* const whole = find_scheme(name)) return whole;
  if (name.starts_with("redis+sentinel")) return nullptr;  // another protocol
  return find_scheme(std::string_view(name).substr(0, name.find('+')));
}

struct UrlPieces {
  std::string_view user_info, hosts, database, query;
  bool has_user = false;
};

UrlPieces cut_url(std::string_view rest) {
  UrlPieces pieces;
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, end);
  std::string_view tail = rest.substr(end);
  tail = tail.substr(0, tail.find('#'));
  const std::size_t mark = tail.find('?');
  if (mark != tail.npos) pieces.query = tail.substr(mark + 1);
  pieces.database = tail.substr(0, mark);
  if (pieces.database.starts_with('/')) pieces.database.remove_prefix(1);
  const std::size_t at = authority.rfind('@');
  if (at != authority.npos) {
    pieces.has_user = true;
    pieces.user_info = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  pieces.hosts = authority;
  return pieces;
}

Status apply_option(ConnectionTarget& target, std::string_view key,
                    const std::string& value) {
  const std::string name = plain_name(key);
  if (name == "user" || name == "username") target.user = value;
  if (name == "password") target.password = Secret(value);
  if (name == "dbname") target.database = value;
  if (name == "authsource") target.auth_database = value;
  if (name == "port") return apply_port(target, value);
  if (name == "host" && target.host.empty()) return apply_host(target, value);
  apply_tls_option(target, key, value);
  return {};
}

// Also for the ';' of some JDBC drivers.
Status apply_query(ConnectionTarget& target, std::string_view query) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find_first_of("&;"), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) continue;
    TRY(apply_option(target, pair.substr(0, equals),
                     percent_decoded(pair.substr(equals + 1))));
  }
  return {};
}

Result<ConnectionTarget> parse_url(const Scheme& scheme,
                                   std::string_view rest) {
  ConnectionTarget target;
  target.protocol = scheme.protocol;
  target.tls = scheme.tls;
  const UrlPieces pieces = cut_url(rest);
  if (pieces.has_user) {
    const std::size_t colon = pieces.user_info.find(':');
    target.user = percent_decoded(pieces.user_info.substr(0, colon));
    if (colon != pieces.user_info.npos) {
      target.password =
          Secret(percent_decoded(pieces.user_info.substr(colon + 1)));
    }
  }
  target.database = percent_decoded(pieces.database);
  if (!pieces.hosts.empty()) TRY(apply_host(target, pieces.hosts));
  TRY(apply_query(target, pieces.query));
  if (target.host.empty()) return fail("connection URL: no host");
  return target;
}

// "user:password@tcp(host:port)/database?tls=true", Go's for MySQL.
std::optional<Result<ConnectionTarget>> parse_go(std::string_view text) {
  const std::size_t open = text.rfind("@tcp(");
  if (open == text.npos) return std::nullopt;
  const std::size_t close = text.find(')', open);
  if (close == text.npos) return std::nullopt;
  ConnectionTarget target;
  target.protocol = "mysql";
  const std::string_view user_info = text.substr(0, open);
  const std::size_t colon = user_info.find(':');
  target.user = user_info.substr(0, colon);
  if (colon != user_info.npos) {
    target.password = Secret(user_info.substr(colon + 1));
  }
  const UrlPieces pieces = cut_url(text.substr(close + 1));
  target.database = pieces.database;
  if (Status done = apply_host(target, text.substr(open + 5, close - open - 5));
      !done) {
    return fail(done.error().text);
  }
  if (Status done = apply_query(target, pieces.query); !done) {
    return fail(done.error().text);
  }
  if (target.host.empty()) return fail("connection URL: no host");
  return target;
}

}  // namespace

std::string plain_name(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '-' || c == '_' || c == ' ') continue;
    result += lower_letter(c);
  }
  return result;
}

void apply_tls_option(ConnectionTarget& target, std::string_view key,
                      std::string_view value) {
  constexpr std::array<std::string_view, 6> kKeys = {
      "sslmode", "ssl", "tls", "usessl", "requiressl", "encrypt"};
  constexpr std::array<std::string_view, 6> kOff = {
      "disable", "disabled", "none", "false", "0", "no"};
  constexpr std::array<std::string_view, 3> kPrefer = {"prefer", "preferred",
                                                       "allow"};
  const auto holds = [](const auto& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  if (!holds(kKeys, plain_name(key))) return;
  const std::string mode = plain_name(value);
  target.tls = holds(kOff, mode)      ? Tls::off
               : holds(kPrefer, mode) ? Tls::prefer
                                      : Tls::require;
}

Status apply_port(ConnectionTarget& target, std::string_view digits) {
  digits = digits.substr(0, digits.find(','));
  std::uint16_t port = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    return fail("connection URL: the port is no number");
  }
  target.port = port;
  return {};
}

Status apply_host(ConnectionTarget& target, std::string_view text) {
  std::string_view first = text.substr(0, text.find(','));
  const std::size_t bracket = first.find(']');
  const bool is_v6 = first.starts_with('[') && bracket != first.npos;
  const bool is_bare_v6 =
      !is_v6 && std::count(first.begin(), first.end(), ':') > 1;
  const std::size_t colon =
      is_bare_v6 ? first.npos : first.find(':', is_v6 ? bracket : 0);
  std::string_view host = first.substr(0, colon);
  if (is_v6) host = first.substr(1, bracket - 1);
  target.host = percent_decoded(host);
  if (colon == first.npos || colon + 1 == first.size()) return {};
  return apply_port(target, first.substr(colon + 1));
}

Result<ConnectionTarget> parse_connection_url(std::string_view url) {
  const std::size_t mark = url.find("://");
  if (mark != url.npos && url.substr(0, mark).find('=') == url.npos) {
    const Scheme* const scheme = scheme_of(url.substr(0, mark));
    if (!scheme) return fail("connection URL: not a protocol that is known");
    return parse_url(*scheme, url.substr(mark + 3));
  }
  if (auto target = parse_go(url)) return *target;
  return parse_connection_pairs(url);
}

}  // namespace overreach
