// Amounts with their units, and what base says of plain numbers.
#pragma once

#include <cstdint>
#include <string>

#include "scanner/base/number_text.h"

namespace overreach {

std::string size_text(std::uint64_t bytes);  // "1.30 GB", powers of 1000
std::string duration_text(double seconds);   // "0.04 s", "12 min 5 s"

}  // namespace overreach
