// Files that are a secret as a whole by their name: from `paths` of the rules
// that find files.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/rule.h"

namespace overreach {

class NamedFiles {
 public:
  // Keeps pointers into `rules`, which must outlive this object.
  explicit NamedFiles(const RuleSet& rules);

  // The rules for a file; `name` is the end of its path.  Nearly all files are
  // told apart by the last byte of their name.
  std::vector<const TokenRule*> of(std::string_view path,
                                   std::string_view name) const;

 private:
  struct Row {
    std::string glob;  // of the name, or with a folder: of the path
    const TokenRule* rule;
  };
  std::vector<Row> rows_;  // those of a rule side by side
  std::bitset<256> last_bytes_;
};

}  // namespace overreach
