// The same for stacks that are not Terraform's: CloudFormation (also inside
// Serverless), and the programs of CDK and SST.

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

constexpr std::string_view kData =
    " AWS::RDS::DBInstance AWS::RDS::DBCluster AWS::DynamoDB::Table "
    "AWS::S3::Bucket AWS::EFS::FileSystem AWS::EC2::Volume "
    "AWS::DocDB::DBCluster AWS::Neptune::DBCluster AWS::Backup::BackupVault ";

struct Setting {
  std::string_view kind;
  std::string_view key, rest;  // the path below the resource ends with the key
  std::string_view value;      // the dangerous one
  std::string_view means;      // a clause
};
constexpr Setting kSettings[] = {
    {"protect/force-destroy", "DeletionPolicy", "DeletionPolicy", "Delete",
     "deleting the stack deletes the data"},
    {"protect/deletion-protection-off", "DeletionProtection",
     "Properties.DeletionProtection", "false", "one call deletes it"},
    {"protect/deletion-protection-off", "DeletionProtectionEnabled",
     "Properties.DeletionProtectionEnabled", "false", "one call deletes it"},
    {"backup/none-configured", "BackupRetentionPeriod",
     "Properties.BackupRetentionPeriod", "0",
     "there is no backup to go back to"},
    {"protect/no-pitr", "PointInTimeRecoveryEnabled",
     "Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
     "false", "it cannot go back to the moment before a mistake"},
};

Draft draft_at(std::string_view kind, const LabelledFile& file, std::size_t at,
               std::string subject) {
  Draft draft;
  draft.kind = kind;
  draft.severity = Severity::medium;
  draft.destroys = true;
  draft.is_template = file.is_template;
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  draft.places = {noted(place_of(file, at), subject)};
  draft.subject = std::move(subject);
  return draft;
}

std::string_view type_of(const LabelledFile& file, std::string_view resource) {
  const std::string path = std::string(resource) + ".Type";
  for (const Entry& entry : file.entries()) {
    if (entry.path == path) return entry.value.reveal();
  }
  return {};
}

void find_cloudformation(const LabelledFile& file, std::size_t at,
                         Collector& collector) {
  const Entry& entry = file.entries()[at];
  for (const Setting& row : kSettings) {
    if (entry.key != row.key || entry.value.reveal() != row.value ||
        !entry.path.ends_with(row.rest) || !is_in_production(file, at)) {
      continue;
    }
    const std::string_view resource =
        entry.path.substr(0, entry.path.size() - row.rest.size() - 1);
    const std::string_view type = type_of(file, resource);
    if (!is_listed(kData, type)) continue;
    const std::string name(resource.substr(resource.rfind('.') + 1));
    const std::string said =
        std::string(entry.key) + " " + std::string(row.value);
    Draft draft =
        draft_at(row.kind, file, at, name + " " + std::string(entry.key));
    draft.reasons.push_back({"setting", said + " of " + name});
    draft.message = name + " (" + std::string(type) + ") is production's (" +
                    file.path + ") and has " + said + ": " +
                    std::string(row.means);
    collector.add(std::move(draft));
  }
}

// new s3.Bucket(this, "ProdData", {autoDeleteObjects: true, ...}): the name of
// the construct, of its class or of the file says whose it is.
std::string production_name(const LabelledFile& file, std::size_t at) {
  const Entry& entry = file.entries()[at];
  for (const Entry& other : file.entries()) {
    if (other.group == entry.group && entry.group != 0 &&
        other.kind == EntryKind::literal &&
        names_production(other.value.reveal())) {
      return std::string(other.value.reveal());
    }
  }
  for (const std::string& segment : segments_of(entry.section())) {
    if (names_production(segment)) return segment;
  }
  return {};
}

void find_cdk(const LabelledFile& file, std::size_t at, Collector& collector) {
  const Entry& entry = file.entries()[at];
  const bool deletes_objects =
      entry.key == "autoDeleteObjects" || entry.key == "auto_delete_objects";
  if (!deletes_objects || entry.kind != EntryKind::setting ||
      !is_listed(" true True ", entry.value.reveal())) {
    return;
  }
  const std::string name = production_name(file, at);
  if (name.empty() && !is_in_production(file, at)) return;
  const std::string shown = name.empty() ? "a bucket" : name;
  Draft draft =
      draft_at(names_backup(name) ? "backup/force-destroy-on-backup-store"
                                  : "protect/force-destroy",
               file, at, shown);
  if (names_backup(name)) draft.severity = Severity::high;
  draft.reasons.push_back({"setting", std::string(entry.key) + " true"});
  if (!name.empty()) draft.reasons.push_back({"name", "name " + name});
  draft.message = shown + " in " + file.path + " is production's and has " +
                  std::string(entry.key) +
                  ": deleting the stack deletes all its content";
  collector.add(std::move(draft));
}

// removal: "remove" for production, or for every stage.
void find_sst(const LabelledFile& file, Collector& collector) {
  std::vector<std::size_t> removals;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    if (file.entries()[i].key == "removal") removals.push_back(i);
  }
  for (const std::size_t at : removals) {
    const Entry& entry = file.entries()[at];
    if (entry.value.reveal() != "remove") continue;
    const std::vector<std::string> segments = segments_of(entry.section());
    const bool is_productions =
        !segments.empty() && names_production(segments.back());
    if (!is_productions && removals.size() > 1) continue;
    Draft draft =
        draft_at("protect/force-destroy", file, at, "the stacks of SST");
    draft.reasons.push_back(
        {"setting", is_productions ? "removal \"remove\" for production"
                                   : "removal \"remove\" for every stage"});
    draft.message = file.path +
                    " removes the buckets and databases of production with "
                    "their stack (removal \"remove\"): nothing is retained";
    collector.add(std::move(draft));
  }
}

bool has_resources(Language language) {
  return language == Language::yaml || language == Language::json;
}

bool is_program(Language language) {
  return language == Language::typescript || language == Language::javascript ||
         language == Language::python;
}

}  // namespace

void find_unprotected_stacks(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (match_path("sst.config.(ts|js)", file.path)) find_sst(file, collector);
    const bool may_have_resources = has_resources(file.list.language);
    const bool may_be_cdk = is_program(file.list.language);
    if (!may_have_resources && !may_be_cdk) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      if (may_have_resources) find_cloudformation(file, i, collector);
      if (may_be_cdk) find_cdk(file, i, collector);
    }
  }
}

}  // namespace overreach
