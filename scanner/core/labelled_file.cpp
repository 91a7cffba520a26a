#include "scanner/core/labelled_file.h"

#include <algorithm>

namespace overreach {
namespace {

const EnvironmentLabel& first_of(const std::vector<Origin>& origins) {
  static const EnvironmentLabel none;
  return origins.empty() ? none : origins.front().label;
}

}  // namespace

const EnvironmentLabel& place_label(const LabelledFile& file,
                                    std::size_t entry) {
  return first_of(file.regions[file.labels[entry].region]);
}

const EnvironmentLabel& value_label(const LabelledFile& file,
                                    std::size_t entry) {
  return first_of(file.labels[entry].belongs);
}

const LabelledFile* find_file(const std::vector<LabelledFile>& sorted,
                              std::string_view path) {
  const auto at =
      std::lower_bound(sorted.begin(), sorted.end(), path,
                       [](const LabelledFile& file, std::string_view wanted) {
                         return file.path < wanted;
                       });
  return at != sorted.end() && at->path == path ? &*at : nullptr;
}

const LabelledFile* production_naming(const std::vector<LabelledFile>& files,
                                      std::string_view id) {
  constexpr std::size_t kShortestId = 16;  // bytes
  if (id.size() < kShortestId) return nullptr;
  for (const LabelledFile& file : files) {
    if (file.is_template) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const EnvironmentLabel& place = place_label(file, i);
      if (place.is_production() && place.strength >= kSure &&
          file.entries()[i].value.reveal().find(id) != std::string_view::npos) {
        return &file;
      }
    }
  }
  return nullptr;
}

Place place_of(const LabelledFile& file, std::size_t entry) {
  const Entry& from = file.entries()[entry];
  Place place;
  place.path = file.path;
  place.line = from.span.line;
  place.column = from.span.column;
  place.end_line = from.span.end_line;
  place.end_column = from.span.end_column;
  place.key = from.key;
  place.source = file.source;
  place.exposure = file.exposure;
  place.environment = place_label(file, entry).value;
  return place;
}

}  // namespace overreach
