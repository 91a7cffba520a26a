// What a fuzz target offers besides LLVMFuzzerTestOneInput.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace overreach {

// Inputs to begin with, made in code.  A target need not have any.
std::vector<std::string> fuzz_seeds();

}  // namespace overreach

// Like assert, in every build: a target's promise about its subject.
#define FUZZ_CHECK(condition)                                              \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                        \
    }                                                                      \
  } while (false)
