// Bytes to a server and back, in the clear or through TLS, with time limits.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/privilege/connection_tools.h"

namespace overreach {

class Stream {
 public:
  virtual ~Stream() = default;
  virtual Status write(std::string_view bytes) = 0;
  // At least one byte; a closed connection and 8 silent seconds fail.
  virtual Result<std::string> read() = 0;
};

enum class StreamTls { none, unchecked, checked };

// To the pinned address, within 10 seconds.  `host` is what a checked
// certificate has to be of.
Result<std::unique_ptr<Stream>> open_stream(const PinnedAddress& pinned,
                                            const std::string& host,
                                            StreamTls tls);

}  // namespace overreach
