#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/syntax/word_search.cpp"
#define HWY_DISABLED_TARGETS (HWY_AVX3 | HWY_SSE4)  // no gain here
#include <hwy/foreach_target.h>

#include "scanner/syntax/word_search.h"

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <numeric>

#include "scanner/base/eight_bytes.h"

// Four neighbouring bytes are looked up by their halves, a block of positions
// at once; what passes is then compared, eight letters at once.

#if HWY_TARGET != HWY_SCALAR  // table look-ups need vectors
HWY_BEFORE_NAMESPACE();
namespace overreach {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// The first block at or behind `from` with a position where a word may begin, a
// bit of `starts` each.  Without any, less than a block is left before `end`.
// Three bytes behind `end` are read.
std::size_t find_starts(const std::uint8_t* text, std::size_t from,
                        std::size_t end, const WordSearch::Tables& tables,
                        std::uint64_t& starts) {
  const hn::CappedTag<std::uint8_t, WordSearch::kBlock> d;
  constexpr std::size_t kBlock = WordSearch::kBlock;
  const std::size_t lanes = hn::Lanes(d);
  const auto half = hn::Set(d, 15);
  const auto buckets_of = [&](std::size_t i, std::size_t at) HWY_ATTR {
    const auto bytes = hn::LoadU(d, text + at + i);
    return hn::And(
        hn::TableLookupBytes(hn::LoadDup128(d, tables.lower[i].data()),
                             hn::And(bytes, half)),
        hn::TableLookupBytes(hn::LoadDup128(d, tables.upper[i].data()),
                             hn::ShiftRight<4>(bytes)));
  };
  for (; end - from >= kBlock; from += kBlock) {
    starts = 0;
    for (std::size_t i = 0; i < kBlock; i += lanes) {
      const std::size_t at = from + i;
      const auto buckets =
          hn::And(hn::And(buckets_of(0, at), buckets_of(1, at)),
                  hn::And(buckets_of(2, at), buckets_of(3, at)));
      std::uint8_t bits[8] = {};
      hn::StoreMaskBits(d, hn::Ne(buckets, hn::Zero(d)), bits);
      starts |= eight_bytes(bits) << i;
    }
    if (starts != 0) break;
  }
  return from;
}

}  // namespace HWY_NAMESPACE
}  // namespace overreach
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace overreach {
namespace {

using FindStarts = std::size_t (*)(const std::uint8_t*, std::size_t,
                                   std::size_t, const WordSearch::Tables&,
                                   std::uint64_t&);

bool may_start(const std::uint8_t* at, const WordSearch::Tables& tables) {
  std::uint8_t buckets = 0xff;
  for (std::size_t i = 0; i < WordSearch::kFirst; ++i) {
    buckets = static_cast<std::uint8_t>(buckets & tables.lower[i][at[i] & 15] &
                                        tables.upper[i][at[i] >> 4]);
  }
  return buckets != 0;
}

// Leaves every position to may_start().
[[maybe_unused]] std::size_t find_no_starts(const std::uint8_t*,
                                            std::size_t from, std::size_t,
                                            const WordSearch::Tables&,
                                            std::uint64_t&) {
  return from;
}

FindStarts best_find_starts() {
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma")) {
    return N_AVX2::find_starts;
  }
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_SSSE3)
  if (__builtin_cpu_supports("ssse3")) return N_SSSE3::find_starts;
#endif
#if HWY_STATIC_TARGET == HWY_SCALAR
  return find_no_starts;
#else
  return HWY_STATIC_DISPATCH(find_starts);
#endif
}

std::uint8_t byte(char c) { return static_cast<std::uint8_t>(c); }

// At most eight of them.
std::uint64_t first_bytes(std::string_view text) {
  if (text.size() >= sizeof(std::uint64_t)) return eight_bytes(text.data());
  std::array<char, sizeof(std::uint64_t)> bytes{};
  std::copy(text.begin(), text.end(), bytes.begin());
  return eight_bytes(bytes.data());
}

// Of as many bytes as the text has, all bits.
std::uint64_t first_bits(std::string_view text) {
  constexpr std::size_t kWhole = sizeof(std::uint64_t);
  const std::size_t unused = kWhole - std::min(text.size(), kWhole);
  return ~std::uint64_t{0} >> 8 * unused;
}

}  // namespace

WordSearch::WordSearch(std::span<const std::string_view> words) {
  assert(words.size() < begins_.size() - 1);
  for (const std::string_view word : words) {
    words_.push_back({word, first_bytes(word), first_bits(word)});
    ++begins_[byte(word[0]) + 1u];
  }
  std::sort(words_.begin(), words_.end(),
            [](const Word& a, const Word& b) { return a.text < b.text; });
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  // Neighbours share a bucket: their first bytes are alike, so that it lets
  // fewer others pass.
  for (std::size_t n = 0; n < words_.size(); ++n) {
    const auto bit = static_cast<std::uint8_t>(1U << n * 8 / words_.size());
    const std::string_view word = words_[n].text;
    for (std::size_t i = 0; i < kFirst; ++i) {
      for (std::uint8_t half = 0; half < 16; ++half) {
        const bool ends = i >= word.size();
        const bool is_lower = ends || (byte(word[i]) & 15) == half;
        const bool is_upper = ends || byte(word[i]) >> 4 == half;
        if (is_lower) tables_.lower[i][half] |= bit;
        if (is_upper) tables_.upper[i][half] |= bit;
      }
    }
  }
}

std::string_view WordSearch::word_at(std::string_view text,
                                     std::size_t at) const {
  const std::string_view rest = text.substr(at);
  const std::uint64_t bytes = first_bytes(rest);
  const std::uint8_t first = byte(text[at]);
  for (std::size_t i = begins_[first]; i < begins_[first + 1u]; ++i) {
    const Word& word = words_[i];
    if ((bytes & word.mask) == word.bytes &&
        (word.text.size() <= sizeof bytes || rest.starts_with(word.text))) {
      return word.text;
    }
  }
  return {};
}

std::size_t WordSearch::find(std::string_view text, std::size_t from) const {
  static const FindStarts kFindStarts = best_find_starts();
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  // Where four bytes can be looked up.
  const std::size_t end = text.size() < kFirst ? 0 : text.size() - kFirst + 1;
  while (from < end) {
    std::uint64_t starts = 0;
    from = kFindStarts(bytes, from, end, tables_, starts);
    if (starts == 0) break;
    for (; starts != 0; starts &= starts - 1) {
      const std::size_t at =
          from + static_cast<std::size_t>(std::countr_zero(starts));
      if (!word_at(text, at).empty()) return at;
    }
    from += kBlock;
  }
  // What is left is less than a block.
  for (; from < end; ++from) {
    if (may_start(bytes + from, tables_) && !word_at(text, from).empty()) {
      return from;
    }
  }
  // A shorter word may end the text.
  for (; from < text.size(); ++from) {
    if (!word_at(text, from).empty()) return from;
  }
  return text.npos;
}

}  // namespace overreach
#endif
