// What finders ask of words, and of the places that entries stand at.
#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/core/labelled_file.h"
#include "scanner/crossing/names.h"

namespace overreach {

// Whether one of the words of a name is in the list: " backup backups ".
bool has_word_of(std::string_view list, std::string_view name);

bool names_backup(std::string_view name);

// Whether an entry surely stands at a place of production; of another
// environment.
bool is_in_production(const LabelledFile& file, std::size_t entry);
bool is_in_other_environment(const LabelledFile& file, std::size_t entry);

}  // namespace overreach
