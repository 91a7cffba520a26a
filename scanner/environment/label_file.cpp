// Entries -> labelled entries.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/environment/address.h"
#include "scanner/environment/declarations.h"
#include "scanner/environment/environment.h"
#include "scanner/environment/host.h"
#include "scanner/environment/place.h"
#include "scanner/environment/value.h"

namespace overreach {
namespace {

constexpr std::size_t kLongestName = 128;  // bytes
constexpr std::size_t kNeighbours = 24;    // entries to either side

// Maps of environments at the top of a file, whatever it configures:
// `production:` of database.yml, [production] of an INI file.
constexpr SectionGrammar kTopLevel = {"top-level section", "*", ".@.**"};

class Labeller {
 public:
  explicit Labeller(LabelledFile& file)
      : file_(file), declarations_(file.path, file.list) {
    for (const SectionGrammar& each : section_grammars()) {
      if (match_path(each.file, file.path)) sections_.push_back(&each);
    }
    is_workflow_ = match_path(".github/workflows/*", file.path).has_value();
    file.regions.emplace_back();
    const PlaceLabel place = label_of_path(file.path);
    file.is_template = place.is_template;
    file.loaded_by = place.loaded_by;
    if (place.environment) {
      by_path_ = {{place.environment, OriginSource::path, place.origin}};
    }
  }

  void run() {
    file_.labels.reserve(file_.entries().size());
    for (const Entry& entry : file_.entries()) {
      EntryLabel label;
      label.region = region_of(entry);
      label_value(entry, label);
      file_.labels.push_back(std::move(label));
    }
    for (std::size_t i = 0; i < file_.labels.size(); ++i) {
      place_bucket(i);
      place_account(i);
    }
  }

 private:
  std::uint32_t region_of(const Entry& entry) {
    const Origin* const declared = declarations_.around(entry);
    const auto [at, is_new] = known_.try_emplace(
        {std::string(entry.section()), declared ? declared->text : ""}, 0u);
    if (!is_new) return at->second;
    std::vector<Origin> origins;
    if (is_of_service_container(entry)) {
      file_.regions.push_back(
          {{{EnvironmentClass::test, kSure, "services", false},
            OriginSource::section,
            "a service container, which ends with its job"}});
      at->second = static_cast<std::uint32_t>(file_.regions.size() - 1);
      return at->second;
    }
    if (declared) origins.push_back(*declared);
    add_section(entry, origins);
    origins.insert(origins.end(), by_path_.begin(), by_path_.end());
    if (origins.empty()) return 0;
    file_.regions.push_back(std::move(origins));
    at->second = static_cast<std::uint32_t>(file_.regions.size() - 1);
    return at->second;
  }

  // Whatever the workflow deploys, its databases are for its tests.
  bool is_of_service_container(const Entry& entry) const {
    return is_workflow_ &&
           match_path(".jobs.*.services.**", entry.path, '.').has_value();
  }

  void add_section(const Entry& entry, std::vector<Origin>& origins) const {
    for (const SectionGrammar* grammar : sections_) {
      if (add_section(*grammar, entry, kGoodWord, origins)) return;
    }
    add_section(kTopLevel, entry, kSure, origins);
  }

  static bool add_section(const SectionGrammar& grammar, const Entry& entry,
                          int least, std::vector<Origin>& origins) {
    const auto name = match_path(grammar.section, entry.path, '.');
    if (!name) return false;
    const bool exact = grammar.names == PlaceNames::of_environments;
    EnvironmentLabel label =
        exact ? label_of_environment(*name) : label_of_name(*name);
    // At the top of any file only a word that means nothing else counts.
    if (least == kSure) {
      if (words_of_name(*name).size() != 1) return false;
      label = label_of_name(*name);
    }
    if (label.strength < least) return false;
    origins.push_back(
        {std::move(label), OriginSource::section,
         std::string(grammar.ecosystem) + " section " + std::string(*name)});
    return true;
  }

