// Whether a text has one of a few words: one pass, however many words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace overreach {

// Immutable: any thread may use it.
class WordSearch {
 public:
  // At most 255 words, none of them empty; the texts outlive this.
  explicit WordSearch(std::span<const std::string_view> words);

  // Where the first of the words begins at or behind `from`; npos when none
  // does.
  std::size_t find(std::string_view text, std::size_t from = 0) const;

  // The word that begins there; empty when none does.
  std::string_view word_at(std::string_view text, std::size_t at) const;

  bool is_in(std::string_view text) const {
    return find(text) != std::string_view::npos;
  }

  // What a block of bytes is tested with.  Each word is in one of eight
  // buckets; of each of the first four bytes: the buckets, one bit each, of the
  // words that have such a lower (upper) half there, or end before.
  using Halves = std::array<std::uint8_t, 16>;
  static constexpr std::size_t kFirst = 4;
  static constexpr std::size_t kBlock =
      64;  // positions: a bit of a number each
  struct Tables {
    std::array<Halves, kFirst> lower{}, upper{};
  };

 private:
  Tables tables_;
  struct Word {
    std::string_view text;
    std::uint64_t bytes, mask;  // the first eight, as far as it has them
  };
  // Sorted.  Those that begin with byte b are [begins_[b], begins_[b + 1]).
  std::vector<Word> words_;
  std::array<std::uint8_t, 257> begins_{};
};

}  // namespace overreach
