// Which protocol, which address; the rest is in the *_connection.cpp.

#include "scanner/privilege/connection.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "scanner/privilege/connection_tools.h"

namespace overreach {
namespace {

struct AddressList {
  ~AddressList() {
    if (first) freeaddrinfo(first);
  }
  addrinfo* first = nullptr;
};

Status resolve(AddressList& list, const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  const int failed = getaddrinfo(host.c_str(), nullptr, &hints, &list.first);
  if (failed == 0 && list.first) return {};
  return fail(host + ": " + gai_strerror(failed));
}

std::string text_of(const addrinfo& entry) {
  std::array<char, NI_MAXHOST> text{};
  if (getnameinfo(entry.ai_addr, entry.ai_addrlen, text.data(), text.size(),
                  nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";  // the policy refuses what is no address
  }
  return text.data();
}

}  // namespace

Result<PinnedAddress> pin_address(const ConnectionTarget& target,
                                  std::uint16_t default_port,
                                  const Policy& policy) {
  if (target.host.empty() || target.host.front() == '/') {
    return fail("a socket of this machine, not a host");
  }
  PinnedAddress pinned;
  pinned.port = target.port != 0 ? target.port : default_port;
  TRY(policy.check_host(target.provider, target.host, pinned.port));
  AddressList list;
  TRY(resolve(list, target.host));
  for (const addrinfo* entry = list.first; entry; entry = entry->ai_next) {
    const std::string address = text_of(*entry);
    TRY(policy.check_address(target.provider, target.host, pinned.port,
                             address));
    if (pinned.address.empty()) pinned.address = address;
  }
  pinned.is_private = is_private_address(pinned.address);
  return pinned;
}

std::string clean_error(std::string_view text, const Secret& password) {
  constexpr std::size_t kMaxBytes = 200;
  text = text.substr(0, text.find_first_of("\r\n"));
  std::string result = without_secret(text, password);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '.';
  }
  if (result.size() > kMaxBytes) result.resize(kMaxBytes);
  while (!result.empty() && (result.back() == '.' || result.back() == ' ')) {
    result.pop_back();
  }
  return result;
}

Connected not_connected(Outcome outcome, std::string error) {
  return {nullptr, outcome, std::move(error)};
}

std::string trusted_certificates() {
  for (const char* const path :
       {"/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"}) {
    if (access(path, R_OK) == 0) return path;
  }
  return "";
}

Connected connect(const ConnectionTarget& target, const Policy& policy) {
  if (target.protocol == "postgres") return connect_postgres(target, policy);
  if (target.protocol == "mysql") return connect_mysql(target, policy);
  if (target.protocol == "redis") return connect_redis(target, policy);
  if (target.protocol == "nats") return connect_nats(target, policy);
  if (target.protocol.starts_with("mongodb")) {
    return connect_mongo(target, policy);
  }
  return not_connected(Outcome::unclear,
                       "cannot speak " + target.protocol + " yet");
}

}  // namespace overreach
