// The chain this program exists for: something that runs without asking, and
// within its reach a key to production or to everything.

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/base/word_list.h"
#include "scanner/crossing/danger.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

constexpr std::size_t kMostCredentials = 3, kMostTargets = 2;

// Kinds that leave nothing to go back to.
constexpr std::string_view kSharedFates[] = {
    "backup/same-volume", "backup/in-same-cluster", "backup/same-credentials",
    "backup/same-bucket", "backup/deleted-with-database"};

// Programs that can use a credential, by its provider.
struct Users {
  std::string_view providers, programs;
};
constexpr Users kUsers[] = {
    {" railway ", " railway "},
    {" flyio ", " fly flyctl "},
    {" vercel ", " vercel vc "},
    {" netlify ", " netlify "},
    {" heroku ", " heroku "},
    {" supabase ", " supabase psql "},
    {" neon ", " neonctl neon psql "},
    {" planetscale ", " pscale mysql "},
    {" aws ", " aws terraform tofu terragrunt pulumi cdk sst "},
    {" gcp ", " gcloud terraform tofu terragrunt pulumi "},
    {" azure ", " az terraform tofu terragrunt pulumi "},
    {" digitalocean ", " doctl terraform tofu pulumi "},
    {" hetzner ", " hcloud terraform tofu pulumi "},
    {" cloudflare terraform ", " terraform tofu pulumi "},
    {" kubernetes ", " kubectl helm "},
    {" postgresql ", " psql prisma dropdb rails rake php "},
    {" mysql ", " mysql mariadb prisma rails rake php "},
    {" mongodb ", " mongosh mongo "},
    {" redis ", " redis-cli "},
    {" private-key ", " ssh scp sftp rsync bash sh "},
};
// These can call any provider; what a private key opens is none.
constexpr std::string_view kCallers = " curl wget bash sh ";

bool uses(std::string_view program, const Credential& credential) {
  const bool calls = credential.provider != "private-key";
  return (calls && is_listed(kCallers, program)) ||
         std::any_of(std::begin(kUsers), std::end(kUsers),
                     [&](const Users& row) {
                       return is_listed(row.providers, credential.provider) &&
                              is_listed(row.programs, program);
                     });
}

// The first of a kind that is no example and matters at all.
const Draft* first_of(const Collector& collector, std::string_view kind) {
  const auto& drafts = collector.drafts();
  const auto at =
      std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) {
        return draft.kind == kind && !draft.is_template &&
               draft.severity >= Severity::medium;
      });
  return at == drafts.end() ? nullptr : &*at;
}

const Draft* first_shared_fate(const Collector& collector) {
  for (const std::string_view kind : kSharedFates) {
    if (const Draft* const found = first_of(collector, kind)) return found;
  }
  return nullptr;
}

// A rule that approves a program which can use one of the keys.
const Draft* matching_approval(const Collector& collector,
                               const std::vector<const Credential*>& keys) {
  for (const Draft& draft : collector.drafts()) {
    if (draft.kind != "agent/preapproved-destructive" || draft.is_template) {
      continue;
    }
    for (const Place& place : draft.places) {
      const std::string_view program =
          std::string_view(place.note).substr(0, place.note.find(' '));
      if (std::any_of(keys.begin(), keys.end(), [&](const Credential* key) {
            return uses(program, *key);
          })) {
        return &draft;
      }
    }
  }
  return nullptr;
}

class Chain {
 public:
  Chain(const CrossingInput& input, const Collector& collector)
      : keys_(dangerous_credentials(input.credentials)),
        unattended_(first_of(collector, "agent/unattended-execution")),
        approval_(matching_approval(collector, keys_)),
        server_(first_of(collector, "agent/mcp-points-at-production")),
        admin_(first_of(collector, "agent/mcp-unscoped-admin")),
        fate_(first_shared_fate(collector)),
        targets_(production_targets(input.targets)) {
    // A server that only reads leaves production as it is.
    if (server_ && server_->severity < Severity::high) server_ = nullptr;
  }

