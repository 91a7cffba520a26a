// Bits of a stream in blocks of 64, several blocks to a vector: what stands
// before and behind each bit, without a branch.  For files that Highway
// compiles once for every instruction set (runs.cpp).

#if defined(OVERREACH_BLOCK_BITS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OVERREACH_BLOCK_BITS_INL_H_
#undef OVERREACH_BLOCK_BITS_INL_H_
#else
#define OVERREACH_BLOCK_BITS_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace overreach {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Blocks = hn::CappedTag<std::uint64_t, 8>;
using BlockVector = hn::Vec<Blocks>;

// Bit i of the result is bit i + kShift of a stream; `next` is the block
// behind.
template <int kShift>
HWY_INLINE BlockVector ahead(BlockVector bits, BlockVector next) {
  return hn::Or(hn::ShiftRight<kShift>(bits), hn::ShiftLeft<64 - kShift>(next));
}

// Bit i of the result is bit i - 1 of a stream; `before` is the block before.
HWY_INLINE BlockVector one_before(BlockVector bits, BlockVector before) {
  return ahead<63>(before, bits);
}

// Whether this bit and those behind it are set, kCount in all.  First within a
// block, with zeros behind it.
template <int kCount>
HWY_INLINE BlockVector all_ahead(BlockVector bits) {
  if constexpr (kCount == 1) {
    return bits;
  } else {
    const BlockVector half = all_ahead<kCount / 2>(bits);
    return hn::And(half, hn::ShiftRight<kCount / 2>(half));
  }
}
template <int kCount>
HWY_INLINE BlockVector all_ahead(BlockVector bits, BlockVector next) {
  if constexpr (kCount == 1) {
    return bits;
  } else {
    constexpr int kHalf = kCount / 2;
    const BlockVector half = all_ahead<kHalf>(bits, next);
    return hn::And(half, ahead<kHalf>(half, all_ahead<kHalf>(next)));
  }
}

// Whether one of this bit and those before it is set, kCount in all.
template <int kCount>
HWY_INLINE BlockVector any_before(BlockVector bits) {
  if constexpr (kCount == 1) {
    return bits;
  } else {
    const BlockVector half = any_before<kCount / 2>(bits);
    return hn::Or(half, hn::ShiftLeft<kCount / 2>(half));
  }
}
template <int kCount>
HWY_INLINE BlockVector any_before(BlockVector bits, BlockVector before) {
  if constexpr (kCount == 1) {
    return bits;
  } else {
    constexpr int kHalf = kCount / 2;
    const BlockVector half = any_before<kHalf>(bits, before);
    return hn::Or(half, ahead<64 - kHalf>(any_before<kHalf>(before), half));
  }
}

// The blocks around each lane.
struct Around {
  BlockVector before, here, next;

  explicit Around(const std::uint64_t* blocks)
      : before(hn::LoadU(Blocks(), blocks - 1)),
        here(hn::LoadU(Blocks(), blocks)),
        next(hn::LoadU(Blocks(), blocks + 1)) {}
  Around(BlockVector before_block, BlockVector block, BlockVector next_block)
      : before(before_block), here(block), next(next_block) {}
};

}  // namespace HWY_NAMESPACE
}  // namespace overreach
HWY_AFTER_NAMESPACE();

#endif
