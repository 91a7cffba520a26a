#include "scanner/crossing/terraform.h"

#include <algorithm>

#include "scanner/crossing/places.h"

namespace overreach {
namespace {

std::string_view take_segment(std::string_view& path) {
  const std::size_t dot = std::min(path.find('.'), path.size());
  const std::string_view segment = path.substr(0, dot);
  path.remove_prefix(std::min(dot + 1, path.size()));
  return segment;
}

bool is_below(std::string_view path, std::string_view above) {
  return path.starts_with(above) &&
         (path.size() == above.size() || path[above.size()] == '.');
}

}  // namespace

std::string TerraformPath::resource() const {
  return name.empty() ? std::string(type)
                      : std::string(type) + "." + std::string(name);
}

TerraformPath terraform_path(std::string_view path) {
  TerraformPath parts;
  const std::string_view block = take_segment(path);
  if (block == "resource") {
    parts.type = take_segment(path);
  } else if (block == "module" || block == "inputs") {
    parts.type = block;
  } else {
    return parts;
  }
  if (block != "inputs") parts.name = take_segment(path);
  parts.rest = path;
  return parts;
}

std::string_view TerraformResource::value(std::string_view rest) const {
  for (const std::size_t at : entries) {
    const Entry& entry = file->entries()[at];
    if (terraform_path(entry.path).rest == rest) return entry.value.reveal();
  }
  return {};
}

bool TerraformResource::has(std::string_view rest) const {
  return std::any_of(entries.begin(), entries.end(), [&](std::size_t at) {
    return is_below(terraform_path(file->entries()[at].path).rest, rest);
  });
}

std::string TerraformResource::text() const {
  return std::string(type) + "." + std::string(name);
}

bool names_replicated(std::string_view key) {
  return key == "replicate_source_db" ||
         key == "replication_source_identifier" ||
         key == "master_instance_name";
}

bool is_terraform(std::string_view path) {
  return path.ends_with(".tf") || path.ends_with(".tf.json") ||
         path.ends_with("terragrunt.hcl");
}

bool is_in_module(std::string_view path) {
  return path.starts_with("modules/") || path.find("/modules/") != path.npos ||
         path.starts_with("module/") || path.find("/module/") != path.npos;
}

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.find_last_of('/') + 1);
}

EnvironmentLabel label_of_folders(std::string_view path) {
  std::string_view folders = folder_of(path);
  while (!folders.empty()) {
    folders.remove_suffix(1);
    const std::size_t slash = folders.rfind('/');
    const std::string_view name = folders.substr(slash + 1);
    const EnvironmentLabel label = label_of_name(name);
    if (label.strength >= kSure && words_of_name(name).size() == 1) {
      return label;
    }
    folders = folders.substr(0, slash == folders.npos ? 0 : slash + 1);
  }
  return {};
}

bool is_applied_to_production(const LabelledFile& file, std::size_t entry) {
  if (is_in_production(file, entry)) return true;
  return !is_in_other_environment(file, entry) && is_terraform(file.path) &&
         label_of_folders(file.path).is_production();
}

std::vector<TerraformResource> terraform_resources(
    const std::vector<LabelledFile>& files) {
  std::vector<TerraformResource> resources;
  for (const LabelledFile& file : files) {
    if (!is_terraform(file.path) || file.is_template) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const std::string_view path = file.entries()[i].path;
      if (!path.starts_with("resource.")) continue;
      const TerraformPath parts = terraform_path(path);
      if (resources.empty() || resources.back().file != &file ||
          resources.back().type != parts.type ||
          resources.back().name != parts.name) {
        resources.push_back({&file, parts.type, parts.name, {}});
      }
      resources.back().entries.push_back(i);
    }
  }
  return resources;
}

}  // namespace overreach
