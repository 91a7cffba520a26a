// Subjects of NATS and patterns of them: words between dots, of which `*` is
// any one and a last `>` any one or more.  docs.nats.io/nats-concepts/subjects
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace overreach {

// Whether every subject of `part` is one of `whole`.
bool covers_subjects(std::string_view whole, std::string_view part);

// The pattern of the subjects that are of both; nothing when there is none.
std::optional<std::string> common_subjects(std::string_view one,
                                           std::string_view other);

}  // namespace overreach
