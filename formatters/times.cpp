#include "formatters/times.h"

#include <ctime>

namespace overreach {

std::string utc_text(std::int64_t seconds_since_1970) {
  const auto time = static_cast<std::time_t>(seconds_since_1970);
  std::tm parts = {};
  if (!::gmtime_r(&time, &parts)) return utc_text(0);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts)};
}

std::optional<std::int64_t> parse_utc(std::string_view text) {
  std::tm parts = {};
  const std::string copy(text);
  const char* const end = ::strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (!end || *end != '\0') return std::nullopt;
  const std::int64_t seconds = ::timegm(&parts);
  if (utc_text(seconds) != copy) return std::nullopt;  // 30 February
  return seconds;
}

}  // namespace overreach
