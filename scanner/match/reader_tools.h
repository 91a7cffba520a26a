// What several readers share.
#pragma once

#include <optional>
#include <string_view>

#include "scanner/match/readers.h"

namespace overreach {

std::string_view part(const ReaderInput& input, std::size_t begin,
                      std::size_t end);

// The rule for a value behind a name of that kind.
std::string_view generic_rule(NameKind kind);

// Adds text[begin, end) as a finding of a reader; nothing for a null rule.
void add_finding(const ReaderInput& input, const TokenRule* rule,
                 std::size_t begin, std::size_t end, Confidence confidence,
                 std::string_view reason, std::string_view key, Findings& out);

// Says that the reader entered at `at` looks at text[begin, end) and around it.
void note_far_look(const ReaderInput& input, std::size_t at, std::size_t begin,
                   std::size_t end);

// The password of a place that only holds passwords: anything but a
// placeholder counts; a word everybody uses counts little.
std::optional<Confidence> judge_password_here(std::string_view value);

}  // namespace overreach
