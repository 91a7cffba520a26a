#include "scanner/crossing/manifests.h"

namespace overreach {

std::size_t Manifest::find(std::string_view path) const {
  for (std::size_t i = first; i < end; ++i) {
    if (at(i).path == path) return i;
  }
  return kNoEntry;
}

std::string_view Manifest::value(std::string_view path) const {
  const std::size_t i = find(path);
  return i == kNoEntry ? std::string_view() : at(i).value.reveal();
}

bool Manifest::has_below(std::string_view path) const {
  for (std::size_t i = first; i < end; ++i) {
    if (at(i).path.starts_with(path)) return true;
  }
  return false;
}

std::string Manifest::text() const {
  return std::string(kind) + " " + std::string(name);
}

std::vector<Manifest> manifests_of(const LabelledFile& file) {
  std::vector<Manifest> manifests;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (i == 0 || entry.document != file.entries()[i - 1].document) {
      manifests.push_back({&file, {}, {}, {}, i, i});
    }
    Manifest& manifest = manifests.back();
    manifest.end = i + 1;
    if (entry.path == "kind") manifest.kind = entry.value.reveal();
    if (entry.path == "apiVersion") manifest.group = entry.value.reveal();
    if (entry.path == "metadata.name") manifest.name = entry.value.reveal();
  }
  std::erase_if(manifests, [](const Manifest& manifest) {
    return manifest.kind.empty() || manifest.group.empty();
  });
  return manifests;
}

}  // namespace overreach
