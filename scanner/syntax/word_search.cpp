#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/syntax/word_search.cpp"
#define HWY_DISABLED_TARGETS (HWY_AVX3 | HWY_SSE4)  // no gain here
#include <hwy/foreach_target.h>

#include "scanner/syntax/word_search.h"

#include <hwy/highway.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>

// Three neighbouring bytes are looked up by their halves, a block of positions
// at once; what passes is then compared letter by letter.

#if HWY_TARGET != HWY_SCALAR  // table look-ups need vectors
HWY_BEFORE_NAMESPACE();
namespace overreach {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// The first position at or behind `from` where a word may begin, in whole
// blocks before `end`; where the blocks end if there is none.  Two bytes behind
// `end` are read.
std::size_t find_start(const std::uint8_t* text, std::size_t from,
                       std::size_t end, const WordSearch::Tables& tables) {
  const hn::CappedTag<std::uint8_t, 64> d;
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
  for (; end - from >= lanes; from += lanes) {
    const auto buckets = hn::And(
        hn::And(buckets_of(0, from), buckets_of(1, from)), buckets_of(2, from));
    const auto starts = hn::Ne(buckets, hn::Zero(d));
    if (hn::AllFalse(d, starts)) continue;
    return from + static_cast<std::size_t>(hn::FindFirstTrue(d, starts));
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

using FindStart = std::size_t (*)(const std::uint8_t*, std::size_t, std::size_t,
                                  const WordSearch::Tables&);

bool may_start(const std::uint8_t* at, const WordSearch::Tables& tables) {
  std::uint8_t buckets = 0xff;
  for (std::size_t i = 0; i < 3; ++i) {
    buckets = static_cast<std::uint8_t>(buckets & tables.lower[i][at[i] & 15] &
                                        tables.upper[i][at[i] >> 4]);
  }
  return buckets != 0;
}

// Every position is its own block.
[[maybe_unused]] std::size_t find_start_slowly(
    const std::uint8_t* text, std::size_t from, std::size_t end,
    const WordSearch::Tables& tables) {
  while (from < end && !may_start(text + from, tables)) ++from;
  return from;
}

FindStart best_find_start() {
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_AVX2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma")) {
    return N_AVX2::find_start;
  }
#endif
#if HWY_ARCH_X86 && (HWY_TARGETS & HWY_SSSE3)
  if (__builtin_cpu_supports("ssse3")) return N_SSSE3::find_start;
#endif
#if HWY_STATIC_TARGET == HWY_SCALAR
  return find_start_slowly;
#else
  return HWY_STATIC_DISPATCH(find_start);
#endif
}

std::uint8_t byte(char c) { return static_cast<std::uint8_t>(c); }

}  // namespace

WordSearch::WordSearch(std::span<const std::string_view> words)
    : words_(words.begin(), words.end()) {
  assert(words_.size() < begins_.size() - 1);
  std::sort(words_.begin(), words_.end());
  for (const std::string_view word : words_) ++begins_[byte(word[0]) + 1u];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  // Words with one beginning share a bucket, as long as there are enough.
  std::vector<std::string_view> begins;
  for (const std::string_view word : words) {
    const std::string_view begin = word.substr(0, 2);
    std::size_t bucket = 0;
    while (bucket < begins.size() && begins[bucket] != begin) ++bucket;
    if (bucket == begins.size()) begins.push_back(begin);
    const auto bit = static_cast<std::uint8_t>(1U << bucket % 8);
    for (std::size_t i = 0; i < 3; ++i) {
      tables_.lower[i][byte(word[i]) & 15] |= bit;
      tables_.upper[i][byte(word[i]) >> 4] |= bit;
    }
  }
}

std::string_view WordSearch::word_at(std::string_view text,
                                     std::size_t at) const {
  const std::uint8_t first = byte(text[at]);
  for (std::size_t i = begins_[first]; i < begins_[first + 1u]; ++i) {
    const std::string_view word = words_[i];
    if (text.size() - at >= word.size() &&
        std::memcmp(text.data() + at, word.data(), word.size()) == 0) {
      return word;
    }
  }
  return {};
}

std::size_t WordSearch::find(std::string_view text, std::size_t from) const {
  static const FindStart kFindStart = best_find_start();
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  // The first bytes of words that fit.
  const std::size_t end = text.size() < 3 ? 0 : text.size() - 2;
  while (from < end) {
    std::size_t at = kFindStart(bytes, from, end, tables_);
    // What is left may be less than a block.
    while (at < end && !may_start(bytes + at, tables_)) ++at;
    if (at >= end) break;
    if (!word_at(text, at).empty()) return at;
    from = at + 1;
  }
  return std::string_view::npos;
}

}  // namespace overreach
#endif
