#include "scanner/environment/host.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scanner/base/text.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

// Domains below which every customer has a name of their own.  `is_database`:
// what stands there is one, and can be reached from anywhere.
struct Suffix {
  std::string_view text;
  bool is_database = false;
};
constexpr Suffix kProviderSuffixes[] = {
    {"up.railway.app"},
    {"proxy.rlwy.net", true},
    {"railway.internal"},
    {"vercel.app"},
    {"netlify.app"},
    {"herokuapp.com"},
    {"onrender.com"},
    {"fly.dev"},
    {"flycast"},
    {"web.app"},
    {"run.app"},
    {"workers.dev"},
    {"pages.dev"},
    {"supabase.co", true},
    {"pooler.supabase.com", true},
    {"aws.neon.tech", true},
    {"azure.neon.tech", true},
    {"rds.amazonaws.com", true},
    {"cache.amazonaws.com"},
    {"redshift.amazonaws.com", true},
    {"docdb.amazonaws.com", true},
    {"oregon-postgres.render.com", true},
    {"ohio-postgres.render.com", true},
    {"virginia-postgres.render.com", true},
    {"frankfurt-postgres.render.com", true},
    {"singapore-postgres.render.com", true},
    {"mongodb.net", true},
    {"psdb.cloud", true},
    {"database.windows.net", true},
    {"database.azure.com", true},
    {"db.ondigitalocean.com", true},
    {"aivencloud.com", true},
    {"upstash.io", true},
    {"cockroachlabs.cloud", true},
    {"turso.io", true},
    {"firebaseio.com", true},
    {"firebasedatabase.app", true},
    {"clickhouse.cloud", true},
    {"documents.azure.com", true},
    {"svc.cluster.local"},
};

// Names that never leave the machine (RFC 6761, 2606).
constexpr std::array<std::string_view, 4> kReserved = {"test", "localhost",
                                                       "example", "invalid"};
constexpr std::array<std::string_view, 6> kPrivate = {
    "local", "internal", "lan", "home", "corp", "intranet"};
constexpr std::array<std::string_view, 7> kThisMachine = {
    "localhost",
    "127.0.0.1",
    "0.0.0.0",
    "::1",
    "[::1]",
    "host.docker.internal",
    "docker.for.mac.localhost"};
constexpr std::array<std::string_view, 7> kSecondLevel = {
    "co", "com", "org", "gov", "ac", "net", "edu"};

template <typename Words>
bool is_one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_below(std::string_view host, std::string_view suffix) {
  return host.size() > suffix.size() && host.ends_with(suffix) &&
         host[host.size() - suffix.size() - 1] == '.';
}

std::vector<std::string_view> split(std::string_view host) {
  std::vector<std::string_view> labels;
  while (true) {
    const std::size_t dot = host.find('.');
    labels.push_back(host.substr(0, dot));
    if (dot == host.npos) return labels;
    host.remove_prefix(dot + 1);
  }
}

// "10.", "192.168.", "172.16." to "172.31.", "169.254.", "100.64." to
// "100.127.".
bool is_private_address(const std::vector<std::string_view>& labels) {
  if (labels.size() != 4) return false;
  std::array<int, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (labels[i].empty() || labels[i].size() > 3) return false;
    for (const char c : labels[i]) {
      if (c < '0' || c > '9') return false;
      bytes[i] = bytes[i] * 10 + (c - '0');
    }
  }
  return bytes[0] == 10 || (bytes[0] == 192 && bytes[1] == 168) ||
         (bytes[0] == 172 && bytes[1] >= 16 && bytes[1] <= 31) ||
         (bytes[0] == 169 && bytes[1] == 254) ||
         (bytes[0] == 100 && bytes[1] >= 64 && bytes[1] <= 127);
}

EnvironmentLabel surest(const std::vector<std::string_view>& labels,
                        std::size_t count) {
  std::vector<EnvironmentLabel> said;
  for (std::size_t i = 0; i < count; ++i) {
    EnvironmentLabel label = label_of_name(labels[i]);
    // A whole label of a host is a name somebody gave on purpose.
    if (label.strength == 1 && words_of_name(labels[i]).size() == 1 &&
        labels[i] != "int" && labels[i] != "pre" && labels[i] != "ci") {
      label.strength = 2;
    }
    said.push_back(std::move(label));
  }
  return surest_label(said);
}

// How many labels at the end are a domain that somebody registered.
std::size_t registered_labels(const std::vector<std::string_view>& labels) {
  const std::size_t n = labels.size();
  return n > 2 && labels[n - 1].size() == 2 &&
                 is_one_of(kSecondLevel, labels[n - 2])
             ? 3
             : 2;
}

const Suffix* provider_of(std::string_view host) {
  const auto* const at = std::find_if(
      std::begin(kProviderSuffixes), std::end(kProviderSuffixes),
      [&](const Suffix& suffix) { return is_below(host, suffix.text); });
  return at == std::end(kProviderSuffixes) ? nullptr : at;
}

// Vercel puts "-git-<branch>-" into a preview's name, Netlify "--" behind a
// branch.
bool is_preview(std::string_view suffix, std::string_view first) {
  if (suffix == "vercel.app") return first.find("-git-") != first.npos;
  if (suffix == "netlify.app") return first.starts_with("deploy-preview-");
  return false;
}

HostLabel label_below(const Suffix& suffix, std::string_view host) {
  const std::string_view rest =
      host.substr(0, host.size() - suffix.text.size() - 1);
  const std::vector<std::string_view> labels = split(rest);
  HostLabel label;
  if (suffix.is_database) {
    label.kind = HostKind::hosted_database;
  } else if (suffix.text == "railway.internal" ||
             suffix.text == "svc.cluster.local") {
    label.kind = HostKind::private_network;
  }
  if (is_preview(suffix.text, labels.back())) {
    label.environment = {Class::preview, 3, "preview", false};
  } else {
    label.environment = surest(labels, labels.size());
  }
  return label;
}

}  // namespace

HostLabel label_of_host(std::string_view given) {
  std::string host = lower_case(given);
  while (host.ends_with('.')) host.pop_back();
  if (host.empty()) return {};
  const std::vector<std::string_view> labels = split(host);
  if (is_one_of(kThisMachine, host) || host.starts_with("127.") ||
      is_one_of(kReserved, labels.back())) {
    return {HostKind::this_machine, {Class::local, 3, host, false}};
  }
  if (is_private_address(labels)) return {HostKind::private_network, {}};
  if (const Suffix* const provider = provider_of(host)) {
    return label_below(*provider, host);
  }
  if (labels.size() == 1) {
    return {HostKind::private_network, label_of_name(host)};
  }
  if (is_one_of(kPrivate, labels.back()) || labels.back() == "svc") {
    return {HostKind::private_network, surest(labels, labels.size() - 1)};
  }
  const std::size_t registered = registered_labels(labels);
  if (labels.size() <= registered) return {};
  return {HostKind::other, surest(labels, labels.size() - registered)};
}

bool is_pooler_of_many(std::string_view host) {
  return host.ends_with(".pooler.supabase.com") ||
         host.ends_with(".connect.psdb.cloud");
}

}  // namespace overreach
