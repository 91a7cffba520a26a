// Backups that share their bucket, or their key, with the program whose data
// they are.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/terraform.h"

namespace overreach {
namespace {

constexpr std::size_t kShortestSecret = 8;
constexpr std::size_t kTooMany = 20;

// An entry that names a bucket or a key for one.
struct Use {
  const LabelledFile* file;
  std::size_t entry;
  bool is_backup;
};
// By what it names: a bucket, a variable of one folder, a secret's text.
using Uses = std::map<std::string_view, std::vector<Use>, std::less<>>;

bool is_script(const LabelledFile& file) {
  return file.list.language == Language::bash;
}

// Whether the entry is a word of a command that puts something there: what
// lists a bucket, or fetches from it, keeps nothing in it.
bool is_destination(const LabelledFile& file, std::size_t at) {
  const auto& entries = file.entries();
  const Entry& entry = entries[at];
  if (entry.group == 0) return false;
  std::size_t first = at, sources = 0;
  while (first > 0 && entries[first - 1].group == entry.group) --first;
  if (!is_listed(" aws gsutil gcloud s3cmd mc rclone b2 ",
                 entries[first].value.reveal())) {
    return false;
  }
  // Of `aws s3 cp dump.gz s3://$BUCKET/` what stands behind the first path.
  bool has_verb = false;
  const std::size_t own = entry.parent == kNoEntry ? at : entry.parent;
  for (std::size_t i = first + 1; i < own; ++i) {
    const bool is_part = entries[i].parent != kNoEntry;
    const std::string_view word = entries[i].value.reveal();
    if (is_part || word.starts_with('-')) continue;
    if (is_listed(" put-object put ", word)) return true;
    if (has_verb) ++sources;
    has_verb |= is_listed(" cp sync mv copy rsync move upload ", word);
  }
  return sources > 0;
}

// "backup/.env": with the folder, for many files are called the same.
std::string_view folder_and_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == path.npos || slash == 0) return path;
  const std::size_t before = path.rfind('/', slash - 1);
  return before == path.npos ? path : path.substr(before + 1);
}

// Whether the entry belongs to what writes backups: by its own name, by the
// service or resource around it, by its file or the folder of that, by a word
// of its command.
bool is_of_backup(const LabelledFile& file, std::size_t at) {
  const auto& entries = file.entries();
  const Entry& entry = entries[at];
  if (is_script(file) && entry.group != 0 &&
      std::any_of(entries.begin(), entries.end(), [&](const Entry& word) {
        return word.group == entry.group && names_backup(word.value.reveal());
      })) {
    return true;
  }
  if (names_backup(entry.key) || names_backup(folder_and_name(file.path))) {
    return true;
  }
  const std::vector<std::string> segments = segments_of(entry.section());
  return std::any_of(
      segments.begin(), segments.end(), [](const std::string& segment) {
        return names_backup(segment) || segment == "barmanObjectStore";
      });
}

bool is_value(const Entry& entry) {
  return entry.kind == EntryKind::literal ||
         entry.kind == EntryKind::default_argument;
}

// What defines a bucket uses it for nothing.
bool is_definition(const Entry& entry) {
  return entry.path.starts_with("resource.") &&
         !has_word_of(" environment env variables ", entry.section());
}

// The keys of stores for objects: AWS_SECRET_ACCESS_KEY, B2_APPLICATION_KEY.
bool is_storage_key(const LabelledFile& file, std::size_t at) {
  const Entry& entry = file.entries()[at];
  return (file.labels[at].role == Role::secret ||
          entry.key.find("ACCESS_KEY") != std::string_view::npos) &&
         has_word_of(" aws s3 b2 r2 gcs spaces azure storage wasabi ",
                     entry.key) &&
         !has_word_of(" root session region ", entry.key);
}

// Reads every file once and keeps texts for the identities it makes.
class Stores {
 public:
  explicit Stores(const CrossingInput& input) {
    for (const LabelledFile& file : input.files) {
      if (file.is_template || is_example_path(file.path)) continue;
      for (std::size_t i = 0; i < file.entries().size(); ++i) read(file, i);
    }
    if (buckets_.empty()) return;
    for (const TerraformResource& each : terraform_resources(input.files)) {
      if (each.type != "aws_s3_bucket" &&
          each.type != "google_storage_bucket") {
        continue;
      }
      if (each.value("object_lock_enabled") == "true" ||
          each.has("object_lock_configuration") ||
          each.has("retention_policy")) {
        add_names(each, locked_);
      }
      if (each.value("force_destroy") == "true") add_names(each, destroyed_);
    }
  }

  void report(Collector& collector) const {
    for (const auto& [identity, uses] : buckets_) {
      // One that is called so holds nothing else, whoever names it.
      const bool is_for_backups =
          identity.starts_with("bucket ") && names_backup(identity);
      if (is_for_backups || locked_.count(std::string(identity)) > 0) continue;
      if (const auto pair = shared(uses)) {
        add_bucket(identity, *pair.backup, *pair.program, collector);
      }
    }
    std::set<std::string> done;  // files: an id and its secret are one key
    for (const auto& [secret, uses] : keys_) {
      const auto pair = shared(uses);
      if (!pair || !done.insert(pair.backup->file->path).second) continue;
      add_key(*pair.backup, *pair.program, collector);
    }
  }

 private:
  struct Pair {
    const Use *backup = nullptr, *program = nullptr;
    explicit operator bool() const { return backup && program; }
  };

