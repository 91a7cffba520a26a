#include "scanner/crossing/places.h"

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/base/word_list.h"

namespace overreach {

bool has_word_of(std::string_view list, std::string_view name) {
  const std::vector<std::string> words = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return is_listed(list, word);
  });
}

bool names_backup(std::string_view name) {
  return has_word_of(
      " backup backups dump dumps snapshots archive wal walg velero barman "
      "restic borg pgbackrest litestream ",
      name);
}

bool is_in_production(const LabelledFile& file, std::size_t entry) {
  return is_good_production(place_label(file, entry));
}

bool is_in_other_environment(const LabelledFile& file, std::size_t entry) {
  return is_good_elsewhere(place_label(file, entry));
}

}  // namespace overreach
