// From a word (words.h) to the readers that want to see its place.
#pragma once

#include <cstddef>

#include "scanner/match/finding.h"
#include "scanner/match/readers.h"
#include "scanner/match/words.h"

namespace overreach {

// `at` is the first byte of the word.  Adds what its readers find.
void read_word(const ReaderInput& input, Word word, std::size_t at,
               Findings& out);

}  // namespace overreach
