#include "scanner/crossing/neighbours.h"

#include <algorithm>
#include <string_view>

#include "scanner/base/word_list.h"
#include "scanner/core/environment.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

constexpr std::size_t kSteps = 8;  // entries to either side

constexpr std::string_view kServer =
    " host hostname server url uri endpoint address addr ";
constexpr std::string_view kDatabase =
    " db database databases dbname name schema namespace prefix keyspace index "
    "vhost ";
constexpr std::string_view kAccount = " user username userid login uid ";

// Entries of the same section near this one, this one left out.
template <typename Take>
void each_neighbour(const LabelledFile& file, std::size_t at, Take take) {
  const auto& entries = file.entries();
  const std::size_t last = std::min(entries.size(), at + kSteps + 1);
  for (std::size_t i = at - std::min(at, kSteps); i < last; ++i) {
    if (i != at && entries[i].section() == entries[at].section()) take(i);
  }
}

// RAILS_CACHE_REDIS_HOST is about "rails cache redis".
std::vector<std::string> subject_of(const Entry& entry) {
  std::vector<std::string> words = words_of_name(entry.key);
  while (!words.empty() && is_listed(kServer, words.back())) words.pop_back();
  return words;
}

// REDIS_DB_CACHE is of "redis" and names a database; REDIS_PORT does not.
bool names_database_of(const std::vector<std::string>& subject,
                       const Entry& entry) {
  const std::vector<std::string> words = words_of_name(entry.key);
  if (words.size() < subject.size() ||
      !std::equal(subject.begin(), subject.end(), words.begin())) {
    return false;
  }
  // DB_HOST and DB_NAME share a word that is one of these.
  return std::any_of(
      words.begin() + static_cast<std::ptrdiff_t>(subject.size()), words.end(),
      [](const std::string& word) { return is_listed(kDatabase, word); });
}

bool names_account(std::string_view key) {
  std::vector<std::string> words = words_of_name(key);
  if (words.size() > 1 && words.back() == "id") words.pop_back();
  return !words.empty() && is_listed(kAccount, words.back());
}

// Of "mysql://shop:...@db" and of "Server=db;User Id=shop;Password=...".
std::string_view account_in(std::string_view value) {
  if (const std::size_t scheme = value.find("://"); scheme != value.npos) {
    value.remove_prefix(scheme + 3);
    const std::size_t colon = value.find(':');
    return value.find('@') > colon && colon != value.npos
               ? value.substr(0, colon)
               : std::string_view();
  }
  while (!value.empty()) {
    const std::string_view setting = value.substr(0, value.find(';'));
    value.remove_prefix(std::min(setting.size() + 1, value.size()));
    const std::size_t equals = setting.find('=');
    if (equals != setting.npos && names_account(setting.substr(0, equals))) {
      return setting.substr(equals + 1);
    }
  }
  return {};
}

// Not `token = null` or `key = env.KEY || ''`, and no key that only encrypts
// or signs.
bool is_password(const LabelledFile& file, std::size_t at) {
  const Entry& entry = file.entries()[at];
  const std::vector<std::string> words = words_of_name(entry.key);
  return file.labels[at].role == Role::secret && !entry.value.empty() &&
         !entry.is_template && entry.kind != EntryKind::reference &&
         !is_listed(" null None nil undefined ", entry.value.reveal()) &&
         std::none_of(words.begin(), words.end(), [](const std::string& word) {
           return is_listed(" encryption jwt session signing salt cookie ",
                            word);
         });
}

}  // namespace

bool is_beside_password(const LabelledFile& file, std::size_t entry) {
  bool is_there = false;
  each_neighbour(file, entry,
                 [&](std::size_t i) { is_there |= is_password(file, i); });
  return is_there;
}

