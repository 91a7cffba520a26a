// Bytes to a server and back, in the clear or through TLS, with time limits.
#pragma once

#include <chrono>
#include <functional>
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

// The same to a server that speaks first: of its line in the clear `tls_of`
// says whether TLS begins behind it, or why nothing more may be sent.
Result<std::unique_ptr<Stream>> open_greeted_stream(
    const PinnedAddress& pinned, const std::string& host,
    const std::function<Result<StreamTls>(const std::string& line)>& tls_of);

}  // namespace overreach