  // A bucket's name is its own only on its server, which may stand beside it.
  void place_bucket(std::size_t at) {
    const auto& entries = file_.entries();
    const bool is_name =
        file_.labels[at].identity.starts_with("bucket ") &&
        entries[at].value.reveal().find("://") == std::string_view::npos;
    if (!is_name) return;
    const std::size_t last = std::min(entries.size(), at + kNeighbours + 1);
    for (std::size_t i = at - std::min(at, kNeighbours); i < last; ++i) {
      if (entries[i].section() != entries[at].section()) continue;
      if (!names_endpoint(entries[i]) &&
          !is_endpoint_of(entries[i].key, entries[at].key)) {
        continue;
      }
      const auto address = parse_address(entries[i].value.reveal());
      if (!address) continue;
      // A bare name is a container of the same stack.
      const bool is_local =
          label_of_host(address->host).kind == HostKind::this_machine ||
          address->host.find('.') == std::string::npos;
      const std::string& name = file_.labels[at].identity;
      return set_identity(at, is_local ? "" : name + " at " + address->host);
    }
    if (is_everybodys_bucket(file_.labels[at].identity)) set_identity(at, "");
  }

  void set_identity(std::size_t at, std::string identity) {
    EntryLabel label = file_.labels[at];
    label.identity = std::move(identity);
    file_.labels.set(at, std::move(label));
  }

  // On S3 and its like a name is there once in the world: "uploads" is one of
  // some other server.
  static bool is_everybodys_bucket(std::string_view identity) {
    constexpr std::string_view kWords =
        " app application web site data media static public private storage "
        "store files file uploads upload images image photos videos docs "
        "documents avatars avatar assets asset content attachments backup "
        "backups logs temp tmp main default ";
    return is_listed(kWords, lower_case(identity.substr(7)));
  }

  // postgres.abcdef@aws-0.pooler.supabase.com: without the user it may be
  // anybody's, who may stand beside it.
  void place_account(std::size_t at) {
    const auto& entries = file_.entries();
    const std::string& identity = file_.labels[at].identity;
    const std::size_t user = identity.find(" @");
    if (user == std::string::npos) return;
    const std::size_t last = std::min(entries.size(), at + kNeighbours + 1);
    for (std::size_t i = at - std::min(at, kNeighbours); i < last; ++i) {
      const bool is_user = entries[i].section() == entries[at].section() &&
                           entries[i].kind != EntryKind::reference &&
                           names_user(entries[i].key);
      if (!is_user) continue;
      return set_identity(at, identity.substr(0, user + 1) +
                                  std::string(entries[i].value.reveal()) +
                                  identity.substr(user + 1));
    }
    set_identity(at, "");
  }

  static bool names_user(std::string_view key) {
    const std::vector<std::string> words = words_of_name(key);
    return !words.empty() &&
           is_listed(" user username uid login ", words.back());
  }

  // TRACES_ENDPOINT beside TRACES_BUCKET.
  static bool is_endpoint_of(std::string_view key, std::string_view bucket) {
    std::vector<std::string> words = words_of_name(key);
    std::vector<std::string> wanted = words_of_name(bucket);
    if (words.size() < 2 || words.size() != wanted.size() ||
        !is_listed(" endpoint host url ", words.back())) {
      return false;
    }
    words.pop_back();
    wanted.pop_back();
    return words == wanted;
  }

  // "s3.endpoint", S3_ENDPOINT, MINIO_HOST; not the DATABASE_URL that stands
  // beside them in a flat file.
  static bool names_endpoint(const Entry& entry) {
    const std::vector<std::string> words = words_of_name(entry.key);
    const auto has = [&](std::string_view list) {
      return std::any_of(words.begin(), words.end(), [&](const auto& word) {
        return is_listed(list, word);
      });
    };
    if (!has(" endpoint url host ")) return false;
    if (words.size() == 1) return !entry.section().empty();
    return has(" s3 minio bucket storage store r2 spaces oss cos object "
               "blob ") ||
           (has(" aws ") && has(" endpoint "));
  }

