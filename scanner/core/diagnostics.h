// What went wrong or was left out during one scan.  Passed to every stage;
// safe to use from several threads at once.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// One thing the report must mention.  `path` may be empty.
struct Problem {
  enum class Kind {
    incomplete,  // something that should have been read was not
    left_out,    // left out on the user's word, or nothing that can be read
  };
  std::string path;
  // One clause, lower case, no full stop, never a secret.  Of what was left
  // out the cause alone: a report says it once for all paths that share it.
  std::string what;
  Kind kind = Kind::incomplete;

  friend auto operator<=>(const Problem&, const Problem&) = default;
};

// By path and text, each once.
void sort_problems(std::vector<Problem>& problems);

// The cause "larger than 10 MB", in the units of --max-file-size.
std::string larger_than(std::uint64_t max_file_bytes);

class Diagnostics {
 public:
  // Something was not read against the user's wish: the scan is not complete.
  void incomplete(std::string_view path, std::string_view what);

  // Something was left out as asked (size limit), or has no content to read
  // (FIFO, socket, device).  The scan stays complete.
  void left_out(std::string_view path, std::string_view what);

  // How many were told so far, and what was told since there were so many.
  std::size_t count() const;
  std::vector<Problem> since(std::size_t count) const;

  // All problems so far, each once, sorted by path and text; the same for any
  // thread count.  Call it when no thread adds any more.
  std::vector<Problem> take();

 private:
  void add(Problem problem);
  mutable std::mutex mutex_;
  std::vector<Problem> problems_;  // guarded by mutex_
};

}  // namespace overreach
