// Settings of Terraform that let one call delete production: no protection, no
// final snapshot, a store that takes its content along.  A variable that a
// resource takes such a setting from is followed into the .tfvars of each
// environment, and the environment that sets it is the one that is named.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scanner/base/word_list.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/terraform.h"

namespace overreach {
namespace {

struct Setting {
  std::string_view kind;
  std::string_view types;       // of resources, between blanks
  std::string_view rest;        // the path below the resource
  std::string_view value;       // the dangerous one
  std::string_view means;       // a clause
  std::string_view names = "";  // words its name must have one of; empty: any
};

constexpr std::string_view kDeletes = "one call deletes it";
constexpr std::string_view kNothingLeft = "nothing is left when it is deleted";
constexpr std::string_view kTakesContent =
    "deleting it takes all its content along";
constexpr std::string_view kNoReturn = "what is deleted cannot be brought back";
constexpr std::string_view kNoBackup = "there is no backup to go back to";
constexpr std::string_view kNoMoment =
    "it can go back to its last snapshot only, not to the moment before a "
    "mistake";

// Cloud SQL protects by default, RDS and DynamoDB do not: only what is written
// counts, so the default of a platform is never reported.
constexpr Setting kSettings[] = {
    {"protect/deletion-protection-off",
     " aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster "
     "aws_rds_global_cluster google_sql_database_instance "
     "google_spanner_instance google_bigtable_instance google_bigquery_table "
     "google_container_cluster google_alloydb_cluster aws_eks_cluster module "
     "inputs ",
     "deletion_protection", "false", kDeletes},
    {"protect/deletion-protection-off", " google_spanner_database ",
     "deletion_protection", "false", kDeletes},
    {"protect/deletion-protection-off", " google_spanner_database ",
     "enable_drop_protection", "false", kDeletes},
    {"protect/deletion-protection-off", " aws_dynamodb_table module inputs ",
     "deletion_protection_enabled", "false", kDeletes},
    {"protect/deletion-protection-off", " aws_cognito_user_pool ",
     "deletion_protection", "INACTIVE", kDeletes},
    {"protect/deletion-protection-off", " aws_lb aws_alb ",
     "enable_deletion_protection", "false", kDeletes},
    {"protect/skip-final-snapshot",
     " aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster "
     "aws_redshift_cluster module inputs ",
     "skip_final_snapshot", "true", kNothingLeft},
    {"protect/force-destroy",
     " aws_s3_bucket google_storage_bucket digitalocean_spaces_bucket "
     "aws_backup_vault scaleway_object_bucket module inputs ",
     "force_destroy", "true", kTakesContent},
    {"protect/force-destroy", " google_bigquery_dataset ",
     "delete_contents_on_destroy", "true", kTakesContent},
    {"protect/soft-delete-off", " azurerm_key_vault ",
     "purge_protection_enabled", "false", kNoReturn},
    {"protect/soft-delete-off", " azurerm_recovery_services_vault ",
     "soft_delete_enabled", "false", kNoReturn},
    {"protect/soft-delete-off", " google_storage_bucket ",
     "soft_delete_policy.retention_duration_seconds", "0", kNoReturn},
    {"protect/soft-delete-off", " aws_s3_bucket_versioning ",
     "versioning_configuration.status", "Suspended", kNoReturn,
     " state tfstate backup backups archive "},
    {"backup/none-configured",
     " aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster "
     "module inputs ",
     "backup_retention_period", "0", kNoBackup},
    {"backup/none-configured", " google_sql_database_instance ",
     "settings.backup_configuration.enabled", "false", kNoBackup},
    {"backup/none-configured",
     " aws_elasticache_replication_group aws_elasticache_cluster ",
     "snapshot_retention_limit", "0", kNoBackup},
    {"protect/no-pitr", " aws_dynamodb_table ",
     "point_in_time_recovery.enabled", "false", kNoMoment},
    {"protect/no-pitr", " google_sql_database_instance ",
     "settings.backup_configuration.point_in_time_recovery_enabled", "false",
     kNoMoment},
    {"protect/no-pitr", " azurerm_cosmosdb_account ", "backup.type", "Periodic",
     kNoMoment},
};

const Setting* setting_at(const TerraformPath& path) {
  const auto* const at = std::find_if(
      std::begin(kSettings), std::end(kSettings), [&](const Setting& row) {
        return row.rest == path.rest && is_listed(row.types, path.type) &&
               (row.names.empty() || has_word_of(row.names, path.name));
      });
  return at == std::end(kSettings) ? nullptr : at;
}

bool is_variables(std::string_view path) {
  return path.ends_with(".tfvars") || path.ends_with(".tfvars.json");
}

class Terraform {
 public:
  Terraform(const CrossingInput& input, Collector& collector)
      : input_(input), collector_(collector) {}

  void run() {
    for (const LabelledFile& file : input_.files) {
      if (is_terraform(file.path)) read_root(file);
    }
    for (const LabelledFile& file : input_.files) {
      if (is_terraform(file.path)) read_resources(file);
    }
    for (const LabelledFile& file : input_.files) {
      if (!uses_.empty() && is_variables(file.path)) read_variables(file);
    }
  }

