// The pass over every byte (runs.h) without vectors: what the tests compare it
// with.

#include <cstddef>
#include <cstdint>

#include "scanner/match/runs.h"

namespace overreach {
namespace {

constexpr std::size_t kMinStretch = 8;

// One chunk as runs.h describes it; at and behind its end stands nothing.
class SlowChunk {
 public:
  SlowChunk(const char* text, std::size_t size) : text_(text), size_(size) {}

  std::uint8_t kind(std::size_t i) const {
    return i < size_ ? kClass.whole[byte(i)] : 0;
  }
  bool is_run(std::size_t i) const { return kind(i) != 0; }
  bool is_digit(std::size_t i) const { return kind(i) == kDigitBit; }
  bool is_separator(std::size_t i) const {
    return (kind(i) & kSeparatorBits) != 0;
  }
  bool is_solid(std::size_t i) const { return is_run(i) && !is_separator(i); }
  bool changes(std::size_t i) const {
    return is_solid(i) && is_solid(i + 1) && is_digit(i) != is_digit(i + 1);
  }
  bool has(const ByteTable& table, std::size_t i) const {
    return table.whole[byte(i)] != 0;
  }
  bool is_front(const RunTables& tables, std::size_t i) const {
    unsigned buckets = 0xff;
    for (std::size_t c = 0; c < tables.front.size(); ++c) {
      buckets &= tables.front[c].whole[byte(i + c)];
    }
    return buckets != 0;
  }

 private:
  unsigned char byte(std::size_t i) const {
    return static_cast<unsigned char>(text_[i]);
  }
  const char* const text_;
  const std::size_t size_;
};

void set(Bitmap& bitmap, std::size_t i) {
  bitmap.blocks()[i / 64] |= std::uint64_t{1} << i % 64;
}

// Places of changes in the stretch, but for the first of the block in which it
// begins.
std::uint32_t* list_changes(const SlowChunk& chunk, std::size_t begin,
                            std::size_t end, std::uint32_t* out) {
  bool is_first = true;
  for (std::size_t i = begin; i < end; ++i) {
    if (i % 64 == 0 && i > begin) is_first = false;
    if (!chunk.changes(i)) continue;
    if (!is_first) *out++ = static_cast<std::uint32_t>(i);
    is_first = false;
  }
  return out;
}

}  // namespace

void find_marks_slowly(const char* text, std::size_t size,
                       const RunTables& tables, Marks& marks) {
  const SlowChunk chunk(text, size);
  marks.make_room(size);
  std::uint32_t* open = marks.opened.make_room(size + 1);
  std::uint32_t* mixed = marks.mixed.make_room(size + 1);
  std::uint32_t* start = marks.starts.make_room(size + 1);
  std::uint32_t* word = marks.words.make_room(size + 1);
  marks.end_bitmaps(0);
  for (std::size_t i = 0; i < size; ++i) {
    if (i % 64 == 0) marks.end_bitmaps(i);
    if (chunk.is_run(i)) set(marks.run, i);
    if (chunk.is_separator(i)) set(marks.separator, i);
    if (chunk.is_digit(i)) set(marks.digit, i);
    if (may_be_word(text + i)) *word++ = static_cast<std::uint32_t>(i);
  }
  for (std::size_t i = 0; i < size;) {
    std::size_t behind = i;
    while (chunk.is_run(behind)) ++behind;
    if (behind - i >= kMinRun) {
      if (i == 0 || chunk.has(tables.opener, i - 1)) {
        *open++ = static_cast<std::uint32_t>(i);
      }
      for (std::size_t at = i; at < behind;) {
        std::size_t end = at;
        while (chunk.is_solid(end)) ++end;
        if (end - at >= kMinStretch)
          mixed = list_changes(chunk, at, end, mixed);
        if (end > at && at + kMinRun <= behind && chunk.is_front(tables, at)) {
          *start++ = static_cast<std::uint32_t>(at);
        }
        at = end + 1;
      }
    }
    i = behind + 1;
  }
  marks.opened.end(open);
  marks.mixed.end(mixed);
  marks.starts.end(start);
  marks.words.end(word);
}

}  // namespace overreach
