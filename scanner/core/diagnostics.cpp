#include "scanner/core/diagnostics.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace overreach {

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

std::vector<Problem> Diagnostics::take() {
  const std::lock_guard lock(mutex_);
  std::sort(problems_.begin(), problems_.end(),
            [](const Problem& a, const Problem& b) {
              return std::tie(a.path, a.what) < std::tie(b.path, b.what);
            });
  return std::move(problems_);
}

}  // namespace overreach
