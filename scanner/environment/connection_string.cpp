#include "scanner/environment/connection_string.h"

#include <algorithm>
#include <string>

#include "scanner/base/text.h"
#include "scanner/base/word_list.h"

namespace overreach {
namespace {

// Keys in lower case, without blanks.
constexpr std::string_view kServers =
    " server datasource host hostname addr address networkaddress ";
constexpr std::string_view kDatabases = " database initialcatalog dbname ";
constexpr std::string_view kUsers = " user userid uid username ";
constexpr std::string_view kPasswords = " password pwd ";

// 'db' and "db" as a driver reads them, without the quotes.
std::string_view unquoted(std::string_view text) {
  const auto is_outer = [](char c) { return c == ' ' || c == '\''; };
  while (!text.empty() && is_outer(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_outer(text.back())) text.remove_suffix(1);
  return text;
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && text.front() != '.' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '.' || c == '_';
         });
}

// "tcp:db.acme.com,1433", "localhost\SQLEXPRESS", "db.acme.com:5432"
void take_server(std::string_view value, Address& address) {
  if (value.starts_with("tcp:")) value.remove_prefix(4);
  const std::size_t end = std::min(value.find_first_of(",:\\"), value.size());
  address.host = lower_case(value.substr(0, end));
  if (end < value.size() && value[end] != '\\') {
    address.port = value.substr(end + 1);
  }
}

void take_setting(std::string_view key, std::string_view value,
                  Address& address) {
  if (is_listed(kServers, key)) {
    take_server(value, address);
  } else if (is_listed(kDatabases, key)) {
    address.path = value;
  } else if (is_listed(kUsers, key)) {
    address.user = value;
  } else if (is_listed(kPasswords, key)) {
    address.has_password = !value.empty();
  } else if (key == "port") {
    address.port = value;
  }
  // Each driver's own word for it; of MySQL's words only the port is its own.
  if (key == "host" || value == "5432") address.scheme = "postgres";
  if (key == "port" && value == "3306") address.scheme = "mysql";
}

}  // namespace

std::optional<Address> parse_connection_string(std::string_view text) {
  const bool is_ado = text.find(';') != text.npos;
  Address address;
  address.scheme = is_ado ? "sqlserver" : "postgres";
  while (!text.empty()) {
    const std::size_t end =
        std::min(text.find(is_ado ? ';' : ' '), text.size());
    const std::string_view setting = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t sign = setting.find('=');
    if (sign == setting.npos) {
      if (!unquoted(setting).empty()) return {};  // prose
      continue;
    }
    std::string key = lower_case(setting.substr(0, sign));
    std::erase(key, ' ');
    take_setting(key, unquoted(setting.substr(sign + 1)), address);
  }
  const bool opens =
      !address.user.empty() || address.has_password || !address.path.empty();
  if (!is_host(address.host) || !opens) return {};
  return address;
}

}  // namespace overreach
