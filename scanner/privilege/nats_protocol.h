// What a NATS server says: lines, some of which are followed by a payload.
// docs.nats.io/reference/reference-protocols/nats-protocol
#pragma once

#include <optional>
#include <string>

#include "scanner/base/result.h"

namespace overreach {

struct NatsOperation {
  std::string name;       // "INFO", "MSG", "HMSG", "PING", "-ERR" ...
  std::string arguments;  // the rest of the line
  std::string headers;    // of HMSG, "NATS/1.0 503\r\n..."
  std::string payload;    // of MSG and HMSG
};

// Takes the first operation off the front of what was received; nothing while
// more has to come.  Fails when it is not this protocol, or larger than 4 MiB.
Result<std::optional<NatsOperation>> take_nats_operation(std::string& bytes);

}  // namespace overreach
