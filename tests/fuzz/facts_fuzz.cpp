// Every decoder on any bytes; also behind its usual prefix and encoding, so
// that the readers inside are reached.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scanner/base/encoding.h"
#include "scanner/privilege/facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string base64 = overreach::encode_base64(bytes);
  const std::string texts[] = {std::string(bytes),
                               "pypi-" + base64,
                               "fm2_" + base64,
                               "glc_" + base64,
                               "sntrys_" + base64 + "_s",
                               "ABSK" + base64,
                               "bedrock-api-key-" + base64,
                               base64 + ".x.y",
                               "eyJhbGciOiJub25lIn0." + base64 + ".x"};
  for (const std::string_view name : overreach::decoder_names()) {
    for (const std::string& text : texts) {
      const auto decoded = overreach::decode_facts(name, text);
      if (!decoded) continue;
      for (const auto& fact : decoded->facts) {
        if (fact.second.empty() || fact.second.size() > 203) std::abort();
      }
      if (decoded->expires) overreach::format_date(*decoded->expires);
    }
  }
  return 0;
}
