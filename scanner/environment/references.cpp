// What a file says about another file's environment, and about another's
// values: a service's env_file, the service it extends, the ConfigMap a pod
// reads, the attribute a Terraform variable ends up in.
//
// A place inherits only what all who use it agree on: a file that staging and
// production both load belongs to neither, and so does one that somebody loads
// of whom nothing is known.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/environment/environment.h"
#include "scanner/environment/value.h"

namespace overreach {
namespace {

// "deploy" and "../common.env" -> "common.env"; empty when it leads out of the
// tree, or is computed.
std::string joined(std::string_view folder, std::string_view relative) {
  if (relative.starts_with('/') || relative.find('$') != relative.npos) {
    return {};
  }
  std::string path(folder);
  while (!relative.empty()) {
    const std::string_view part = relative.substr(0, relative.find('/'));
    relative.remove_prefix(std::min(part.size() + 1, relative.size()));
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (path.empty()) return {};
      path = parent_folder(path);
      continue;
    }
    if (!path.empty()) path += '/';
    path += part;
  }
  return path;
}

// Entries that somebody else uses: of a whole file, or of a section of one of
// its documents.
struct Scope {
  std::size_t file;
  std::optional<std::uint16_t> document;
  std::string section;

  auto operator<=>(const Scope&) const = default;
};

class References {
 public:
  explicit References(std::vector<LabelledFile>& files) : files_(files) {}

  void run() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const LabelledFile& file = files_[i];
      if (file.list.language == Language::yaml) {
        if (match_path("(docker-compose|compose)*.(yml|yaml)", file.path)) {
          read_compose(i);
        } else {
          read_manifests(i);
        }
      }
    }
    for (const auto& [scope, origin] : users_) {
      if (origin) hand_down(scope, *origin);
    }
  }

 private:
  std::optional<std::size_t> find(std::string_view path) const {
    const LabelledFile* const file = find_file(files_, path);
    if (!file) return std::nullopt;
    return static_cast<std::size_t>(file - files_.data());
  }

  // The entry `at` of a file says that its place uses the scope.
  void use(std::size_t user, std::size_t at, Scope scope,
           std::string_view how) {
    const LabelledFile& file = files_[user];
    const std::vector<Origin>& region = file.regions[file.labels[at].region];
    std::optional<Origin> origin;
    if (!region.empty() && region.front().label.strength >= kGoodWord) {
      origin = region.front();
      origin->text += ", " + std::string(how) + " this";
    }
    const auto [known, is_new] = users_.try_emplace(std::move(scope), origin);
    const bool agrees = known->second && origin &&
                        known->second->label.value == origin->label.value;
    if (!is_new && !agrees) known->second.reset();
  }

  // --- Compose

  void read_compose(std::size_t index) {
    const LabelledFile& file = files_[index];
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (!entry.path.starts_with("services.")) continue;
      if (match_path(".services.*.env_file", entry.path, '.') ||
          match_path(".services.*.env_file.*", entry.path, '.') ||
          match_path(".services.*.env_file.*.path", entry.path, '.')) {
        use_file(index, i, entry.value.reveal());
      } else if (match_path(".services.*.extends.service", entry.path, '.')) {
        use_service(index, i);
      }
    }
  }

  void use_file(std::size_t user, std::size_t at, std::string_view relative) {
    const auto file = find(joined(parent_folder(files_[user].path), relative));
    if (file) use(user, at, {*file, std::nullopt, ""}, "whose service loads");
  }

  // extends: {file: common.yml, service: base}
  void use_service(std::size_t user, std::size_t at) {
    const LabelledFile& file = files_[user];
    const Entry& service = file.entries()[at];
    std::string path = file.path;
    for (const Entry& entry : file.entries()) {
      if (entry.key == "file" && entry.section() == service.section()) {
        path = joined(parent_folder(file.path), entry.value.reveal());
      }
    }
    const auto other = find(path);
    if (!other) return;
    std::string section = "services";
    append_segment(section, service.value.reveal());
    use(user, at, {*other, std::nullopt, std::move(section)},
        "whose service extends");
  }

  // --- Kubernetes

  void read_manifests(std::size_t index) {
    const LabelledFile& file = files_[index];
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      const bool is_map =
          entry.kind == EntryKind::reference &&
          (entry.target == Target::variable || entry.target == Target::secret);
      if (!is_map || entry.path.find("containers.") == entry.path.npos) {
        continue;
      }
      use_map(index, i, entry.names.substr(0, entry.names.find('/')));
    }
  }

  // A ConfigMap or Secret of that name beside the manifest.
  void use_map(std::size_t user, std::size_t at, std::string_view name) {
    if (!has_maps_) index_maps();
    const auto found = maps_.find(
        {std::string(parent_folder(files_[user].path)), std::string(name)});
    if (found == maps_.end()) return;
    use(user, at, {found->second.first, found->second.second, ""},
        "whose pod reads");
  }

  void index_maps() {
    has_maps_ = true;
    for (std::size_t f = 0; f < files_.size(); ++f) {
      const LabelledFile& file = files_[f];
      if (file.list.language != Language::yaml) continue;
      std::map<std::uint16_t, std::string> names;
      for (const Entry& entry : file.entries()) {
        if (entry.path == "metadata.name") {
          names[entry.document] = entry.value.reveal();
        }
      }
      for (const Entry& entry : file.entries()) {
        if (entry.path != "kind" || (entry.value.reveal() != "ConfigMap" &&
                                     entry.value.reveal() != "Secret")) {
          continue;
        }
        maps_.try_emplace(
            {std::string(parent_folder(file.path)), names[entry.document]}, f,
            entry.document);
      }
    }
  }

  void hand_down(const Scope& scope, const Origin& origin) {
    LabelledFile& file = files_[scope.file];
    // Who loads a file by itself is known, and not only the one who names it.
    if (file.loaded_by != LoadedBy::those_told) return;
    std::uint32_t region = 0;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (file.labels[i].region != 0 ||
          (scope.document && entry.document != *scope.document) ||
          (!scope.section.empty() &&
           !entry.path.starts_with(scope.section + '.'))) {
        continue;
      }
      if (region == 0) {
        file.regions.push_back({origin});
        region = static_cast<std::uint32_t>(file.regions.size() - 1);
      }
      EntryLabel label = file.labels[i];
      label.region = region;
      file.labels.set(i, std::move(label));
    }
  }

  std::vector<LabelledFile>& files_;
  // Absent: they do not agree, or one of them is of no known environment.
  std::map<Scope, std::optional<Origin>> users_;
  // Of ConfigMaps and Secrets, by folder and name: file and document.
  std::map<std::pair<std::string, std::string>,
           std::pair<std::size_t, std::uint16_t>>
      maps_;
  bool has_maps_ = false;
};

