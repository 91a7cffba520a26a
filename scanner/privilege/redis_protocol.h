// Redis' wire format (RESP 2 and 3).  Ours and not hiredis: Debian 12 has
// version 0.14, which cannot TLS, and whose replies have another layout than
// those of 1.0, so that one program could not load either.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace overreach {

std::string redis_command(const std::vector<std::string>& words);

struct RedisReply {
  nlohmann::json value;   // texts, numbers, lists; maps as objects
  bool is_error = false;  // `value` is the text, "WRONGPASS ..."
};

// The first reply in `bytes`, which it removes; nothing while it is not whole.
// What is no RESP, too deep or larger than 4 MiB fails.
Result<std::optional<RedisReply>> take_redis_reply(std::string& bytes);

}  // namespace overreach
