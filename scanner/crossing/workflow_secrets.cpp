// Secrets that pipelines hold: production's where strangers start the job or a
// job of another environment gets them, and keys to a cloud that never expire.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/pipelines.h"

namespace overreach {
namespace {

Draft draft_at(std::string_view kind, const LabelledFile& file,
               std::size_t at) {
  Draft draft;
  draft.kind = kind;
  draft.is_template = file.is_template;
  draft.subject = std::string(file.entries()[at].names);
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  draft.reasons.push_back({"name", "name " + draft.subject});
  draft.places = {noted(place_of(file, at), draft.subject)};
  return draft;
}

// --- ci/prod-secret-on-untrusted-trigger

bool has_trigger(const LabelledFile& file, std::string_view trigger) {
  return std::any_of(
      file.entries().begin(), file.entries().end(), [&](const Entry& entry) {
        return (entry.path.starts_with("on.") || entry.path == "on") &&
               (entry.value.reveal() == trigger ||
                entry.path.find(trigger) != std::string_view::npos);
      });
}

// What starts a workflow with code or text of strangers; the surest first.
std::string_view open_trigger(const LabelledFile& file) {
  for (const std::string_view trigger :
       {"pull_request_target", "issue_comment", "workflow_run"}) {
    if (has_trigger(file, trigger)) return trigger;
  }
  return {};
}

// A condition of the job, or of the step, that lets only trusted people or
// merged changes through.
bool is_guarded(const LabelledFile& file, const Entry& secret) {
  return std::any_of(file.entries().begin(), file.entries().end(),
                     [&](const Entry& entry) {
                       if (entry.key != "if" || entry.section().empty() ||
                           !secret.path.starts_with(entry.section())) {
                         return false;
                       }
                       const std::string_view value = entry.value.reveal();
                       for (const std::string_view guard :
                            {"author_association", "github.actor",
                             "triggering_actor", "merged", "github.event_name",
                             "head_repository", "head.repo", "github.ref"}) {
                         if (value.find(guard) != value.npos) return true;
                       }
                       return false;
                     });
}

// DATABASE_URL does; SLACK_WEBHOOK_URL lets one write a message.
bool opens_something(std::string_view name, Role role) {
  const std::vector<std::string> words = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [&](const auto& word) {
    return is_listed(
               " key token secret password passwd pwd credential credentials "
               "kubeconfig pat pem ",
               word) ||
           (role != Role::link && is_listed(" dsn url uri ", word));
  });
}

// The job works with what the stranger sent; without it, it does only what the
// main branch says.
bool takes_their_code(const LabelledFile& file, std::string_view job) {
  return std::any_of(file.entries().begin(), file.entries().end(),
                     [&](const Entry& entry) {
                       if (entry.key == "if" || job_of(file, entry) != job)
                         return false;
                       const std::string_view value = entry.value.reveal();
                       for (const std::string_view theirs :
                            {"event.pull_request.head", "refs/pull/",
                             "github.head_ref", "event.pull_request.title",
                             "event.pull_request.body", "event.comment.body",
                             "workflow_run.head_sha", "workflow_run.id"}) {
                         if (value.find(theirs) != value.npos) return true;
                       }
                       return false;
                     });
}

void find_open_workflow(const CrossingInput& input, const LabelledFile& file,
                        Collector& collector) {
  const std::string_view trigger = open_trigger(file);
  if (trigger.empty()) return;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.target != Target::secret || !names_production(entry.names) ||
        !opens_something(entry.names, file.labels[i].role) ||
        is_guarded(file, entry)) {
      continue;
    }
    const std::string_view job = job_of(file, entry);
    if (!job.empty() && gate_of(input, file, job) != Gate::none) continue;
    const bool takes_theirs = takes_their_code(file, job);
    if (trigger == "workflow_run" && !takes_theirs) continue;
    Draft draft = draft_at("ci/prod-secret-on-untrusted-trigger", file, i);
    draft.severity = takes_theirs ? Severity::high : Severity::medium;
    draft.reasons.push_back({"trigger", "strangers can start the workflow (" +
                                            std::string(trigger) + ")"});
    draft.message =
        file.path + " gives " + draft.subject +
        " to a workflow that strangers can start (" + std::string(trigger) +
        (takes_theirs ? "), and the job works with what they sent: they "
                        "can read it"
                      : "): a step that takes their code or text hands it "
                        "over");
    collector.add(std::move(draft));
  }
}

