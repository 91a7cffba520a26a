#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/match/runs.cpp"
#define HWY_WANT_AVX3_DL  // vpermi2b and vpcompressb: half the instructions
#include <hwy/foreach_target.h>

#include "scanner/match/runs.h"

#include <hwy/highway.h>

#include <bit>
#include <cstring>
#include <vector>

#include "scanner/match/byte_tables.h"

// Two passes over a chunk, which stays in the cache.  The first classifies
// bytes, 64 at a time, into bitmaps.  The second finds by shifts of these where
// runs and starts are, 64 bytes per lane of a vector, and lists the set bits.
// No branch depends on where they lie: in real text nothing predicts that.

#if HWY_TARGET != HWY_SCALAR  // table look-ups need vectors
HWY_BEFORE_NAMESPACE();
namespace overreach {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<std::uint8_t, 64>;
using Vector = hn::Vec<Bytes>;
using Blocks = hn::CappedTag<std::uint64_t, 8>;
using BlockVector = hn::Vec<Blocks>;

template <typename Mask>
HWY_INLINE std::uint64_t bits_of(Bytes d, Mask mask) {
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(d, mask, bits);
  std::uint64_t value;
  std::memcpy(&value, bits, 8);
  return value;
}

#if HWY_TARGET == HWY_AVX3_DL

// A table of 128 entries in two registers.
class Table {
 public:
  Table(Bytes d, const ByteTable& table)
      : first_(hn::LoadU(d, table.whole.data())),
        second_(hn::LoadU(d, table.whole.data() + 64)) {}
  // Of bytes that are no ASCII: zero.
  HWY_INLINE Vector of_ascii(Vector bytes) const {
    const __mmask64 ascii = _knot_mask64(_mm512_movepi8_mask(bytes.raw));
    return Vector{_mm512_maskz_permutex2var_epi8(ascii, first_.raw, bytes.raw,
                                                 second_.raw)};
  }
  // By the lower seven bits.
  HWY_INLINE Vector of(Vector bytes) const {
    return Vector{_mm512_permutex2var_epi8(first_.raw, bytes.raw, second_.raw)};
  }

 private:
  const Vector first_, second_;
};

// The tables are whole.
HWY_INLINE std::uint64_t confirmed(const std::uint8_t*, std::uint64_t words) {
  return words;
}

// Writes the offset of every set bit and returns where the next one goes.
// May write, but not keep, 8 more.
HWY_INLINE std::uint32_t* list(std::uint64_t bits, std::uint32_t base,
                               std::uint32_t* out) {
  alignas(64) static constexpr std::uint8_t kIota[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
      16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
      32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
      48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const int count = std::popcount(bits);
  __m512i left = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(kIota));
  const __m256i bases = _mm256_set1_epi32(static_cast<int>(base));
  for (int done = 0;;) {
    const __m256i wide = _mm256_cvtepu8_epi32(_mm512_castsi512_si128(left));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + done),
                        _mm256_add_epi32(wide, bases));
    done += 8;
    if (HWY_LIKELY(done >= count)) return out + count;
    left = _mm512_alignr_epi64(left, left, 1);
  }
}

#else

class Table {
 public:
  Table(Bytes d, const ByteTable& table)
      : low_(hn::LoadDup128(d, table.low.data())),
        high_(hn::LoadDup128(d, table.high.data())) {}
  HWY_INLINE Vector of_ascii(Vector bytes) const { return of(bytes); }
  HWY_INLINE Vector of(Vector bytes) const {
    const Vector low = hn::And(bytes, hn::Set(Bytes(), 15));
    const Vector high = hn::ShiftRight<4>(bytes);
    return hn::And(hn::TableLookupBytes(low_, low),
                   hn::TableLookupBytes(high_, high));
  }

 private:
  const Vector low_, high_;
};

// Of the places that the tables of halves name, those of the whole table.
HWY_INLINE std::uint64_t confirmed(const std::uint8_t* text,
                                   std::uint64_t words) {
  std::uint64_t kept = 0;
  for (; words != 0; words &= words - 1) {
    const int bit = std::countr_zero(words);
    const auto* const at = reinterpret_cast<const char*>(text) + bit;
    kept |= std::uint64_t{may_be_word(at)} << bit;
  }
  return kept;
}

