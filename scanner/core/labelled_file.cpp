#include "scanner/core/labelled_file.h"

#include <algorithm>
#include <utility>

namespace overreach {
namespace {

const EnvironmentLabel& first_of(const std::vector<Origin>& origins) {
  static const EnvironmentLabel none;
  return origins.empty() ? none : origins.front().label;
}

// Only these are shared.
bool says_nothing(const EntryLabel& label) {
  return label.belongs.empty() && label.identity.empty();
}

bool stand_alike(const EntryLabel& a, const EntryLabel& b) {
  return a.region == b.region && a.role == b.role && a.host == b.host &&
         a.has_password == b.has_password;
}

}  // namespace

void EntryLabels::push_back(EntryLabel label) {
  label_of_.push_back(keep(std::move(label)));
}

void EntryLabels::set(std::size_t entry, EntryLabel label) {
  EntryLabel& before = labels_[label_of_[entry]];
  if (says_nothing(before)) {
    label_of_[entry] = keep(std::move(label));
  } else {
    before = std::move(label);
  }
}

std::uint32_t EntryLabels::keep(EntryLabel label) {
  constexpr std::size_t kLookedAt = 16;
  const std::size_t last = labels_.size();
  for (std::size_t i = last; i-- > last - std::min(last, kLookedAt);) {
    if (says_nothing(label) && says_nothing(labels_[i]) &&
        stand_alike(label, labels_[i])) {
      return static_cast<std::uint32_t>(i);
    }
  }
  labels_.push_back(std::move(label));
  return static_cast<std::uint32_t>(last);
}

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
