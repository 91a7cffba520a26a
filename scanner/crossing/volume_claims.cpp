// Backup jobs and sidecars of Kubernetes that write to the volume of the
// database.

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/manifests.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/storage.h"

namespace overreach {
namespace {

// A container beside the database whose only volume is the database's.
struct Sidecar {
  std::string container;
  std::size_t mount;     // entry
  std::size_t data = 0;  // index of its DataVolume
};

struct DataVolume {
  std::string claim;
  Manifest owner;
  std::size_t mount;  // entry
};

// "spec.volumes.data.persistentVolumeClaim.claimName" of a volume, in whatever
// template it stands.
std::string claim_of(const Manifest& manifest, std::string_view volume) {
  const std::string wanted =
      "volumes." + std::string(volume) + ".persistentVolumeClaim.claimName";
  for (std::size_t i = manifest.first; i < manifest.end; ++i) {
    const Entry& entry = manifest.at(i);
    if (entry.path.ends_with(wanted)) return std::string(entry.value.reveal());
    // A set makes a claim of its own for each of its pods.
    if (manifest.kind == "StatefulSet" &&
        match_path(".spec.volumeClaimTemplates.*.metadata.name", entry.path,
                   '.') &&
        entry.value.reveal() == volume) {
      return std::string(volume) + "-" + std::string(manifest.name) + "-0";
    }
  }
  return {};
}

std::string volume_of(const Entry& mount) {
  const std::vector<std::string> segments = segments_of(mount.section());
  return segments.empty() ? std::string() : segments.back();
}

bool is_mount(const Entry& entry) {
  return entry.key == "mountPath" &&
         entry.path.find("volumeMounts.") != std::string_view::npos;
}

// Whether something below the key path sends the backup away.
bool leaves_cluster(const Manifest& manifest, std::string_view below = "") {
  for (std::size_t i = manifest.first; i < manifest.end; ++i) {
    const Entry& entry = manifest.at(i);
    if (!entry.path.starts_with(below)) continue;
    const std::string_view value = entry.value.reveal();
    for (const std::string_view tool :
         {"aws s3", "s3://", "gs://", "rclone", "restic", "gsutil", "mc cp",
          "mc mirror", "scp ", "curl ", "azcopy", "kopia"}) {
      if (value.find(tool) != value.npos) return true;
    }
    if (entry.path.find(".env.") != std::string_view::npos &&
        sends_away(entry.key)) {
      return true;
    }
  }
  return false;
}

class Claims {
 public:
  void read(const Manifest& manifest) {
    if (manifest.kind == "StatefulSet" || manifest.kind == "Deployment") {
      read_data(manifest);
      read_sidecars(manifest);
    } else if (manifest.kind == "CronJob" && names_backup(manifest.name)) {
      jobs_.push_back(manifest);
    }
  }

  void report(Collector& collector) const {
    for (const Manifest& job : jobs_) find(job, collector);
    for (const Sidecar& each : sidecars_) find(each, collector);
  }

 private:
  void read_data(const Manifest& manifest) {
    for (std::size_t i = manifest.first; i < manifest.end; ++i) {
      const Entry& entry = manifest.at(i);
      if (!is_mount(entry) || !is_data_folder(entry.value.reveal())) continue;
      std::string claim = claim_of(manifest, volume_of(entry));
      if (!claim.empty()) data_.push_back({std::move(claim), manifest, i});
    }
  }

  // containers.backup.volumeMounts.data.mountPath, where data is the volume of
  // a database in the same pod.
  void read_sidecars(const Manifest& manifest) {
    for (std::size_t i = manifest.first; i < manifest.end; ++i) {
      const Entry& mount = manifest.at(i);
      const auto container = container_of(mount);
      if (!is_mount(mount) || !names_backup(last_of(container)) ||
          is_data_folder(mount.value.reveal()) ||
          leaves_cluster(manifest, container) ||
          !is_only_volume(manifest, container, mount)) {
        continue;
      }
      const std::string claim = claim_of(manifest, volume_of(mount));
      for (std::size_t d = 0; d < data_.size(); ++d) {
        if (!claim.empty() && data_[d].claim == claim &&
            data_[d].owner.file == manifest.file &&
            data_[d].owner.first == manifest.first) {
          sidecars_.push_back({last_of(container), i, d});
          break;
        }
      }
    }
  }

