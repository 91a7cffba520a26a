// A CI system is a row: how to know it, where it says what the change is based
// on, surest first, and how its clone gets the whole history.  The names are
// from the systems' own documentation.
#include "scanner/cli/ci.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "scanner/base/whole_file.h"

namespace overreach {
namespace {

enum class Kind {
  commit,
  branch,        // the change is to go there
  range,         // "A...B": A
  event_commit,  // the same two, by a path in GitHub's description of the event
  event_branch,
  default_branch,  // a guess: where this branch probably parted from
  event_default_branch,
};

struct Hint {
  Kind kind;
  const char* name;          // of the variable, or a path
  const char* only_if = "";  // another variable that must be set
};

struct System {
  const char* name;
  const char* marker;  // the variable that tells
  const char* advice;
  std::vector<Hint> hints;
};

const std::vector<System>& systems() {
  using enum Kind;
  static const std::vector<System> kSystems = {
      {"GitHub Actions",
       "GITHUB_ACTIONS",
       "set fetch-depth: 0 for actions/checkout",
       {{branch, "GITHUB_BASE_REF"},
        {event_commit, "/pull_request/base/sha"},
        {event_commit, "/merge_group/base_sha"},
        {event_commit, "/before"},
        {event_default_branch, "/repository/default_branch"}}},
      {"GitLab CI",
       "GITLAB_CI",
       "set the variable GIT_DEPTH: 0",
       {{commit, "CI_MERGE_REQUEST_DIFF_BASE_SHA"},
        {branch, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"},
        {commit, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"},
        {commit, "CI_COMMIT_BEFORE_SHA"},
        {default_branch, "CI_DEFAULT_BRANCH"}}},
      {"Bitbucket Pipelines",
       "BITBUCKET_BUILD_NUMBER",
       "set clone: depth: full",
       {{commit, "BITBUCKET_PR_DESTINATION_COMMIT"},
        {branch, "BITBUCKET_PR_DESTINATION_BRANCH"},
        {default_branch, "HEAD"}}},
      {"Azure Pipelines",
       "TF_BUILD",
       "set fetchDepth: 0 for checkout",
       {{branch, "SYSTEM_PULLREQUEST_TARGETBRANCH"}, {default_branch, "HEAD"}}},
      {"Jenkins",
       "JENKINS_URL",
       "switch shallow clones off in the job's clone options",
       {{branch, "CHANGE_TARGET"},
        {commit, "GIT_PREVIOUS_SUCCESSFUL_COMMIT"},
        {commit, "GIT_PREVIOUS_COMMIT"},
        {default_branch, "HEAD"}}},
      {"Buildkite",
       "BUILDKITE",
       "leave --depth out of BUILDKITE_GIT_CLONE_FLAGS",
       {{branch, "BUILDKITE_PULL_REQUEST_BASE_BRANCH"},
        {default_branch, "BUILDKITE_PIPELINE_DEFAULT_BRANCH"}}},
      {"CircleCI", "CIRCLECI", "", {{default_branch, "HEAD"}}},
      {"Drone",
       "DRONE",
       "set clone: depth: 0",
       {{commit, "DRONE_COMMIT_BEFORE"},
        {branch, "DRONE_TARGET_BRANCH", "DRONE_PULL_REQUEST"},
        {default_branch, "DRONE_REPO_BRANCH"}}},
      {"Woodpecker",
       "CI_PIPELINE_FORGE_URL",
       "set depth: 0 and partial: false for the clone step",
       {{branch, "CI_COMMIT_TARGET_BRANCH"},
        {commit, "CI_PREV_COMMIT_SHA"},
        {default_branch, "CI_REPO_DEFAULT_BRANCH"}}},
      {"Travis CI",
       "TRAVIS",
       "set git: depth: false",
       {{range, "TRAVIS_COMMIT_RANGE"}, {default_branch, "HEAD"}}},
      {"AppVeyor",
       "APPVEYOR",
       "leave clone_depth out",
       {{branch, "APPVEYOR_REPO_BRANCH", "APPVEYOR_PULL_REQUEST_NUMBER"},
        {default_branch, "HEAD"}}},
      {"Semaphore",
       "SEMAPHORE",
       "set SEMAPHORE_GIT_DEPTH to the depth of the history",
       {{range, "SEMAPHORE_GIT_COMMIT_RANGE"}, {default_branch, "HEAD"}}},
      {"AWS CodeBuild",
       "CODEBUILD_BUILD_ID",
       "set the Git clone depth to full",
       {{branch, "CODEBUILD_WEBHOOK_BASE_REF"},
        {commit, "CODEBUILD_WEBHOOK_PREV_COMMIT"},
        {default_branch, "HEAD"}}},
      {"Cirrus CI",
       "CIRRUS_CI",
       "set CIRRUS_CLONE_DEPTH: 0",
       {{commit, "CIRRUS_BASE_SHA"},
        {branch, "CIRRUS_BASE_BRANCH"},
        {commit, "CIRRUS_LAST_GREEN_CHANGE"},
        {default_branch, "CIRRUS_DEFAULT_BRANCH"}}},
      {"Bitrise",
       "BITRISE_IO",
       "set clone_depth: -1 for git-clone",
       {{branch, "BITRISEIO_GIT_BRANCH_DEST"}, {default_branch, "HEAD"}}},
      {"Prow",
       "PROW_JOB_ID",
       "set clone_depth: 0",
       {{commit, "PULL_BASE_SHA"}, {branch, "PULL_BASE_REF"}}},
  };
  return kSystems;
}

// A new branch has an id of zeros for what was before.
bool is_commit(const std::string& text) {
  return text.find_first_not_of('0') != text.npos;
}

void add_branch(std::string name, std::vector<std::string>& revisions) {
  constexpr std::string_view kHeads = "refs/heads/";
  if (name.starts_with(kHeads)) name.erase(0, kHeads.size());
  revisions.push_back("origin/" + name);
  if (name != "HEAD") revisions.push_back(std::move(name));
}

nlohmann::json read_event(const Variables& variables) {
  const auto text = read_file(variables("GITHUB_EVENT_PATH"));
  return nlohmann::json::parse(text.value_or(""), nullptr, false);
}

std::string at(const nlohmann::json& event, const char* path) {
  const nlohmann::json::json_pointer pointer(path);
  if (!event.is_object() || !event.contains(pointer)) return {};
  const nlohmann::json& value = event.at(pointer);
  return value.is_string() ? value.get<std::string>() : std::string();
}

class Bases {
 public:
  explicit Bases(const Variables& variables)
      : variables_(variables), event_(read_event(variables)) {}

  void add(const Hint& hint, RangeRequest& request) const {
    if (*hint.only_if && variables_(hint.only_if).empty()) return;
    const std::string value = value_of(hint);
    if (value.empty()) return;
    switch (hint.kind) {
      case Kind::commit:
      case Kind::event_commit:
        if (is_commit(value)) request.from.push_back(value);
        return;
      case Kind::range:
        if (const std::string first = value.substr(0, value.find(".."));
            is_commit(first)) {
          request.from.push_back(first);
        }
        return;
      case Kind::branch:
      case Kind::event_branch:
        return add_branch(value, request.from);
      case Kind::default_branch:
      case Kind::event_default_branch:
        return add_branch(value, request.guesses);
    }
  }

 private:
  std::string value_of(const Hint& hint) const {
    if (*hint.name == '/') return at(event_, hint.name);
    // Not a variable: what the clone itself takes for the default branch.
    if (std::string_view(hint.name) == "HEAD") return hint.name;
    return variables_(hint.name);
  }

  const Variables& variables_;
  const nlohmann::json event_;
};

}  // namespace

Result<RangeRequest> ci_range(const Variables& variables) {
  const auto& all = systems();
  const auto system = std::find_if(
      all.begin(), all.end(),
      [&](const System& each) { return !variables(each.marker).empty(); });
  if (system == all.end()) {
    return fail(
        variables("CI").empty()
            ? "--ci: this is no CI system; give the base with --since REV"
            : "--ci: this CI system is not known; give the base with --since "
              "REV");
  }
  RangeRequest request;
  request.origin = system->name;
  request.advice = system->advice;
  const Bases bases(variables);
  for (const Hint& hint : system->hints) bases.add(hint, request);
  if (request.from.empty() && request.guesses.empty()) {
    return fail("--ci: " + request.origin +
                " says nothing about what this change is based on; give the "
                "base with --since REV");
  }
  return request;
}

}  // namespace overreach