  bool is_complete() const {
    return unattended_ ? !keys_.empty() || server_ || !targets_.empty()
                       : approval_ && !keys_.empty();
  }

  Draft draft() {
    Draft draft;
    draft.kind = "agent/production-reachable";
    draft.severity = Severity::critical;
    draft.subject = "checkout";
    add_start(draft);
    add_keys(draft);
    add_verbs(draft);
    add_targets(draft);
    add_fate(draft);
    draft.destroys =
        fate_ || (unattended_ && !keys_.empty() &&
                  (approval_ || admin_ || server_ ||
                   keys_.front()->reach.level >= Level::destructive));
    return draft;
  }

 private:
  static void add_link(const Draft& link, Draft& draft) {
    draft.places.push_back(link.places.front());
    draft.reasons.push_back(link.reasons.front());
  }

  void add_start(Draft& draft) const {
    add_link(unattended_ ? *unattended_ : *approval_, draft);
    draft.message =
        unattended_
            ? "Whatever " + unattended_->subject +
                  " decides to do here is done without asking, and it can "
            : approval_->places.front().path + " lets an agent run " +
                  approval_->places.front().note +
                  " without asking, and it can ";
  }

  void add_keys(Draft& draft) const {
    if (keys_.empty()) return;
    const Credential& worst = *keys_.front();
    draft.message += "read a " + worst.name + " (" + worst.places.front().path +
                     "), " + reach_of(worst);
    if (keys_.size() > 1) {
      draft.message += ", and " + std::to_string(keys_.size() - 1) + " more";
    }
    for (std::size_t i = 0; i < keys_.size() && i < kMostCredentials; ++i) {
      const Credential& key = *keys_[i];
      draft.credentials.push_back(key.id);
      draft.places.push_back(
          noted(key.places.front(), key.name + ", " + reach_of(key)));
      draft.reasons.push_back(
          {"credential",
           "it can read a " + key.name + " in " + key.places.front().path});
    }
  }

  void add_verbs(Draft& draft) const {
    if (server_) {
      add_link(*server_, draft);
      draft.message += (keys_.empty() ? "use" : "; it can use");
      draft.message += " the tool server " + server_->subject +
                       ", which works on production";
    }
    if (unattended_ && approval_) add_link(*approval_, draft);
    if (admin_) {
      add_link(*admin_, draft);
      draft.message += "; the tool server " + admin_->subject +
                       " may do everything its account may";
    }
  }

  void add_targets(Draft& draft) const {
    for (std::size_t i = 0; i < targets_.size() && i < kMostTargets; ++i) {
      const std::string name = name_of(*targets_[i]);
      draft.places.push_back(
          noted(targets_[i]->place, name + ": bare commands act on it"));
      draft.reasons.push_back({"target", "bare commands act on " + name +
                                             ", production by " +
                                             targets_[i]->known_by});
    }
    if (keys_.empty() && !server_ && !targets_.empty()) {
      draft.message += "act on " + name_of(*targets_.front()) +
                       " with every command that does not say on what";
    }
  }

  void add_fate(Draft& draft) const {
    if (!fate_) {
      draft.message += ": one wrong call cannot be taken back";
      return;
    }
    draft.places.push_back(fate_->places.front());
    draft.reasons.push_back({"backup", fate_->reasons.back().text});
    draft.message += fate_->kind == "backup/same-volume"
                         ? "; the backups lie on the volume they back up, so "
                           "one call can delete the data for good"
                         : "; the backups go with what they back up, so one "
                           "call can delete the data for good";
  }

  std::vector<const Credential*> keys_;
  const Draft* unattended_;
  const Draft* approval_;
  const Draft* server_;
  const Draft* admin_;
  const Draft* fate_;
  std::vector<const AmbientTarget*> targets_;
};

}  // namespace

void find_reachable_production(const CrossingInput& input,
                               Collector& collector) {
  Chain chain(input, collector);
  // The drafts it points into move when one is added.
  if (!chain.is_complete()) return;
  Draft draft = chain.draft();
  collector.add(std::move(draft));
}

}  // namespace overreach
