#include "scanner/privilege/evaluate.h"

#include <algorithm>
#include <array>

namespace overreach {
namespace {

struct Evaluator {
  std::string_view name;
  std::optional<Evaluated> (*evaluate)(const Variables&);
};

constexpr std::array<Evaluator, 0> kEvaluators = {};

}  // namespace

std::optional<Evaluated> evaluate(std::string_view name,
                                  const Variables& variables) {
  for (const Evaluator& each : kEvaluators) {
    if (each.name == name) return each.evaluate(variables);
  }
  return std::nullopt;
}

bool is_evaluator(std::string_view name) {
  return std::any_of(kEvaluators.begin(), kEvaluators.end(),
                     [&](const Evaluator& each) { return each.name == name; });
}

}  // namespace overreach
