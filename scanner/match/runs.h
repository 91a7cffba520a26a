// The one pass over every byte.  Finds what the rest of the stage then looks
// at:
//
//   runs   at least 16 of [A-Za-z0-9_+/=.~-] without a break: what tokens are
//          made of, with masks of their separators (a token may begin behind
//          one) and digits
//   starts letters and digits in a run where a token may begin (at the run's
//          start or behind a separator) with at least 16 characters of the run
//          from there on
//   words  places where one of the few literals may begin that lead to secrets
//          without a form (see words.h); to be confirmed
//
// SIMD through Highway, for the best instruction set the machine has.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace overreach {

inline constexpr std::size_t kMinRun = 16;

// Bytes behind the end of a text that must be readable (their value does not
// matter for the result, but zeros are best).
inline constexpr std::size_t kPadding = 128;

// One bit per byte of a chunk, zeros around it.
class Bitmap {
 public:
  // For so many bits.  Grows only.
  void make_room(std::size_t size) {
    const std::size_t blocks = kBefore + (size + 63) / 64 + kBehind;
    if (room_.size() < blocks) room_.resize(blocks);
  }
  // Blocks of 64 bits; `blocks()[-1]` is zero.
  std::uint64_t* blocks() { return room_.data() + kBefore; }
  const std::uint64_t* blocks() const { return room_.data() + kBefore; }

  // Writes zeros behind the last block of so many bits: as many as a vector
  // holds, and one.
  void end(std::size_t size) {
    std::uint64_t* const behind = blocks() + (size + 63) / 64;
    std::fill(behind, behind + kBehind, 0);
  }

  // The 64 bits from bit `at` on.  Inline: it is used per run.
  std::uint64_t from(std::size_t at) const {
    const std::uint64_t* const block = blocks() + at / 64;
    const std::size_t shift = at % 64;
    return block[0] >> shift | block[1] << 1 << (63 - shift);
  }

 private:
  static constexpr std::size_t kBefore = 1, kBehind = 9;
  std::vector<std::uint64_t> room_;
};

// Ascending offsets from the start of a chunk.  The room only grows, so that
// nothing is cleared twice.
class Offsets {
 public:
  std::uint32_t* make_room(std::size_t most) {
    if (room_.size() < most) room_.resize(most);
    return room_.data();
  }
  void end(const std::uint32_t* behind) {
    count_ = static_cast<std::size_t>(behind - room_.data());
  }
  std::span<const std::uint32_t> list() const { return {room_.data(), count_}; }

 private:
  std::vector<std::uint32_t> room_;
  std::size_t count_ = 0;
};

struct Run {
  std::uint32_t begin, end;  // offsets from the start of the chunk
};

// What one chunk holds; memory is reused from chunk to chunk.
struct Marks {
  Bitmap run, separator, digit, word;
  Offsets begins;  // of the runs
  Offsets starts, words;

  void make_room(std::size_t size) {
    for (Bitmap* const bitmap : {&run, &separator, &digit, &word}) {
      bitmap->make_room(size);
    }
  }
  void end_bitmaps(std::size_t size) {
    for (Bitmap* const bitmap : {&run, &separator, &digit, &word}) {
      bitmap->end(size);
    }
  }

  // REQUIRES: a run begins there.
  Run run_from(std::uint32_t begin) const {
    std::size_t end = begin + kMinRun;
    int length;
    do {
      length = std::countr_one(run.from(end));
      end += static_cast<std::size_t>(length);
    } while (length == 64);
    return {begin, static_cast<std::uint32_t>(end)};
  }
};

// REQUIRES: size is below 4 GiB.  A run that reaches the end of the chunk is
// taken to end there.
void find_marks(const char* text, std::size_t size, Marks& marks);

// The same for each instruction set this processor has, the best one first.
using FindMarks = void (*)(const char* text, std::size_t size, Marks& marks);
std::vector<FindMarks> usable_find_marks();

// The same one byte at a time: what the tests compare with.
void find_marks_slowly(const char* text, std::size_t size, Marks& marks);

}  // namespace overreach
