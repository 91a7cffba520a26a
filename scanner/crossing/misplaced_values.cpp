// Values and names of production at a place of another environment.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/crossing/danger.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/neighbours.h"
#include "scanner/crossing/pipelines.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

// Nothing around it says production: a test job of production's workflow tests
// production.
bool is_nonprod_place(const LabelledFile& file, std::size_t at) {
  const auto& region = file.regions[file.labels[at].region];
  return is_good_elsewhere(place_label(file, at)) &&
         std::none_of(region.begin(), region.end(), [](const Origin& origin) {
           return is_good_production(origin.label);
         });
}

// The value's own origins: what its name says does not count as a host.
const Origin* surest_of_value(const EntryLabel& label) {
  for (const Origin& origin : label.belongs) {
    if (origin.source != OriginSource::key) return &origin;
  }
  return nullptr;
}

bool has_second_origin(const EntryLabel& label) {
  return std::count_if(label.belongs.begin(), label.belongs.end(),
                       [](const Origin& origin) {
                         return origin.label.is_production();
                       }) >= 2;
}

bool is_sure_production(const EntryLabel& label) {
  const Origin* const origin = surest_of_value(label);
  if (!origin || !origin->label.is_production()) return false;
  return origin->label.strength >= kSure ||
         (origin->label.strength >= kGoodWord && has_second_origin(label));
}

std::vector<Reason> reasons_at(const LabelledFile& file, std::size_t at) {
  std::vector<Reason> reasons =
      reasons_of(file.regions[file.labels[at].region]);
  std::erase_if(reasons,
                [](const Reason& reason) { return reason.text.empty(); });
  for (const Origin& origin : file.labels[at].belongs) {
    if (origin.label.is_production()) reasons.push_back(reason_of(origin));
  }
  return reasons;
}

// A key that browsers get anyway: what it opens are real payments, but nobody
// is harmed by reading it.
void find_publishable_key(const LabelledFile& file, std::size_t at,
                          const Origin& form, Collector& collector) {
  const Entry& entry = file.entries()[at];
  Draft draft;
  draft.kind = "env/live-key-in-nonprod-config";
  draft.severity = Severity::low;
  draft.is_template = file.is_template;
  draft.subject = std::string(entry.path);
  draft.reasons = reasons_at(file, at);
  draft.places = {noted(place_of(file, at), form.text)};
  draft.message = std::string(entry.key) + " in " + file.path + " is for " +
                  std::string(name_of(place_label(file, at).value)) +
                  " and is a live publishable key: payments made there are "
                  "real";
  collector.add(std::move(draft));
}

void find_value(const LabelledFile& file, std::size_t at,
                Collector& collector) {
  const Entry& entry = file.entries()[at];
  const EntryLabel& label = file.labels[at];
  const EnvironmentLabel& place = place_label(file, at);
  if (!is_sure_production(label)) return;
  const Origin& origin = *surest_of_value(label);
  // Known by nothing but the production place that names it, too:
  // env/shared-resource-across-environments says so of both.
  const bool is_shared = origin.source == OriginSource::anchor &&
                         label.role == Role::data && !has_second_origin(label);
  if (is_shared && !file.is_template) return;
  if (origin.source == OriginSource::form &&
      entry.value.reveal().starts_with("pk_")) {
    return find_publishable_key(file, at, origin, collector);
  }
  const bool is_own =
      origin.source == OriginSource::name && is_on_own_machine(file, at);
  Draft draft;
  draft.severity = Severity::medium;
  draft.kind = "env/prod-host-in-nonprod";
  if (label.role == Role::data) {
    if (label.has_password || is_beside_password(file, at)) {
      draft.severity = Severity::high;
    }
    if (origin.label.is_read_only) draft.severity = Severity::medium;
    if (is_own) draft.severity = Severity::low;
    // A copy keeps the name of what it was copied from.
    if (origin.source == OriginSource::name &&
        is_on_server_elsewhere(file, at)) {
      draft.severity = std::min(draft.severity, Severity::medium);
    }
  } else if (label.role != Role::service) {
    return;
  }
  draft.is_template = file.is_template;
  draft.subject =
      label.identity.empty() ? std::string(entry.path) : label.identity;
  draft.reasons = reasons_at(file, at);
  draft.places = {noted(place_of(file, at), origin.text)};
  draft.message =
      std::string(entry.key) + " in " + file.path + " is for " +
      std::string(name_of(place.value)) +
      (is_own ? " and calls its database as production does (" + origin.text +
                    "): where both share a machine, it is "
                    "production's"
              : " and points at production (" + origin.text +
                    "): what runs there reads and changes "
                    "production");
  collector.add(std::move(draft));
}

// A test database that production's data lives in, a deliberate copy of it.
bool copies_data(std::string_view words) {
  return words.find("dump") != words.npos || words.find("sync") != words.npos ||
         words.find("restore") != words.npos ||
         words.find("clone") != words.npos || words.find("copy") != words.npos;
}

