#include "scanner/cli/suggest.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr std::size_t kLongestWord = 40;

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> steps(
      a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        steps[i][j] = i + j;
        continue;
      }
      steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1,
                              steps[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
      }
    }
  }
  return steps[a.size()][b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word,
                         const std::vector<std::string>& known) {
  std::string_view best;
  if (word.size() > kLongestWord) return best;
  std::size_t least = word.size() / 3 + 2;
  for (const std::string& each : known) {
    const std::size_t steps = distance(word, each);
    if (steps >= least) continue;
    least = steps;
    best = each;
  }
  return best;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

std::string unknown_command(std::string_view word,
                            const std::vector<std::string>& known) {
  std::string text = "unknown command " + std::string(word);
  if (const std::string_view meant = nearest(word, known); !meant.empty()) {
    text += "; did you mean " + std::string(meant) + "?";
  }
  return text + " (commands: " + listed(known) + ")";
}

}  // namespace overreach
