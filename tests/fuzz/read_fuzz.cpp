// From the bytes of a file to text: every encoding, and the windows of a
// reader.

#include <string_view>

#include "scanner/read/decode.h"
#include "scanner/read/read.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {
namespace {

constexpr Encoding kWide[] = {Encoding::utf16_le, Encoding::utf16_be,
                              Encoding::utf32_le, Encoding::utf32_be};

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) -> std::uint32_t {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
    };
    const std::uint32_t lead = byte(i);
    const std::size_t more = lead < 0x80            ? 0
                             : lead >> 5 == 0b110   ? 1
                             : lead >> 4 == 0b1110  ? 2
                             : lead >> 3 == 0b11110 ? 3
                                                    : 4;
    if (more == 4) return false;
    std::uint32_t code = more == 0 ? lead : lead & (0x3fu >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      if (byte(i + k) >> 6 != 0b10) return false;
      code = code << 6 | (byte(i + k) & 0x3f);
    }
    constexpr std::uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (code < kLeast[more] || code > 0x10ffff ||
        (code >= 0xd800 && code < 0xe000)) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

}  // namespace

std::vector<std::string> fuzz_seeds() {
  using namespace std::string_literals;
  return {"\xef\xbb\xbfkey=value\n"s,
          "\xff\xfek\0e\0y\0=\0v\0\n\0"s,
          "\xfe\xff\0k\0e\0y\0=\0v\0\n"s,
          "k\0e\0y\0=\0v\0a\0l\0u\0e\0\r\0\n\0"s,
          "\xff\xfe\0\0k\0\0\0e\0\0\0"s,
          "\0\0\xfe\xff\0\0\0k\0\0\0e"s,
          "\xff\xfe\x3d\xd8\x00\xde\x3d\xd8"s,
          "\x7f"
          "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0"s};
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  detect_encoding(bytes);
  for (const Encoding encoding : kWide) {
    FUZZ_CHECK(is_utf8(to_utf8(bytes, encoding)));
  }
  if (const auto text = to_utf8(bytes)) FUZZ_CHECK(is_utf8(*text));

  static Reader reader(ReadOptions{});
  std::size_t fresh_bytes = 0;
  reader.read_text(bytes, [&](const Window& window) {
    FUZZ_CHECK(window.seen_bytes <= window.bytes.size());
    FUZZ_CHECK(window.first_line >= 1 && window.first_column >= 1);
    FUZZ_CHECK(window.bytes.data()[window.bytes.size()] == '\0');
    fresh_bytes += window.bytes.size() - window.seen_bytes;
  });
  FUZZ_CHECK(fresh_bytes <= 2 * size);  // the most that UTF-8 grows by
  return 0;
}
