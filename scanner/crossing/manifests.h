// The documents of Kubernetes in a YAML file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

// Views into the file, which must outlive it.
struct Manifest {
  const LabelledFile* file = nullptr;
  std::string_view kind, group, name;
  std::size_t first = 0, end = 0;  // entries

  const Entry& at(std::size_t i) const { return file->entries()[i]; }
  // The entry at this path; kNoEntry when there is none.
  std::size_t find(std::string_view path) const;
  std::string_view value(std::string_view path) const;
  bool has_below(std::string_view path) const;
  std::string text() const;  // "StatefulSet db"
};

std::vector<Manifest> manifests_of(const LabelledFile& file);

}  // namespace overreach
