#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/match/runs.cpp"
#include <hwy/foreach_target.h>

#include "scanner/match/runs.h"

#include <hwy/highway.h>

#include <bit>
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
HWY_INLINE std::uint64_t bits_of(Bytes d, Mask mask) {
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(d, mask, bits);
  std::uint64_t value;
  std::memcpy(&value, bits, 8);
  return value;
}

HWY_INLINE unsigned first_bit(std::uint64_t bits) {
  return static_cast<unsigned>(std::countr_zero(bits));
}

// Appends the offset of every set bit.  Two stores are made in any case and
// kept or overwritten: a branch per bit would be guessed wrong too often.
HWY_INLINE void add_offsets(std::uint32_t base, std::uint64_t bits,
                            std::uint32_t lead, std::uint32_t*& out) {
  for (int i = 0; i < 2; ++i) {
    *out = base + first_bit(bits) - lead;
    out += bits != 0;
    bits &= bits - (bits != 0);
  }
  for (; HWY_UNLIKELY(bits != 0); bits &= bits - 1) {
    *out++ = base + first_bit(bits) - lead;
  }
}

// Cuts the stream of run bits into runs, with no branch that depends on where
// runs lie: in real text nothing predicts that.  At level k a bit says that the
// 2^k bytes up to it are run bytes; shifts carry over from block to block.
class RunCutter {
 public:
  static constexpr std::uint32_t kLead = kMinRun - 1;

  RunCutter(Run* out, std::uint32_t* starts)
      : begins_(out), ends_(out), starts_(starts) {}

  HWY_INLINE void add(std::uint32_t base, std::uint64_t run,
                      std::uint64_t separator) {
    const std::uint64_t two = run & shifted<1>(run, level_[0]);
    const std::uint64_t four = two & shifted<2>(two, level_[1]);
    const std::uint64_t eight = four & shifted<4>(four, level_[2]);
    const std::uint64_t sixteen = eight & shifted<8>(eight, level_[3]);
    const std::uint64_t before = shifted<1>(sixteen, level_[4]);
    level_[0] = run;
    level_[1] = two;
    level_[2] = four;
    level_[3] = eight;
    level_[4] = sixteen;
    // Behind what is no letter or digit; known 15 bytes later, with the run.
    const std::uint64_t bound = ~run | separator;
    const std::uint64_t behind = run & shifted<1>(bound, bound_);
    add_offsets(base, sixteen & shifted<kLead>(behind, behind_), kLead,
                starts_);
    bound_ = bound;
    behind_ = behind;
    std::uint64_t rises = sixteen & ~before;
    std::uint64_t falls = before & ~sixteen;
    // One store each, kept or overwritten; more in one block are rare.
    begins_->begin = base + first_bit(rises) - kLead;
    begins_ += rises != 0;
    ends_->end = base + first_bit(falls);
    ends_ += falls != 0;
    for (rises &= rises - (rises != 0); HWY_UNLIKELY(rises != 0);
         rises &= rises - 1) {
      (begins_++)->begin = base + first_bit(rises) - kLead;
    }
    for (falls &= falls - (falls != 0); HWY_UNLIKELY(falls != 0);
         falls &= falls - 1) {
      (ends_++)->end = base + first_bit(falls);
    }
  }

  std::uint32_t* starts() const { return starts_; }

  HWY_INLINE Run* finish(std::uint32_t size) {
    if (ends_ != begins_) (ends_++)->end = size;
    return ends_;
  }

 private:
  template <int kShift>
  static HWY_INLINE std::uint64_t shifted(std::uint64_t bits,
                                          std::uint64_t before) {
    return bits << kShift | before >> (64 - kShift);
  }

  Run* begins_;
  Run* ends_;
  std::uint32_t* starts_;
  // Of the block before; the text begins behind a bound.
  std::uint64_t level_[5] = {};
  std::uint64_t bound_ = ~std::uint64_t{0}, behind_ = 0;
};

