// Terraform resources of production that one call deletes: no protection, no
// final snapshot, or a store that takes its content along.  A variable that a
// resource takes such a setting from is followed into the .tfvars of each
// environment, and the environment that sets it is the one that is named.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

constexpr int kGoodWord = 2;

struct Setting {
  std::string_view kind;
  std::string_view path;   // pattern of the key path
  std::string_view value;  // the dangerous one
  Severity severity;
  std::string_view means;  // a clause
};

// Cloud SQL protects by default, RDS and DynamoDB do not: only what is written
// counts, so the default of a platform is never reported.
constexpr Setting kSettings[] = {
    {"protect/deletion-protection-off",
     ".resource.(aws_db_instance|aws_rds_cluster|aws_docdb_cluster|"
     "aws_neptune_cluster).*.deletion_protection",
     "false", Severity::medium, "one call deletes the database"},
    {"protect/deletion-protection-off",
     ".resource.aws_dynamodb_table.*.deletion_protection_enabled", "false",
     Severity::medium, "one call deletes the table"},
    {"protect/deletion-protection-off",
     ".resource.google_(sql_database_instance|spanner_database|bigtable_"
     "instance|bigquery_table|container_cluster|alloydb_cluster)."
     "*.deletion_protection",
     "false", Severity::medium, "one call deletes it"},
    {"protect/skip-final-snapshot",
     ".resource.(aws_db_instance|aws_rds_cluster|aws_docdb_cluster|"
     "aws_neptune_cluster|aws_redshift_cluster).*.skip_final_snapshot",
     "true", Severity::medium, "nothing is left when it is deleted"},
    {"protect/force-destroy",
     ".resource.(aws_s3_bucket|google_storage_bucket|"
     "digitalocean_spaces_bucket|aws_backup_vault|google_bigquery_dataset)."
     "*.(force_destroy|delete_contents_on_destroy)",
     "true", Severity::medium, "deleting it takes all its content along"},
    {"protect/soft-delete-off",
     ".resource.azurerm_key_vault.*.purge_protection_enabled", "false",
     Severity::medium, "what is deleted cannot be brought back"},
    {"backup/none-configured",
     ".resource.(aws_db_instance|aws_rds_cluster|aws_docdb_cluster)."
     "*.backup_retention_period",
     "0", Severity::medium, "there is no backup to go back to"},
};

bool is_terraform(std::string_view path) {
  return path.ends_with(".tf") || path.ends_with(".tf.json");
}

bool is_production_place(const LabelledFile& file, std::size_t at) {
  const EnvironmentLabel& place = place_label(file, at);
  return place.is_production() && place.strength >= kGoodWord;
}

// "aws_db_instance.main".
std::string resource_of(std::string_view path) {
  const std::vector<std::string> segments = segments_of(path);
  return segments.size() < 3 ? std::string(path)
                             : segments[1] + "." + segments[2];
}

bool is_backup_store(std::string_view resource) {
  const std::vector<std::string> words = words_of_name(resource);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "backup" || word == "backups" || word == "snapshots" ||
           word == "archive";
  });
}

class Terraform {
 public:
  Terraform(const CrossingInput& input, Collector& collector)
      : input_(input), collector_(collector) {}

  void run() {
    for (const LabelledFile& file : input_.files) {
      if (is_terraform(file.path)) read_resources(file);
    }
    for (const LabelledFile& file : input_.files) {
      if (file.path.ends_with(".tfvars")) read_variables(file);
    }
  }

 private:
  struct Use {
    const Setting* setting;
    std::string resource;
  };

  void read_resources(const LabelledFile& file) {
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (!entry.path.starts_with("resource.")) continue;
      for (const Setting& setting : kSettings) {
        if (!match_path(setting.path, entry.path, '.')) continue;
        if (entry.kind == EntryKind::reference) {
          if (entry.names.starts_with("var.")) {
            uses_[std::string(entry.names.substr(4))].push_back(
                {&setting, resource_of(entry.path)});
          }
        } else if (entry.value.reveal() == setting.value &&
                   is_production_place(file, i)) {
          add(file, i, setting, resource_of(entry.path), "");
        }
      }
    }
  }

  void read_variables(const LabelledFile& file) {
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      const auto at = uses_.find(std::string(entry.key));
      if (at == uses_.end() || !is_production_place(file, i)) continue;
      for (const Use& use : at->second) {
        if (entry.value.reveal() != use.setting->value) continue;
        add(file, i, *use.setting, use.resource,
            "var." + std::string(entry.key) + " of ");
      }
    }
  }

  void add(const LabelledFile& file, std::size_t at, const Setting& setting,
           const std::string& resource, const std::string& through) {
    const Entry& entry = file.entries()[at];
    Draft draft;
    draft.kind = setting.kind;
    draft.severity = setting.severity;
    draft.destroys = true;
    draft.is_template = file.is_template;
    if (setting.kind == "protect/force-destroy" && is_backup_store(resource)) {
      draft.kind = "backup/force-destroy-on-backup-store";
      draft.severity = Severity::high;
    }
    draft.subject = resource + " " + std::string(entry.key);
    draft.reasons = reasons_of(file.regions[file.labels[at].region]);
    draft.reasons.push_back({"setting", std::string(entry.key) + " = " +
                                            std::string(setting.value) +
                                            " of " + resource});
    draft.places = {noted(place_of(file, at), through + resource)};
    draft.message = resource + " is production's (" + file.path + ") and has " +
                    std::string(entry.key) + " = " +
                    std::string(setting.value) + ": " +
                    std::string(setting.means);
    collector_.add(std::move(draft));
  }

  const CrossingInput& input_;
  Collector& collector_;
  std::map<std::string, std::vector<Use>, std::less<>> uses_;  // by variable
};

// Both on one database: its automated backups go with it, and no last one is
// made.
void find_deleted_backups(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (!is_terraform(file.path)) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (!match_path(".resource.(aws_db_instance|aws_rds_cluster)."
                      "*.skip_final_snapshot",
                      entry.path, '.') ||
          entry.value.reveal() != "true" || !is_production_place(file, i)) {
        continue;
      }
      const auto keeps = std::any_of(
          file.entries().begin(), file.entries().end(), [&](const Entry& e) {
            return (e.section() == entry.section() &&
                    e.key == "delete_automated_backups" &&
                    e.value.reveal() == "false") ||
                   e.path.find("automated_backups_replication") !=
                       std::string_view::npos ||
                   e.path.find("aws_backup_selection") !=
                       std::string_view::npos;
          });
      if (keeps) continue;
      const std::string resource = resource_of(entry.path);
      Draft draft;
      draft.kind = "backup/deleted-with-database";
      draft.severity = Severity::high;
      draft.destroys = true;
      draft.is_template = file.is_template;
      draft.subject = resource;
      draft.reasons = reasons_of(file.regions[file.labels[i].region]);
      draft.reasons.push_back({"setting", "skip_final_snapshot = true"});
      draft.reasons.push_back(
          {"provider",
           "automated backups are deleted with the instance unless "
           "delete_automated_backups = false"});
      draft.places = {noted(place_of(file, i), resource)};
      draft.message = "Deleting " + resource + " (" + file.path +
                      ") deletes its automated backups too, and no final "
                      "snapshot is made: nothing of production is left";
      collector.add(std::move(draft));
    }
  }
}

}  // namespace

void find_unprotected_resources(const CrossingInput& input,
                                Collector& collector) {
  Terraform(input, collector).run();
  find_deleted_backups(input, collector);
}

}  // namespace overreach
