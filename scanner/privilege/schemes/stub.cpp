#include "scanner/privilege/schemes/scheme.h"
#include "scanner/privilege/evaluate.h"
namespace overreach {
Status sign(const std::vector<std::string>& words, SchemeInput& input, HttpRequest& request) {
  const std::string secret(input.credential.secret.reveal());
  if (words.empty() || words[0] == "bearer") request.headers.emplace_back("Authorization", "Bearer " + secret);
  if (!words.empty() && words[0] == "header") request.headers.emplace_back(words[1], secret);
  return {};
}
bool is_scheme(std::string_view) { return true; }
std::optional<Evaluated> evaluate(std::string_view, const Variables&) { return {}; }
bool is_evaluator(std::string_view) { return true; }
}
