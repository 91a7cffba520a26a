// Fixed lists of words, made at build time and asked about every name: what a
// word means (WordMap), or only whether it is listed (WordSet).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>

namespace overreach {

template <class Value>
struct WordMeaning {
  std::string_view word;
  Value value;
};

// Says of most words without a look at those listed that they are not among
// them: by their first and last characters and length.
template <class Value, std::size_t kCount>
class WordMap {
 public:
  using Entry = WordMeaning<Value>;

  // REQUIRES: no word is empty or listed twice, or it does not compile.
  constexpr explicit WordMap(const std::array<Entry, kCount>& entries)
      : entries_(entries) {
    for (const Entry& entry : entries) {
      lengths_[slot(entry.word)] |= length_bit(entry.word);
      ends_[slot(entry.word)] |= end_bit(entry.word);
      ++begins_[slot(entry.word) + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    auto next = begins_;
    for (const Entry& entry : entries) {
      entries_[next[slot(entry.word)]++] = entry;
    }
    for (const Entry& entry : entries_) {
      // Ends the build.
      if (find(entry.word) != &entry.value) throw "a word is listed twice";
    }
  }

  // Null for a word that is not listed.
  constexpr const Value* find(std::string_view word) const {
    if (word.empty() || !(lengths_[slot(word)] & length_bit(word)) ||
        !(ends_[slot(word)] & end_bit(word))) {
      return nullptr;
    }
    const std::size_t end = begins_[slot(word) + 1];
    for (std::size_t i = begins_[slot(word)]; i < end; ++i) {
      if (entries_[i].word == word) return &entries_[i].value;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kSlots = 64;
  static constexpr std::size_t slot(std::string_view word) {
    return static_cast<unsigned char>(word.front()) % kSlots;
  }
  static constexpr std::uint32_t length_bit(std::string_view word) {
    return std::uint32_t{1} << word.size() % 32;
  }
  static constexpr std::uint32_t end_bit(std::string_view word) {
    return std::uint32_t{1} << static_cast<unsigned char>(word.back()) % 32;
  }

  std::array<Entry, kCount> entries_;  // by first character
  std::array<std::uint16_t, kSlots + 1> begins_{};
  std::array<std::uint32_t, kSlots> lengths_{}, ends_{};
};

template <std::size_t kCount>
class WordSet {
 public:
  constexpr explicit WordSet(const std::array<std::string_view, kCount>& words)
      : map_(entries(words)) {}

  constexpr bool contains(std::string_view word) const {
    return map_.find(word) != nullptr;
  }

 private:
  struct Nothing {};
  static constexpr std::array<WordMeaning<Nothing>, kCount> entries(
      const std::array<std::string_view, kCount>& words) {
    std::array<WordMeaning<Nothing>, kCount> entries;
    for (std::size_t i = 0; i < kCount; ++i) entries[i].word = words[i];
    return entries;
  }
  WordMap<Nothing, kCount> map_;
};

}  // namespace overreach