  void label_value(const Entry& entry, EntryLabel& label) const {
    if (entry.kind == EntryKind::reference) {
      label.role = role_of_key(entry.names);
      EnvironmentLabel says = label_of_name(entry.names);
      if (says) {
        label.belongs.push_back({std::move(says), OriginSource::key,
                                 "name " + std::string(entry.names)});
      }
      return;
    }
    const bool is_word = entry.kind == EntryKind::command_argument;
    // Of the words of a command addresses alone mean the same everywhere.
    if (is_word && entry.value.reveal().find("://") == std::string_view::npos) {
      return;
    }
    const std::string_view section = entry.section();
    ValueLabel value =
        is_word ? label_of_value("", entry.value.reveal())
                : label_of_value(entry.key, entry.value.reveal(),
                                 section.substr(section.rfind('.') + 1));
    label.belongs = std::move(value.origins);
    label.role = value.role;
    label.host = value.host;
    label.has_password = value.has_password;
    if (!is_of_state(entry) && !is_of_each_cluster(value.identity, label)) {
      label.identity = std::move(value.identity);
    }
  }

  // nats.messaging.svc.cluster.local is another server in another cluster;
  // only a namespace that names an environment says which.
  static bool is_of_each_cluster(std::string_view identity,
                                 const EntryLabel& label) {
    return identity.find(".svc") != identity.npos &&
           label.host == HostKind::private_network &&
           std::none_of(label.belongs.begin(), label.belongs.end(),
                        [](const Origin& origin) {
                          return origin.source == OriginSource::host &&
                                 origin.label.strength >= kGoodWord;
                        });
  }

  // Where Terraform and Pulumi keep their state is no store of the program:
  // environments share a bucket and have a key each.
  bool is_of_state(const Entry& entry) const {
    if (entry.path == "backend.url") {
      return match_path("Pulumi.yaml", file_.path).has_value();
    }
    return file_.list.language == Language::hcl &&
           (file_.path.ends_with(".tfbackend") ||
            entry.path.starts_with("terraform.backend.") ||
            entry.path.starts_with("remote_state.") ||
            entry.path.find("terraform_remote_state") != entry.path.npos ||
            names_state(entry.value.reveal()));
  }

  // "acme-terraform-state", "acme-tfstate"
  static bool names_state(std::string_view name) {
    if (name.size() > kLongestName) return false;
    const std::vector<std::string> words = words_of_name(name);
    const auto has = [&](std::string_view word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    return has("tfstate") || (has("terraform") && has("state"));
  }

  LabelledFile& file_;
  const Declarations declarations_;
  std::vector<const SectionGrammar*> sections_;
  std::vector<Origin> by_path_;
  bool is_workflow_ = false;
  std::map<std::pair<std::string, std::string>, std::uint32_t> known_;
};

// What production holds, by identity: the file that says so.
using Anchors = std::map<std::string, std::string, std::less<>>;

Anchors anchors_of(const std::vector<LabelledFile>& files) {
  Anchors anchors;
  for (const LabelledFile& file : files) {
    if (file.is_template) continue;
    for (std::size_t i = 0; i < file.labels.size(); ++i) {
      const EnvironmentLabel& place = place_label(file, i);
      const EntryLabel& label = file.labels[i];
      if (label.identity.empty() || !place.is_production() ||
          place.strength < kSure || value_label(file, i).is_elsewhere() ||
          file.entries()[i].kind == EntryKind::command_argument) {
        continue;
      }
      anchors.try_emplace(label.identity, file.path);
    }
  }
  return anchors;
}

}  // namespace

LabelledFile label_entries(std::string path, EntryList list) {
  LabelledFile file;
  file.path = std::move(path);
  file.list = std::move(list);
  Labeller(file).run();
  return file;
}

void anchor(std::vector<LabelledFile>& files) {
  const Anchors anchors = anchors_of(files);
  for (LabelledFile& file : files) {
    for (std::size_t i = 0; i < file.labels.size(); ++i) {
      if (file.labels[i].identity.empty()) continue;
      const auto at = anchors.find(file.labels[i].identity);
      if (at == anchors.end() || at->second == file.path) continue;
      EntryLabel label = file.labels[i];
      label.belongs.insert(
          label.belongs.begin(),
          {{EnvironmentClass::production, kSure, "production", false},
           OriginSource::anchor,
           "what production uses in " + at->second});
      file.labels.set(i, std::move(label));
    }
  }
}

}  // namespace overreach
