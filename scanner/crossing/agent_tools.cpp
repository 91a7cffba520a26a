// Tool servers that hand production, or everything an account holds, to an
// agent.

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "scanner/base/word_list.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/mcp_servers.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

// Options and variables whose value chooses what a tool works on.
constexpr std::string_view kOptions =
    " --context --kube-context --kubeconfig --profile --namespace --project "
    "--project-id --env --environment --database --db --host --app --stack "
    "--workspace --cluster ";
constexpr std::string_view kVariables =
    " AWS_PROFILE AWS_DEFAULT_PROFILE KUBECONFIG KUBE_CONTEXT "
    "GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT GCP_PROJECT PROJECT_ID "
    "CLOUDSDK_ACTIVE_CONFIG_NAME AZURE_SUBSCRIPTION TF_WORKSPACE "
    "RAILWAY_ENVIRONMENT ENVIRONMENT APP_ENV ";

// What production is named by, and where.
struct Sign {
  std::size_t entry;
  Reason reason;
};

// A key of Stripe for real customers, anywhere in a word: "--api-key=sk_live_".
bool has_live_key(std::string_view text) {
  constexpr std::size_t kLeast = 24;
  for (const std::string_view prefix : {"sk_live_", "rk_live_"}) {
    const std::size_t at = text.find(prefix);
    if (at != text.npos && text.size() >= at + kLeast) return true;
  }
  return false;
}

// Says of entry `at` whether it names production; `option` is the word before.
void add_signs(const LabelledFile& file, std::size_t at,
               std::string_view option, std::vector<Sign>& signs) {
  const Entry& entry = file.entries()[at];
  const std::string text(entry.value.reveal());
  for (const Origin& origin : file.labels[at].belongs) {
    const bool is_link = file.labels[at].role == Role::link;
    if (is_good_production(origin.label) && !is_link) {
      signs.push_back({at, reason_of(origin)});
    }
  }
  if (entry.kind == EntryKind::command_argument && has_live_key(text)) {
    signs.push_back({at, {"form", "a key for real customers and money"}});
  }
  const bool chooses = entry.kind == EntryKind::command_argument
                           ? is_listed(kOptions, option)
                           : is_listed(kVariables, entry.key) &&
                                 entry.kind != EntryKind::reference;
  if (chooses && names_production(text)) {
    const std::string_view name = option.empty() ? entry.key : option;
    signs.push_back({at, {"target", std::string(name) + " " + text}});
  }
  const std::size_t sign = text.find('=');
  if (entry.kind == EntryKind::command_argument && sign != text.npos &&
      is_listed(kOptions, text.substr(0, sign)) &&
      names_production(text.substr(sign + 1))) {
    signs.push_back({at, {"target", text}});
  }
}

std::vector<Sign> signs_of(const McpServer& server) {
  std::vector<Sign> signs;
  std::string_view before;
  for (const std::size_t at : server.entries) {
    const Entry& entry = server.file->entries()[at];
    const bool is_word = entry.kind == EntryKind::command_argument;
    add_signs(*server.file, at, is_word ? before : "", signs);
    before = is_word ? entry.value.reveal() : "";
  }
  return signs;
}

// Only what the server itself is told; that a name says "ro" is a hint too.
bool is_read_only(const McpServer& server) {
  for (const std::string_view text :
       {"--access-mode=restricted", "restricted", "--read-only", "--readonly",
        "--read_only", "read_only=true", "readonly=true", "readonly",
        "read-only", "_ro:", "_ro@", "-ro.", "cluster-ro-",
        "--disable-destructive"}) {
    if (server.mentions(text)) return true;
  }
  return server.has_variable("READ_ONLY") || server.has_variable("READONLY") ||
         server.has_variable("READ_OPERATIONS_ONLY");
}

void find_production(const McpServer& server, Collector& collector) {
  const LabelledFile& file = *server.file;
  const std::vector<Sign> signs = signs_of(server);
  if (signs.empty()) return;
  Draft draft;
  draft.kind = "agent/mcp-points-at-production";
  draft.is_template = file.is_template;
  draft.subject = server.name;
  for (const Sign& sign : signs) draft.reasons.push_back(sign.reason);
  if (names_production(server.name)) {
    draft.reasons.push_back({"server", "the server is called " + server.name});
  }
  const std::size_t at = signs.front().entry;
  draft.places = {noted(place_of(file, at), "server " + server.name)};
  const std::string seen = signs.front().reason.text;
  draft.severity = Severity::high;
  draft.message = "The tool server " + server.name + " in " + file.path +
                  " works on production (" + seen +
                  "): what an agent asks of it happens there";
  if (is_read_only(server)) {
    draft.severity = Severity::medium;
    draft.message = "The tool server " + server.name + " in " + file.path +
                    " reads production (" + seen +
                    "): what it holds reaches the model, and nothing but a "
                    "setting keeps an agent from writing";
  }
  collector.add(std::move(draft));
}

// A server that can do what its account can, unless it is told otherwise.
struct AdminServer {
  std::string_view name;
  std::array<std::string_view, 3> known_by;  // in its command or address
  Severity severity;
  // Texts in command or address, and variables, any of which narrows it:
  // words between blanks.  Empty where nothing does.
  std::string_view narrowed_by;
  std::string_view missing;  // a clause
};

