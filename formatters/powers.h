// Powers in words: which operation, on how many resources, which of them
// matter, what it destroys; and as JSON.  Shared by the formats, so that all
// say the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formatters/json_writer.h"
#include "formatters/redactor.h"
#include "scanner/core/report.h"

namespace overreach {

// Those that destroy first, else in their order.
std::vector<const Power*> ordered(const std::vector<Power>& powers);

// Production first, then by the other environments; the unknown last.
std::vector<const Resource*> ordered(const std::vector<Resource>& resources);

// "3 volumes", "1 repository"; "resources" when they are of several kinds.
std::string counted_resources(const Power& power);

// "postgres-data (production)"; says "protected" where others are not.
std::string named(const Resource& resource, const Power& power,
                  const Redactor& redacted);

// "data, code and backups"; empty for none.
std::string destroyed(const Power& power);

// Whether all of its resources are protected, or none is; else not known.
std::optional<bool> protection(const Power& power);

// "volumeDelete on 3 volumes incl. postgres-data (production); their backups go
// with them".
std::string summary(const Power& power, const Redactor& redacted);

// The member "powers" of the JSON report (report.schema.json).
void write_powers(JsonWriter& json, const std::vector<Power>& powers,
                  const Redactor& redacted);

}  // namespace overreach
