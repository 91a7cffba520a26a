// Asks one database by hand, for databases.py and for people:
//   connection_probe STATEMENT... < file with one connection text
// prints one JSON object a line: of the connection, then of each statement.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "scanner/privilege/connection.h"

namespace {

void print(const nlohmann::json& object) {
  std::cout << object.dump(-1, ' ', false,
                           nlohmann::json::error_handler_t::replace)
            << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  using namespace overreach;
  std::string text;
  std::getline(std::cin, text);
  auto target = parse_connection_url(text);
  if (!target) {
    print({{"outcome", "unreadable"}, {"error", target.error().text}});
    return 2;
  }
  target->provider = "test";
  PolicyOptions options;
  options.allowed_hosts = {target->host};
  Provider provider;
  provider.id = "test";
  ProviderSet providers;
  providers.providers = {provider};
  const Policy policy(providers, options);
  const Connected connected = connect(*target, policy);
  print(
      {{"outcome", to_string(connected.outcome)}, {"error", connected.error}});
  if (!connected.connection) return 1;
  for (int i = 1; i < argc; ++i) {
    const StatementReply reply = connected.connection->ask(argv[i]);
    const auto json = nlohmann::json::parse(reply.json, nullptr, false);
    print({{"outcome", to_string(reply.outcome)},
           {"error", reply.error},
           {"reply", json.is_discarded() ? nlohmann::json() : json}});
  }
  return 0;
}
