// The entries of one file, with the environment of the place each stands at
// and the environment its value belongs to.  The crossing stage joins these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/entry.h"
#include "scanner/core/environment.h"
#include "scanner/core/report.h"

namespace overreach {

// What a value is for.
enum class Role : std::uint8_t {
  unknown,
  data,     // opens a database, broker, cache or bucket
  service,  // the address of something that is called
  secret,
  account,  // names an account, project or tenant
  link,     // is only shown or compared: origins, callbacks, assets
};

enum class HostKind : std::uint8_t {
  other,
  this_machine,     // localhost, loopback, *.test
  private_network,  // RFC 1918, *.internal, *.svc.cluster.local, a bare name
  hosted_database,  // a provider's database, reachable from anywhere
};

// Which processes read a file by themselves.
enum class LoadedBy : std::uint8_t {
  those_told,          // whoever is pointed at it
  every_process,       // .env, .envrc: tests and agents too
  every_environment,   // appsettings.json: what no other file says
  outside_production,  // development servers, tests, the developer's shell
};

// What made us say that something belongs to an environment.  Two of different
// sources are independent; the same word twice in one value is not.
enum class OriginSource : std::uint8_t {
  path,         // the layout of the ecosystem
  declaration,  // APP_ENV=staging, `environment: production`
  section,      // the section, job or service it stands in
  form,         // the value's own form: sk_live_
  anchor,       // it is what a production place of this repository names
  host,
  name,  // of a database, bucket, project
  key,   // the name it is assigned to
};

struct Origin {
  EnvironmentLabel label;
  OriginSource source = OriginSource::path;
  std::string text;  // a clause: "file name .env.test (dotenv)"
};

struct EntryLabel {
  std::uint32_t region = 0;     // index in LabelledFile::regions
  std::vector<Origin> belongs;  // of the value, the surest first
  Role role = Role::unknown;
  HostKind host = HostKind::other;
  bool has_password = false;  // in the value
  // The resource it names, spelled one way: "postgres db.acme.com:5432/app".
  // Empty when it names none, or none that can be told from others.
  std::string identity;
};

// The labels of the entries of one file, in their order.  Most say nothing of
// the value, and neighbours that say the same share one.
class EntryLabels {
 public:
  void reserve(std::size_t entries) { label_of_.reserve(entries); }
  void push_back(EntryLabel label);
  void set(std::size_t entry, EntryLabel label);

  std::size_t size() const { return label_of_.size(); }
  // Until the next push_back() or set().
  const EntryLabel& operator[](std::size_t entry) const {
    return labels_[label_of_[entry]];
  }

 private:
  std::uint32_t keep(EntryLabel label);

  std::vector<std::uint32_t> label_of_;  // an entry: index in labels_
  std::vector<EntryLabel> labels_;
};

struct LabelledFile {
  std::string path;    // as in Place
  std::string source;  // as in Place
  Exposure exposure = Exposure::untracked;
  // An example, documentation, a fixture, somebody else's code: what stands
  // there is meant to be looked at, not loaded.
  bool is_template = false;
  LoadedBy loaded_by = LoadedBy::those_told;

  EntryList list;
  EntryLabels labels;  // one for each entry
  // What says where an entry stands: declaration, section, path, in this
  // order.  The first is for files and sections nobody labelled: empty.
  std::vector<std::vector<Origin>> regions;

  const std::vector<Entry>& entries() const { return list.entries(); }
};

// The label that decides: of the place of an entry, and of its value.
const EnvironmentLabel& place_label(const LabelledFile& file,
                                    std::size_t entry);
const EnvironmentLabel& value_label(const LabelledFile& file,
                                    std::size_t entry);

// The file of that path in a list that is sorted by path; null when there is
// none.
const LabelledFile* find_file(const std::vector<LabelledFile>& sorted,
                              std::string_view path);

// A file of which a place that is surely production's holds the id: what
// production uses.  Null when none does, and for what is too short to be told
// from other words.  O(bytes of all values).
const LabelledFile* production_naming(const std::vector<LabelledFile>& files,
                                      std::string_view id);

// Where the entry stands, for a report.
Place place_of(const LabelledFile& file, std::size_t entry);

}  // namespace overreach
