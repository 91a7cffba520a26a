// Points in time as texts, UTC: "2024-01-02T03:04:05".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace overreach {

std::string utc_text(std::int64_t seconds_since_1970);

// Absent for anything else, and for days that there are not.
std::optional<std::int64_t> parse_utc(std::string_view text);

}  // namespace overreach
