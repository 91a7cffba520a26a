// What each byte means to the pass over every byte (runs.h), as tables: a bit
// per group of characters.  Each table comes in two forms: whole, for
// processors that look 128 entries up at once, and as two tables of 16 whose
// AND it is, looked up by the low and the high half of a byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "scanner/match/words.h"

namespace overreach {

struct ByteTable {
  std::array<std::uint8_t, 256> whole{};
  // What their AND says of a byte besides what was added: the halves of two
  // bytes mix.
  std::array<std::uint8_t, 16> low{}, high{};

  constexpr void add(std::size_t byte, unsigned bits) {
    add_whole(byte, bits);
    add_halves(byte, bits);
  }
  constexpr void add_whole(std::size_t byte, unsigned bits) {
    set(whole[byte], bits);
  }
  constexpr void add_halves(std::size_t byte, unsigned bits) {
    set(low[byte & 15], bits);
    set(high[byte >> 4], bits);
  }
  // One of a set of ASCII characters, of which there is no other: a bit for
  // each high half makes both forms equal.
  constexpr void add_ascii(unsigned char c) { add(c, 1u << (c >> 4)); }
  constexpr void add_range(char first, char last, unsigned bits) {
    for (char c = first; c <= last; ++c) {
      add(static_cast<unsigned char>(c), bits);
    }
  }

 private:
  static constexpr void set(std::uint8_t& entry, unsigned bits) {
    entry = static_cast<std::uint8_t>(entry | bits);
  }
};

// One bit per group of characters that is a rectangle: both forms are equal.
inline constexpr std::uint8_t kDigitBit = 0x02;
inline constexpr std::uint8_t kSeparatorBits = 0x01 | 0x20 | 0x40 | 0x80;

constexpr ByteTable make_class_table() {
  ByteTable table;
  for (const char c : {'+', '-', '.', '/'}) {
    table.add(static_cast<unsigned char>(c), 0x01);
  }
  table.add_range('0', '9', kDigitBit);
  table.add_range('A', 'O', 0x04);
  table.add_range('a', 'o', 0x04);
  table.add_range('P', 'Z', 0x08);
  table.add_range('p', 'z', 0x10);
  table.add('=', 0x20);
  table.add('_', 0x40);
  table.add('~', 0x80);
  return table;
}

// Not zero for characters of a run.
inline constexpr ByteTable kClass = make_class_table();

inline constexpr std::size_t kWordPositions = 4;
using WordTables = std::array<ByteTable, kWordPositions>;

// A bit per bucket of words, for each of their first characters.  The highest
// bit of a byte does not count, which spares an instruction.
constexpr WordTables make_word_tables() {
  WordTables tables;
  for (const WordStart& word : kWordStarts) {
    for (std::size_t i = 0; i < kWordPositions; ++i) {
      const char c = i < word.text.size() ? word.text[i] : '?';
      for (std::size_t byte = 0; byte < 256; ++byte) {
        const auto ascii = static_cast<char>(byte & 127);
        const bool folds = ascii >= 'A' && ascii <= 'Z';
        const char folded = folds ? static_cast<char>(ascii + 32) : ascii;
        if (c != '?' && c != folded) continue;
        tables[i].add_whole(byte, 1u << word.bucket);
        tables[i].add_halves(byte, 1u << word.halves_bucket);
      }
    }
  }
  return tables;
}
inline constexpr WordTables kWordTables = make_word_tables();

// Whether one of the words may begin at `text`.
inline bool may_be_word(const char* text) {
  unsigned buckets = 0xff;
  for (std::size_t i = 0; i < kWordPositions; ++i) {
    buckets &= kWordTables[i].whole[static_cast<unsigned char>(text[i])];
  }
  return buckets != 0;
}

}  // namespace overreach
