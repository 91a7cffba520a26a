// What names say, remembered: a few hundred names stand in most texts, each of
// them again and again.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "scanner/match/context.h"
#include "scanner/match/names.h"

namespace overreach {

// The last answers to questions about names, by a hash of them.
template <typename Answer>
class Memo {
 public:
  // `look_up` answers when the name is not remembered.
  template <typename LookUp>
  Answer of(std::string_view name, const LookUp& look_up) {
    if (name.empty() || name.size() > kMostText) return look_up();
    if (entries_.empty()) entries_.resize(kEntries);  // a hook asks little
    Entry& entry = entries_[hash(name) >> (64 - kBits)];
    if (name != std::string_view(entry.text.data(), entry.size)) {
      entry.answer = look_up();
      std::copy(name.begin(), name.end(), entry.text.begin());
      entry.size = static_cast<std::uint8_t>(name.size());
    }
    return entry.answer;
  }

 private:
  static constexpr int kBits = 11;
  static constexpr std::size_t kEntries = std::size_t{1} << kBits;
  static constexpr std::size_t kMostText = 46;  // longer names are rare

  // Of the first and the last eight characters and the length: names differ
  // there.
  static std::uint64_t hash(std::string_view name) {
    std::uint64_t first = 0, last = 0;
    if (name.size() >= sizeof first) {
      std::memcpy(&first, name.data(), sizeof first);
      std::memcpy(&last, name.data() + name.size() - sizeof last, sizeof last);
    } else {
      for (const char c : name) {
        first = first << 8 | static_cast<unsigned char>(c);
      }
    }
    constexpr std::uint64_t kMixing = 0x9E3779B97F4A7C15u;
    return ((first * kMixing) ^ (last + name.size())) * kMixing;
  }

  struct Entry {
    std::array<char, kMostText> text;
    std::uint8_t size = 0;
    Answer answer{};
  };
  std::vector<Entry> entries_;
};

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

  Meaning meaning_of(std::string_view name, const ContextIndex& contexts);

  // Whether is_secret_name() or a rule by ContextIndex::supported_by_name().
  bool may_own_token(std::string_view name, const ContextIndex& contexts);

 private:
  Memo<Meaning> meanings_;
  Memo<bool> owners_;
};

}  // namespace overreach