  static void add_names(const TerraformResource& bucket,
                        std::set<std::string>& names) {
    names.insert("bucket " + std::string(bucket.value("bucket")));
    names.insert("bucket " + std::string(bucket.value("name")));
    names.insert(in_folder(*bucket.file, bucket.text()));
  }

  // A variable, or a resource, means the same within one folder; of scripts
  // each sets its own.
  static std::string in_folder(const LabelledFile& file,
                               std::string_view name) {
    return std::string(name) + " in " +
           (is_script(file) ? file.path : std::string(folder_of(file.path)));
  }

  std::string_view keep(std::string text) {
    return *kept_.insert(std::move(text)).first;
  }

  void read(const LabelledFile& file, std::size_t at) {
    const Entry& entry = file.entries()[at];
    // What brings a backup back is neither side.
    if (has_word_of(" restore ", folder_and_name(file.path))) return;
    if (entry.kind == EntryKind::reference) return read_reference(file, at);
    if (!is_value(entry) || entry.is_template) return;
    const EntryLabel& label = file.labels[at];
    if (label.identity.starts_with("bucket ")) {
      if (is_definition(entry)) return;
      buckets_[label.identity].push_back({&file, at, is_of_backup(file, at)});
    } else if (entry.value.size() >= kShortestSecret &&
               entry.value.reveal().find_first_of("$(`{< ") ==
                   std::string_view::npos &&
               is_storage_key(file, at)) {
      keys_[entry.value.reveal()].push_back(
          {&file, at, is_of_backup(file, at)});
    }
  }

  void read_reference(const LabelledFile& file, std::size_t at) {
    const Entry& entry = file.entries()[at];
    if (entry.target == Target::environment) {
      if (has_word_of(" bucket ", entry.names)) {
        if (is_script(file) && !is_destination(file, at)) return;
        buckets_[keep(in_folder(file, entry.names))].push_back(
            {&file, at, is_of_backup(file, at)});
      } else if (has_word_of(" aws s3 b2 r2 gcs spaces storage ",
                             entry.names) &&
                 has_word_of(" secret key ", entry.names)) {
        keys_[keep(in_folder(file, entry.names))].push_back(
            {&file, at, is_of_backup(file, at)});
      }
      return;
    }
    const bool is_bucket = entry.names.starts_with("aws_s3_bucket.") ||
                           entry.names.starts_with("google_storage_bucket.");
    if (!is_bucket || is_definition(entry)) return;
    const std::size_t end = entry.names.find('.', entry.names.find('.') + 1);
    buckets_[keep(in_folder(file, entry.names.substr(0, end)))].push_back(
        {&file, at, is_of_backup(file, at)});
  }

  // One of each, of one environment.
  static Pair shared(const std::vector<Use>& uses) {
    if (uses.size() > kTooMany) return {};
    for (const Use& backup : uses) {
      if (!backup.is_backup) continue;
      const EnvironmentLabel& where = place_label(*backup.file, backup.entry);
      for (const Use& program : uses) {
        const EnvironmentLabel& other =
            place_label(*program.file, program.entry);
        const bool is_same = where.value == other.value ||
                             where.strength == 0 || other.strength == 0;
        if (!program.is_backup && is_same) return {&backup, &program};
      }
    }
    return {};
  }

  static Draft draft_of(std::string_view kind, const Use& backup,
                        const Use& program) {
    Draft draft;
    draft.kind = kind;
    draft.severity = is_in_other_environment(*backup.file, backup.entry)
                         ? Severity::low
                         : Severity::medium;
    draft.places = {
        noted(place_of(*backup.file, backup.entry), "of the backup"),
        noted(place_of(*program.file, program.entry), "of the program")};
    return draft;
  }

  void add_bucket(std::string_view identity, const Use& backup,
                  const Use& program, Collector& collector) const {
    const std::string key(program.file->entries()[program.entry].key);
    Draft draft = draft_of("backup/same-bucket", backup, program);
    draft.subject = identity;
    draft.reasons = {{"backup", backup.file->path + " writes backups to it"},
                     {"data", program.file->path + " uses it as " + key}};
    draft.message = "The backups of " + backup.file->path +
                    " go to the bucket that " + program.file->path +
                    " uses as " + key +
                    ": what empties or deletes it takes both";
    if (destroyed_.count(std::string(identity)) > 0) {
      draft.severity = std::max(draft.severity, Severity::high);
      draft.message += ", and force_destroy lets one plan do it";
    }
    collector.add(std::move(draft));
  }

  static void add_key(const Use& backup, const Use& program,
                      Collector& collector) {
    const std::string key(backup.file->entries()[backup.entry].key);
    Draft draft = draft_of("backup/same-credentials", backup, program);
    draft.subject = key;
    draft.reasons = {
        {"backup", "the backup uses it as " + key},
        {"data", "the program uses it as " +
                     std::string(program.file->entries()[program.entry].key)}};
    draft.message = "The backup of " + backup.file->path +
                    " works with the key of the program in " +
                    program.file->path + " (" + key +
                    "): who has that key can delete the data and its backups";
    collector.add(std::move(draft));
  }

  Uses buckets_, keys_;
  std::set<std::string> kept_;                // identities made here
  std::set<std::string> locked_, destroyed_;  // buckets
};

}  // namespace

void find_backup_stores(const CrossingInput& input, Collector& collector) {
  Stores(input).report(collector);
}

}  // namespace overreach
