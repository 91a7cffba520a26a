// The second half of a rule file: what to ask a provider.
#pragma once

#include <array>
#include <string_view>

namespace overreach {

// The keys of [provider] that only matter for asking.
inline constexpr std::array<std::string_view, 9> kProviderKeys = {
    "hosts",  "base",   "auth",     "headers", "identity",
    "scopes", "values", "evaluate", "outcomes"};

// The tables of a file that only matter for asking.
inline constexpr std::array<std::string_view, 3> kProviderTables = {
    "probe", "power", "grant"};

}  // namespace overreach