// --- Terraform: what a variable of a .tfvars file is for.

// The attributes that variables end up in, by folder and name.
using Attributes = std::map<std::pair<std::string, std::string>, std::string>;

Attributes attributes_of(const std::vector<LabelledFile>& files) {
  Attributes attributes;
  for (const LabelledFile& file : files) {
    if (!file.path.ends_with(".tf")) continue;
    for (const Entry& entry : file.entries()) {
      if (entry.kind != EntryKind::reference || entry.parent != kNoEntry ||
          !entry.names.starts_with("var.") ||
          !entry.path.starts_with("resource.")) {
        continue;
      }
      attributes.try_emplace({std::string(parent_folder(file.path)),
                              std::string(entry.names.substr(4))},
                             entry.key);
    }
  }
  return attributes;
}

void label_variables(std::vector<LabelledFile>& files) {
  const Attributes attributes = attributes_of(files);
  if (attributes.empty()) return;
  for (LabelledFile& file : files) {
    if (!file.path.ends_with(".tfvars")) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (entry.kind != EntryKind::literal || entry.is_template ||
          !file.labels[i].identity.empty()) {
        continue;
      }
      // The module is the folder of the file, or one above: envs/prod.tfvars.
      std::string folder(parent_folder(file.path));
      auto at = attributes.find({folder, std::string(entry.path)});
      if (at == attributes.end()) {
        folder = parent_folder(folder);
        at = attributes.find({folder, std::string(entry.path)});
      }
      if (at == attributes.end() || at->second == entry.key) continue;
      ValueLabel value = label_of_value(at->second, entry.value.reveal());
      if (value.role != Role::data || value.identity.empty()) continue;
      EntryLabel label = file.labels[i];
      label.role = value.role;
      label.identity = std::move(value.identity);
      label.belongs = std::move(value.origins);
      file.labels.set(i, std::move(label));
    }
  }
}

}  // namespace

void follow_references(std::vector<LabelledFile>& files) {
  References(files).run();
  label_variables(files);
}

}  // namespace overreach
