// The one pass over every byte.  Marks, 64 bytes at a time, what the rest of
// the stage then looks at:
//
//   run        one of [A-Za-z0-9_+/=.~-], the characters tokens are made of
//   separator  one of _ + / = . ~ - : a token may begin behind it
//   digit      one of 0-9
//   word       a place where one of the few literals may begin that lead to
//              secrets without a form (see words.h); to be confirmed
//
// SIMD through Highway, for the best instruction set the machine has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace overreach {

struct BlockMasks {
  std::uint64_t run, separator, digit, word;
};

// Bytes behind the end of a text that must be readable (their value does not
// matter for the result, but zeros are best).
inline constexpr std::size_t kPadding = 128;

// Fills one entry per started block of 64 bytes; bits beyond `size` are 0.
void mark_blocks(const char* text, std::size_t size,
                 std::vector<BlockMasks>& blocks);

// The same one byte at a time: what the tests compare with.
void mark_blocks_slowly(const char* text, std::size_t size,
                        std::vector<BlockMasks>& blocks);

}  // namespace overreach
