// Scripts and settings that write a backup below the folder of the data, or to
// the one volume that a machine has.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/storage.h"

namespace overreach {
namespace {

constexpr std::string_view kDumps =
    " pg_dump pg_dumpall pg_basebackup mysqldump mariadb-dump mongodump ";
constexpr std::string_view kPackers = " gzip zstd xz bzip2 ";
constexpr std::string_view kOutputs =
    " > >> -f --file -o --out --archive --result-file -D --pgdata ";
// A script that runs one of them may send the backup away.
constexpr std::string_view kSenders =
    " aws rclone scp sftp gsutil gcloud az azcopy s3cmd mc b2 restic borg "
    "kopia duplicity lftp curl mail mutt ";

// Where a command writes, and what it copies when that is a path.
struct Written {
  std::string source, target;
  bool is_dump = false;
};

// One level: a variable that the same file gives a text.
std::string resolved(const LabelledFile& file, std::string_view word) {
  if (!word.starts_with('$')) return std::string(word);
  const std::size_t end = std::min(word.find('/'), word.size());
  std::string_view name = word.substr(1, end - 1);
  if (name.starts_with('{') && name.ends_with('}')) {
    name = name.substr(1, name.size() - 2);
  }
  for (const Entry& entry : file.entries()) {
    if (entry.key == name && entry.kind == EntryKind::literal) {
      return std::string(entry.value.reveal()) + std::string(word.substr(end));
    }
  }
  return {};
}

std::optional<Written> written_by(const Command& command) {
  const auto& words = command.words;
  // Behind "docker exec db" and the like.
  const auto program =
      std::find_if(words.begin(), words.end(), [](std::string_view word) {
        return is_listed(kDumps, word) || is_listed(kPackers, word) ||
               word == "sqlite3";
      });
  if (program == words.end() || program - words.begin() > 8) return {};
  Written written;
  written.is_dump = is_listed(kDumps, *program);
  const LabelledFile& file = *command.file;
  if (*program == "sqlite3") {  // sqlite3 /data/app.db ".backup /data/copy.db"
    if (program + 2 >= words.end()) return {};
    std::string_view act = *(program + 2);
    if (!act.starts_with(".backup ")) return {};
    act.remove_prefix(act.find(' ') + 1);
    // The name of an attached database may stand before the file.
    const std::size_t blank = act.find(' ');
    if (act.find_first_of("/$'\"") > blank) act.remove_prefix(blank + 1);
    while (act.starts_with('\'') || act.starts_with('"')) act.remove_prefix(1);
    written.source = resolved(file, *(program + 1));
    written.target = resolved(file, act);
    return written;
  }
  for (auto word = program; word + 1 < words.end(); ++word) {
    const std::size_t sign = word->find('=');
    if (is_listed(kOutputs, *word)) {
      written.target = resolved(file, *(word + 1));
    } else if (sign != word->npos &&
               is_listed(kOutputs, word->substr(0, sign))) {
      written.target = resolved(file, word->substr(sign + 1));
    }
  }
  if (written.target.empty()) return {};
  return written;
}

bool is_sender(const Command& command) {
  if (is_listed(kSenders, command.program())) return true;
  if (is_listed(" docker kubectl podman ", command.program())) {
    return command.has("cp");
  }
  return command.program() == "rsync" &&
         std::any_of(
             command.words.begin() + 1, command.words.end(),
             [](std::string_view word) { return word.find(':') != word.npos; });
}

void add(const LabelledFile& file, std::size_t at, Severity severity,
         const std::string& data, const std::string& target,
         Collector& collector) {
  Draft draft;
  draft.kind = "backup/same-volume";
  draft.severity =
      is_in_other_environment(file, at) ? Severity::medium : severity;
  draft.is_template = file.is_template || is_example_path(file.path);
  draft.subject = target;
  draft.reasons = {{"data", "the data is in " + data},
                   {"backup", "the backup is written to " + target}};
  draft.places = {noted(place_of(file, at), "writes to " + target)};
  draft.message = file.path + " writes a backup to " + target +
                  ", on the volume of the data in " + data +
                  ": whoever deletes the volume deletes both";
  collector.add(std::move(draft));
}

// The folder at the top: "/data" of "/data/app.db".
std::string top_of(std::string_view path) {
  return std::string(path.substr(0, path.find('/', 1)));
}

// Where hosting platforms say at which folder they mount the volume.
struct VolumeKey {
  std::string_view file, key;  // patterns
};
constexpr VolumeKey kVolumes[] = {
    {"(fly|fly.*).toml", ".mounts.destination"},
    {"(railway|railway.*).(toml|json)", "deploy.requiredMountPath"},
    {"render.yaml", ".services.*.disk.mountPath"},
};

class Scripts {
 public:
  explicit Scripts(const CrossingInput& input) : input_(input) {
    for (const LabelledFile& file : input.files) {
      for (const VolumeKey& each : kVolumes) {
        if (!match_path(each.file, file.path)) continue;
        for (const Entry& entry : file.entries()) {
          if (match_path(each.key, entry.path, '.') &&
              entry.value.reveal().starts_with('/')) {
            mounts_.emplace_back(entry.value.reveal());
          }
        }
      }
    }
    for (const Command& command : input.commands) {
      if (is_sender(command)) senders_.insert(command.file);
      if (is_listed(kDumps, command.program())) dumpers_.insert(command.file);
    }
  }

