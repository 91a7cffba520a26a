// Secrets in the files that agents read first.

#include <string>

#include "scanner/crossing/danger.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

bool is_tracked(const Place& place) {
  return place.exposure == Exposure::tracked ||
         place.exposure == Exposure::staged;
}

bool may_destroy(const Credential& credential) {
  return credential.environment.value == EnvironmentClass::production ||
         (credential.reach.level >= Level::destructive &&
          !is_self_made(credential) && !is_of_own_machine(credential));
}

Draft draft_at(std::string_view kind, const Credential& credential,
               const Place& place) {
  Draft draft;
  draft.kind = kind;
  draft.subject = credential.id;
  draft.credentials = {credential.id};
  draft.places = {noted(place, credential.name)};
  draft.is_template = is_example_path(place.path);
  draft.reasons = {{"token", "it holds " + with_article("a", credential.name)}};
  return draft;
}

void find_in_permissions(const Credential& credential, const Place& place,
                         Collector& collector) {
  Draft draft = draft_at("agent/secret-in-permission-rule", credential, place);
  draft.severity = may_destroy(credential) ? Severity::high : Severity::medium;
  if (is_of_own_machine(credential)) draft.severity = Severity::low;
  draft.reasons.push_back({"path", place.path + " says what an agent may do"});
  draft.message = with_article("A", credential.name) + " stands in " +
                  place.path +
                  ": it is stored in clear, and where it stands in a rule of "
                  "what is allowed the agent may use it without asking";
  collector.add(std::move(draft));
}

void find_in_mcp(const Credential& credential, const Place& place,
                 Collector& collector) {
  Draft draft = draft_at("agent/secret-in-mcp-config", credential, place);
  draft.severity = is_tracked(place) || may_destroy(credential)
                       ? Severity::high
                       : Severity::medium;
  if (is_for_tests(credential)) draft.severity = Severity::medium;
  if (is_of_own_machine(credential)) draft.severity = Severity::low;
  draft.reasons.push_back({"path", place.path + " starts tool servers"});
  draft.message = with_article("A", credential.name) + " stands in clear in " +
                  place.path +
                  ": every agent that opens the project gets the server, and "
                  "with it all that the credential may do";
  collector.add(std::move(draft));
}

// Nobody issued it, or it opens something on the developer's own machine.
bool is_made_up(const Credential& credential) {
  return is_self_made(credential) || is_of_own_machine(credential);
}

void find_in_instructions(const Credential& credential, const Place& place,
                          Collector& collector) {
  Draft draft = draft_at("agent/secret-in-instructions", credential, place);
  const bool is_first = is_read_first(place.path);
  draft.severity =
      may_destroy(credential) ? Severity::critical : Severity::high;
  draft.destroys = may_destroy(credential);
  if (is_made_up(credential)) {
    // Skills teach with examples.
    draft.severity = Severity::medium;
    draft.is_template |= !is_first;
  }
  if (is_for_tests(credential)) draft.severity = Severity::medium;
  draft.reasons.push_back(
      {"path", place.path + (is_first ? " is read by every agent"
                                      : " is read by agents")});
  draft.message =
      with_article("A", credential.name) + " stands in " + place.path +
      (is_first ? ", which every agent reads before it does anything: "
                : ", which agents read when their work calls for it: ") +
      "it goes into the conversation and will be used";
  collector.add(std::move(draft));
}

}  // namespace

void find_agent_secrets(const CrossingInput& input, Collector& collector) {
  for (const Credential& credential : input.credentials) {
    if (is_hash(credential)) continue;
    std::string last;
    for (const Place& place : credential.places) {
      if (!place.part.empty() || place.path == last) continue;
      last = place.path;
      if (is_agent_instruction(place.path)) {
        find_in_instructions(credential, place, collector);
      } else if (is_mcp_config(place.path)) {
        find_in_mcp(credential, place, collector);
      } else if (is_agent_settings(place.path) &&
                 !place.path.ends_with(".vscode/settings.json")) {
        find_in_permissions(credential, place, collector);
      }
    }
  }
}

}  // namespace overreach
