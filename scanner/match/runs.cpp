#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/match/runs.cpp"
#include <hwy/foreach_target.h>

#include "scanner/match/runs.h"

#include <hwy/highway.h>

#include <cstring>

#include "scanner/match/words.h"

// A byte's class is the AND of two 16-entry tables, looked up by its low and
// its high half; a shuffle does 16 to 64 look-ups at once.  The same trick,
// over four bytes in a row, finds where a word may begin.

#ifndef OVERREACH_RUN_TABLES
#define OVERREACH_RUN_TABLES
namespace overreach {

struct NibbleTables {
  std::uint8_t low[16] = {};
  std::uint8_t high[16] = {};

  constexpr void add(unsigned char c, std::uint8_t bit) {
    low[c & 15] = static_cast<std::uint8_t>(low[c & 15] | bit);
    high[c >> 4] = static_cast<std::uint8_t>(high[c >> 4] | bit);
  }
  constexpr void add_any(std::uint8_t bit) {
    for (auto& entry : low) entry = static_cast<std::uint8_t>(entry | bit);
    for (auto& entry : high) entry = static_cast<std::uint8_t>(entry | bit);
  }
  constexpr std::uint8_t of(unsigned char c) const {
    return low[c & 15] & high[c >> 4];
  }
};

// One bit per group of characters that is a rectangle of low and high halves.
inline constexpr std::uint8_t kDigitBit = 0x02;
inline constexpr std::uint8_t kSeparatorBits = 0x01 | 0x20 | 0x40 | 0x80;

constexpr NibbleTables make_class_tables() {
  NibbleTables tables;
  for (const char c : {'+', '-', '.', '/'}) {
    tables.add(static_cast<unsigned char>(c), 0x01);
  }
  for (unsigned char c = '0'; c <= '9'; ++c) tables.add(c, kDigitBit);
  for (unsigned char c = 'A'; c <= 'O'; ++c) tables.add(c, 0x04);
  for (unsigned char c = 'a'; c <= 'o'; ++c) tables.add(c, 0x04);
  for (unsigned char c = 'P'; c <= 'Z'; ++c) tables.add(c, 0x08);
  for (unsigned char c = 'p'; c <= 'z'; ++c) tables.add(c, 0x10);
  tables.add('=', 0x20);
  tables.add('_', 0x40);
  tables.add('~', 0x80);
  return tables;
}
inline constexpr NibbleTables kClass = make_class_tables();

struct WordTables {
  NibbleTables position[4];
};

constexpr WordTables make_word_tables() {
  WordTables tables;
  for (const WordStart& word : kWordStarts) {
    const auto bit = static_cast<std::uint8_t>(1u << word.bucket);
    for (std::size_t i = 0; i < 4; ++i) {
      const char c = i < word.text.size() ? word.text[i] : '?';
      if (c == '?') {
        tables.position[i].add_any(bit);
      } else {
        tables.position[i].add(static_cast<unsigned char>(c), bit);
        if (c >= 'a' && c <= 'z') {
          tables.position[i].add(static_cast<unsigned char>(c - 32), bit);
        }
      }
    }
  }
  return tables;
}
inline constexpr WordTables kWord = make_word_tables();

}  // namespace overreach
#endif