 private:
  struct Use {
    const Setting* setting;
    std::string resource;
  };

  // A folder that says how to log in, or where its state is, is applied as it
  // stands.
  void read_root(const LabelledFile& file) {
    if (file.is_template || is_in_module(file.path)) return;
    const bool is_root = std::any_of(
        file.entries().begin(), file.entries().end(), [](const Entry& entry) {
          return entry.path.starts_with("provider.") ||
                 entry.path.starts_with("terraform.backend.");
        });
    if (is_root) roots_.insert(folder_of(file.path));
  }

  void read_resources(const LabelledFile& file) {
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      const TerraformPath path = terraform_path(entry.path);
      if (path.type.empty()) {
        if (entry.key == "purge_soft_delete_on_destroy") {
          read_purge(file, i);
        }
        continue;
      }
      const Setting* const setting = setting_at(path);
      if (!setting) continue;
      if (entry.kind == EntryKind::reference) {
        if (entry.names.starts_with("var.")) {
          uses_[std::string(entry.names.substr(4))].push_back(
              {setting, path.resource()});
        }
      } else if (entry.value.reveal() == setting->value &&
                 !is_of_replica(file, entry)) {
        add(file, i, *setting, path.resource(), "");
      }
    }
  }

  // It cannot be snapshotted, and what it copies still stands.
  static bool is_of_replica(const LabelledFile& file, const Entry& setting) {
    if (setting.key != "skip_final_snapshot") return false;
    return std::any_of(file.entries().begin(), file.entries().end(),
                       [&](const Entry& entry) {
                         return entry.section() == setting.section() &&
                                names_replicated(entry.key);
                       });
  }

  // provider "azurerm" { features { key_vault { ... } } }
  void read_purge(const LabelledFile& file, std::size_t at) {
    static constexpr Setting kPurge = {
        "protect/force-destroy", "", "", "true",
        "what a vault keeps for recovery is deleted with it"};
    if (file.entries()[at].value.reveal() == "true") {
      add(file, at, kPurge, "azurerm key vaults", "");
    }
  }

  void read_variables(const LabelledFile& file) {
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      const auto at = uses_.find(std::string(entry.key));
      if (at == uses_.end() || !is_in_production(file, i)) continue;
      for (const Use& use : at->second) {
        if (entry.value.reveal() != use.setting->value) continue;
        add(file, i, *use.setting, use.resource,
            "var." + std::string(entry.key) + " of ");
      }
    }
  }

  bool is_backup_store(const LabelledFile& file, std::size_t at,
                       const std::string& resource) const {
    if (names_backup(resource)) return true;
    const std::string_view section = file.entries()[at].section();
    return std::any_of(file.entries().begin(), file.entries().end(),
                       [&](const Entry& entry) {
                         return entry.path.starts_with(section) &&
                                (entry.key == "bucket" || entry.key == "name" ||
                                 entry.section().ends_with(".tags")) &&
                                names_backup(entry.value.reveal());
                       });
  }

  void add(const LabelledFile& file, std::size_t at, const Setting& setting,
           const std::string& resource, const std::string& through) {
    const bool is_production = is_applied_to_production(file, at);
    if (!is_production &&
        (is_in_other_environment(file, at) || label_of_folders(file.path) ||
         roots_.count(folder_of(file.path)) == 0)) {
      return;
    }
    const Entry& entry = file.entries()[at];
    const std::string said =
        std::string(entry.key) + " = " + std::string(setting.value);
    Draft draft;
    draft.kind = setting.kind;
    draft.severity = Severity::medium;
    draft.destroys = true;
    draft.is_template = file.is_template;
    if (setting.kind == "protect/force-destroy" &&
        is_backup_store(file, at, resource)) {
      draft.kind = "backup/force-destroy-on-backup-store";
      draft.severity = Severity::high;
    }
    if (!is_production) draft.severity = Severity::low;
    draft.subject = resource + " " + std::string(entry.key);
    draft.reasons = reasons_of(file.regions[file.labels[at].region]);
    if (is_production && !is_in_production(file, at)) {
      draft.reasons.push_back(
          {"path", "folder " + std::string(folder_of(file.path))});
    }
    draft.reasons.push_back({"setting", said + " of " + resource});
    draft.places = {noted(place_of(file, at), through + resource)};
    draft.message =
        resource +
        (is_production
             ? " is production's (" + file.path + ")"
             : " in " + file.path + ", of an environment that is not named,") +
        " and has " + said + ": " + std::string(setting.means);
    collector_.add(std::move(draft));
  }

  const CrossingInput& input_;
  Collector& collector_;
  std::set<std::string_view> roots_;                           // folders
  std::map<std::string, std::vector<Use>, std::less<>> uses_;  // by variable
};

}  // namespace

void find_unprotected_resources(const CrossingInput& input,
                                Collector& collector) {
  Terraform(input, collector).run();
}

}  // namespace overreach