// REQUIRES: room for every run and word there can be.
void mark(const std::uint8_t* text, std::uint32_t size, BlockMasks* blocks,
          Run** runs, std::uint32_t** starts, std::uint32_t** words) {
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
  RunCutter cutter(*runs, *starts);
  std::uint32_t* next_word = *words;
  for (std::uint32_t base = 0; base < size; base += 64) {
    BlockMasks masks = {0, 0, 0};
    std::uint64_t word_bits = 0;
    for (std::size_t at = 0; at < 64; at += step) {
      const std::uint8_t* const p = text + base + at;
      const Vector b0 = hn::LoadU(d, p);
      const Vector b1 = hn::LoadU(d, p + 1);
      const Vector b2 = hn::LoadU(d, p + 2);
      const Vector b3 = hn::LoadU(d, p + 3);
      const Vector low0 = hn::And(b0, low_half);
      const Vector high0 = hn::ShiftRight<4>(b0);
      const Vector kind = look_up(classes, low0, high0);
      Vector word = look_up(word0, low0, high0);
      word = hn::And(
          word, look_up(word1, hn::And(b1, low_half), hn::ShiftRight<4>(b1)));
      word = hn::And(
          word, look_up(word2, hn::And(b2, low_half), hn::ShiftRight<4>(b2)));
      word = hn::And(
          word, look_up(word3, hn::And(b3, low_half), hn::ShiftRight<4>(b3)));
      masks.run |= bits_of(d, hn::Ne(kind, zero)) << at;
      masks.separator |= bits_of(d, hn::Ne(hn::And(kind, separators), zero))
                         << at;
      masks.digit |= bits_of(d, hn::Eq(kind, digit)) << at;
      word_bits |= bits_of(d, hn::Ne(word, zero)) << at;
    }
    if (size - base < 64) {
      const std::uint64_t kept = (std::uint64_t{1} << (size - base)) - 1;
      masks = {masks.run & kept, masks.separator & kept, masks.digit & kept};
      word_bits &= kept;
    }
    blocks[base / 64] = masks;
    add_offsets(base, word_bits, 0, next_word);
    cutter.add(base, masks.run, masks.separator);
  }
  *runs = cutter.finish(size);
  *starts = cutter.starts();
  *words = next_word;
}

}  // namespace HWY_NAMESPACE
}  // namespace overreach
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace overreach {

namespace {

using Mark = void (*)(const std::uint8_t*, std::uint32_t, BlockMasks*, Run**,
                      std::uint32_t**, std::uint32_t**);

// The best this processor has.  Highway's own choice needs its library, whose
// start-up measures the clock for longer than a hook may take.
Mark best_mark() {
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX3)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2") &&
      __builtin_cpu_supports("fma")) {
    return N_AVX3::mark;
  }
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma")) {
    return N_AVX2::mark;
  }
#endif
  return HWY_STATIC_DISPATCH(mark);
}

}  // namespace

void find_marks(const char* text, std::size_t size, Marks& marks) {
  const std::size_t blocks = (size + 63) / 64;
  // Room for the most there can be.
  if (marks.blocks.size() < blocks + 2) marks.blocks.resize(blocks + 2);
  const std::size_t most_runs = size / kMinRun + 3;
  if (marks.run_room.size() < most_runs) marks.run_room.resize(most_runs);
  if (marks.word_room.size() < size + 3) marks.word_room.resize(size + 3);
  if (marks.start_room.size() < size + 3) marks.start_room.resize(size + 3);
  Run* runs = marks.run_room.data();
  std::uint32_t* words = marks.word_room.data();
  std::uint32_t* starts = marks.start_room.data();
  static const Mark kMark = best_mark();
  kMark(reinterpret_cast<const std::uint8_t*>(text),
        static_cast<std::uint32_t>(size), marks.blocks.data(), &runs, &starts,
        &words);
  marks.run_count = static_cast<std::size_t>(runs - marks.run_room.data());
  marks.start_count =
      static_cast<std::size_t>(starts - marks.start_room.data());
  marks.word_count = static_cast<std::size_t>(words - marks.word_room.data());
  marks.blocks[blocks] = {0, 0, 0};
}

void find_marks_slowly(const char* text, std::size_t size, Marks& marks) {
  marks.blocks.assign((size + 63) / 64 + 1, BlockMasks{0, 0, 0});
  marks.run_room.clear();
  marks.start_room.clear();
  marks.word_room.clear();
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  std::size_t run = 0;  // length of the run that ends here
  for (std::size_t i = 0; i < size; ++i) {
    BlockMasks& block = marks.blocks[i / 64];
    const std::uint64_t bit = std::uint64_t{1} << i % 64;
    const std::uint8_t kind = kClass.of(byte(i));
    if (kind) block.run |= bit;
    if (kind & kSeparatorBits) block.separator |= bit;
    if (kind == kDigitBit) block.digit |= bit;
    run = kind ? run + 1 : 0;
    const bool ends = i + 1 == size || !kClass.of(byte(i + 1));
    if (run >= kMinRun && ends) {
      marks.run_room.push_back({static_cast<std::uint32_t>(i + 1 - run),
                                static_cast<std::uint32_t>(i + 1)});
    }
    std::uint8_t word = 0xff;
    for (std::size_t k = 0; k < 4; ++k) {
      word = word & kWord.position[k].of(byte(i + k));
    }
    if (word) marks.word_room.push_back(static_cast<std::uint32_t>(i));
  }
  for (const Run& found : marks.run_room) {
    for (std::size_t i = found.begin; i + kMinRun <= found.end; ++i) {
      if (i == found.begin || (kClass.of(byte(i - 1)) & kSeparatorBits)) {
        marks.start_room.push_back(static_cast<std::uint32_t>(i));
      }
    }
  }
  marks.run_count = marks.run_room.size();
  marks.start_count = marks.start_room.size();
  marks.word_count = marks.word_room.size();
}

}  // namespace overreach
#endif
