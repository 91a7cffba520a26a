// Beginnings of tokens for the pass over every byte (runs.h), which looks for
// all of them at once: spread over eight buckets so that few other texts look
// like one.
#pragma once

#include <array>
#include <vector>

#include "scanner/match/byte_tables.h"

namespace overreach {

// The first three characters of a beginning, in ASCII.
using Front3 = std::array<char, 3>;

// A bucket takes every mixture of what its members have at the first, second
// and third place: those alike share one.
std::array<ByteTable, 3> spread_fronts(std::vector<Front3> fronts);

}  // namespace overreach
