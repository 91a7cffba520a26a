// The same work on several threads.
#pragma once

#include <thread>
#include <vector>

namespace overreach {

// Runs work(0) to work(threads - 1), each on a thread of its own, and returns
// when all are done.
template <typename Work>
void run_threads(int threads, const Work& work) {
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work, i);
  work(0);
  for (std::thread& other : others) other.join();
}

}  // namespace overreach
