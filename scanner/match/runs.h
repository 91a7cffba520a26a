// The one pass over every byte.  Finds what the rest of the stage then looks
// at:
//
//   runs   at least 16 of [A-Za-z0-9_+/=.~-] without a break: what tokens are
//          made of, with masks of their separators (a token may begin behind
//          one) and digits
//   opened runs behind a character that may name them or belong to their token
//   mixed  runs that look generated: a stretch of at least 8 letters and digits
//          in which these change twice
//   starts letters and digits in a run where a token may begin (at the run's
//          start or behind a separator) as one of the rules says, with at least
//          16 characters of the run from there on
//   words  places where one of the few literals may begin that lead to secrets
//          without a form (see words.h)
//
// Most text holds none of these, and then this pass is all the work it causes.
// All of it is to be confirmed: it says yes too often, never too seldom.
//
// SIMD through Highway, for the best instruction set the machine has.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "scanner/match/byte_tables.h"

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

  // Writes zeros behind so many bits: to the end of their block, and as many
  // blocks as a vector holds, and one.
  void end(std::size_t size) {
    if (size % 64 != 0) {
      blocks()[size / 64] &= (std::uint64_t{1} << size % 64) - 1;
    }
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

// The blocks of a bitmap in which bits are set, and of each the offset of its
// first bit: memory of the pass.
class SparseBlocks {
 public:
  // For all blocks of so many bits, and a vector more.
  void make_room(std::size_t size) {
    const std::size_t most = (size + 63) / 64 + 8;
    if (bits_.size() >= most) return;
    bits_.resize(most);
    bases_.resize(most);
  }
  std::uint64_t* bits() { return bits_.data(); }
  std::uint64_t* bases() { return bases_.data(); }

 private:
  std::vector<std::uint64_t> bits_, bases_;
};

// What the rules say about places in a run.  Only ASCII is told apart.
struct RunTables {
  // Not zero for characters behind which every run counts as opened.
  ByteTable opener;
  // A bit per bucket of beginnings of tokens, for each of their first three
  // characters.
  std::array<ByteTable, 3> front;
};

struct Run {
  std::uint32_t begin, end;  // offsets from the start of the chunk
};

// What one chunk holds; memory is reused from chunk to chunk.
struct Marks {
  Bitmap run, separator, digit, opener, front, word;
  Offsets opened;  // begins of runs; always that of one at the chunk's begin
  Offsets mixed;   // at least one place in each such run
  Offsets starts, words;
  std::array<SparseBlocks, 4> sparse;  // of these four, while they are made

  void make_room(std::size_t size) {
    for (Bitmap* const bitmap : bitmaps()) bitmap->make_room(size);
  }
  void end_bitmaps(std::size_t size) {
    for (Bitmap* const bitmap : bitmaps()) bitmap->end(size);
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
  // REQUIRES: `at` is in a run.
  Run run_around(std::uint32_t at) const;

 private:
  std::array<Bitmap*, 6> bitmaps() {
    return {&run, &separator, &digit, &opener, &front, &word};
  }
};

// REQUIRES: size is below 4 GiB.  A run that reaches the end of the chunk is
// taken to end there.
void find_marks(const char* text, std::size_t size, const RunTables& tables,
                Marks& marks);

// The same for each instruction set this processor has, the best one first.
using FindMarks = void (*)(const char* text, std::size_t size,
                           const RunTables& tables, Marks& marks);
std::vector<FindMarks> usable_find_marks();

// The same one byte at a time: what the tests compare with.  Exact where the
// tables of whole bytes are.
void find_marks_slowly(const char* text, std::size_t size,
                       const RunTables& tables, Marks& marks);

}  // namespace overreach
