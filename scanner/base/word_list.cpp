#include "scanner/base/word_list.h"

namespace overreach {

bool is_listed(std::string_view list, std::string_view word) {
  if (word.empty() || word.find(' ') != word.npos) return false;
  for (std::size_t at = list.find(word); at != list.npos;
       at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && list[at - 1] == ' ' && end < list.size() &&
        list[end] == ' ') {
      return true;
    }
  }
  return false;
}

}  // namespace overreach
