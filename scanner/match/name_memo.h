// What names say, remembered: a few hundred names stand in most texts, each of
// them again and again.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/match/context.h"
#include "scanner/match/names.h"

namespace overreach {

// Of one thread and one set of rules.
class NameMemo {
 public:
  struct Meaning {
    NameKind kind = NameKind::none;
    const TokenRule* rule = nullptr;  // ContextIndex::rule_of_name()

    // Neither a secret by its noun nor by a rule.
    bool is_nothing() const {
      return !rule && (kind == NameKind::none || kind == NameKind::user);
    }
  };

  NameMemo() : entries_(kEntries) {}

  Meaning meaning_of(std::string_view name, const ContextIndex& contexts);

 private:
  static constexpr std::size_t kEntries = 2048;
  static constexpr std::size_t kMostText = 46;  // longer names are rare

  struct Entry {
    std::array<char, kMostText> text;
    std::uint8_t size = 0;
    NameKind kind = NameKind::none;
    const TokenRule* rule = nullptr;
  };

  std::vector<Entry> entries_;  // by the hash of the text; the last one stays
};

}  // namespace overreach
