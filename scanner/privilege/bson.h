// BSON documents as JSON values, as far as commands and their replies need.
// bsonspec.org/spec.html
//
// nlohmann::json writes BSON, but cannot read dates, object ids and others that
// nearly every reply holds.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

// The first key of a command is its name, so order matters.
std::string write_bson(const nlohmann::ordered_json& document);

// Object ids become hex texts, dates milliseconds, binary values stay binary;
// types without a counterpart become null.  What is broken, nested deeper than
// 100 or ends before its length says fails.
Result<nlohmann::json> read_bson(std::string_view bytes);

}  // namespace overreach
