// `A || B`, getenv(A, B), ${A:-B}: when A is not set, B decides, and B is
// production.

#include <string>

#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/neighbours.h"
#include "scanner/crossing/pipelines.h"

namespace overreach {
namespace {

// The reference whose value is missing; null when the entry stands behind
// none.  (A reference in a template has the template as its parent.)
const Entry* asked_for(const LabelledFile& file, const Entry& entry) {
  if (entry.parent >= file.entries().size()) return nullptr;
  const Entry& parent = file.entries()[entry.parent];
  return parent.kind == EntryKind::reference ? &parent : nullptr;
}

// "shop_prod": of a mere name nothing says on which server it is asked for.
bool is_mere_name(const LabelledFile& file, std::size_t at) {
  const EntryLabel& label = file.labels[at];
  return !label.has_password && label.identity.empty() &&
         !label.belongs.empty() &&
         label.belongs.front().source == OriginSource::name &&
         !is_beside_server(file, at);
}

// A bucket opens to who is logged in to production's account and to nobody
// else.
bool is_out_of_reach(const LabelledFile& file, std::size_t at) {
  const EntryLabel& label = file.labels[at];
  return is_mere_name(file, at) ||
         (label.identity.starts_with("bucket ") && !label.has_password &&
          !is_beside_password(file, at));
}

// The database that a server's container makes when it first starts.
bool is_made_by_server(const LabelledFile& file, std::size_t at) {
  return file.list.language == Language::yaml && is_mere_name(file, at) &&
         is_listed(
             " POSTGRES_DB POSTGRESQL_DATABASE MYSQL_DATABASE "
             "MARIADB_DATABASE MONGO_INITDB_DATABASE ",
             file.entries()[at].key);
}

void find_literal(const LabelledFile& file, std::size_t at, const Entry& asked,
                  Collector& collector) {
  const EntryLabel& label = file.labels[at];
  const bool is_data = label.role == Role::data || label.has_password;
  const EnvironmentLabel& value = value_label(file, at);
  const bool is_production =
      value.is_production() && value.strength >= kSure && is_data;
  const bool is_hosted =
      label.host == HostKind::hosted_database && label.has_password;
  if (!is_production && !is_hosted) return;
  // PROD_DB says itself what it opens.
  if (is_production && names_production(asked.names)) return;
  if (is_made_by_server(file, at)) return;
  Draft draft;
  draft.kind = "env/falls-back-to-production";
  // What `prod_copy` is on the developer's own machine nobody knows.
  const bool is_own = !label.belongs.empty() &&
                      label.belongs.front().source == OriginSource::name &&
                      is_on_own_machine(file, at);
  draft.severity = is_own                      ? Severity::low
                   : is_out_of_reach(file, at) ? Severity::medium
                                               : Severity::high;
  draft.is_template = file.is_template || is_test_path(file.path);
  draft.subject = std::string(asked.names);
  draft.places = {
      noted(place_of(file, at),
            "taken when " + std::string(asked.names) + " is not set")};
  draft.reasons = reasons_of(label.belongs);
  draft.reasons.push_back(
      {"fallback", "it is the default of " + std::string(asked.names)});
  if (is_hosted) {
    draft.reasons.push_back(
        {"hosted", "a hosted database that can be reached from anywhere"});
  }
  draft.message =
      "Without " + std::string(asked.names) + " " + file.path + " opens " +
      (is_production ? "production (" + label.belongs.front().text + ")"
                     : "a hosted database") +
      ": a test, a script or an agent that forgot one variable "
      "works on real data";
  collector.add(std::move(draft));
}

// Goes to every browser: the site's own address, a key for its pages.
bool is_public(std::string_view name) {
  return name.starts_with("NEXT_PUBLIC_") || name.starts_with("VITE_") ||
         name.starts_with("REACT_APP_") || name.starts_with("NUXT_PUBLIC_") ||
         name.starts_with("EXPO_PUBLIC_") || name.starts_with("PUBLIC_");
}

// What another job or step says of itself holds nothing of production's.
bool is_output(std::string_view name) {
  return name.starts_with("needs.") || name.starts_with("steps.") ||
         name.starts_with("jobs.");
}

void find_reference(const LabelledFile& file, std::size_t at,
                    const Entry& asked, Collector& collector) {
  const Entry& entry = file.entries()[at];
  if (!names_production(entry.names) || names_production(asked.names) ||
      is_public(asked.names) || is_output(entry.names)) {
    return;
  }
  const bool is_workflow = pipeline_of(file.path) == PipelineSystem::github;
  const Role role = file.labels[at].role;
  if (role == Role::link) return;
  const bool opens = role == Role::data || role == Role::secret;
  Draft draft;
  draft.kind = is_workflow ? "ci/ternary-falls-back-to-prod"
                           : "env/falls-back-to-production";
  draft.severity = is_workflow && opens ? Severity::high : Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = std::string(asked.names) + " " + std::string(entry.names);
  draft.places = {
      noted(place_of(file, at),
            "taken when " + std::string(asked.names) + " is empty")};
  draft.reasons = {
      {"name", "name " + std::string(entry.names)},
      {"fallback", "it stands behind " + std::string(asked.names)}};
  draft.message = "When " + std::string(asked.names) + " is empty " +
                  file.path + " takes " + std::string(entry.names) +
                  ": a variable nobody set lands on production";
  collector.add(std::move(draft));
}

// scripts/deploy-production.sh: it is meant to.
bool is_productions_script(const LabelledFile& file) {
  const std::string_view name = file_name(file.path);
  return file.list.language == Language::bash &&
         names_production(name.substr(0, name.find('.')));
}

}  // namespace

void find_fallbacks(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (is_productions_script(file)) continue;
    for (std::size_t i = 0; i < file.labels.size(); ++i) {
      const Entry& entry = file.entries()[i];
      const Entry* const asked = asked_for(file, entry);
      if (!asked || place_label(file, i).is_production() ||
          is_in_production_arm(entry.section())) {
        continue;
      }
      if (entry.kind == EntryKind::fallback) {
        find_literal(file, i, *asked, collector);
      } else if (entry.kind == EntryKind::reference) {
        find_reference(file, i, *asked, collector);
      }
    }
  }
}

}  // namespace overreach