HWY_BEFORE_NAMESPACE();
namespace overreach {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<std::uint8_t, 64>;
using Vector = hn::Vec<Bytes>;

struct Tables {
  Vector low, high;
};

HWY_INLINE Tables load(Bytes d, const NibbleTables& tables) {
  return {hn::LoadDup128(d, tables.low), hn::LoadDup128(d, tables.high)};
}

HWY_INLINE Vector look_up(const Tables& tables, Vector low, Vector high) {
  return hn::And(hn::TableLookupBytes(tables.low, low),
                 hn::TableLookupBytes(tables.high, high));
}

template <typename Mask>
HWY_INLINE void store(Bytes d, Mask mask, std::uint64_t& word,
                      std::size_t at) {
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(d, mask, bits);
  std::uint64_t value;
  std::memcpy(&value, bits, 8);
  word |= value << at;
}

void mark(const std::uint8_t* text, std::size_t count, BlockMasks* blocks) {
  const Bytes d;
  const std::size_t step = hn::Lanes(d);
  const Vector zero = hn::Zero(d);
  const Vector low_half = hn::Set(d, 15);
  const Vector separators = hn::Set(d, kSeparatorBits);
  const Vector digit = hn::Set(d, kDigitBit);
  const Tables classes = load(d, kClass);
  const Tables word0 = load(d, kWord.position[0]);
  const Tables word1 = load(d, kWord.position[1]);
  const Tables word2 = load(d, kWord.position[2]);
  const Tables word3 = load(d, kWord.position[3]);
  for (std::size_t block = 0; block < count; ++block) {
    BlockMasks masks = {0, 0, 0, 0};
    for (std::size_t at = 0; at < 64; at += step) {
      const std::uint8_t* const p = text + block * 64 + at;
      const Vector b0 = hn::LoadU(d, p);
      const Vector b1 = hn::LoadU(d, p + 1);
      const Vector b2 = hn::LoadU(d, p + 2);
      const Vector b3 = hn::LoadU(d, p + 3);
      const Vector low0 = hn::And(b0, low_half);
      const Vector high0 = hn::ShiftRight<4>(b0);
      const Vector kind = look_up(classes, low0, high0);
      Vector word = look_up(word0, low0, high0);
      word = hn::And(word, look_up(word1, hn::And(b1, low_half),
                                   hn::ShiftRight<4>(b1)));
      word = hn::And(word, look_up(word2, hn::And(b2, low_half),
                                   hn::ShiftRight<4>(b2)));
      word = hn::And(word, look_up(word3, hn::And(b3, low_half),
                                   hn::ShiftRight<4>(b3)));
      store(d, hn::Ne(kind, zero), masks.run, at);
      store(d, hn::Ne(hn::And(kind, separators), zero), masks.separator, at);
      store(d, hn::Eq(kind, digit), masks.digit, at);
      store(d, hn::Ne(word, zero), masks.word, at);
    }
    blocks[block] = masks;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace overreach
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace overreach {

HWY_EXPORT(mark);

namespace {

void cut_at_end(std::size_t size, std::vector<BlockMasks>& blocks) {
  if (size % 64 == 0 || blocks.empty()) return;
  const std::uint64_t kept = (std::uint64_t{1} << size % 64) - 1;
  BlockMasks& last = blocks.back();
  last = {last.run & kept, last.separator & kept, last.digit & kept,
          last.word & kept};
}

}  // namespace

void mark_blocks(const char* text, std::size_t size,
                 std::vector<BlockMasks>& blocks) {
  blocks.resize((size + 63) / 64);
  HWY_DYNAMIC_DISPATCH(mark)
  (reinterpret_cast<const std::uint8_t*>(text), blocks.size(), blocks.data());
  cut_at_end(size, blocks);
}

void mark_blocks_slowly(const char* text, std::size_t size,
                        std::vector<BlockMasks>& blocks) {
  blocks.assign((size + 63) / 64, BlockMasks{0, 0, 0, 0});
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  for (std::size_t i = 0; i < size; ++i) {
    BlockMasks& block = blocks[i / 64];
    const std::uint64_t bit = std::uint64_t{1} << i % 64;
    const std::uint8_t kind = kClass.of(byte(i));
    if (kind) block.run |= bit;
    if (kind & kSeparatorBits) block.separator |= bit;
    if (kind == kDigitBit) block.digit |= bit;
    std::uint8_t word = 0xff;
    for (std::size_t k = 0; k < 4; ++k) {
      word = word & kWord.position[k].of(byte(i + k));
    }
    if (word) block.word |= bit;
  }
}

}  // namespace overreach
#endif
