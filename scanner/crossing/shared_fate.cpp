// Backups that go with what they back up: in Compose files, on one volume.

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/storage.h"

namespace overreach {
namespace {

struct Mount {
  std::size_t entry;
  std::string service, unit, target;
  bool is_read_only = false;
};

struct Destination {
  std::size_t entry;
  std::string service, path;
};

// "data:/var/lib/mysql:ro"; a file of one host path has no unit of its own.
Mount mount_of(std::size_t entry, std::string service, std::string_view text) {
  Mount mount{entry, std::move(service), "", ""};
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return mount;
  mount.unit = text.substr(0, colon);
  text.remove_prefix(colon + 1);
  const std::size_t mode = text.find(':');
  mount.target = text.substr(0, mode);
  mount.is_read_only = mode != text.npos &&
                       text.substr(mode).find("ro") != std::string_view::npos;
  while (mount.target.size() > 1 && mount.target.ends_with('/')) {
    mount.target.pop_back();
  }
  return mount;
}

// One Compose file.
class Compose {
 public:
  explicit Compose(const LabelledFile& file) : file_(file) {
    for (std::size_t i = 0; i < file.entries().size(); ++i) read(i);
  }

  void report(Collector& collector) const {
    for (const Mount& data : mounts_) {
      if (data.unit.empty() || !is_data_folder(data.target)) {
        continue;
      }
      for (const Mount& backup : mounts_) {
        if (backup.unit != data.unit || backup.is_read_only ||
            has_remote(backup.service)) {
          continue;
        }
        if (const Destination* to = destination_on(backup)) {
          add(data, *to, collector);
          return;
        }
        if (&backup != &data && is_backup_folder(backup.target)) {
          add(data, {backup.entry, backup.service, backup.target}, collector);
          return;
        }
      }
    }
  }

 private:
  void read(std::size_t at) {
    const Entry& entry = file_.entries()[at];
    const auto service = match_path(".services.@.**", entry.path, '.');
    if (!service || entry.kind == EntryKind::command_argument) return;
    const std::string name(*service);
    const std::string_view value = entry.value.reveal();
    if (match_path(".services.*.volumes.*", entry.path, '.')) {
      mounts_.push_back(mount_of(at, name, value));
    } else if (match_path(".services.*.volumes.*.source", entry.path, '.')) {
      mounts_.push_back({at, name, std::string(value), ""});
    } else if (match_path(".services.*.volumes.*.target", entry.path, '.')) {
      if (!mounts_.empty() && mounts_.back().target.empty()) {
        mounts_.back().target = value;
      }
    } else if (match_path(".services.*.environment.*", entry.path, '.')) {
      if (sends_away(entry.key)) remote_.push_back(name);
      if (names_backup(entry.key) && value.starts_with('/')) {
        destinations_.push_back({at, name, std::string(value)});
      }
    }
  }

  bool has_remote(const std::string& service) const {
    return std::find(remote_.begin(), remote_.end(), service) != remote_.end();
  }

  // Where the service writes its backups to, when that is on the mount.
  const Destination* destination_on(const Mount& mount) const {
    const auto at = std::find_if(
        destinations_.begin(), destinations_.end(), [&](const auto& to) {
          return to.service == mount.service && is_below(to.path, mount.target);
        });
    return at == destinations_.end() ? nullptr : &*at;
  }

  void add(const Mount& data, const Destination& to,
           Collector& collector) const {
    const EnvironmentLabel& place = place_label(file_, data.entry);
    Draft draft;
    draft.kind = "backup/same-volume";
    draft.severity = place.is_elsewhere() ? Severity::medium : Severity::high;
    draft.is_template = file_.is_template;
    draft.subject = data.unit;
    draft.reasons = {
        {"data", "service " + data.service + " keeps its data on " + data.unit},
        {"backup", "service " + to.service + " writes its backups to " +
                       to.path + " on " + data.unit}};
    draft.places = {
        noted(place_of(file_, to.entry), "writes the backups of " + data.unit),
        noted(place_of(file_, data.entry), "the data on " + data.unit)};
    draft.message = "The backups of " + data.service + " lie on " + data.unit +
                    ", the volume they back up: whoever deletes the volume "
                    "deletes the data and every backup of it";
    collector.add(std::move(draft));
  }

  const LabelledFile& file_;
  std::vector<Mount> mounts_;
  std::vector<Destination> destinations_;
  std::vector<std::string> remote_;  // services
};

bool is_compose(std::string_view path) {
  return match_path("*compose*.(yml|yaml)", path).has_value();
}

}  // namespace

void find_shared_fate(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (is_compose(file.path)) Compose(file).report(collector);
  }
}

}  // namespace overreach
