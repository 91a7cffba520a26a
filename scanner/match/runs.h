// The one pass over every byte.  Finds what the rest of the stage then looks
// at:
//
//   runs   at least 16 of [A-Za-z0-9_+/=.~-] without a break: what tokens are
//          made of, with masks of their separators (a token may begin behind
//          one) and digits
//   starts places in a run where a token may begin (at the run's start or
//   behind
//          a separator) with at least 16 characters of the run from there on
//   words  places where one of the few literals may begin that lead to secrets
//          without a form (see words.h); to be confirmed
//
// SIMD through Highway, for the best instruction set the machine has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace overreach {

inline constexpr std::size_t kMinRun = 16;

// Bytes behind the end of a text that must be readable (their value does not
// matter for the result, but zeros are best).
inline constexpr std::size_t kPadding = 128;

// One bit per byte of a block of 64.
struct BlockMasks {
  std::uint64_t run, separator, digit;
};

struct Run {
  std::uint32_t begin, end;  // offsets from the start of the chunk
};

// What one chunk holds; memory is reused from chunk to chunk.
struct Marks {
  std::vector<BlockMasks> blocks;  // and one of zeros behind them

  std::span<const Run> runs() const { return {run_room.data(), run_count}; }
  std::span<const std::uint32_t> words() const {  // offsets
    return {word_room.data(), word_count};
  }

  std::span<const std::uint32_t> starts() const {  // offsets
    return {start_room.data(), start_count};
  }

  // All ascending; the vectors only grow, so that nothing is cleared twice.
  std::vector<Run> run_room;
  std::vector<std::uint32_t> start_room, word_room;
  std::size_t run_count = 0, start_count = 0, word_count = 0;
};

// REQUIRES: size is below 4 GiB.  A run that reaches the end of the chunk is
// taken to end there.
void find_marks(const char* text, std::size_t size, Marks& marks);

// The same one byte at a time: what the tests compare with.
void find_marks_slowly(const char* text, std::size_t size, Marks& marks);

// The 64 bits of one mask from bit `at` on.  Inline: it is used per run.
template <typename Get>
inline std::uint64_t bits_from(const Marks& marks, std::size_t at,
                               const Get& get) {
  const std::size_t block = at / 64, shift = at % 64;
  const std::uint64_t low = get(marks.blocks[block]) >> shift;
  if (shift == 0) return low;
  return low | get(marks.blocks[block + 1]) << (64 - shift);
}

}  // namespace overreach
