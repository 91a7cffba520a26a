// Asks one evaluator, for comparisons with real servers:
//   evaluate_probe NAME VARIABLE
// Each line of standard input is one JSON text, the variable's only value; each
// line of the output says what follows: {"level", "why", "powers": {...}}.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "scanner/privilege/evaluate.h"

int main(int argc, char** argv) {
  using namespace overreach;
  if (argc != 3 || !is_evaluator(argv[1])) return 2;
  for (std::string line; std::getline(std::cin, line);) {
    Variables variables;
    variables.add(argv[2], line);
    nlohmann::json output;
    if (const auto result = evaluate(argv[1], variables)) {
      output = {{"level", to_string(result->level)},
                {"why", result->why},
                {"powers", nlohmann::json::object()}};
      for (const Power& power : result->powers) {
        nlohmann::json& names = output["powers"][power.operation];
        names = nlohmann::json::array();
        for (const Resource& resource : power.resources) {
          names.push_back(resource.name);
        }
      }
    }
    std::cout << output.dump() << std::endl;
  }
}