// GitLab: jobs of merge requests get no protected variables, so what they name
// is not protected, and everybody who may push reads it.
void find_merge_request_jobs(const LabelledFile& file, Collector& collector) {
  std::vector<std::string_view> jobs;
  for (const Entry& entry : file.entries()) {
    const std::string_view job = job_of(file, entry);
    if (job.empty() || entry.path.size() <= job.size()) continue;
    const std::string_view key = entry.path.substr(job.size() + 1);
    const std::string_view value = entry.value.reveal();
    if ((key.starts_with("only") && value == "merge_requests") ||
        (key.starts_with("rules.") && entry.key == "if" &&
         value.find("merge_request_event") != value.npos &&
         value.find("!=") == value.npos)) {
      const bool is_excluded = std::any_of(
          file.entries().begin(), file.entries().end(), [&](const Entry& e) {
            return e.section() == entry.section() && e.key == "when" &&
                   e.value.reveal() == "never";
          });
      if (!is_excluded) jobs.push_back(job);
    }
  }
  if (jobs.empty()) return;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.target != Target::environment || !names_production(entry.names) ||
        (file.labels[i].role != Role::secret &&
         file.labels[i].role != Role::data) ||
        std::find(jobs.begin(), jobs.end(), job_of(file, entry)) ==
            jobs.end()) {
      continue;
    }
    Draft draft = draft_at("ci/prod-secret-on-untrusted-trigger", file, i);
    draft.severity = Severity::medium;
    draft.reasons.push_back({"trigger", "a merge request starts the job"});
    draft.message = file.path + " gives " + draft.subject +
                    " to a job of merge requests, so it is not protected: who "
                    "may push a branch can read production's secret";
    collector.add(std::move(draft));
  }
}

// --- env/nonprod-names-prod-variable: CircleCI's contexts are sets of secrets.

void find_contexts(const LabelledFile& file, Collector& collector) {
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (!match_path(".workflows.*.jobs.*.*.context", entry.path, '.') &&
        !match_path(".workflows.*.jobs.*.*.context.*", entry.path, '.')) {
      continue;
    }
    const std::string job = segments_of(entry.path)[4];
    const EnvironmentLabel of_job = label_of_name(job);
    const std::string context(entry.value.reveal());
    if (!is_good_elsewhere(of_job) || !names_production(context)) continue;
    Draft draft;
    draft.kind = "env/nonprod-names-prod-variable";
    draft.severity = Severity::high;
    draft.is_template = file.is_template;
    draft.subject = job + " " + context;
    draft.reasons = {{"section", "job " + job}, {"name", "context " + context}};
    draft.places = {noted(place_of(file, i), context)};
    draft.message = "Job " + job + " of " + file.path + " is for " +
                    std::string(name_of(of_job.value)) +
                    " and gets all secrets of the context " + context +
                    ": what runs there gets production's";
    collector.add(std::move(draft));
  }
}

// --- ci/long-lived-cloud-key-instead-of-oidc

bool is_cloud_key(const LabelledFile& file, const Entry& entry) {
  if (entry.key == "aws-secret-access-key" ||
      entry.key == "AWS_SECRET_ACCESS_KEY" || entry.key == "credentials_json" ||
      entry.key == "ARM_CLIENT_SECRET") {
    return true;
  }
  // `creds` of the login action, which is the step's `uses`.
  constexpr std::string_view kWith = ".with";
  const std::string_view section = entry.section();
  if (entry.key != "creds" || !section.ends_with(kWith)) return false;
  const std::string_view step =
      section.substr(0, section.size() - kWith.size());
  return std::any_of(file.entries().begin(), file.entries().end(),
                     [&](const Entry& other) {
                       return other.key == "uses" && other.section() == step &&
                              other.value.reveal().starts_with("azure/login");
                     });
}

// A role is assumed with the key: a login for minutes, but the key stays; with
// id-token it is not the key that opens the role.
bool has_token_of_job(const LabelledFile& file, const Entry& entry) {
  const bool is_gitlab = pipeline_of(file.path) == PipelineSystem::gitlab;
  const std::string_view job = job_of(file, entry);
  return std::any_of(file.entries().begin(), file.entries().end(),
                     [&](const Entry& other) {
                       if (is_gitlab) {
                         return other.path.starts_with(job) &&
                                other.path.find(".id_tokens.") !=
                                    std::string_view::npos;
                       }
                       return other.key == "role-to-assume" &&
                              other.section() == entry.section();
                     }) &&
         (is_gitlab || std::any_of(file.entries().begin(), file.entries().end(),
                                   [](const Entry& other) {
                                     return other.key == "id-token" &&
                                            other.value.reveal() == "write";
                                   }));
}

void find_long_lived_keys(const LabelledFile& file, Collector& collector) {
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    const bool is_secret = entry.target == Target::secret ||
                           (entry.target == Target::environment &&
                            pipeline_of(file.path) == PipelineSystem::gitlab);
    if (!is_secret || !is_cloud_key(file, entry) ||
        has_token_of_job(file, entry)) {
      continue;
    }
    Draft draft = draft_at("ci/long-lived-cloud-key-instead-of-oidc", file, i);
    draft.severity =
        names_production(entry.names) ? Severity::medium : Severity::low;
    draft.message = file.path +
                    " logs in to a cloud with a key that never expires (" +
                    draft.subject + "): who gets it once keeps the access";
    collector.add(std::move(draft));
  }
}

}  // namespace

void find_workflow_secrets(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    switch (pipeline_of(file.path)) {
      case PipelineSystem::github:
        find_open_workflow(input, file, collector);
        find_long_lived_keys(file, collector);
        break;
      case PipelineSystem::gitlab:
        find_merge_request_jobs(file, collector);
        find_long_lived_keys(file, collector);
        break;
      case PipelineSystem::circleci:
        find_contexts(file, collector);
        break;
      case PipelineSystem::none:
      case PipelineSystem::other:
        break;
    }
  }
}

}  // namespace overreach
