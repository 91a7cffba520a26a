// A fixed list of words, made at build time and asked about every name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overreach {

// A list of words that says without a look at them that most others are not
// among them: by their first and last characters and length.
template <std::size_t kCount>
class WordSet {
 public:
  constexpr explicit WordSet(const std::array<std::string_view, kCount>& words)
      : words_(words) {
    for (const std::string_view word : words) {
      lengths_[slot(word)] |= length_bit(word);
      ends_[slot(word)] |= end_bit(word);
    }
  }
  bool contains(std::string_view word) const {
    return !word.empty() && (lengths_[slot(word)] & length_bit(word)) &&
           (ends_[slot(word)] & end_bit(word)) &&
           std::find(words_.begin(), words_.end(), word) != words_.end();
  }

 private:
  static constexpr std::size_t slot(std::string_view word) {
    return static_cast<unsigned char>(word.front()) % 64;
  }
  static constexpr std::uint32_t length_bit(std::string_view word) {
    return std::uint32_t{1} << word.size() % 32;
  }
  static constexpr std::uint32_t end_bit(std::string_view word) {
    return std::uint32_t{1} << static_cast<unsigned char>(word.back()) % 32;
  }
  std::array<std::string_view, kCount> words_;
  std::array<std::uint32_t, 64> lengths_{}, ends_{};  // by first character
};

}  // namespace overreach
