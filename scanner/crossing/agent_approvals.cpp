// Standing approvals that destroy, and settings that leave secrets readable.

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "scanner/base/word_list.h"
#include "scanner/crossing/approvals.h"
#include "scanner/crossing/danger.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

constexpr std::size_t kMostNamed = 4;

// What a program destroys with.  A word may be "*", or end with one.
struct Destroyer {
  std::string_view programs, words;  // between blanks; by one blank
};
constexpr Destroyer kDestroyers[] = {
    {" railway ", "down"},
    {" railway ", "delete"},
    {" railway ", "volume delete"},
    {" railway ", "environment delete"},
    {" fly flyctl ", "apps destroy"},
    {" fly flyctl ", "volumes destroy"},
    {" fly flyctl ", "machine destroy"},
    {" fly flyctl ", "postgres connect"},
    {" vercel vc ", "remove"},
    {" vercel vc ", "rm"},
    {" vercel vc ", "project rm"},
    {" netlify ", "sites:delete"},
    {" heroku ", "apps:destroy"},
    {" heroku ", "pg:reset"},
    {" heroku ", "pg:psql"},
    {" heroku ", "addons:destroy"},
    {" heroku ", "run"},
    {" supabase ", "db reset"},
    {" supabase ", "projects delete"},
    {" supabase ", "branches delete"},
    {" neonctl neon ", "projects delete"},
    {" neonctl neon ", "branches delete"},
    {" neonctl neon ", "databases delete"},
    {" pscale ", "database delete"},
    {" pscale ", "branch delete"},
    {" pscale ", "shell"},
    {" terraform tofu terragrunt ", "destroy"},
    {" terraform tofu terragrunt ", "apply"},
    {" terraform tofu terragrunt ", "state rm"},
    {" pulumi ", "destroy"},
    {" pulumi ", "up"},
    {" cdk ", "destroy"},
    {" sst ", "remove"},
    {" aws ", "s3 rm"},
    {" aws ", "s3 rb"},
    {" aws ", "* delete-*"},
    {" aws ", "* terminate-*"},
    {" gcloud ", "* * delete"},
    {" gcloud ", "projects delete"},
    {" az ", "* delete"},
    {" az ", "* * delete"},
    {" kubectl ", "delete"},
    {" kubectl ", "exec"},
    {" helm ", "uninstall"},
    {" helm ", "delete"},
    {" doctl ", "* delete"},
    {" doctl ", "* * delete"},
    {" hcloud ", "* delete"},
    {" prisma ", "migrate reset"},
    {" prisma ", "db push"},
    {" prisma ", "db execute"},
    {" rails rake ", "db:drop"},
    {" rails rake ", "db:reset"},
    {" rails ", "runner"},
    {" rails ", "console"},
    {" php ", "artisan migrate:fresh"},
    {" php ", "artisan db:wipe"},
    {" php ", "artisan tinker"},
    {" docker ", "volume rm"},
    {" docker ", "system prune"},
    {" docker ", "exec"},
};

// They destroy by their arguments alone.
constexpr std::string_view kDatabaseClients =
    " psql mysql mariadb mongosh mongo redis-cli dropdb sqlcmd ";
constexpr std::string_view kAnything = " curl wget ssh rm bash sh ";

// Servers whose tools reach an account or a database.
constexpr std::string_view kServers =
    " railway supabase neon cloudflare postgres postgresql mysql mongodb "
    "kubernetes aws azure gcloud stripe heroku vercel render planetscale fly ";
constexpr std::string_view kToolWords =
    " delete remove drop destroy reset purge terminate execute query sql "
    "wipe truncate ";

// The words of a command without its options.
std::vector<std::string_view> without_options(
    std::span<const std::string_view> words) {
  std::vector<std::string_view> plain;
  for (const std::string_view word : words) {
    if (!word.starts_with('-')) plain.push_back(word);
  }
  return plain;
}

bool fits_word(std::string_view wanted, std::string_view word) {
  if (!wanted.ends_with('*')) return wanted == word;
  return word.starts_with(wanted.substr(0, wanted.size() - 1));
}

// Whether the command is what `row` says, or may become it.
bool may_be(std::string_view row, std::span<const std::string_view> words,
            bool is_open) {
  while (true) {
    if (words.empty()) return is_open;
    const std::size_t blank = row.find(' ');
    if (!fits_word(row.substr(0, blank), words.front())) return false;
    if (blank == row.npos) return true;
    row.remove_prefix(blank + 1);
    words = words.subspan(1);
  }
}

bool is_local(const Approval& approval) {
  return std::any_of(approval.words.begin(), approval.words.end(),
                     [](std::string_view word) {
                       return word.find("localhost") != word.npos ||
                              word.find("127.0.0.1") != word.npos;
                     });
}

