// What was probably meant by a word that is no command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// The nearest of `known`, by letters left out, added, changed or swapped with
// their neighbour; empty when none is near.
std::string_view nearest(std::string_view word,
                         const std::vector<std::string>& known);

// "scan, rules"
std::string listed(const std::vector<std::string>& words);

// "unknown command scna; did you mean scan? (commands: scan, rules)"
std::string unknown_command(std::string_view word,
                            const std::vector<std::string>& known);

}  // namespace overreach