HWY_INLINE std::uint32_t* list(std::uint64_t bits, std::uint32_t base,
                               std::uint32_t* out) {
  std::uint32_t* const behind = out + std::popcount(bits);
  do {
    for (int i = 0; i < 4; ++i) {
      *out++ = base + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  } while (HWY_UNLIKELY(bits != 0));
  return behind;
}

#endif

// The first pass: what each byte is.
void classify(const std::uint8_t* text, std::size_t size, Marks& marks) {
  const Bytes d;
  const std::size_t step = hn::Lanes(d);
  const Vector zero = hn::Zero(d);
  const Vector separator_bits = hn::Set(d, kSeparatorBits);
  const Vector digit_bit = hn::Set(d, kDigitBit);
  const Table classes(d, kClass);
  const Table word0(d, kWordTables[0]), word1(d, kWordTables[1]);
  const Table word2(d, kWordTables[2]), word3(d, kWordTables[3]);
  std::uint64_t* const runs = marks.run.blocks();
  std::uint64_t* const separators = marks.separator.blocks();
  std::uint64_t* const digits = marks.digit.blocks();
  std::uint64_t* const words = marks.word.blocks();
  for (std::size_t block = 0; block * 64 < size; ++block) {
    const std::uint8_t* const p = text + block * 64;
    std::uint64_t run = 0, separator = 0, digit = 0, word = 0;
    for (std::size_t at = 0; at < 64; at += step) {
      const Vector bytes = hn::LoadU(d, p + at);
      const Vector kind = classes.of_ascii(bytes);
      run |= bits_of(d, hn::Ne(kind, zero)) << at;
      separator |= bits_of(d, hn::Ne(hn::And(kind, separator_bits), zero))
                   << at;
      digit |= bits_of(d, hn::Eq(kind, digit_bit)) << at;
      const Vector front =
          hn::And(word0.of(bytes), word1.of(hn::LoadU(d, p + at + 1)));
      const Vector back = hn::And(word2.of(hn::LoadU(d, p + at + 2)),
                                  word3.of(hn::LoadU(d, p + at + 3)));
      word |= bits_of(d, hn::Ne(hn::And(front, back), zero)) << at;
    }
    const std::size_t left = size - block * 64;
    const std::uint64_t inside =
        left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
    runs[block] = run & inside;
    separators[block] = separator & inside;
    digits[block] = digit & inside;
    words[block] = confirmed(p, word) & inside;
  }
}

// Bit i of the result is bit i + kShift of a stream; `next` is the block
// behind.
template <int kShift>
HWY_INLINE BlockVector ahead(BlockVector bits, BlockVector next) {
  return hn::Or(hn::ShiftRight<kShift>(bits), hn::ShiftLeft<64 - kShift>(next));
}

// Whether this bit and the 15 behind it are set.
HWY_INLINE BlockVector sixteen_ahead(BlockVector bits, BlockVector next) {
  const BlockVector two = hn::And(bits, ahead<1>(bits, next));
  const BlockVector next_two = hn::And(next, hn::ShiftRight<1>(next));
  const BlockVector four = hn::And(two, ahead<2>(two, next_two));
  const BlockVector next_four = hn::And(next_two, hn::ShiftRight<2>(next_two));
  const BlockVector eight = hn::And(four, ahead<4>(four, next_four));
  const BlockVector next_eight =
      hn::And(next_four, hn::ShiftRight<4>(next_four));
  return hn::And(eight, ahead<8>(eight, next_eight));
}

// Of `count` blocks, the first of which begins at `base`.
HWY_INLINE std::uint32_t* list_blocks(const std::uint64_t* blocks,
                                      std::size_t count, std::size_t base,
                                      std::uint32_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    out = list(blocks[i], static_cast<std::uint32_t>(base + i * 64), out);
  }
  return out;
}

// Where the next offset of each kind goes.
struct Cursors {
  std::uint32_t *begin, *start, *word;
};

// The second pass: lists runs, starts and words.
Cursors cut(std::size_t size, const Marks& marks, Cursors out) {
  static_assert(kMinRun == 16);
  const Blocks d;
  const std::size_t lanes = hn::Lanes(d);
  const std::uint64_t* const runs = marks.run.blocks();
  const std::uint64_t* const separators = marks.separator.blocks();
  const std::uint64_t* const words = marks.word.blocks();
  for (std::size_t block = 0; block * 64 < size; block += lanes) {
    const BlockVector run = hn::LoadU(d, runs + block);
    const BlockVector next = hn::LoadU(d, runs + block + 1);
    const BlockVector before = hn::LoadU(d, runs + block - 1);
    const BlockVector solid = hn::AndNot(hn::LoadU(d, separators + block), run);
    const BlockVector solid_before =
        hn::AndNot(hn::LoadU(d, separators + block - 1), before);
    const BlockVector stays = sixteen_ahead(run, next);
    const BlockVector at_bound =
        hn::AndNot(ahead<63>(solid_before, solid), solid);
    alignas(64) std::uint64_t begin[8], start[8];
    hn::Store(hn::AndNot(ahead<63>(before, run), stays), d, begin);
    hn::Store(hn::And(at_bound, stays), d, start);
    const std::size_t base = block * 64;
    out.begin = list_blocks(begin, lanes, base, out.begin);
    out.start = list_blocks(start, lanes, base, out.start);
    // Words are so rare that the branch is guessed right.
    for (std::size_t i = 0; i < lanes; ++i) {
      if (HWY_LIKELY(words[block + i] == 0)) continue;
      out.word = list_blocks(words + block + i, 1, base + i * 64, out.word);
    }
  }
  return out;
}