// What of it destroys, in words of ours; empty when nothing does.
std::string destroyer_of(const Approval& approval) {
  const std::string_view program = approval.words.front();
  const std::vector<std::string_view> words =
      without_options(std::span(approval.words).subspan(1));
  const auto* const row =
      std::find_if(std::begin(kDestroyers), std::end(kDestroyers),
                   [&](const Destroyer& each) {
                     return is_listed(each.programs, program) &&
                            may_be(each.words, words, approval.is_open);
                   });
  if (row != std::end(kDestroyers)) {
    const bool is_whole_program = words.empty();
    return is_whole_program
               ? std::string(program)
               : std::string(program) + " " + std::string(row->words);
  }
  if (!approval.is_open) return {};
  if (is_listed(kDatabaseClients, program) && !is_local(approval)) {
    return std::string(program);
  }
  return is_listed(kAnything, program) && words.empty() ? std::string(program)
                                                        : std::string();
}

std::string destroying_tool_of(const Approval& approval) {
  const std::string_view server = approval.words.front();
  if (!has_word_of(kServers, server)) return {};
  if (approval.is_open) return "every tool of " + std::string(server);
  if (!has_word_of(kToolWords, approval.words[1])) return {};
  return std::string(approval.words[1]) + " of " + std::string(server);
}

// The option or variable by which the rule itself names production.
std::string_view production_in(const Approval& approval) {
  for (const std::string_view variable : approval.variables) {
    const std::size_t sign = variable.find('=');
    const std::string_view name = variable.substr(0, sign);
    const bool chooses = name.ends_with("PROFILE") || name == "KUBECONFIG" ||
                         name.ends_with("_ENV") || name.ends_with("PROJECT");
    if (chooses && names_production(variable.substr(sign + 1))) return name;
  }
  for (std::size_t i = 1; i + 1 < approval.words.size(); ++i) {
    if (is_listed(" --context --namespace -n --profile --project --app -a "
                  "--environment --env --stack --workspace ",
                  approval.words[i]) &&
        names_production(approval.words[i + 1])) {
      return approval.words[i];
    }
  }
  return {};
}

// The approvals of one file that destroy.
class Approved {
 public:
  explicit Approved(const LabelledFile& file) : file_(file) {
    for (const Approval& approval : approvals_of(file)) read(approval);
  }

  void report(const CrossingInput& input, Collector& collector) {
    if (what_.empty()) return;
    Draft draft;
    draft.kind = "agent/preapproved-destructive";
    draft.severity = Severity::low;
    draft.is_template = file_.is_template;
    draft.places = std::move(places_);
    draft.reasons = {{"agent settings", "it need not ask for " + list()}};
    if (!target_.empty()) {
      draft.severity = Severity::medium;
      draft.reasons.push_back({"target", target_ + " names production"});
    }
    const auto keys = dangerous_credentials(input.credentials);
    if (!keys.empty()) {
      const Credential& worst = *keys.front();
      draft.severity = Severity::medium;
      draft.credentials = {worst.id};
      draft.reasons.push_back({"credential", with_article("a", worst.name) +
                                                 " (" + reach_of(worst) +
                                                 ") is in " +
                                                 worst.places.front().path});
    }
    for (const std::string& each : what_) draft.subject += each + " ";
    draft.message = file_.path + " lets an agent run " + list() +
                    " without asking: what is deleted so was decided by nobody";
    collector.add(std::move(draft));
  }

 private:
  void read(const Approval& approval) {
    const std::string_view production = production_in(approval);
    std::string what = approval.is_tool ? destroying_tool_of(approval)
                                        : destroyer_of(approval);
    if (what.empty() && !production.empty() && approval.is_open) {
      what = approval.words.front();
    }
    if (what.empty()) return;
    if (!production.empty()) target_ = production;
    if (std::find(what_.begin(), what_.end(), what) != what_.end()) return;
    places_.push_back(noted(place_of(file_, approval.entry), what));
    what_.push_back(std::move(what));
  }

  std::string list() const {
    std::string text;
    for (std::size_t i = 0; i < what_.size() && i < kMostNamed; ++i) {
      if (i > 0) text += ", ";
      text += what_[i];
    }
    if (what_.size() > kMostNamed) {
      text += " and " + std::to_string(what_.size() - kMostNamed) + " more";
    }
    return text;
  }

  const LabelledFile& file_;
  std::vector<std::string> what_;
  std::vector<Place> places_;
  std::string target_;
};

}  // namespace

void find_agent_approvals(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (!is_agent_settings(file.path)) continue;
    Approved(file).report(input, collector);
  }
}

}  // namespace overreach
