// Texts of keys and values.  None names its database, so the dialect tells:
// keys apart by blanks are libpq's; with semicolons it is ADO.NET, where the
// words (Npgsql's Host and Username, MySQL's Uid and Pwd) and the port decide;
// a host with commas is StackExchange.Redis.

#include <map>
#include <utility>

#include "scanner/privilege/connection_url.h"

namespace overreach {
namespace {

using Pairs = std::map<std::string, std::string>;  // plain_name -> value

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// libpq: values in single quotes or up to a blank, with backslashes.
std::optional<Pairs> blank_pairs(std::string_view text) {
  Pairs pairs;
  std::size_t at = text.find_first_not_of(kBlanks);
  while (at < text.size()) {
    const std::size_t equals = text.find('=', at);
    if (equals == text.npos) return std::nullopt;
    const std::string_view key = without_blanks(text.substr(at, equals - at));
    if (key.empty() || key.find_first_of(" ;'") != key.npos) {
      return std::nullopt;
    }
    at = std::min(text.find_first_not_of(kBlanks, equals + 1), text.size());
    const bool is_quoted = at < text.size() && text[at] == '\'';
    std::string value;
    for (at += is_quoted ? 1 : 0; at < text.size(); ++at) {
      if (is_quoted ? text[at] == '\''
                    : kBlanks.find(text[at]) != kBlanks.npos) {
        break;
      }
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      value += text[at];
    }
    if (is_quoted && at == text.size()) return std::nullopt;
    pairs[plain_name(key)] = value;
    at = std::min(text.find_first_not_of(kBlanks, at + 1), text.size());
  }
  return pairs;
}

// ADO.NET: values may stand in either quote, which doubles inside.
Pairs semicolon_pairs(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos) break;
    const std::string key = plain_name(without_blanks(text.substr(0, equals)));
    std::size_t at =
        std::min(text.find_first_not_of(kBlanks, equals + 1), text.size());
    const char quote = at < text.size() ? text[at] : ';';
    std::string value;
    if (quote == '"' || quote == '\'') {
      for (++at; at < text.size(); ++at) {
        if (text[at] == quote &&
            text.substr(at + 1, 1) != std::string(1, quote))
          break;
        if (text[at] == quote) ++at;
        value += text[at];
      }
    }
    const std::size_t end = std::min(text.find(';', at), text.size());
    if (value.empty()) value = without_blanks(text.substr(at, end - at));
    pairs[key] = value;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pairs;
}

std::string first_of(const Pairs& pairs,
                     std::initializer_list<const char*> keys) {
  for (const char* const key : keys) {
    const auto at = pairs.find(key);
    if (at != pairs.end()) return at->second;
  }
  return "";
}

Result<ConnectionTarget> target_of(const Pairs& pairs, std::string protocol) {
  ConnectionTarget target;
  target.protocol = std::move(protocol);
  TRY(apply_host(target, first_of(pairs, {"host", "server", "datasource",
                                          "hostaddr", "hostname"})));
  const std::string port = first_of(pairs, {"port"});
  if (!port.empty()) TRY(apply_port(target, port));
  target.user = first_of(pairs, {"user", "userid", "uid", "username"});
  target.password = Secret(first_of(pairs, {"password", "pwd"}));
  target.database = first_of(pairs, {"dbname", "database", "initialcatalog"});
  for (const auto& [key, value] : pairs) apply_tls_option(target, key, value);
  if (target.host.empty()) return fail("connection text: no host");
  return target;
}

// Empty when the words do not tell.
std::string ado_protocol(const Pairs& pairs) {
  const std::string port = first_of(pairs, {"port"});
  if (port == "5432" || port == "6543") return "postgres";
  if (port == "3306") return "mysql";
  const std::string server = first_of(pairs, {"server", "datasource"});
  if (server.starts_with("tcp:") || server.find(',') != server.npos ||
      pairs.count("initialcatalog") || pairs.count("encrypt") ||
      pairs.count("trustservercertificate")) {
    return "";  // Microsoft SQL Server
  }
  if (pairs.count("host") && pairs.count("username")) return "postgres";
  if (pairs.count("uid") && pairs.count("server")) return "mysql";
  return "";
}

// "host:port,password=p,ssl=True,user=u"
std::optional<Result<ConnectionTarget>> parse_redis(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == text.npos || text.find('=') < comma ||
      text.find(";") != text.npos) {
    return std::nullopt;
  }
  Pairs pairs;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view piece = text.substr(0, end);
    const std::size_t equals = piece.find('=');
    if (equals != piece.npos) {
      pairs[plain_name(piece.substr(0, equals))] = piece.substr(equals + 1);
    } else {
      pairs.emplace("host", piece);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!pairs.count("password")) return std::nullopt;
  auto target = target_of(pairs, "redis");
  if (target && !pairs.count("ssl")) target->tls = ConnectionTarget::Tls::off;
  return target;
}

}  // namespace

Result<ConnectionTarget> parse_connection_pairs(std::string_view text) {
  if (auto target = parse_redis(text)) return *target;
  if (text.find(';') == text.npos) {
    const std::optional<Pairs> pairs = blank_pairs(text);
    if (!pairs || pairs->empty()) {
      return fail("connection text: neither a URL nor keys with values");
    }
    return target_of(*pairs, "postgres");
  }
  const Pairs pairs = semicolon_pairs(text);
  const std::string protocol = ado_protocol(pairs);
  if (protocol.empty()) {
    return fail("connection text: it does not say which database");
  }
  return target_of(pairs, protocol);
}

}  // namespace overreach
