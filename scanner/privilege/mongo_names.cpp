#include "scanner/privilege/mongo_names.h"

#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <array>

#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxMessage = 16384;
constexpr std::size_t kSrvNumbers = 6;  // priority, weight, port

std::string plain_host(std::string_view text) {
  std::string name = lower_case(text);
  while (name.ends_with('.')) name.pop_back();
  return name;
}

}  // namespace

bool is_in_domain_of(std::string_view host, std::string_view name) {
  const std::string of_host = plain_host(host), of_name = plain_host(name);
  const std::size_t dot = of_name.find('.');
  if (std::count(of_name.begin(), of_name.end(), '.') < 2) return false;
  return of_host.ends_with(std::string_view(of_name).substr(dot)) &&
         of_host.size() > of_name.size() - dot;
}

Result<MongoServer> read_srv_message(std::string_view message,
                                     std::string_view name) {
  ns_msg parsed{};
  const auto* begin = reinterpret_cast<const unsigned char*>(message.data());
  if (ns_initparse(begin, static_cast<int>(message.size()), &parsed) != 0) {
    return fail("the servers of " + std::string(name) + " cannot be read");
  }
  for (int i = 0; i < ns_msg_count(parsed, ns_s_an); ++i) {
    ns_rr record{};
    if (ns_parserr(&parsed, ns_s_an, i, &record) != 0 ||
        ns_rr_type(record) != ns_t_srv || ns_rr_rdlen(record) <= kSrvNumbers) {
      continue;
    }
    const unsigned char* const data = ns_rr_rdata(record);
    std::array<char, NS_MAXDNAME> host{};
    if (dn_expand(begin, begin + message.size(), data + kSrvNumbers,
                  host.data(), static_cast<int>(host.size())) < 0) {
      continue;
    }
    if (!is_in_domain_of(host.data(), name)) {
      return fail("its servers are in another domain than " +
                  std::string(name));
    }
    const auto port = static_cast<std::uint16_t>(data[4] << 8 | data[5]);
    return MongoServer{host.data(), port};
  }
  return fail("no servers are known of " + std::string(name));
}

Result<MongoServer> first_mongo_server(const std::string& name) {
  std::array<unsigned char, kMaxMessage> answer{};
  const int size =
      res_query(("_mongodb._tcp." + name).c_str(), ns_c_in, ns_t_srv,
                answer.data(), static_cast<int>(answer.size()));
  if (size <= 0) return fail("no servers are known of " + name);
  return read_srv_message(
      {reinterpret_cast<const char*>(answer.data()),
       std::min(static_cast<std::size_t>(size), answer.size())},
      name);
}

}  // namespace overreach
