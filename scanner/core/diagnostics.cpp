#include "scanner/core/diagnostics.h"

#include <algorithm>
#include <array>
#include <utility>

namespace overreach {

std::string larger_than(std::uint64_t max_file_bytes) {
  constexpr std::array<std::string_view, 4> kUnits = {" bytes", " KB", " MB",
                                                      " GB"};
  std::size_t unit = 0;
  while (unit + 1 < kUnits.size() && max_file_bytes > 0 &&
         max_file_bytes % 1024 == 0) {
    max_file_bytes /= 1024;
    ++unit;
  }
  return "larger than " + std::to_string(max_file_bytes) +
         std::string(kUnits[unit]);
}

void sort_problems(std::vector<Problem>& problems) {
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
}

void Diagnostics::incomplete(std::string_view path, std::string_view what) {
  add({std::string(path), std::string(what), Problem::Kind::incomplete});
}

void Diagnostics::left_out(std::string_view path, std::string_view what) {
  add({std::string(path), std::string(what), Problem::Kind::left_out});
}

void Diagnostics::add(Problem problem) {
  const std::lock_guard lock(mutex_);
  problems_.push_back(std::move(problem));
}

std::size_t Diagnostics::count() const {
  const std::lock_guard lock(mutex_);
  return problems_.size();
}

std::vector<Problem> Diagnostics::since(std::size_t count) const {
  const std::lock_guard lock(mutex_);
  return {problems_.begin() + static_cast<std::ptrdiff_t>(count),
          problems_.end()};
}

std::vector<Problem> Diagnostics::take() {
  const std::lock_guard lock(mutex_);
  sort_problems(problems_);
  return std::move(problems_);
}

}  // namespace overreach
