// A credential that belongs to production and stands elsewhere, and one secret
// that several environments share.

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/danger.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/neighbours.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

constexpr std::size_t kTooManyPlaces = 50;
// Bytes.  Two people choose the same short word.
constexpr std::size_t kLeastShared = 8;

bool is_elsewhere(const Place& place) {
  return place.environment != Class::unknown &&
         place.environment != Class::production;
}

std::vector<Place> one_for_each_section(const std::vector<Place>& places) {
  std::vector<Place> first;
  for (const Place& place : places) {
    if (!place.part.empty()) continue;
    if (first.empty() || first.back().path != place.path ||
        first.back().environment != place.environment) {
      first.push_back(place);
    }
  }
  return first;
}

bool has_word(std::string_view key, std::string_view words) {
  const std::vector<std::string> of_key = words_of_name(key);
  return std::any_of(of_key.begin(), of_key.end(), [&](const auto& word) {
    return words.find(" " + word + " ") != words.npos;
  });
}

bool has_role(const Credential& credential, std::string_view words) {
  return std::any_of(
      credential.places.begin(), credential.places.end(),
      [&](const Place& place) { return has_word(place.key, words); });
}

// Whoever has one mints sessions and links of production.
bool signs(const Credential& credential) {
  return has_word(credential.name, " signing ") ||
         has_role(credential,
                  " jwt session sessions signing salt nextauth encryption "
                  "cookie hmac app keybase base master ");
}

constexpr std::string_view kDatabases =
    " db database databases postgres postgresql mysql mariadb mongo mongodb "
    "redis pg ";

// config/database.yml names what its `password` is for.
bool is_file_of_databases(const Place& place) {
  const std::string_view name = file_name(place.path);
  const std::vector<std::string> words =
      words_of_name(name.substr(0, name.find('.')));
  return place.environment != Class::unknown && !words.empty() &&
         is_listed(" db database databases ", words.back());
}

// "Server=db.acme.com;User Id=shop;Password=..."
bool is_in_connection_string(const Place& place,
                             const std::vector<LabelledFile>& files) {
  const LabelledFile* const file = find_file(files, place.path);
  if (!file) return false;
  const auto& entries = file->entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const EntryLabel& label = file->labels[i];
    if (entries[i].span.line == place.line && label.has_password &&
        label.role == Role::data) {
      return true;
    }
  }
  return false;
}

bool opens_database(const Credential& credential,
                    const std::vector<LabelledFile>& files) {
  return has_role(credential, kDatabases) ||
         std::any_of(credential.places.begin(), credential.places.end(),
                     [&](const Place& place) {
                       return is_file_of_databases(place) ||
                              is_in_connection_string(place, files);
                     });
}

// Meant for the pages of a site: searches, maps, counts.  What its provider
// said outweighs what its kind is usually for.
bool has_little_power(const Credential& credential) {
  if (credential.live == true && credential.reach.level >= Level::write) {
    return false;
  }
  return credential.provider == "algolia" ||
         // It only posts, and everybody's news go to one channel.
         credential.rule.ends_with("-webhook-url") ||
         has_role(
             credential,
             " search map maps captcha recaptcha hcaptcha turnstile analytics "
             "tracking pixel publishable public posthog mapbox ");
}

// The password of a service container of a workflow: it ends with the job, and
// holds what the tests put there.
bool is_throwaway(const Credential& credential,
                  const std::vector<LabelledFile>& files) {
  return std::any_of(
      credential.places.begin(), credential.places.end(),
      [&](const Place& place) {
        if (!match_path(".github/workflows/*", place.path)) return false;
        const LabelledFile* const file = find_file(files, place.path);
        if (!file) return false;
        const auto& entries = file->entries();
        return std::any_of(
            entries.begin(), entries.end(), [&](const Entry& entry) {
              return entry.span.line == place.line &&
                     match_path(".jobs.*.services.**", entry.path, '.');
            });
      });
}

// 123456789: two people choose it without a thought of the other.
bool is_row_of_digits(std::string_view secret) {
  constexpr std::size_t kLongest = 12;  // a longer one was given to somebody
  return secret.size() <= kLongest &&
         std::all_of(secret.begin(), secret.end(), is_digit);
}

Severity severity_of_shared(const Credential& credential,
                            const std::vector<LabelledFile>& files) {
  if (has_little_power(credential) || is_for_tests(credential)) {
    return Severity::low;
  }
  if (opens_database(credential, files)) return Severity::high;
  if (signs(credential)) return Severity::medium;
  // Made for pages and apps, which show it to everybody.
  if (credential.rule == "gcp-api-key") return Severity::medium;
  const bool changes = credential.reach.level >= Level::write ||
                       credential.provider != "generic";
  return changes ? Severity::high : Severity::medium;
}

Draft draft_at(std::string_view kind, const Credential& credential,
               const Place& place) {
  Draft draft;
  draft.kind = kind;
  draft.subject = credential.id;
  draft.credentials = {credential.id};
  draft.places = {noted(place, credential.name)};
  draft.reasons.push_back(
      {"place",
       place.path + " is for " + std::string(name_of(place.environment))});
  return draft;
}

