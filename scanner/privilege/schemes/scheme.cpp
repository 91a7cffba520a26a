#include "scanner/privilege/schemes/scheme.h"

#include <algorithm>
#include <array>

#include "scanner/privilege/schemes/schemes.h"

namespace overreach {
namespace {

struct Scheme {
  std::string_view name;
  Status (*sign)(const Words&, SchemeInput&, HttpRequest&);
  std::size_t most_words;
};

constexpr std::array<Scheme, 20> kSchemes = {{
    {"none", sign_none, 1},
    {"bearer", sign_bearer, 2},
    {"authorization", sign_authorization, 3},
    {"header", sign_header, 3},
    {"query", sign_query, 3},
    {"basic", sign_basic, 3},
    {"digest", sign_digest, 3},
    {"sigv4", sign_sigv4, 5},
    {"google", sign_google, 9},
    {"github-app", sign_github_app, 1},
    {"azure", sign_azure, 2},
    {"azure-storage", sign_azure_storage, 2},
    {"azure-sas", sign_azure_sas, 1},
    {"azure-cosmos", sign_azure_cosmos, 1},
    {"azure-servicebus", sign_azure_servicebus, 1},
    {"azure-appconfig", sign_azure_appconfig, 1},
    {"oauth", sign_oauth, 3},
    {"oci", sign_oci, 1},
    {"ovh", sign_ovh, 1},
    {"kubernetes", sign_kubernetes, 1},
}};

const Scheme* find(std::string_view name) {
  const auto at =
      std::find_if(kSchemes.begin(), kSchemes.end(),
                   [&](const Scheme& scheme) { return scheme.name == name; });
  return at == kSchemes.end() ? nullptr : &*at;
}

}  // namespace

Result<std::string> filled(const Words& words, std::size_t index,
                           std::string_view otherwise,
                           const SchemeInput& input) {
  const std::string_view text =
      index < words.size() ? std::string_view(words[index]) : otherwise;
  auto value = input.expand(text);
  if (!value) {
    return fail("what proves who asks is not known: " + std::string(text));
  }
  return std::move(*value);
}

std::string first_known(std::initializer_list<std::string_view> templates,
                        const SchemeInput& input) {
  for (const std::string_view text : templates) {
    if (auto value = input.expand(text); value && !value->empty()) {
      return std::move(*value);
    }
  }
  return {};
}

Status add_header(std::string name, std::string value, HttpRequest& request) {
  constexpr std::string_view kEnds("\r\n\0", 3);
  if (value.find_first_of(kEnds) != value.npos) {
    return fail("it holds more than one line");
  }
  request.headers.emplace_back(std::move(name), std::move(value));
  return {};
}

Status sign(const std::vector<std::string>& words, SchemeInput& input,
            HttpRequest& request) {
  const Scheme* const scheme = words.empty() ? nullptr : find(words.front());
  if (!scheme || words.size() > scheme->most_words) {
    return fail("no way to prove who asks");
  }
  return scheme->sign(words, input, request);
}

bool is_scheme(std::string_view name) { return find(name) != nullptr; }

}  // namespace overreach
