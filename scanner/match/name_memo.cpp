#include "scanner/match/name_memo.h"

#include <algorithm>
#include <functional>

namespace overreach {

NameMemo::Meaning NameMemo::meaning_of(std::string_view name,
                                       const ContextIndex& contexts) {
  const auto look_up = [&]() -> Meaning {
    return {kind_of_name(name), contexts.rule_of_name(name)};
  };
  if (name.empty() || name.size() > kMostText) return look_up();
  Entry& entry = entries_[std::hash<std::string_view>()(name) % kEntries];
  if (name != std::string_view(entry.text.data(), entry.size)) {
    const Meaning meaning = look_up();
    std::copy(name.begin(), name.end(), entry.text.begin());
    entry.size = static_cast<std::uint8_t>(name.size());
    entry.kind = meaning.kind;
    entry.rule = meaning.rule;
  }
  return {entry.kind, entry.rule};
}

}  // namespace overreach