void find_live_key(const Credential& credential, const Place& place,
                   Collector& collector) {
  Draft draft = draft_at("env/live-key-in-nonprod-config", credential, place);
  draft.severity = Severity::high;
  if (place.environment == Class::test) {
    draft.severity = Severity::critical;
    draft.destroys = true;
  }
  draft.reasons.push_back({"form", credential.environment.origins.front()});
  draft.message = with_article("A", credential.name) + " stands in " +
                  place.path + ", which is for " +
                  std::string(name_of(place.environment)) +
                  ": what runs there acts on real customers and money";
  collector.add(std::move(draft));
}

void find_production_value(const Credential& credential, const Place& place,
                           Collector& collector) {
  const bool by_key = credential.environment.source == EnvironmentSource::key;
  Draft draft = draft_at(
      by_key ? "env/nonprod-names-prod-variable" : "env/prod-host-in-nonprod",
      credential, place);
  draft.severity = Severity::high;
  for (const std::string& origin : credential.environment.origins) {
    draft.reasons.push_back({"value", origin});
    // "host shop-prod-ro.acme.com": a copy that cannot be changed.
    if (label_of_name(origin).is_read_only) draft.severity = Severity::medium;
  }
  draft.message = with_article("A", credential.name) + " of production (" +
                  credential.environment.origins.front() + ") stands in " +
                  place.path + ", which is for " +
                  std::string(name_of(place.environment)) +
                  ": a migration, a test or an agent that works there changes "
                  "production";
  collector.add(std::move(draft));
}

// A word that somebody chose twice: the accounts it opens have other names.
bool is_chosen_twice(const Credential& credential, const Place& production,
                     const Place& elsewhere,
                     const std::vector<LabelledFile>& files) {
  if (credential.provider != "generic" && !opens_database(credential, files)) {
    return false;
  }
  const std::string account = account_beside(files, production);
  const std::string other = account_beside(files, elsewhere);
  return !account.empty() && !other.empty() && account != other;
}

// "# DATABASE_URL=...": nothing loads it any more.
bool is_commented_out(const Place& place,
                      const std::vector<LabelledFile>& files) {
  const LabelledFile* const file = find_file(files, place.path);
  if (!file || file->list.language != Language::dotenv) return false;
  const auto& entries = file->entries();
  return std::none_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    return entry.span.line <= place.line && place.line <= entry.span.end_line;
  });
}

void find_shared(const Credential& credential, const std::vector<Place>& places,
                 const std::vector<LabelledFile>& files, Collector& collector) {
  const auto production =
      std::find_if(places.begin(), places.end(), [](const Place& place) {
        return place.environment == Class::production;
      });
  const auto elsewhere =
      std::find_if(places.begin(), places.end(), is_elsewhere);
  if (production == places.end() || elsewhere == places.end()) return;
  if (credential.secret.size() < kLeastShared ||
      is_row_of_digits(credential.secret.reveal())) {
    return;
  }
  Draft draft;
  draft.kind = "env/shared-credential-across-environments";
  const bool is_reused =
      is_chosen_twice(credential, *production, *elsewhere, files);
  draft.severity = severity_of_shared(credential, files);
  // Who has the one machine, or the one network of containers, does not reach
  // the other.  A provider's key works from everywhere.
  const bool is_of_server =
      credential.provider == "generic" || opens_database(credential, files);
  const bool is_local =
      is_of_server && ((is_on_own_machine(files, *production) &&
                        is_on_own_machine(files, *elsewhere)) ||
                       is_in_own_network(files, *production));
  if (is_reused || is_local || is_commented_out(*production, files) ||
      is_commented_out(*elsewhere, files)) {
    draft.severity = std::min(draft.severity, Severity::medium);
  }
  draft.subject = credential.id;
  draft.credentials = {credential.id};
  for (const Place& place : places) {
    if (place.environment == Class::unknown) continue;
    draft.places.push_back(
        noted(place, "of " + std::string(name_of(place.environment))));
  }
  draft.reasons = {
      {"production place", production->path + " is production"},
      {"other place", elsewhere->path + " is for " +
                          std::string(name_of(elsewhere->environment))}};
  const bool is_one_file = production->path == elsewhere->path;
  draft.message =
      (is_reused ? "The same password, for accounts of different names,"
                 : "The same " + credential.name) +
      " stands in " + production->path +
      (is_one_file ? " for production and for " +
                         std::string(name_of(elsewhere->environment))
                   : " and in " + elsewhere->path) +
      (is_reused ? ": who has the one environment knows what production's is"
                 : ": who has the one environment has production too");
  collector.add(std::move(draft));
}

}  // namespace

void find_misplaced_credentials(const CrossingInput& input,
                                Collector& collector) {
  for (const Credential& credential : input.credentials) {
    const Environment& environment = credential.environment;
    const std::vector<Place> places = one_for_each_section(credential.places);
    if (places.size() > kTooManyPlaces ||
        is_throwaway(credential, input.files)) {
      continue;
    }
    find_shared(credential, places, input.files, collector);
    if (environment.value != Class::production) continue;
    for (const Place& place : places) {
      if (!is_elsewhere(place)) continue;
      if (environment.source == EnvironmentSource::form) {
        find_live_key(credential, place, collector);
      } else if (environment.source != EnvironmentSource::place) {
        find_production_value(credential, place, collector);
      }
    }
  }
}

}  // namespace overreach
