// Bytes of files to text, and the text encodings of bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scanner/base/encoding.h"
#include "scanner/read/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using overreach::Encoding;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  overreach::to_utf8(bytes);
  for (const Encoding encoding :
       {Encoding::utf16_le, Encoding::utf16_be, Encoding::utf32_le,
        Encoding::utf32_be, Encoding::bytes, Encoding::binary}) {
    overreach::to_utf8(bytes, encoding);
  }
  if (overreach::decode_base64(overreach::encode_base64(bytes)) != bytes) {
    std::abort();
  }
  if (overreach::decode_base32(overreach::encode_base32(bytes)) != bytes) {
    std::abort();
  }
  overreach::decode_base64(bytes);
  overreach::decode_base32(bytes);
  if (size > 512) return 0;  // base 58 takes quadratic time
  if (overreach::decode_base58(overreach::encode_base58(bytes)) != bytes) {
    std::abort();
  }
  overreach::decode_base58(bytes);
  return 0;
}
