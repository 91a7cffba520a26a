// One database, bucket or state that places of several environments name.

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "scanner/crossing/finders.h"
#include "scanner/crossing/neighbours.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

constexpr std::size_t kTooMany = 50;

struct Use {
  std::string_view identity;
  const LabelledFile* file;
  std::size_t entry;
  Class place;
};

std::vector<Use> uses_of(const std::vector<LabelledFile>& files) {
  std::vector<Use> uses;
  for (const LabelledFile& file : files) {
    if (file.is_template) continue;
    for (std::size_t i = 0; i < file.labels.size(); ++i) {
      const EnvironmentLabel& place = place_label(file, i);
      const EntryLabel& label = file.labels[i];
      if (label.identity.empty() || place.strength < kGoodWord ||
          label.role != Role::data || label.host == HostKind::this_machine ||
          file.entries()[i].kind == EntryKind::command_argument) {
        continue;
      }
      uses.push_back({label.identity, &file, i, place.value});
    }
  }
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
    return std::tie(a.identity, a.file->path, a.entry) <
           std::tie(b.identity, b.file->path, b.entry);
  });
  return uses;
}

using Uses = std::span<const Use>;

// One server on which production and the others name databases of their own.
bool is_only_server(Uses uses) {
  std::set<std::string> productions, others;
  for (const Use& use : uses) {
    std::string database = database_beside(*use.file, use.entry);
    if (database.empty()) return false;
    auto& named = use.place == Class::production ? productions : others;
    named.insert(std::move(database));
  }
  return std::none_of(
      others.begin(), others.end(),
      [&](const std::string& each) { return productions.contains(each); });
}

const EntryLabel& label_of(const Use& use) {
  return use.file->labels[use.entry];
}

// 10.1.2.3: each network has one of its own.
bool is_private_number(const Use& use) {
  std::string_view host = use.identity;
  host.remove_prefix(host.find(' ') + 1);
  host = host.substr(0, host.find_first_of(":/"));
  return label_of(use).host == HostKind::private_network &&
         host.find_first_not_of("0123456789.") == host.npos;
}

// It is filled again.
bool is_cache(const Use& use) {
  return !label_of(use).has_password &&
         (use.identity.starts_with("redis") ||
          has_word_of(" redis cache memcached ",
                      use.file->entries()[use.entry].path));
}

// https://api.acme.com under DB_HOST: what answers there decides what a caller
// may change.  Some databases are asked by HTTP, and their keys say which.
bool is_service(const Use& use) {
  return (use.identity.starts_with("https ") ||
          use.identity.starts_with("http ")) &&
         label_of(use).host != HostKind::hosted_database &&
         !label_of(use).has_password &&
         !has_word_of(
             " couchdb couchbase clickhouse influxdb elasticsearch "
             "opensearch neo4j qdrant weaviate milvus meilisearch "
             "typesense solr ",
             use.file->entries()[use.entry].path);
}

// It opens to who is logged in to its account, whatever else names it.  Who
// applies Terraform is.
bool is_closed_bucket(Uses uses) {
  return uses.front().identity.starts_with("bucket ") &&
         std::none_of(uses.begin(), uses.end(), [](const Use& use) {
           return use.file->list.language == Language::hcl ||
                  is_beside_password(*use.file, use.entry);
         });
}

void report(Uses uses, Collector& collector) {
  const auto production = std::find_if(
      uses.begin(), uses.end(),
      [](const Use& use) { return use.place == Class::production; });
  const auto other = std::find_if(uses.begin(), uses.end(), [](const Use& use) {
    return use.place != Class::production;
  });
  if (production == uses.end() || other == uses.end() ||
      uses.size() > kTooMany) {
    return;
  }
  const Use& first = uses.front();
  Draft draft;
  draft.kind = "env/shared-resource-across-environments";
  // By its own name it is a test's, or a copy that cannot be changed.
  const EnvironmentLabel& own = value_label(*first.file, first.entry);
  const std::vector<std::string> words = words_of_name(first.identity);
  const bool is_harmless =
      (own.is_elsewhere() && own.strength >= kGoodWord) || own.is_read_only ||
      std::find(words.begin(), words.end(), "replica") != words.end();
  const bool is_server = is_only_server(uses);
  draft.severity = is_harmless ? Severity::medium : Severity::high;
  if (is_private_number(first) || is_cache(first) || is_service(first) ||
      is_closed_bucket(uses)) {
    draft.severity = Severity::medium;
  }
  if (is_server) draft.severity = Severity::low;
  draft.subject = std::string(first.identity);
  for (const Use& use : uses) {
    draft.places.push_back(noted(place_of(*use.file, use.entry),
                                 "of " + std::string(name_of(use.place))));
  }
  draft.reasons = {
      {"production place", production->file->path + " is production"},
      {"other place",
       other->file->path + " is for " + std::string(name_of(other->place))}};
  // A host that was named without a scheme: " db.acme.com".
  const std::string shown =
      draft.subject.starts_with(' ') ? draft.subject.substr(1) : draft.subject;
  const bool is_one_file = production->file == other->file;
  draft.message =
      production->file->path +
      (is_one_file ? " names " : " and " + other->file->path + " name ") +
      (is_server ? "databases of their own on one server, "
                 : std::string("the same ")) +
      shown +
      (is_one_file
           ? ", for production and for " + std::string(name_of(other->place))
           : "") +
      (is_server ? ": what takes the server away takes them all"
                 : ": what either of them does to it, it does to both");
  collector.add(std::move(draft));
}

}  // namespace

void find_shared_resources(const CrossingInput& input, Collector& collector) {
  const std::vector<Use> uses = uses_of(input.files);
  for (std::size_t first = 0; first < uses.size();) {
    std::size_t last = first + 1;
    while (last < uses.size() && uses[last].identity == uses[first].identity) {
      ++last;
    }
    report(Uses(uses).subspan(first, last - first), collector);
    first = last;
  }
}

}  // namespace overreach
