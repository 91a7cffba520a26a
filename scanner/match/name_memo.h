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
    if (name.empty() || name.size() > 2 * kEnd + kMostMiddle) return look_up();
    if (entries_.empty()) entries_.resize(kEntries);  // a hook asks little
    const Ends ends(name);
    Entry& entry = entries_[ends.hash() >> (64 - kBits)];
    if (ends == entry.ends &&
        (name.size() <= 2 * kEnd || middle_of(name) == entry.middle_text())) {
      return entry.answer;
    }
    entry.answer = look_up();
    entry.ends = ends;
    if (name.size() > 2 * kEnd) {
      const std::string_view middle = middle_of(name);
      std::copy(middle.begin(), middle.end(), entry.middle.begin());
    }
    return entry.answer;
  }

 private:
  static constexpr int kBits = 11;
  static constexpr std::size_t kEntries = std::size_t{1} << kBits;
  static constexpr std::size_t kEnd = sizeof(std::uint64_t);
  static constexpr std::size_t kMostMiddle = 23;  // longer names are rare

  // REQUIRES: more than both ends.
  static std::string_view middle_of(std::string_view name) {
    return name.substr(kEnd, name.size() - 2 * kEnd);
  }

  // The first and the last eight characters and the length: the whole of most
  // names, and others differ there.
  struct Ends {
    std::uint64_t first = 0, last = 0;
    std::uint8_t size = 0;

    Ends() = default;
    explicit Ends(std::string_view name)
        : size(static_cast<std::uint8_t>(name.size())) {
      const char* const end = name.data() + name.size();
      if (name.size() >= kEnd) {
        std::memcpy(&first, name.data(), kEnd);
        std::memcpy(&last, end - kEnd, kEnd);
      } else if (name.size() >= kEnd / 2) {
        std::memcpy(&first, name.data(), kEnd / 2);
        std::memcpy(&last, end - kEnd / 2, kEnd / 2);
      } else {
        for (const char c : name) {
          first = first << 8 | static_cast<unsigned char>(c);
        }
      }
    }
    bool operator==(const Ends&) const = default;

    std::uint64_t hash() const {
      constexpr std::uint64_t kMixing = 0x9E3779B97F4A7C15u;
      return ((first * kMixing) ^ (last + size)) * kMixing;
    }
  };

  struct Entry {
    Ends ends;  // of no name at first
    std::array<char, kMostMiddle> middle;
    Answer answer{};

    std::string_view middle_text() const {
      return {middle.data(), ends.size - 2 * kEnd};
    }
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
  // Whether a name that ends with this word is nothing.
  bool is_harmless_end(std::string_view last_word,
                       const ContextIndex& contexts);

  Memo<Meaning> meanings_;
  Memo<bool> harmless_ends_;
  Memo<bool> owners_;
};

}  // namespace overreach
