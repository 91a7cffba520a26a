// Kubernetes: backups that are kept in the cluster they are for, and volumes
// that go with what uses them.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/manifests.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

// "http://minio.velero.svc:9000": a name that only the cluster itself knows.
bool is_in_cluster(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme != address.npos) address.remove_prefix(scheme + 3);
  const std::string_view host = address.substr(0, address.find_first_of(":/"));
  return host.ends_with(".svc") || host.ends_with(".svc.cluster.local") ||
         host.ends_with(".cluster.local");
}

Draft draft_at(std::string_view kind, const LabelledFile& file,
               std::size_t at) {
  Draft draft;
  draft.kind = kind;
  draft.is_template = file.is_template;
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  return draft;
}

void add_in_cluster(const LabelledFile& file, std::size_t at,
                    const std::string& who, const std::string& where,
                    Collector& collector) {
  Draft draft = draft_at("backup/in-same-cluster", file, at);
  draft.severity = is_in_production(file, at)          ? Severity::high
                   : is_in_other_environment(file, at) ? Severity::low
                                                       : Severity::medium;
  draft.subject = who;
  draft.reasons.push_back({"backup", who + " writes to " + where});
  draft.places = {noted(place_of(file, at), "backups go to " + where)};
  draft.message = "The backups of " + who + " (" + file.path + ") go to " +
                  where +
                  ", inside the cluster they are for: what takes the cluster "
                  "takes the backups along";
  collector.add(std::move(draft));
}

// Where the backups of an operator go, by address.
void find_store_in_cluster(const Manifest& manifest, Collector& collector) {
  for (std::size_t i = manifest.first; i < manifest.end; ++i) {
    const Entry& entry = manifest.at(i);
    const bool is_store =
        (manifest.kind == "BackupStorageLocation" &&
         entry.path == "spec.config.s3Url") ||
        (entry.key == "endpointURL" &&
         entry.path.find("barmanObjectStore") != std::string_view::npos) ||
        (manifest.kind == "ObjectStore" && entry.key == "endpointURL") ||
        (manifest.kind == "Setting" && manifest.name == "backup-target" &&
         entry.path == "value");
    if (!is_store || !is_in_cluster(entry.value.reveal())) continue;
    add_in_cluster(*manifest.file, i, manifest.text(),
                   std::string(entry.value.reveal()), collector);
  }
}

// Crunchy Data: repositories that are only volumes of the cluster.
void find_volume_repositories(const Manifest& manifest, Collector& collector) {
  if (manifest.kind != "PostgresCluster") return;
  std::size_t first = kNoEntry;
  for (std::size_t i = manifest.first; i < manifest.end; ++i) {
    const std::string_view path = manifest.at(i).path;
    if (!path.starts_with("spec.backups.pgbackrest.repos.")) continue;
    if (match_path(".spec.backups.pgbackrest.repos.*.(s3|gcs|azure).**", path,
                   '.')) {
      return;
    }
    const bool is_volume =
        match_path(".spec.backups.pgbackrest.repos.*.volume.**", path, '.')
            .has_value();
    if (first == kNoEntry && is_volume) first = i;
  }
  if (first == kNoEntry) return;
  add_in_cluster(*manifest.file, first, manifest.text(),
                 "volumes of the same cluster", collector);
}

void find_unbacked_cluster(const Manifest& manifest, Collector& collector) {
  if (manifest.kind != "Cluster" ||
      !manifest.group.starts_with("postgresql.cnpg.io/") ||
      manifest.has_below("spec.backup") || manifest.has_below("spec.plugins") ||
      !is_in_production(*manifest.file, manifest.first)) {
    return;
  }
  const std::size_t at = manifest.find("kind");
  Draft draft = draft_at("backup/none-configured", *manifest.file, at);
  draft.severity = Severity::medium;
  draft.subject = manifest.text();
  draft.reasons.push_back({"setting", "no spec.backup"});
  draft.places = {noted(place_of(*manifest.file, at), manifest.text())};
  draft.message = manifest.text() + " is production's (" + manifest.file->path +
                  ") and has no backup: there is nothing to go back to";
  collector.add(std::move(draft));
}

