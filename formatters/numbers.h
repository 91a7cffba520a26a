// Amounts as a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace overreach {

std::string grouped(std::uint64_t number);   // "78,579"
std::string size_text(std::uint64_t bytes);  // "1.30 GB", powers of 1000
std::string duration_text(double seconds);   // "0.04 s", "12 min 5 s"
// "1 file", "78,579 files"; the plural is `noun` and an s.
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace overreach
