// What the name before a run says about a token without a beginning of its own.
#pragma once

#include <string_view>

namespace overreach {

// Of things that look like secrets and are none: commit, sha256, etag.
bool is_checksum_name(std::string_view name);

// Of a secret, or with a word in it that secrets' names have.
bool is_secret_name(std::string_view name);

}  // namespace overreach