// velero install --backup-location-config s3Url=http://minio.velero.svc:9000
void find_velero_install(const Command& command, Collector& collector) {
  if (command.program() != "velero" || !command.has("install")) return;
  constexpr std::string_view kAddress = "s3Url=";
  std::string_view config = command.option("--backup-location-config");
  const std::size_t at = config.find(kAddress);
  if (at == config.npos) return;
  config.remove_prefix(at + kAddress.size());
  const std::string_view url = config.substr(0, config.find(','));
  if (!is_in_cluster(url)) return;
  add_in_cluster(*command.file, command.entry, "velero", std::string(url),
                 collector);
}

// What all documents together say of volumes.
class Volumes {
 public:
  void read(const Manifest& manifest) {
    if (manifest.kind == "StorageClass" &&
        manifest.value("reclaimPolicy") == "Delete") {
      deleting_classes_.emplace(manifest.name, manifest);
    } else if (manifest.kind == "VolumeSnapshotClass" &&
               manifest.value("deletionPolicy") == "Delete") {
      deletes_snapshots_ = true;
    } else if (manifest.kind == "StatefulSet") {
      sets_.push_back(manifest);
    }
  }

  void report(Collector& collector) const {
    for (const Manifest& set : sets_) {
      if (!is_in_production(*set.file, set.first)) continue;
      find_retention(set, collector);
      find_class(set, collector);
    }
  }

 private:
  static void find_retention(const Manifest& set, Collector& collector) {
    const std::size_t at =
        set.find("spec.persistentVolumeClaimRetentionPolicy.whenDeleted");
    if (at == kNoEntry || set.at(at).value.reveal() != "Delete") return;
    Draft draft = draft_at("protect/pv-reclaim-delete", *set.file, at);
    draft.severity = Severity::medium;
    draft.subject = set.text();
    draft.reasons.push_back({"setting", "whenDeleted Delete"});
    draft.places = {noted(place_of(*set.file, at), set.text())};
    draft.message = set.text() + " is production's (" + set.file->path +
                    ") and deletes its volumes with itself: one kubectl "
                    "delete takes the data";
    collector.add(std::move(draft));
  }

  void find_class(const Manifest& set, Collector& collector) const {
    for (std::size_t i = set.first; i < set.end; ++i) {
      const Entry& entry = set.at(i);
      if (entry.key != "storageClassName" || !deletes_snapshots_) continue;
      const auto at =
          deleting_classes_.find(std::string_view(entry.value.reveal()));
      if (at == deleting_classes_.end()) continue;
      const Manifest& storage = at->second;
      const std::size_t policy = storage.find("reclaimPolicy");
      Draft draft = draft_at("protect/pv-reclaim-delete", *set.file, i);
      draft.severity = Severity::low;
      draft.subject = set.text() + " class";
      draft.reasons.push_back(
          {"setting", "reclaimPolicy Delete and deletionPolicy Delete"});
      draft.places = {noted(place_of(*set.file, i), set.text()),
                      noted(place_of(*storage.file, policy), storage.text())};
      draft.message = "The volumes of " + set.text() + " (" + set.file->path +
                      ") and their snapshots are deleted with their claims: "
                      "nothing of production is left";
      collector.add(std::move(draft));
      return;
    }
  }

  std::map<std::string_view, Manifest, std::less<>> deleting_classes_;
  std::vector<Manifest> sets_;
  bool deletes_snapshots_ = false;
};

}  // namespace

void find_cluster_backups(const CrossingInput& input, Collector& collector) {
  Volumes volumes;
  for (const Command& command : input.commands) {
    find_velero_install(command, collector);
  }
  for (const LabelledFile& file : input.files) {
    if (file.list.language != Language::yaml) continue;
    for (const Manifest& manifest : manifests_of(file)) {
      find_store_in_cluster(manifest, collector);
      find_volume_repositories(manifest, collector);
      find_unbacked_cluster(manifest, collector);
      volumes.read(manifest);
    }
  }
  volumes.report(collector);
}

}  // namespace overreach