bool is_beside_server(const LabelledFile& file, std::size_t entry) {
  bool is_there = false;
  each_neighbour(file, entry, [&](std::size_t i) {
    const Entry& each = file.entries()[i];
    const std::vector<std::string> words = words_of_name(each.key);
    const HostKind host = file.labels[i].host;
    // A bare name is a container of the same stack.
    const bool is_own =
        host == HostKind::this_machine ||
        (host == HostKind::private_network &&
         each.value.reveal().find('.') == std::string_view::npos);
    is_there |= !words.empty() && is_listed(kServer, words.back()) &&
                !each.value.empty() && !is_own;
  });
  return is_there;
}

bool is_on_own_machine(const LabelledFile& file, std::size_t entry) {
  const EntryLabel& label = file.labels[entry];
  bool is_here = label.host == HostKind::this_machine;
  // It names its server itself, whatever stands beside it.
  if (is_here || !label.identity.empty()) return is_here;
  each_neighbour(file, entry, [&](std::size_t i) {
    is_here |= file.labels[i].host == HostKind::this_machine;
  });
  return is_here;
}

bool is_on_server_elsewhere(const LabelledFile& file, std::size_t entry) {
  const auto host_of = [&](std::size_t i) -> const Origin* {
    for (const Origin& origin : file.labels[i].belongs) {
      if (origin.source == OriginSource::host) return &origin;
    }
    return nullptr;
  };
  const auto is_its_server = [&](std::size_t i) {
    return file.labels[i].role == Role::data ||
           is_listed(" host hostname server ", file.entries()[i].key);
  };
  const Origin* host = host_of(entry);
  if (!host && file.labels[entry].identity.empty()) {
    each_neighbour(file, entry, [&](std::size_t i) {
      if (!host && is_its_server(i)) host = host_of(i);
    });
  }
  return host && is_good_elsewhere(host->label);
}

bool is_on_own_machine(const std::vector<LabelledFile>& files,
                       const Place& place) {
  const LabelledFile* const file = find_file(files, place.path);
  if (!file) return false;
  const auto& entries = file->entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].span.line == place.line && is_on_own_machine(*file, i)) {
      return true;
    }
  }
  return false;
}

bool is_in_own_network(const std::vector<LabelledFile>& files,
                       const Place& place) {
  const LabelledFile* const file = find_file(files, place.path);
  if (!file) return false;
  // A host with a dot in it has an identity.
  const auto is_bare = [&](std::size_t i) {
    const EntryLabel& label = file->labels[i];
    return label.host == HostKind::private_network && label.identity.empty() &&
           label.role == Role::data;
  };
  for (std::size_t i = 0; i < file->entries().size(); ++i) {
    if (file->entries()[i].span.line != place.line) continue;
    bool is_there = is_bare(i);
    each_neighbour(*file, i, [&](std::size_t at) { is_there |= is_bare(at); });
    if (is_there) return true;
  }
  return false;
}

std::string database_beside(const LabelledFile& file, std::size_t entry) {
  const std::vector<std::string> subject = subject_of(file.entries()[entry]);
  std::string named;
  each_neighbour(file, entry, [&](std::size_t i) {
    const Entry& each = file.entries()[i];
    if (!each.value.empty() && names_database_of(subject, each)) {
      named += std::string(each.value.reveal()) + " ";
    }
  });
  return named;
}

std::string account_beside(const std::vector<LabelledFile>& files,
                           const Place& place) {
  const LabelledFile* const file = find_file(files, place.path);
  if (!file) return {};
  const auto& entries = file->entries();
  std::string account;
  for (std::size_t at = 0; at < entries.size() && account.empty(); ++at) {
    if (entries[at].span.line != place.line) continue;
    account = account_in(entries[at].value.reveal());
    if (!account.empty() || entries[at].key != place.key) continue;
    each_neighbour(*file, at, [&](std::size_t i) {
      if (account.empty() && names_account(entries[i].key)) {
        account = entries[i].value.reveal();
      }
    });
  }
  return account;
}

}  // namespace overreach
