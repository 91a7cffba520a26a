// Decoders: what a secret says about itself without asking anybody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"

namespace overreach {

// What one decoder reads out of a secret.
struct Decoded {
  Facts facts;                          // public parts only
  std::optional<std::int64_t> expires;  // seconds since 1970
};

// `name` is one of those rules/README.md lists.  Nothing for a secret that is
// not what the decoder expects, and for an unknown name.
std::optional<Decoded> decode_facts(std::string_view name,
                                    std::string_view secret);

// Every name that decode_facts() knows, sorted.
std::vector<std::string_view> decoder_names();

// "2026-01-31" or "2026-01-31T12:00:00Z", in UTC.  Outside of the years 0 to
// 9999 the bare number.
std::string format_date(std::int64_t seconds);

}  // namespace overreach
