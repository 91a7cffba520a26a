#include "scanner/match/name_memo.h"

#include <algorithm>
#include <cstring>

namespace overreach {
namespace {

// FNV-1a, eight bytes at once.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  while (!text.empty()) {
    std::uint64_t part = 0;
    const std::size_t size = std::min<std::size_t>(text.size(), 8);
    std::memcpy(&part, text.data(), size);
    hash = (hash ^ part ^ size) * 1099511628211u;
    hash ^= hash >> 32;
    text.remove_prefix(size);
  }
  return hash;
}

}  // namespace

NameMemo::Meaning NameMemo::meaning_of(std::string_view name,
                                       const ContextIndex& contexts) {
  const auto look_up = [&]() -> Meaning {
    return {kind_of_name(name), contexts.rule_of_name(name)};
  };
  if (name.empty() || name.size() > kMostText) return look_up();
  Entry& entry = entries_[hash_of(name) % kEntries];
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