  // "spec.template.spec.containers.backup" of an entry in it.
  static std::string container_of(const Entry& entry) {
    constexpr std::string_view kContainers = "ontainers.";
    const std::size_t at = entry.path.find(kContainers);
    if (at == entry.path.npos) return {};
    const std::size_t end = entry.path.find('.', at + kContainers.size());
    return std::string(entry.path.substr(0, end)) + ".";
  }

  static std::string last_of(const std::string& container) {
    const std::vector<std::string> segments = segments_of(
        std::string_view(container).substr(0, container.rfind('.')));
    return segments.empty() ? std::string() : segments.back();
  }

  // It can write there, and nowhere else.
  static bool is_only_volume(const Manifest& manifest,
                             const std::string& container, const Entry& mount) {
    for (std::size_t i = manifest.first; i < manifest.end; ++i) {
      const Entry& entry = manifest.at(i);
      if (!entry.path.starts_with(container)) continue;
      if (is_mount(entry) && volume_of(entry) != volume_of(mount)) return false;
      if (entry.key == "readOnly" && entry.section() == mount.section() &&
          entry.value.reveal() == "true") {
        return false;
      }
    }
    return true;
  }

  void find(const Sidecar& sidecar, Collector& collector) const {
    const DataVolume& data = data_[sidecar.data];
    add(data, *data.owner.file, sidecar.mount,
        "its container " + sidecar.container, collector);
  }

  // A job with one claim has nowhere else to write to.
  void find(const Manifest& job, Collector& collector) const {
    std::string claim;
    std::size_t at = kNoEntry;
    for (std::size_t i = job.first; i < job.end; ++i) {
      if (job.at(i).key != "claimName") continue;
      const std::string here(job.at(i).value.reveal());
      if (!claim.empty() && here != claim) return;
      claim = here;
      at = i;
    }
    const auto data = std::find_if(
        data_.begin(), data_.end(),
        [&](const DataVolume& each) { return each.claim == claim; });
    if (at == kNoEntry || data == data_.end() || leaves_cluster(job)) return;
    add(*data, *job.file, at, job.text(), collector);
  }

  // What stands at the entry, `writer`, has the volume of the data alone.
  static void add(const DataVolume& data, const LabelledFile& file,
                  std::size_t at, const std::string& writer,
                  Collector& collector) {
    const std::string& claim = data.claim;
    Draft draft;
    draft.kind = "backup/same-volume";
    draft.severity =
        is_in_other_environment(file, at) ? Severity::medium : Severity::high;
    draft.is_template = file.is_template;
    draft.subject = claim;
    draft.reasons = {
        {"data", data.owner.text() + " keeps its data on " + claim},
        {"backup", writer + " has no other volume than " + claim}};
    draft.places = {
        noted(place_of(file, at), "writes the backups of " + claim),
        noted(place_of(*data.owner.file, data.mount), "the data on " + claim)};
    draft.message = "The backups of " + data.owner.text() + " lie on " + claim +
                    ", the volume they back up: whoever deletes the volume "
                    "deletes the data and every backup of it";
    collector.add(std::move(draft));
  }

  std::vector<DataVolume> data_;
  std::vector<Manifest> jobs_;
  std::vector<Sidecar> sidecars_;
};

}  // namespace

void find_volume_claims(const CrossingInput& input, Collector& collector) {
  Claims claims;
  for (const LabelledFile& file : input.files) {
    if (file.list.language != Language::yaml) continue;
    for (const Manifest& manifest : manifests_of(file)) claims.read(manifest);
  }
  claims.report(collector);
}

}  // namespace overreach