  void report(Collector& collector) const {
    for (const Command& command : input_.commands) {
      if (senders_.count(command.file) > 0) continue;
      const std::optional<Written> written = written_by(command);
      if (!written || !written->target.starts_with('/')) continue;
      const std::string& target = written->target;
      const bool is_on_mount =
          std::any_of(mounts_.begin(), mounts_.end(), [&](const auto& mount) {
            return is_below(written->source, mount) && is_below(target, mount);
          });
      if (is_on_mount) {
        add(*command.file, command.entry, Severity::high, written->source,
            target, collector);
      } else if (is_data_folder(target)) {
        add(*command.file, command.entry,
            written->is_dump || dumpers_.count(command.file) > 0
                ? Severity::high
                : Severity::medium,
            "the folder of the database", target, collector);
      }
    }
  }

 private:
  const CrossingInput& input_;
  std::vector<std::string> mounts_;  // the volumes of hosted machines
  std::set<const LabelledFile*> senders_, dumpers_;  // files
};

// dbs: [{path: /data/app.db, replicas: [{type: file, path: /data/copy}]}]
void find_litestream(const LabelledFile& file, Collector& collector) {
  if (!match_path("litestream*.(yml|yaml)", file.path)) return;
  std::string database;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (match_path(".dbs.*.path", entry.path, '.')) {
      database = entry.value.reveal();
      continue;
    }
    const bool is_replica =
        match_path(".dbs.*.replicas.*.path", entry.path, '.') ||
        match_path(".dbs.*.replica.path", entry.path, '.');
    const std::string target(entry.value.reveal());
    if (!is_replica || !database.starts_with('/') || !target.starts_with('/') ||
        top_of(database) != top_of(target)) {
      continue;
    }
    const std::string_view section = entry.section();
    const std::string_view all = section.substr(0, section.find(".replica"));
    const bool has_other = std::any_of(
        file.entries().begin(), file.entries().end(), [&](const Entry& other) {
          return other.path.starts_with(all) &&
                 (is_listed(" bucket url endpoint account-name host ",
                            other.key) ||
                  (other.key == "type" && other.value.reveal() != "file"));
        });
    if (!has_other) {
      add(file, i, Severity::high, database, target, collector);
    }
  }
}

// repo1-path below pg1-path, and no other host or store.
void find_pgbackrest(const LabelledFile& file, Collector& collector) {
  if (!match_path("pgbackrest*.conf", file.path)) return;
  std::string data;
  std::size_t repository = kNoEntry;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const std::string_view key = file.entries()[i].key;
    if (!key.starts_with("repo") && !key.starts_with("pg")) continue;
    if (key.starts_with("repo") &&
        (key.find("-host") != key.npos || key.find("-s3") != key.npos ||
         key.find("-type") != key.npos || key.find("-gcs") != key.npos ||
         key.find("-azure") != key.npos)) {
      return;
    }
    if (key == "pg1-path") data = file.entries()[i].value.reveal();
    if (key == "repo1-path") repository = i;
  }
  if (repository == kNoEntry || data.empty()) return;
  const std::string target(file.entries()[repository].value.reveal());
  if (is_below(target, data)) {
    add(file, repository, Severity::high, data, target, collector);
  }
}

// archive_command = 'cp %p /var/lib/postgresql/data/archive/%f'
void find_archive_command(const LabelledFile& file, Collector& collector) {
  if (!match_path("postgresql*.conf", file.path)) return;
  std::string data = "/var/lib/postgresql/data";
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.key == "data_directory") data = entry.value.reveal();
    if (entry.key != "archive_command") continue;
    const std::string_view value = entry.value.reveal();
    const std::size_t slash = value.rfind(" /");
    if (slash == value.npos || !value.starts_with("cp ")) continue;
    const std::string target(value.substr(slash + 1));
    if (is_below(target, data)) {
      add(file, i, Severity::high, data, target, collector);
    }
  }
}

}  // namespace

void find_written_backups(const CrossingInput& input, Collector& collector) {
  Scripts(input).report(collector);
  for (const LabelledFile& file : input.files) {
    find_litestream(file, collector);
    find_pgbackrest(file, collector);
    find_archive_command(file, collector);
  }
}

}  // namespace overreach
