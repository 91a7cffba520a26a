#include "formatters/numbers.h"

#include <array>
#include <charconv>
#include <cmath>

namespace overreach {
namespace {

std::string fixed(double number, int decimals) {
  std::array<char, 400> text;
  const auto result = std::to_chars(text.data(), text.data() + text.size(),
                                    number, std::chars_format::fixed, decimals);
  return {text.data(), result.ptr};
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte");
  constexpr std::array<std::string_view, 6> kUnits = {"kB", "MB", "GB",
                                                      "TB", "PB", "EB"};
  double amount = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // 999.5 and up would be written as 1000.
  for (; amount >= 999.5 && unit + 1 < kUnits.size(); ++unit) amount /= 1000;
  const int decimals = amount < 9.995 ? 2 : amount < 99.95 ? 1 : 0;
  return fixed(amount, decimals) + " " + std::string(kUnits[unit]);
}

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) seconds = 0;
  if (seconds < 0.0995) return fixed(seconds, 2) + " s";
  if (seconds < 99.95) return fixed(seconds, 1) + " s";
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  return grouped(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

}  // namespace overreach
