#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/match/runs.cpp"
#define HWY_WANT_AVX3_DL  // vpermi2b and vpcompressb: half the instructions
#include <hwy/foreach_target.h>

#include "scanner/match/runs.h"

#include <hwy/highway.h>

#include <bit>
#include <cstring>
#include <vector>

#include "scanner/match/block_bits-inl.h"
#include "scanner/match/byte_tables.h"

// Two passes over a chunk, which stays in the cache.  The first classifies
// bytes, 64 at a time, into bitmaps.  The second finds by shifts of these what
// is asked for, 64 bytes per lane of a vector, keeps the lanes in which
// something is, and lists their set bits.  No branch depends on where they lie:
// in real text nothing predicts that.

#if HWY_TARGET != HWY_SCALAR  // table look-ups need vectors
HWY_BEFORE_NAMESPACE();
namespace overreach {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<std::uint8_t, 64>;
using Vector = hn::Vec<Bytes>;
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

// The first pass: what each byte is, and in the last block what is behind.
void classify(const std::uint8_t* text, std::size_t size,
              const RunTables& tables, Marks& marks) {
  const Bytes d;
  const std::size_t step = hn::Lanes(d);
  const Vector zero = hn::Zero(d);
  const Vector separator_bits = hn::Set(d, kSeparatorBits);
  const Vector digit_bit = hn::Set(d, kDigitBit);
  const Table classes(d, kClass);
  const Table word0(d, kWordTables[0]), word1(d, kWordTables[1]);
  const Table word2(d, kWordTables[2]), word3(d, kWordTables[3]);
  const Table front0(d, tables.front[0]), front1(d, tables.front[1]);
  const Table front2(d, tables.front[2]), opener(d, tables.opener);
  std::uint64_t* const runs = marks.run.blocks();
  std::uint64_t* const separators = marks.separator.blocks();
  std::uint64_t* const digits = marks.digit.blocks();
  std::uint64_t* const openers = marks.opener.blocks();
  std::uint64_t* const fronts = marks.front.blocks();
  std::uint64_t* const words = marks.word.blocks();
  for (std::size_t block = 0; block * 64 < size; ++block) {
    const std::uint8_t* const p = text + block * 64;
    std::uint64_t run = 0, separator = 0, digit = 0;
    std::uint64_t open = 0, front = 0, word = 0;
    for (std::size_t at = 0; at < 64; at += step) {
      const Vector bytes = hn::LoadU(d, p + at);
      const Vector kind = classes.of_ascii(bytes);
      run |= bits_of(d, hn::Ne(kind, zero)) << at;
      separator |= bits_of(d, hn::Ne(hn::And(kind, separator_bits), zero))
                   << at;
      digit |= bits_of(d, hn::Eq(kind, digit_bit)) << at;
      open |= bits_of(d, hn::Ne(opener.of(bytes), zero)) << at;
      const Vector second = hn::LoadU(d, p + at + 1);
      const Vector third = hn::LoadU(d, p + at + 2);
      const Vector fourth = hn::LoadU(d, p + at + 3);
      front |=
          bits_of(d,
                  hn::Ne(hn::And(hn::And(front0.of(bytes), front1.of(second)),
                                 front2.of(third)),
                         zero))
          << at;
      word |=
          bits_of(d, hn::Ne(hn::And(hn::And(word0.of(bytes), word1.of(second)),
                                    hn::And(word2.of(third), word3.of(fourth))),
                            zero))
          << at;
    }
    runs[block] = run;
    separators[block] = separator;
    digits[block] = digit;
    openers[block] = open;
    fronts[block] = front;
    words[block] = word;
  }
}

// Changes between letters and digits that are not the first of their stretch,
// in stretches of at least 8 of a run.  A lane takes the first one of a stretch
// from the lane before for another.
HWY_INLINE BlockVector changes_again(const Around& solid, const Around& digit,
                                     BlockVector in_run) {
  const BlockVector change =
      hn::And(hn::Xor(digit.here, ahead<1>(digit.here, digit.next)),
              hn::And(solid.here, ahead<1>(solid.here, solid.next)));
  const BlockVector inside = one_before(solid.here, solid.before);
  const BlockVector begin = hn::AndNot(inside, solid.here);
  const BlockVector end = hn::AndNot(solid.here, inside);
  // The difference borrows from the first change behind each begin.
  const BlockVector again =
      hn::And(change, hn::Sub(hn::Or(change, end), begin));
  const BlockVector eight =
      any_before<8>(all_ahead<8>(solid.here, solid.next),
                    all_ahead<8>(solid.before, solid.here));
  return hn::And(again, hn::And(eight, in_run));
}

// Where the next blocks of a kind go.
struct Cursor {
  explicit Cursor(SparseBlocks& blocks)
      : bits(blocks.bits()), bases(blocks.bases()) {}
  std::uint64_t *bits, *bases;
};

// Adds the lanes with set bits; `base` is the offset of the first lane's first
// bit.
#if HWY_TARGET == HWY_AVX3_DL
HWY_INLINE void keep(BlockVector bits, std::uint64_t base, Cursor& out) {
  const __mmask8 some = _mm512_test_epi64_mask(bits.raw, bits.raw);
  const __m512i bases =
      _mm512_add_epi64(_mm512_set1_epi64(static_cast<long long>(base)),
                       _mm512_setr_epi64(0, 64, 128, 192, 256, 320, 384, 448));
  _mm512_storeu_si512(out.bits, _mm512_maskz_compress_epi64(some, bits.raw));
  _mm512_storeu_si512(out.bases, _mm512_maskz_compress_epi64(some, bases));
  const int count = std::popcount(unsigned{some});
  out.bits += count;
  out.bases += count;
}
#else
HWY_INLINE void keep(BlockVector bits, std::uint64_t base, Cursor& out) {
  alignas(64) std::uint64_t lanes[8];
  hn::Store(bits, Blocks(), lanes);
  for (std::size_t i = 0; i < hn::Lanes(Blocks()); ++i) {
    *out.bits = lanes[i];
    *out.bases = base + i * 64;
    out.bits += lanes[i] != 0;
    out.bases += lanes[i] != 0;
  }
}
#endif

// Lists the bits of the blocks up to the cursor.
void list_all(SparseBlocks& blocks, const Cursor& end, Offsets& out) {
  const auto count = static_cast<std::size_t>(end.bits - blocks.bits());
  // Room for the most there can be, and for what list() does not keep.
  constexpr std::size_t kSpare = 16;
  std::uint32_t* next = out.make_room(count * 64 + kSpare);
  for (std::size_t i = 0; i < count; ++i) {
    const auto base = static_cast<std::uint32_t>(blocks.bases()[i]);
    next = list(blocks.bits()[i], base, next);
  }
  out.end(next);
}

// The second pass.
void cut(std::size_t size, Marks& marks) {
  static_assert(kMinRun == 16);
  const Blocks d;
  const std::size_t lanes = hn::Lanes(d);
  for (SparseBlocks& blocks : marks.sparse) blocks.make_room(size);
  Cursor opened(marks.sparse[0]), mixed(marks.sparse[1]);
  Cursor starts(marks.sparse[2]), words(marks.sparse[3]);
  for (std::size_t block = 0; block * 64 < size; block += lanes) {
    const Around run(marks.run.blocks() + block);
    const Around separator(marks.separator.blocks() + block);
    const Around solid(hn::AndNot(separator.before, run.before),
                       hn::AndNot(separator.here, run.here),
                       hn::AndNot(separator.next, run.next));
    const Around digit(marks.digit.blocks() + block);
    const Around opener(marks.opener.blocks() + block);
    const BlockVector stays = all_ahead<16>(run.here, run.next);
    const BlockVector in_run =
        any_before<16>(stays, all_ahead<16>(run.before, run.here));
    const BlockVector begin =
        hn::AndNot(one_before(run.here, run.before), stays);
    const BlockVector at_bound =
        hn::AndNot(one_before(solid.here, solid.before), solid.here);
    const BlockVector front = hn::LoadU(d, marks.front.blocks() + block);
    const std::uint64_t base = block * 64;
    keep(hn::And(begin, one_before(opener.here, opener.before)), base, opened);
    keep(changes_again(solid, digit, in_run), base, mixed);
    keep(hn::And(hn::And(at_bound, stays), front), base, starts);
    keep(hn::LoadU(d, marks.word.blocks() + block), base, words);
  }
  list_all(marks.sparse[0], opened, marks.opened);
  list_all(marks.sparse[1], mixed, marks.mixed);
  list_all(marks.sparse[2], starts, marks.starts);
  list_all(marks.sparse[3], words, marks.words);
}

void mark(const char* text, std::size_t size, const RunTables& tables,
          Marks& marks) {
  marks.make_room(size);
  classify(reinterpret_cast<const std::uint8_t*>(text), size, tables, marks);
  marks.end_bitmaps(size);
  // What is before the chunk may open a run at its begin.
  marks.opener.blocks()[-1] = std::uint64_t{1} << 63;
  cut(size, marks);
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

void find_marks(const char* text, std::size_t size, const RunTables& tables,
                Marks& marks) {
  static const FindMarks kBest = usable_find_marks().front();
  kBest(text, size, tables, marks);
}

Run Marks::run_around(std::uint32_t at) const {
  std::uint32_t begin = at;
  int length;
  do {
    const std::uint64_t before = begin >= 64 ? run.from(begin - 64)
                                 : begin > 0 ? run.from(0) << (64 - begin)
                                             : 0;
    length = std::countl_one(before);
    begin -= static_cast<std::uint32_t>(length);
  } while (length == 64);
  return run_from(begin);
}

}  // namespace overreach
#endif
