#include "scanner/core/environment.h"

#include <algorithm>
#include <array>
#include <optional>

#include "scanner/base/text.h"
#include "scanner/core/environment_words.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// "e2e" holds a digit and is one word, also in "E2E_DB" and "e2eDb".
bool is_e2e(std::string_view rest) {
  const std::string_view word = rest.substr(0, 3);
  if (word != "e2e" && word != "E2E") return false;
  if (rest.size() == 3) return true;
  const char next = rest[3];
  return !is_lower(next) && !(next >= '0' && next <= '9') &&
         !(is_upper(next) && word == "E2E");
}

bool makes_read_only(std::string_view word) {
  constexpr std::array<std::string_view, 5> kWords = {
      "replica", "reader", "ro", "readonly", "readreplica"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::vector<EnvironmentLabel> labels_of(const std::vector<std::string>& words) {
  std::vector<EnvironmentLabel> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_next = i + 1 < words.size();
    if (has_next) {
      if (const auto* pair = find_environment_pair(words[i], words[i + 1])) {
        if (pair->strength > 0) {
          found.push_back({pair->means, pair->strength,
                           words[i] + "-" + words[i + 1], false});
        }
        ++i;
        continue;
      }
      if (is_turned_by(words[i], words[i + 1])) continue;
    }
    if (const auto* word = find_environment_word(words[i])) {
      found.push_back({word->means, word->strength, words[i],
                       has_next && makes_read_only(words[i + 1])});
    }
  }
  return found;
}

}  // namespace

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool hump = is_upper(c) && i > 0 && is_lower(name[i - 1]);
    if ((word.empty() || hump) && is_e2e(name.substr(i))) {
      end_word();
      words.emplace_back("e2e");
      i += 2;
      continue;
    }
    if (!is_lower(c) && !is_upper(c)) {
      end_word();
      continue;
    }
    if (hump) end_word();
    word += lower_letter(c);
  }
  end_word();
  return words;
}

EnvironmentLabel surest_label(const std::vector<EnvironmentLabel>& labels) {
  const auto surest = [&](auto fits) -> const EnvironmentLabel* {
    const EnvironmentLabel* best = nullptr;
    for (const EnvironmentLabel& each : labels) {
      if (each && fits(each) && (!best || each.strength > best->strength)) {
        best = &each;
      }
    }
    return best;
  };
  const auto* const production =
      surest([](const EnvironmentLabel& l) { return l.is_production(); });
  const auto* const other =
      surest([](const EnvironmentLabel& l) { return !l.is_production(); });
  if (!production && !other) return {};
  if (!production || !other) return production ? *production : *other;
  if (other->strength >= 2 || production->strength <= other->strength) {
    return {other->value, 1, other->word, false};
  }
  return *production;
}

EnvironmentLabel label_of_name(std::string_view name) {
  return surest_label(labels_of(words_of_name(name)));
}

EnvironmentLabel label_of_environment(std::string_view name) {
  const std::vector<std::string> words = words_of_name(name);
  EnvironmentLabel label = surest_label(labels_of(words));
  if (words.size() == 1 && label) label.strength = words[0] == "np" ? 2 : 3;
  return label;
}

EnvironmentLabel label_of_branch(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOfProduction = {
      "main", "master", "release", "trunk"};
  if (std::find(kOfProduction.begin(), kOfProduction.end(), name) !=
      kOfProduction.end()) {
    return {Class::production, 2, std::string(name), false};
  }
  return label_of_name(name);
}

EnvironmentClass environment_of_name(std::string_view name) {
  return label_of_name(name).value;
}

}  // namespace overreach