// Beside PROD_DB_INSTANCE the same place has STAGING_DB_INSTANCE: it compares
// the two, or copies from one to the other.
bool has_counterpart(const LabelledFile& file, std::size_t at) {
  const auto words_behind_dot = [](std::string_view name) {
    return words_of_name(name.substr(name.rfind('.') + 1));
  };
  const auto& entries = file.entries();
  const std::vector<std::string> words = words_behind_dot(entries[at].names);
  const Class place = place_label(file, at).value;
  const auto is_counterpart = [&](std::string_view name) {
    const std::vector<std::string> others = words_behind_dot(name);
    if (others.size() != words.size()) return false;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == others[i]) continue;
      if (++differing > 1 || label_of_name(others[i]).value != place) {
        return false;
      }
    }
    return differing == 1;
  };
  const std::string_view job = job_of(file, entries[at]);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_near = job.empty()
                             ? file.labels[i].region == file.labels[at].region
                             : job_of(file, entries[i]) == job;
    if (is_near &&
        (is_counterpart(entries[i].names) || is_counterpart(entries[i].key))) {
      return true;
    }
  }
  return false;
}

// secrets.PROD: the environment, and nothing that is its own.
bool is_only_environment(std::string_view name) {
  return words_of_name(name.substr(name.find('.') + 1)).size() < 2;
}

void find_name(const LabelledFile& file, std::size_t at, Collector& collector) {
  const Entry& entry = file.entries()[at];
  const EntryLabel& label = file.labels[at];
  const EnvironmentLabel& value = value_label(file, at);
  if (!value.is_production() || value.strength < kGoodWord) return;
  if (entry.target == Target::nothing || entry.target == Target::resource ||
      copies_data(entry.path) || is_only_environment(entry.names)) {
    return;
  }
  // "prod" alone names an environment, and nothing of it: the items of a
  // matrix.
  const std::string_view name = entry.names.substr(entry.names.rfind('.') + 1);
  if (entry.target != Target::file && words_of_name(name).size() < 2) return;
  const bool opens = entry.target == Target::secret ||
                     label.role == Role::data || label.role == Role::secret;
  const std::vector<Origin>& region = file.regions[label.region];
  const Class place = place_label(file, at).value;
  const bool is_contested_place = is_contested(region);
  // Flags, accounts and names that Terraform passes around open nothing.
  const bool is_passed_around =
      file.list.language == Language::hcl && entry.target == Target::variable;
  if (label.role == Role::link || (is_passed_around && !opens) ||
      (place == Class::test && is_contested_place)) {
    return;
  }
  // Tests of a pipeline may well be meant to look at what was deployed.
  const bool is_meant = place == Class::test && label.role != Role::data &&
                        pipeline_of(file.path) != PipelineSystem::none;
  Draft draft;
  draft.kind = "env/nonprod-names-prod-variable";
  const bool is_sure = opens && !is_meant && !is_contested_place;
  draft.severity = has_counterpart(file, at) ? Severity::low
                   : is_sure                 ? Severity::high
                                             : Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = std::string(entry.names);
  draft.reasons = reasons_at(file, at);
  draft.places = {noted(place_of(file, at), std::string(entry.names))};
  draft.message = file.path + " is for " +
                  std::string(name_of(place_label(file, at).value)) +
                  " there and takes " + std::string(entry.names) +
                  ": what runs there gets production's";
  collector.add(std::move(draft));
}

// A secret that Terraform reads from a store, by the name it has there.
void find_stored_secret(const LabelledFile& file, std::size_t at,
                        Collector& collector) {
  constexpr std::string_view kStored[] = {
      ".data.(aws_secretsmanager_secret|aws_secretsmanager_secret_version|"
      "aws_ssm_parameter|aws_ssm_parameters_by_path).*.(name|secret_id|path)",
      ".data.(google_secret_manager_secret|google_secret_manager_secret_"
      "version).*.(secret|secret_id)",
      ".data.(vault_generic_secret|vault_kv_secret|vault_kv_secret_v2).*."
      "(path|name)",
  };
  const Entry& entry = file.entries()[at];
  if (file.list.language != Language::hcl || !entry.path.starts_with("data.") ||
      std::none_of(std::begin(kStored), std::end(kStored),
                   [&](std::string_view stored) {
                     return match_path(stored, entry.path, '.').has_value();
                   })) {
    return;
  }
  const std::string name(entry.value.reveal());
  if (!names_production(name)) return;
  Draft draft;
  draft.kind = "env/nonprod-names-prod-variable";
  draft.severity = Severity::high;
  draft.is_template = file.is_template;
  draft.subject = name;
  draft.reasons = reasons_at(file, at);
  draft.reasons.push_back({"name", "name " + name});
  draft.places = {noted(place_of(file, at), name)};
  draft.message = file.path + " is for " +
                  std::string(name_of(place_label(file, at).value)) +
                  " and reads the secret " + name +
                  ": what runs there gets production's";
  collector.add(std::move(draft));
}

