// Numbers as a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace overreach {

std::string grouped(std::uint64_t number);  // "78,579"
// "1 file", "78,579 files"; the plural is `noun` and an s.
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace overreach