// From the documentation of each server.
constexpr AdminServer kAdminServers[] = {
    {"Supabase",
     {"@supabase/mcp-server-supabase", "mcp.supabase.com", ""},
     Severity::medium,
     " project_ref --project-ref ",
     "not for one project: it works on every project of the account"},
    {"Supabase",
     {"@supabase/mcp-server-supabase", "mcp.supabase.com", ""},
     Severity::medium,
     " read_only --read-only ",
     "not read-only: it can change and delete what the project holds"},
    {"Railway",
     {"@railway/mcp-server", "railway-mcp", "mcp.railway.com"},
     Severity::medium,
     "",
     "it works with the login of a person and can delete volumes and services"},
    {"Neon",
     {"@neondatabase/mcp-server-neon", "mcp.neon.tech", ""},
     Severity::medium,
     " readonly read-only READ_ONLY projectId project_id ",
     "neither read-only nor for one project: it can delete databases and "
     "their branches"},
    {"Cloudflare",
     {"@cloudflare/mcp-server-cloudflare", "bindings.mcp.cloudflare.com", ""},
     Severity::medium,
     "",
     "it can delete databases, buckets and workers of the account"},
    {"AWS",
     {"awslabs.aws-api-mcp-server", "awslabs.ccapi-mcp-server",
      "awslabs.cfn-mcp-server"},
     Severity::medium,
     " --readonly READ_OPERATIONS_ONLY READONLY ",
     "not read-only: it can call everything its profile may"},
    {"Google Cloud",
     {"@google-cloud/gcloud-mcp", "gcloud-mcp", ""},
     Severity::medium,
     " --read-only ",
     "it can run what the login of gcloud may"},
    {"Azure",
     {"@azure/mcp", "azmcp", ""},
     Severity::medium,
     " --read-only --mode=read-only ",
     "not read-only: it can change everything the subscription holds"},
    {"Kubernetes",
     {"kubernetes-mcp-server", "mcp-server-kubernetes", ""},
     Severity::medium,
     " --read-only --disable-destructive ALLOW_ONLY_NON_DESTRUCTIVE_TOOLS "
     "ALLOW_ONLY_READONLY_TOOLS ",
     "not read-only: it can delete what the kubeconfig reaches"},
    {"GitHub",
     {"github-mcp-server", "@modelcontextprotocol/server-github",
      "api.githubcopilot.com/mcp"},
     Severity::low,
     " --read-only readonly READ_ONLY --toolsets TOOLSETS x/ ",
     "neither read-only nor limited to some tools: it can change every "
     "repository its token may"},
};

bool is_narrowed(const McpServer& server, std::string_view words) {
  while (!words.empty()) {
    const std::size_t blank = words.find(' ');
    const std::string_view word = words.substr(0, blank);
    if (!word.empty() && (server.mentions(word) || server.has_variable(word))) {
      return true;
    }
    words.remove_prefix(blank == words.npos ? words.size() : blank + 1);
  }
  return false;
}

bool is_admin(const AdminServer& row, const McpServer& server) {
  const bool is_known = std::any_of(
      row.known_by.begin(), row.known_by.end(), [&](std::string_view text) {
        return !text.empty() && server.mentions(text);
      });
  if (!is_known) return false;
  return !is_narrowed(server, row.narrowed_by);
}

void add_admin(const McpServer& server, std::string_view name,
               Severity severity, std::string_view missing, std::size_t at,
               Collector& collector) {
  const LabelledFile& file = *server.file;
  Draft draft;
  draft.kind = "agent/mcp-unscoped-admin";
  draft.severity = severity;
  draft.is_template = file.is_template;
  draft.subject = server.name;
  draft.reasons = {{"server", "server " + server.name + " is the one of " +
                                  std::string(name)}};
  draft.places = {noted(place_of(file, at), "server " + server.name)};
  draft.message = "The tool server " + server.name + " in " + file.path +
                  " gives an agent " + std::string(name) +
                  " without a limit: " + std::string(missing);
  collector.add(std::move(draft));
}

// Postgres MCP Pro on a database that is not the developer's own.
void find_unrestricted_database(const McpServer& server, Collector& collector) {
  const bool is_unrestricted =
      server.mentions("--access-mode=unrestricted") ||
      (server.mentions("--access-mode") && server.mentions("unrestricted"));
  if (!is_unrestricted) return;
  for (const std::size_t at : server.entries) {
    const EntryLabel& label = server.file->labels[at];
    const bool is_far = label.role == Role::data && !label.identity.empty() &&
                        label.host != HostKind::this_machine &&
                        label.host != HostKind::private_network;
    if (!is_far) continue;
    return add_admin(
        server, "a database", Severity::medium,
        "--access-mode=unrestricted lets it drop tables of " + label.identity,
        at, collector);
  }
}

// A key that moves real money.
void find_live_payments(const McpServer& server, Collector& collector) {
  if (!server.mentions("@stripe/mcp")) return;
  for (const std::size_t at : server.entries) {
    if (!has_live_key(server.file->entries()[at].value.reveal())) continue;
    return add_admin(server, "Stripe", Severity::medium,
                     "its key is one for real customers and money", at,
                     collector);
  }
}

void find_admin(const McpServer& server, Collector& collector) {
  for (const AdminServer& row : kAdminServers) {
    if (!is_admin(row, server)) continue;
    return add_admin(server, row.name, row.severity, row.missing,
                     server.entries.front(), collector);
  }
  find_unrestricted_database(server, collector);
  find_live_payments(server, collector);
}

}  // namespace

void find_agent_tools(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    for (const McpServer& server : mcp_servers_of(file)) {
      find_production(server, collector);
      find_admin(server, collector);
    }
  }
}

}  // namespace overreach
