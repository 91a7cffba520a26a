#include "scanner/core/probe.h"

#include <algorithm>
#include <array>

namespace overreach {
namespace {

constexpr std::array<std::string_view, 6> kOutcomes = {
    "unasked", "unclear", "dead", "missing", "denied", "ok"};

constexpr std::array<std::string_view, 9> kTests = {
    "is",     "has",   "lacks",  "in",   "contains",
    "exists", "above", "shares", "under"};

// The text up to the next space, which is taken off with it.
std::string_view take_word(std::string_view& text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, space);
  text.remove_prefix(std::min(space + 1, text.size()));
  return word;
}

bool is_test(std::string_view word) {
  return std::find(kTests.begin(), kTests.end(), word) != kTests.end();
}

}  // namespace

const Provider* ProviderSet::find(std::string_view id) const {
  const auto at =
      std::lower_bound(providers.begin(), providers.end(), id,
                       [](const Provider& provider, std::string_view wanted) {
                         return provider.id < wanted;
                       });
  return at != providers.end() && at->id == id ? &*at : nullptr;
}

std::string_view to_string(Outcome outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> parse_outcome(std::string_view word) {
  const auto at = std::find(kOutcomes.begin(), kOutcomes.end(), word);
  if (at == kOutcomes.end()) return std::nullopt;
  return static_cast<Outcome>(at - kOutcomes.begin());
}

std::optional<Condition> parse_condition(std::string_view text) {
  Condition condition;
  if (text.starts_with("not ")) {
    condition.negated = true;
    text.remove_prefix(4);
  }
  condition.subject = take_word(text);
  // A header's name is a word of its own.
  if (condition.subject == "header") {
    const std::string_view name = text.substr(0, text.find(' '));
    condition.subject = {condition.subject.data(),
                         condition.subject.size() + 1 + name.size()};
    take_word(text);
  }
  const std::string_view test = take_word(text);
  if (condition.subject.empty() || !is_test(test)) return std::nullopt;
  condition.test = static_cast<Condition::Test>(
      std::find(kTests.begin(), kTests.end(), test) - kTests.begin());
  condition.operand = text;
  const bool needs_operand = condition.test != Condition::Test::exists;
  if (needs_operand == text.empty()) return std::nullopt;
  return condition;
}

}  // namespace overreach