// VERCEL_ENV=production in a file that every development server loads.
const Origin* declared_production(const LabelledFile& file) {
  for (const auto& region : file.regions) {
    for (const Origin& origin : region) {
      if (origin.source == OriginSource::declaration &&
          origin.label.is_production() && origin.label.strength >= kSure) {
        return &origin;
      }
    }
  }
  return nullptr;
}

// Made up by whoever wrote the file: it opens nothing by itself.
bool is_for_signing(const Credential& credential, const Place& place) {
  return is_self_made(credential) &&
         has_word_of(" jwt session signing salt cookie nextauth encryption ",
                     place.key);
}

void find_local_file(const LabelledFile& file, const CrossingInput& input,
                     Collector& collector) {
  if (file.loaded_by == LoadedBy::those_told ||
      file.loaded_by == LoadedBy::every_environment || file.is_template) {
    return;
  }
  const Origin* const declared = declared_production(file);
  if (!declared) return;
  Draft draft;
  draft.kind = "env/production-secrets-in-local-file";
  draft.severity = Severity::medium;
  for (const Credential& credential : input.credentials) {
    for (const Place& place : credential.places) {
      if (place.path != file.path) continue;
      if (!is_for_signing(credential, place)) draft.severity = Severity::high;
      draft.credentials.push_back(credential.id);
      draft.places.push_back(noted(place, credential.name));
      break;
    }
  }
  if (draft.places.empty()) return;
  draft.subject = file.path;
  draft.reasons = {reason_of(*declared),
                   {"loader", file.path + " is loaded outside production"}};
  draft.message = file.path + " says it is production's (" + declared->text +
                  ") and is loaded by every development server, test and "
                  "agent that starts here";
  collector.add(std::move(draft));
}

bool is_anchored_data(const LabelledFile& file, std::size_t at) {
  const EntryLabel& label = file.labels[at];
  return !place_label(file, at) && label.role == Role::data &&
         !label.belongs.empty() &&
         label.belongs.front().source == OriginSource::anchor;
}

// Settings of development beside those of all environments say otherwise.
bool is_overridden(const std::vector<LabelledFile>& files,
                   const LabelledFile& base, const Entry& entry) {
  if (base.loaded_by != LoadedBy::every_environment) return false;
  const auto says_otherwise = [&](const LabelledFile& file) {
    const auto& entries = file.entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Class place = place_label(file, i).value;
      if (entries[i].path == entry.path &&
          (place == Class::development || place == Class::local)) {
        return true;
      }
    }
    return false;
  };
  const std::string_view folder = parent_folder(base.path);
  return std::any_of(files.begin(), files.end(), [&](const auto& file) {
    return parent_folder(file.path) == folder && says_otherwise(file);
  });
}

// Databases in .env that production places of this repository name: what is
// loaded everywhere opens them, whatever the file is called.
void find_anchored_values(const LabelledFile& file,
                          const std::vector<LabelledFile>& files,
                          Collector& collector) {
  if (file.loaded_by == LoadedBy::those_told || file.is_template) return;
  Draft draft;
  draft.kind = "env/production-secrets-in-local-file";
  draft.severity = Severity::medium;
  for (std::size_t at = 0; at < file.labels.size(); ++at) {
    if (!is_anchored_data(file, at) ||
        is_overridden(files, file, file.entries()[at])) {
      continue;
    }
    const EntryLabel& label = file.labels[at];
    // Without what opens it, it tells where production is and no more.
    if (label.has_password || is_beside_password(file, at)) {
      draft.severity = Severity::high;
    }
    draft.places.push_back(
        noted(place_of(file, at), label.belongs.front().text));
    if (draft.places.size() > 1) continue;
    draft.subject = label.identity;
    draft.reasons = {reason_of(label.belongs.front()),
                     {"loader", file.path + " is loaded outside production"}};
    draft.message = std::string(file.entries()[at].key) + " in " + file.path +
                    " is " + label.belongs.front().text +
                    ", and every development server, test and agent that "
                    "starts here loads it";
  }
  if (!draft.places.empty()) collector.add(std::move(draft));
}

}  // namespace

void find_misplaced_values(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    find_local_file(file, input, collector);
    find_anchored_values(file, input.files, collector);
    for (std::size_t i = 0; i < file.labels.size(); ++i) {
      if (!is_nonprod_place(file, i)) continue;
      switch (file.entries()[i].kind) {
        case EntryKind::reference:
          find_name(file, i, collector);
          break;
        case EntryKind::literal:
        case EntryKind::default_argument:
          find_value(file, i, collector);
          find_stored_secret(file, i, collector);
          break;
        default:
          break;
      }
    }
  }
}

}  // namespace overreach
