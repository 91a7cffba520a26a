// Files in which a tool keeps its log-in: there the name alone says what a
// value is, whatever it looks like.  From `stored` of the rules.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/core/rule.h"

namespace overreach {

class StoredIndex {
 public:
  // Keeps views into `rules`, which must outlive this object.
  explicit StoredIndex(const RuleSet& rules);

  struct Row {
    std::string_view path;                // the end of it, as in the rule
    std::vector<std::string_view> names;  // none: the file is the secret
    const TokenRule* rule;
  };

  // The rows for a file; `name` is the end of its path.  One look-up for most.
  std::vector<const Row*> of(std::string_view path,
                             std::string_view name) const;

 private:
  // By the name of the file.
  std::unordered_map<std::string_view, std::vector<Row>> rows_;
  // Of the names that begin with a byte: their lengths modulo 64, a bit each.
  std::array<std::uint64_t, 256> lengths_{};
};

}  // namespace overreach
