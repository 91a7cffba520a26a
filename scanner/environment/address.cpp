#include "scanner/environment/address.h"

#include <algorithm>
#include <array>
#include <utility>

#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/environment/connection_string.h"

namespace overreach {
namespace {

constexpr std::size_t kLongest = 2048;  // bytes

constexpr std::array<std::string_view, 26> kDataSchemes = {
    "postgres",  "postgresql", "cockroachdb", "mysql",  "mysql2", "mariadb",
    "mongodb",   "redis",      "rediss",      "amqp",   "amqps",  "kafka",
    "s3",        "gs",         "sqlserver",   "mssql",  "oracle", "clickhouse",
    "cassandra", "neo4j",      "bolt",        "libsql", "nats",   "influxdb",
    "couchdb",   "prisma"};

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}
bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 &&
         std::all_of(text.begin(), text.end(), is_host_char) &&
         text.front() != '.' && text.front() != '-';
}

// Splits "host:port"; false when it is not one.
bool take_host(std::string_view text, Address& address) {
  const std::size_t colon = text.rfind(':');
  std::string_view host = text.substr(0, colon);
  if (colon != text.npos) {
    const std::string_view port = text.substr(colon + 1);
    if (port.empty() || port.size() > 5 ||
        !std::all_of(port.begin(), port.end(), is_digit)) {
      return false;
    }
    address.port = port;
  }
  if (!is_host(host)) return false;
  address.host = lower_case(host);
  return true;
}

// What the last label of a host is, where nothing else says that a text is one:
// common top-level domains and names of private networks.
constexpr auto kLastLabels = std::to_array<std::string_view>(
    {"ai",        "app",   "at",   "au",   "be",  "br",   "ca",   "cc",
     "ch",        "cloud", "cn",   "co",   "com", "corp", "cz",   "de",
     "dev",       "dk",    "edu",  "es",   "eu",  "fi",   "fr",   "gg",
     "gov",       "home",  "host", "ie",   "il",  "in",   "info", "int",
     "internal",  "io",    "it",   "jp",   "kr",  "lan",  "link", "local",
     "localhost", "me",    "mil",  "mx",   "net", "nl",   "no",   "nz",
     "online",    "org",   "pl",   "pt",   "ru",  "se",   "sg",   "site",
     "space",     "store", "tech", "test", "tv",  "tw",   "ua",   "uk",
     "us",        "works", "xyz",  "za",   "zone"});

// Classes (com.acme.Driver), files, sizes of machines and versions are written
// like hosts.  A port or a scheme says that a text is an address.
bool is_bare_host(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == text.npos) return false;
  const std::string last = lower_case(text.substr(dot + 1));
  const std::string_view first = text.substr(0, text.find('.'));
  const bool is_package = first == "com" || first == "org" || first == "net" ||
                          first == "io" || first == "java" || first == "javax";
  if (!last.empty() && std::all_of(last.begin(), last.end(), is_digit)) {
    return std::count(text.begin(), text.end(), '.') == 3;
  }
  return !is_package && std::find(kLastLabels.begin(), kLastLabels.end(),
                                  last) != kLastLabels.end();
}

// "kafka-1.acme.com:9092,kafka-2.acme.com:9092": each with a port, or it is a
// list of anything.
bool take_hosts(std::string_view text, Address& address) {
  Address first;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    Address each;
    if (!take_host(text.substr(0, comma), each) || each.port.empty()) {
      return false;
    }
    if (first.host.empty()) first = std::move(each);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  address = std::move(first);
  return true;
}

// Not "<password>", which somebody has to fill in, nor what every server of the
// kind has at first.
bool is_real_password(std::string_view text) {
  return !text.empty() && text.front() != '<' &&
         !is_listed(" postgres password root admin user pass secret changeme ",
                    text);
}

std::optional<Address> parse_url(std::string_view scheme,
                                 std::string_view rest) {
  Address address;
  address.scheme = lower_case(scheme.substr(0, scheme.find('+')));
  const std::size_t end = rest.find_first_of("/?#;");
  std::string_view authority = rest.substr(0, end);
  if (const std::size_t at = authority.rfind('@'); at != authority.npos) {
    const std::string_view user = authority.substr(0, at);
    const std::size_t colon = user.find(':');
    address.user = user.substr(0, colon);
    address.has_password =
        colon != user.npos && is_real_password(user.substr(colon + 1));
    authority.remove_prefix(at + 1);
  }
  // Of several hosts the first.
  if (!take_host(authority.substr(0, authority.find(',')), address)) return {};
  if (end == rest.npos || rest[end] != '/') return address;
  const std::string_view path = rest.substr(end + 1);
  address.path = path.substr(0, path.find_first_of("/?#;"));
  return address;
}

}  // namespace

bool is_data_scheme(std::string_view scheme) {
  return std::find(kDataSchemes.begin(), kDataSchemes.end(), scheme) !=
         kDataSchemes.end();
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.starts_with("jdbc:")) text.remove_prefix(5);
  if (text.size() > kLongest) return {};
  const std::size_t colon = text.find("://");
  if (colon == text.npos && text.find('=') != text.npos) {
    return parse_connection_string(text);
  }
  if (text.find_first_of(" \t\n") != text.npos) return {};
  if (colon == text.npos) {
    Address address;
    if (text.find(',') != text.npos) {
      return take_hosts(text, address) ? std::optional(address) : std::nullopt;
    }
    if (text.find_first_of(".:") == text.npos || !take_host(text, address)) {
      return {};
    }
    if (address.port.empty() && !is_bare_host(text)) return {};
    return address;
  }
  const std::string_view scheme = text.substr(0, colon);
  const bool is_scheme =
      !scheme.empty() && std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_host_char(c) || c == '+';
      });
  if (!is_scheme) return {};
  return parse_url(scheme, text.substr(colon + 3));
}

}  // namespace overreach
