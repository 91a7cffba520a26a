// Tokens that reach further than the place they stand at has any use for.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scanner/crossing/danger.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

// Providers whose widest keys delete servers, databases, zones or code.
constexpr std::string_view kInfrastructure =
    " railway flyio vercel netlify heroku render digitalocean hetzner linode "
    "vultr scaleway civo cloudflare aws gcp azure supabase neon "
    "planetscale terraform pulumi kubernetes github gitlab bitbucket "
    "vault aiven upstash doppler infisical ";

// Purposes that need a small part of what an account may do.
constexpr std::array<std::string_view, 14> kPurposes = {
    "dns",     "domain",  "domains", "cert",        "certs",
    "certbot", "acme",    "ddns",    "letsencrypt", "readonly",
    "metrics", "monitor", "badge",   "badges"};

bool is_infrastructure(const Credential& credential) {
  return kInfrastructure.find(" " + credential.provider + " ") !=
         kInfrastructure.npos;
}

bool is_admin(const Credential& credential) {
  return is_infrastructure(credential) && credential.live != false &&
         credential.reach.level == Level::root && !is_half(credential) &&
         !is_anothers(credential);
}

// The word of a path or key that says what the token is for; empty for none.
std::string purpose_of(const Place& place) {
  for (const std::string_view text :
       {std::string_view(place.key), std::string_view(place.path)}) {
    for (const std::string& word : words_of_name(text)) {
      if (std::find(kPurposes.begin(), kPurposes.end(), word) !=
          kPurposes.end()) {
        return word;
      }
    }
  }
  return {};
}

bool is_tracked(const Place& place) {
  return place.exposure == Exposure::tracked ||
         place.exposure == Exposure::staged;
}

std::string account_reach_of(const Credential& credential) {
  return std::string(to_string(credential.reach.level)) + " at " +
         credential.provider;
}

// A signed address names the id alone; its secret is in another file.
bool is_half_in(const Credential& credential, std::string_view path) {
  return credential.rule == "aws-access-key-id" &&
         std::count_if(credential.places.begin(), credential.places.end(),
                       [&](const Place& place) { return place.path == path; }) <
             2;
}

void find_in_unrelated_file(const Credential& credential, const Place& place,
                            Collector& collector) {
  // Files of agents have kinds of their own.
  if (is_half_in(credential, place.path) || !is_no_secret_store(place.path) ||
      is_agent_instruction(place.path) || is_agent_settings(place.path)) {
    return;
  }
  Draft draft;
  draft.kind = "token/admin-credential-in-unrelated-file";
  draft.is_template = is_example_at(credential, place);
  const bool is_past = is_over(credential, place);
  draft.severity = is_past             ? Severity::medium
                   : is_tracked(place) ? Severity::critical
                                       : Severity::high;
  draft.destroys = true;
  draft.subject = credential.id;
  draft.credentials = {credential.id};
  draft.places = {noted(place, credential.name)};
  draft.reasons = {
      {"token", credential.name + ": " + account_reach_of(credential)},
      {"path", place.path + " is no secret store"}};
  draft.message =
      with_article("A", credential.name) + " stands in " + place.path +
      ", a file that people and agents read for other reasons: whoever meets "
      "it there can destroy what the account holds" +
      (is_past ? ", in the hours until it expires" : "");
  collector.add(std::move(draft));
}

void find_wider_than_purpose(const Credential& credential, const Place& place,
                             Collector& collector) {
  const std::string purpose = purpose_of(place);
  if (purpose.empty()) return;
  Draft draft;
  draft.kind = "token/wider-than-purpose";
  draft.is_template = is_example_at(credential, place);
  draft.severity = Severity::medium;
  draft.subject = credential.id;
  draft.credentials = {credential.id};
  draft.places = {noted(place, credential.name)};
  draft.reasons = {
      {"token", credential.name + ": " + account_reach_of(credential)},
      {"purpose", "the place speaks of " + purpose}};
  draft.message = with_article("A", credential.name) + " stands in " +
                  place.path + ", which is about " + purpose +
                  ": it may do everything the account may, far more than that";
  collector.add(std::move(draft));
}

// RAILWAY_TOKEN is what Railway calls the token of one environment, which goes
// into a header of its own; as a bearer a token is the account's.
void find_account_token(const LabelledFile& file, const Credential& credential,
                        const Place& place, Collector& collector) {
  const auto& entries = file.entries();
  const auto has = [&](std::string_view text, std::string_view name) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      const std::string_view value = entry.value.reveal();
      return value.find(text) != value.npos && value.find(name) != value.npos;
    });
  };
  if (!has("backboard.railway.", "graphql") || !has("Bearer ", place.key)) {
    return;
  }
  Draft draft;
  draft.kind = "token/wider-than-purpose";
  draft.is_template = file.is_template || is_example_path(place.path);
  draft.severity = Severity::medium;
  draft.subject = credential.id;
  draft.credentials = {credential.id};
  draft.places = {noted(place, "sent as an account's token")};
  draft.reasons = {{"name", place.key + " is the name of a project's token"},
                   {"header", "Railway takes account tokens alone as bearers"}};
  draft.message = place.key + " in " + place.path +
                  " has the name of one project's token and is sent as an "
                  "account's: it may do everything the account may";
  collector.add(std::move(draft));
}

void find_account_tokens(const CrossingInput& input,
                         const Credential& credential, Collector& collector) {
  for (const Place& place : credential.places) {
    if (place.key.empty() || !place.part.empty()) continue;
    if (const auto* const file = find_file(input.files, place.path)) {
      find_account_token(*file, credential, place, collector);
    }
  }
}

}  // namespace

void find_wide_tokens(const CrossingInput& input, Collector& collector) {
  for (const Credential& credential : input.credentials) {
    if (credential.rule == "railway-project-token") {
      find_account_tokens(input, credential, collector);
    }
    if (!is_admin(credential)) continue;
    std::string last;
    for (const Place& place : credential.places) {
      if (!place.part.empty() || place.path == last) continue;
      last = place.path;
      find_in_unrelated_file(credential, place, collector);
      find_wider_than_purpose(credential, place, collector);
    }
  }
}

}  // namespace overreach
