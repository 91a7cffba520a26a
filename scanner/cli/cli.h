// The command line: parse, load rules, scan, write, exit status.
#pragma once

namespace overreach {

// Exit statuses; see README.md.
inline constexpr int kClean = 0;
inline constexpr int kAtGate = 1;
inline constexpr int kUsageError = 2;
inline constexpr int kIncomplete = 3;

// Runs the program; prints its own errors to standard error.
int run(int argc, char** argv);

}  // namespace overreach
