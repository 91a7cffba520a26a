// Base64, base32, base58: decoding what was encoded gives it back, and
// decoding anything does no harm.

#include <string_view>

#include "scanner/base/encoding.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  return {"QUJD",
          "QUI=",
          "MFRGG",
          "3mJr7AoUXx2Wqd",
          "_-8",
          "AAAA====",
          std::string(3, '\0')};
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  FUZZ_CHECK(decode_base64(encode_base64(bytes)) == bytes);
  FUZZ_CHECK(decode_base32(encode_base32(bytes)) == bytes);
  FUZZ_CHECK(encode_hex(bytes).size() == 2 * size);
  if (const auto plain = decode_base64(bytes)) {
    FUZZ_CHECK(plain->size() <= size);
  }
  if (const auto plain = decode_base32(bytes)) {
    FUZZ_CHECK(plain->size() <= size);
  }
  const std::string_view few = bytes.substr(0, 200);  // quadratic
  FUZZ_CHECK(decode_base58(encode_base58(few)) == few);
  if (const auto plain = decode_base58(few)) {
    FUZZ_CHECK(encode_base58(*plain) == few);
  }
  return 0;
}
