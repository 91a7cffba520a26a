// What the readers said about a text, kept without views into it, so that a
// text made from it is matched without looking at what the change left alone.
//
// The idea: whatever a reader says at a place depends on the line of that place
// and a little around it (Beside).  Where all of that was copied, it would say
// the same again, moved along.  The few readers that look further away say so
// (ReaderInput::far_looks), and are asked again unless that was copied too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "scanner/core/change.h"
#include "scanner/match/finding.h"
#include "scanner/match/match.h"
#include "scanner/match/readers.h"

namespace overreach {

// What a reader that is entered in a line may look at beside it: so many bytes
// and at least so many lines, as long as these are no more than kBesideLines in
// all; and then the whole line that is reached.  Ahead stands what behind has
// and a value on the next line.
struct Beside {
  std::size_t bytes, lines;
};
inline constexpr Beside kBefore{200, 4}, kBehind{240, 4};
inline constexpr std::size_t kBesideLines = 400;  // bytes

// Whole lines of a text.
struct Stretch {
  std::size_t begin, end;
};

struct Trace::Parts {
  struct Seen {
    Finding finding;  // its key may view nothing
    std::size_t key_begin = 0;
    bool key_is_in_text = false;
  };
  // Each by its entry.
  std::vector<Seen> findings;
  std::vector<Trigger> triggers;
  std::vector<FarLook> far_looks;
};

// All that was said about one text before overlaps are settled.
struct Sayings {
  Findings findings;
  std::vector<Trigger> triggers;
  std::vector<FarLook> far_looks;
};

// Keeps what was said about `text`; false when that is too much to be kept.
bool keep(std::string_view text, const Sayings& sayings, Trace::Parts& parts);

// The lines of `text` in which something new may be found, ascending.  What
// `base` (of the text it was made from; null when there was nothing) says about
// all other lines is added to `out`.
std::vector<Stretch> inherit(std::string_view text, const Change& change,
                             const Trace::Parts* base, Sayings& out);

// The stretches in which whatever stands in these lines is found; both ascend.
std::vector<Stretch> lines_that_see(std::string_view text,
                                    std::span<const Lines> lines);

}  // namespace overreach
