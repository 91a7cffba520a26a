// Asks for memory that is looked at soon.
#pragma once

namespace overreach {

// The line of the cache that holds this address; it need not be readable.
inline void prefetch(const void* address) {
  __builtin_prefetch(address);
  // Without this GCC takes a function that only prefetches for one without any
  // effect and drops its calls.
  asm volatile("" : : "r"(address));
}

}  // namespace overreach
