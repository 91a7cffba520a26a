// What is left of a database of Terraform when it is deleted, or when all that
// its folder describes is: seen from the whole resource, not from one setting.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "scanner/base/word_list.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/terraform.h"

namespace overreach {
namespace {

constexpr std::string_view kDatabases =
    " aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster "
    "aws_dynamodb_table google_sql_database_instance google_alloydb_cluster "
    "azurerm_postgresql_flexible_server azurerm_mysql_flexible_server "
    "azurerm_mssql_database digitalocean_database_cluster ";
// Besides: what they hold goes with them.  A bucket that is not empty stays.
constexpr std::string_view kStores =
    " aws_efs_file_system aws_ebs_volume google_filestore_instance "
    "google_compute_disk azurerm_storage_account azurerm_managed_disk "
    "hcloud_volume digitalocean_volume ";
constexpr std::string_view kBackupStores =
    " aws_backup_vault aws_s3_bucket google_storage_bucket "
    "digitalocean_spaces_bucket azurerm_recovery_services_vault "
    "azurerm_storage_account aws_db_snapshot ";

bool is_database(const TerraformResource& resource) {
  return is_listed(kDatabases, resource.type);
}

// Deletes nothing on its own word alone.
bool is_protected(const TerraformResource& resource) {
  if (resource.value("lifecycle.prevent_destroy") == "true") return true;
  for (const std::string_view setting :
       {"deletion_protection", "deletion_protection_enabled",
        "enable_drop_protection"}) {
    // One that is taken from a variable may be on.
    if (resource.has(setting) && resource.value(setting) != "false") {
      return true;
    }
  }
  const bool is_on_by_default =
      resource.type == "google_sql_database_instance" ||
      resource.type == "google_alloydb_cluster";
  return is_on_by_default && !resource.has("deletion_protection");
}

Draft draft_of(std::string_view kind, const TerraformResource& resource,
               Severity severity) {
  const LabelledFile& file = *resource.file;
  const std::size_t at = resource.entries.front();
  Draft draft;
  draft.kind = kind;
  draft.severity = severity;
  draft.is_template = file.is_template;
  draft.subject = resource.text();
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  if (draft.reasons.empty() && is_applied_to_production(file, at)) {
    draft.reasons.push_back(
        {"path", "folder " + std::string(folder_of(file.path))});
  }
  draft.places = {noted(place_of(file, at), resource.text())};
  return draft;
}

// It copies another database, whose backups are what counts.
bool is_replica(const TerraformResource& resource) {
  return std::any_of(
      resource.entries.begin(), resource.entries.end(), [&](std::size_t at) {
        return names_replicated(resource.file->entries()[at].key);
      });
}

class ResourceFate {
 public:
  ResourceFate(const CrossingInput& input, Collector& collector)
      : resources_(terraform_resources(input.files)), collector_(collector) {
    for (const Draft& draft : collector.drafts()) {
      if (draft.kind == "protect/deletion-protection-off") {
        reported_.insert(draft.subject.substr(0, draft.subject.find(' ')));
      }
      if (draft.kind == "protect/no-pitr") {
        reported_recovery_.insert(
            draft.subject.substr(0, draft.subject.find(' ')));
      }
    }
  }

  void run() {
    for (const TerraformResource& resource : resources_) {
      find_lost_backups(resource);
      if (!is_applied_to_production(*resource.file, resource.entries.front()))
        continue;
      find_unprotected(resource);
      find_without_recovery(resource);
    }
    find_same_lifecycle();
  }

 private:
  // The provider deletes the automated backups of a database with it.
  void find_lost_backups(const TerraformResource& resource) {
    if (is_replica(resource)) return;
    const LabelledFile& file = *resource.file;
    const std::size_t at = resource.entries.front();
    std::string setting, fact;
    if (is_listed(" aws_db_instance aws_rds_cluster ", resource.type)) {
      if (resource.value("skip_final_snapshot") != "true" ||
          resource.value("delete_automated_backups") == "false" ||
          is_copied(file)) {
        return;
      }
      setting = "skip_final_snapshot = true";
      fact =
          "automated backups are deleted with the instance unless "
          "delete_automated_backups = false";
    } else if (resource.type == "google_sql_database_instance") {
      if (resource.value("deletion_protection") != "false" ||
          resource.value("settings.retain_backups_on_delete") == "true" ||
          resource.has("final_backup_config") ||
          resource.has("settings.final_backup_config")) {
        return;
      }
      setting = "deletion_protection = false";
      fact =
          "backups are deleted with the instance unless "
          "retain_backups_on_delete is set";
    } else if (resource.type == "hcloud_server") {
      if (resource.value("backups") != "true" || is_protected(resource) ||
          resource.value("delete_protection") == "true") {
        return;
      }
      setting = "backups = true";
      fact = "backups are deleted with the server";
    } else {
      return;
    }
    if (!is_applied_to_production(file, at)) return;
    Draft draft =
        draft_of("backup/deleted-with-database", resource, Severity::high);
    draft.destroys = true;
    draft.reasons.push_back({"setting", setting});
    draft.reasons.push_back({"provider", fact});
    draft.message = "Deleting " + resource.text() + " (" + file.path +
                    ") deletes its backups too (" + setting +
                    "): nothing of production is left";
    collector_.add(std::move(draft));
  }

