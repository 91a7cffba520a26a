// The blocks of Terraform and OpenTofu files, resource by resource.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

// "resource.aws_db_instance.main.settings.x" in its parts; of "module.db.x" and
// "inputs.x" (Terragrunt) the type is "module" and "inputs".  All empty for
// other blocks.
struct TerraformPath {
  std::string_view type, name, rest;

  // "aws_db_instance.main"
  std::string resource() const;
};
TerraformPath terraform_path(std::string_view path);

// The views are into the file, which must outlive it.
struct TerraformResource {
  const LabelledFile* file = nullptr;
  std::string_view type, name;
  std::vector<std::size_t> entries;  // never empty

  // Of the entry at this path below the resource; empty when there is none.
  std::string_view value(std::string_view rest) const;
  // Whether an entry is at or below this path.
  bool has(std::string_view rest) const;
  std::string text() const;  // "aws_db_instance.main"
};

// The setting of a database that names the one it is a replica of.
bool names_replicated(std::string_view key);

bool is_terraform(std::string_view path);

// Below a folder of modules: what is there has the settings its callers give.
bool is_in_module(std::string_view path);

// "envs/prod/": what one plan, one apply and one destroy are about.
std::string_view folder_of(std::string_view path);

// Of a folder around the file that is called as an environment, the innermost
// first: infrastructure/prod/app/rds.tf.  Elsewhere such a name means little;
// Terraform is applied folder by folder.
EnvironmentLabel label_of_folders(std::string_view path);

// Whether a block surely stands in production, by its place or its folders.
bool is_applied_to_production(const LabelledFile& file, std::size_t entry);

// In the order of files and text; examples are left out.
std::vector<TerraformResource> terraform_resources(
    const std::vector<LabelledFile>& files);

}  // namespace overreach