void mark(const char* text, std::size_t size, Marks& marks) {
  marks.make_room(size);
  classify(reinterpret_cast<const std::uint8_t*>(text), size, marks);
  marks.end_bitmaps(size);
  // Room for the most there can be, and for what list() does not keep.
  const std::size_t most_runs = size / kMinRun + 1;
  constexpr std::size_t kSpare = 16;
  const Cursors out = cut(size, marks,
                          {marks.begins.make_room(most_runs + kSpare),
                           marks.starts.make_room(size + kSpare),
                           marks.words.make_room(size + kSpare)});
  marks.begins.end(out.begin);
  marks.starts.end(out.start);
  marks.words.end(out.word);
}

}  // namespace HWY_NAMESPACE
}  // namespace overreach
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace overreach {
// Not by Highway's own choice, which needs its library: that measures the clock
// at its start for longer than a hook may take.
std::vector<FindMarks> usable_find_marks() {
  std::vector<FindMarks> usable;
#if HWY_ARCH_X86
  [[maybe_unused]] const bool avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
  [[maybe_unused]] const bool avx3 =
      avx2 && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX3_DL)
  if (avx3 && __builtin_cpu_supports("avx512vbmi") &&
      __builtin_cpu_supports("avx512vbmi2") &&
      __builtin_cpu_supports("avx512bitalg") &&
      __builtin_cpu_supports("avx512vpopcntdq")) {
    usable.push_back(N_AVX3_DL::mark);
  }
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX3)
  if (avx3) usable.push_back(N_AVX3::mark);
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX2)
  if (avx2) usable.push_back(N_AVX2::mark);
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_SSSE3)
  if (__builtin_cpu_supports("ssse3")) usable.push_back(N_SSSE3::mark);
#endif
#if HWY_STATIC_TARGET == HWY_SCALAR
  usable.push_back(find_marks_slowly);
#else
  usable.push_back(HWY_STATIC_DISPATCH(mark));
#endif
  return usable;
}

void find_marks(const char* text, std::size_t size, Marks& marks) {
  static const FindMarks kBest = usable_find_marks().front();
  kBest(text, size, marks);
}

void find_marks_slowly(const char* text, std::size_t size, Marks& marks) {
  marks.make_room(size);
  std::uint32_t* begin = marks.begins.make_room(size + 1);
  std::uint32_t* start = marks.starts.make_room(size + 1);
  std::uint32_t* word = marks.words.make_room(size + 1);
  const auto kind_at = [&](std::size_t i) -> std::uint8_t {
    if (i >= size) return 0;
    return kClass.whole[static_cast<unsigned char>(text[i])];
  };
  marks.end_bitmaps(0);
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i % 64;
    if (i % 64 == 0) marks.end_bitmaps(i);
    const auto offset = static_cast<std::uint32_t>(i);
    if (kind_at(i)) marks.run.blocks()[i / 64] |= bit;
    if (kind_at(i) & kSeparatorBits) marks.separator.blocks()[i / 64] |= bit;
    if (kind_at(i) == kDigitBit) marks.digit.blocks()[i / 64] |= bit;
    if (may_be_word(text + i)) {
      marks.word.blocks()[i / 64] |= bit;
      *word++ = offset;
    }
  }
  for (std::size_t i = 0; i < size;) {
    std::size_t behind = i;
    while (kind_at(behind)) ++behind;
    if (behind - i >= kMinRun) *begin++ = static_cast<std::uint32_t>(i);
    for (std::size_t at = i; at + kMinRun <= behind; ++at) {
      const bool solid = !(kind_at(at) & kSeparatorBits);
      if (solid && (at == i || (kind_at(at - 1) & kSeparatorBits))) {
        *start++ = static_cast<std::uint32_t>(at);
      }
    }
    i = behind + 1;
  }
  marks.begins.end(begin);
  marks.starts.end(start);
  marks.words.end(word);
}

}  // namespace overreach
#endif