  // Something in the same folder keeps copies elsewhere.
  bool is_copied(const LabelledFile& file) const {
    return std::any_of(
        resources_.begin(), resources_.end(), [&](const auto& each) {
          return is_listed(
                     " aws_db_instance_automated_backups_replication "
                     "aws_backup_selection aws_backup_plan ",
                     each.type) &&
                 folder_of(each.file->path) == folder_of(file.path);
        });
  }

  void find_unprotected(const TerraformResource& resource) {
    const bool is_stateful =
        is_database(resource) || is_listed(kStores, resource.type);
    if (!is_stateful || is_protected(resource) ||
        reported_.count(resource.text()) > 0) {
      return;
    }
    Draft draft =
        draft_of("protect/no-prevent-destroy", resource, Severity::low);
    draft.reasons.push_back(
        {"setting", "neither deletion protection nor prevent_destroy"});
    draft.message = resource.text() + " is production's (" +
                    resource.file->path +
                    ") and has neither deletion protection nor "
                    "prevent_destroy: a wrong plan deletes it";
    collector_.add(std::move(draft));
  }

  void find_without_recovery(const TerraformResource& resource) {
    // The table that Terraform locks its state with holds nothing.
    if (resource.type != "aws_dynamodb_table" ||
        resource.has("point_in_time_recovery") ||
        reported_recovery_.count(resource.text()) > 0 ||
        has_word_of(" lock locks locking ", resource.name) ||
        resource.value("hash_key") == "LockID") {
      return;
    }
    Draft draft = draft_of("protect/no-pitr", resource, Severity::low);
    draft.reasons.push_back({"setting", "no point_in_time_recovery"});
    draft.message = resource.text() + " is production's (" +
                    resource.file->path +
                    ") and has no point-in-time recovery: what is deleted or "
                    "overwritten is gone";
    collector_.add(std::move(draft));
  }

  // One destroy of a folder takes the databases in it and their backups.
  void find_same_lifecycle() {
    std::set<std::string_view> done;  // folders
    for (const TerraformResource& store : resources_) {
      const std::string_view folder = folder_of(store.file->path);
      if (!is_backup_store(store) || is_kept(store) ||
          is_in_module(store.file->path) ||
          is_in_other_environment(*store.file, store.entries.front()) ||
          done.count(folder) > 0) {
        continue;
      }
      const TerraformResource* const database = unprotected_database(folder);
      if (!database) continue;
      done.insert(folder);
      add_same_lifecycle(*database, store);
    }
  }

  static bool is_backup_store(const TerraformResource& resource) {
    if (!is_listed(kBackupStores, resource.type)) return false;
    return resource.type == "aws_backup_vault" ||
           resource.type == "azurerm_recovery_services_vault" ||
           resource.type == "aws_db_snapshot" || names_backup(resource.name) ||
           names_backup(resource.value("bucket")) ||
           names_backup(resource.value("name"));
  }

  bool is_kept(const TerraformResource& store) const {
    if (is_protected(store) || store.has("object_lock_configuration") ||
        store.value("object_lock_enabled") == "true" ||
        store.has("retention_policy")) {
      return true;
    }
    return std::any_of(
        resources_.begin(), resources_.end(), [&](const auto& each) {
          return is_listed(
                     " aws_backup_vault_lock_configuration "
                     "aws_s3_bucket_object_lock_configuration ",
                     each.type) &&
                 folder_of(each.file->path) == folder_of(store.file->path);
        });
  }

  const TerraformResource* unprotected_database(std::string_view folder) const {
    const auto at = std::find_if(
        resources_.begin(), resources_.end(), [&](const auto& each) {
          return is_database(each) && !is_protected(each) &&
                 folder_of(each.file->path) == folder;
        });
    return at == resources_.end() ? nullptr : &*at;
  }

  void add_same_lifecycle(const TerraformResource& database,
                          const TerraformResource& store) {
    const bool is_production =
        is_applied_to_production(*database.file, database.entries.front());
    Draft draft = draft_of("backup/same-lifecycle", store,
                           is_production ? Severity::medium : Severity::low);
    draft.reasons.push_back({"folder", database.text() +
                                           " and its backups in " +
                                           store.text() + " are in one plan"});
    draft.places.push_back(noted(
        place_of(*database.file, database.entries.front()), database.text()));
    draft.message = database.text() + " and the backups in " + store.text() +
                    " belong to one plan (" +
                    std::string(folder_of(store.file->path)) +
                    ") and neither is locked: one destroy deletes both";
    collector_.add(std::move(draft));
  }

  const std::vector<TerraformResource> resources_;
  Collector& collector_;
  // "aws_db_instance.main": already told.
  std::set<std::string, std::less<>> reported_, reported_recovery_;
};

}  // namespace

void find_resource_fate(const CrossingInput& input, Collector& collector) {
  ResourceFate(input, collector).run();
}

}  // namespace overreach
