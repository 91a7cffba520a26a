// What the readers of this stage hand to one another: one occurrence, still
// with views into the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"
#include "scanner/core/rule.h"

namespace overreach {

struct Finding {
  const TokenRule* rule = nullptr;
  std::size_t begin = 0, end = 0;  // in the text
  std::string decoded;   // the secret, if it is not just text[begin, end)
  std::string_view key;  // the name it is assigned to
  Confidence confidence = Confidence::medium;
  std::vector<std::string_view> reasons;  // static texts
  Facts facts;
  std::size_t public_prefix = 0;
  // Of two that overlap the one with more stays.
  int priority = 0;
  // Where the reader was entered, or what has a form of its own begins: in the
  // line that decided about it.
  std::size_t entry = 0;
  // Known to be none (wrong check digits, a sample): takes what it overlaps
  // along when it goes.
  bool is_none = false;
};

// Priorities, by how much the form alone proves.
inline constexpr int kByForm = 300;     // a shape that nothing else has
inline constexpr int kByKeyName = 250;  // a shape behind a name of its own
inline constexpr int kByContext = 200;  // a shape near a word of its provider
inline constexpr int kByStore = 170;    // where the tool keeps it
inline constexpr int kByCommonForm = 160;  // a shape of many providers: JWT
inline constexpr int kByReader = 150;      // URL, header, key file ...
inline constexpr int kByGenericName = 100;

using Findings = std::vector<Finding>;

// A keyword of a rule with a pattern was seen.
struct Trigger {
  std::size_t entry;  // where
  std::uint32_t rule;
};

// A reader that was entered at `entry` looked at text[begin, end), which is
// more than the lines around (see trace.h); either may lie outside the text.
struct FarLook {
  std::size_t entry, begin, end;
};

}  // namespace overreach
