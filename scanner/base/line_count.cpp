#include "scanner/base/line_count.h"

namespace overreach {

// In blocks whose count fits a byte, which the compiler turns into SIMD.
std::size_t count_line_breaks(std::string_view text) {
  constexpr std::size_t kBlock = 128;
  std::size_t lines = 0, at = 0;
  for (; at + kBlock <= text.size(); at += kBlock) {
    unsigned char block = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      block = static_cast<unsigned char>(block + (text[at + i] == '\n'));
    }
    lines += block;
  }
  for (; at < text.size(); ++at) lines += text[at] == '\n';
  return lines;
}

}  // namespace overreach
