// Asks our evaluation of AWS's policies, for iam_simulate.mjs.  A line of
// standard input is {"policies": [document...], "boundary": document or null,
// "user": name, "account": number, "asks": [[action, resource]...]}; for each
// ask it prints what one resource gets and what any resource may get.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "scanner/privilege/iam_evaluate.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

const char* word(IamAnswer answer) {
  return answer == IamAnswer::allowed ? "allowed"
         : answer == IamAnswer::may   ? "may"
                                      : "denied";
}

int run() {
  std::string line;
  while (std::getline(std::cin, line)) {
    const Json input = Json::parse(line);
    const IamPrincipal who{input["user"], input["account"]};
    IamRights rights;
    for (const Json& document : input["policies"]) {
      auto policy = parse_iam_policy(document.dump(), who);
      if (!policy) return 1;
      rights.policies.push_back(std::move(*policy));
    }
    if (input["boundary"].is_object()) {
      rights.boundary = parse_iam_policy(input["boundary"].dump(), who);
    }
    for (const Json& ask : input["asks"]) {
      const std::string action = ask[0], resource = ask[1];
      std::cout << word(ask_iam(rights, action, resource)) << ' '
                << word(extent_of(rights, action, iam_pattern("*")).answer)
                << '\n';
    }
  }
  return 0;
}

}  // namespace
}  // namespace overreach

int main() { return overreach::run(); }
