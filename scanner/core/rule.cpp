#include "scanner/core/rule.h"

#include <algorithm>
#include <array>

namespace overreach {
namespace {

constexpr std::array<std::string_view, 20> kFinders = {"shape",
                                                       "pattern",
                                                       "assignment",
                                                       "url",
                                                       "connection-string",
                                                       "pem",
                                                       "putty",
                                                       "jwk",
                                                       "basic-auth",
                                                       "bearer",
                                                       "command",
                                                       "sql",
                                                       "netrc",
                                                       "pgpass",
                                                       "htpasswd",
                                                       "shadow",
                                                       "docker-auth",
                                                       "kubernetes-secret",
                                                       "network-config",
                                                       "file"};

}  // namespace

std::string_view to_string(Finder finder) {
  return kFinders[static_cast<std::size_t>(finder)];
}

std::optional<Finder> parse_finder(std::string_view word) {
  for (std::size_t i = 0; i < kFinders.size(); ++i) {
    if (kFinders[i] == word) return static_cast<Finder>(i);
  }
  return std::nullopt;
}

const TokenRule* RuleSet::find(std::string_view id) const {
  const auto at =
      std::lower_bound(tokens.begin(), tokens.end(), id,
                       [](const TokenRule& rule, std::string_view wanted) {
                         return rule.id < wanted;
                       });
  return at != tokens.end() && at->id == id ? &*at : nullptr;
}

}  // namespace overreach
