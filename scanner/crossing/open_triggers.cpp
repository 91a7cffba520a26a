// Workflows that strangers can start, with production's secrets in them.

#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

constexpr int kGoodWord = 2;

bool names_production(std::string_view name) {
  const EnvironmentLabel label = label_of_name(name);
  return label.is_production() && label.strength >= kGoodWord;
}

bool has_text(const Entry& entry, std::string_view text) {
  return entry.value.reveal().find(text) != std::string_view::npos;
}

// "jobs.deploy" of "jobs.deploy.steps.0.run".
std::string_view job_of(std::string_view path) {
  const std::size_t begin = path.find('.');
  if (!path.starts_with("jobs.") || begin == path.npos) return {};
  return path.substr(0, path.find('.', begin + 1));
}

// What strangers can start a workflow with; empty when they cannot.
std::string_view open_trigger(const LabelledFile& file) {
  for (const Entry& entry : file.entries()) {
    if (!entry.path.starts_with("on.") && entry.path != "on") continue;
    for (const std::string_view trigger :
         {"pull_request_target", "issue_comment", "workflow_run"}) {
      if (entry.value.reveal() == trigger ||
          entry.path.find(trigger) != std::string_view::npos) {
        return trigger;
      }
    }
  }
  return {};
}

// Of a job: it works with what the stranger sent, or behind a gate.
struct Job {
  bool takes_their_code = false;  // or an artifact of their run
  bool has_environment = false;   // which may ask, and holds its own secrets
};

Job look_at_job(const LabelledFile& file, std::string_view job) {
  Job seen;
  for (const Entry& entry : file.entries()) {
    if (job_of(entry.path) != job) continue;
    const std::string_view inside = entry.path.substr(job.size());
    seen.has_environment |= inside.starts_with(".environment");
    for (const std::string_view theirs :
         {"event.pull_request.head", "refs/pull/", "workflow_run.head_sha",
          "workflow_run.head_branch }}", "workflow_run.id",
          "event.comment.body", "event.pull_request.title",
          "event.pull_request.body", "github.head_ref"}) {
      seen.takes_their_code |= !inside.starts_with(".if") &&
                               inside.find(".env.") == inside.npos &&
                               has_text(entry, theirs);
    }
  }
  return seen;
}

bool opens_something(std::string_view name) {
  for (const std::string& word : words_of_name(name)) {
    for (const std::string_view opener :
         {"key", "token", "secret", "password", "passwd", "pwd", "credential",
          "credentials", "dsn", "kubeconfig", "url", "uri", "pat", "pem"}) {
      if (word == opener) return true;
    }
  }
  return false;
}

void find_in(const LabelledFile& file, Collector& collector) {
  if (!match_path(".github/workflows/*", file.path)) return;
  const std::string_view trigger = open_trigger(file);
  if (trigger.empty()) return;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.target != Target::secret || !names_production(entry.names) ||
        !opens_something(entry.names)) {
      continue;
    }
    const Job job = look_at_job(file, job_of(entry.path));
    // Without their code a run does only what the main branch says.
    if (job.has_environment ||
        (trigger == "workflow_run" && !job.takes_their_code)) {
      continue;
    }
    Draft draft;
    draft.kind = "ci/prod-secret-on-untrusted-trigger";
    draft.is_template = file.is_template;
    draft.reasons = reasons_of(file.regions[file.labels[i].region]);
    draft.severity = job.takes_their_code ? Severity::high : Severity::medium;
    draft.subject = std::string(entry.names);
    draft.reasons.push_back({"name", "name " + std::string(entry.names)});
    draft.reasons.push_back(
        {"trigger", "strangers can start it by " + std::string(trigger)});
    draft.places = {noted(place_of(file, i), std::string(entry.names))};
    draft.message =
        file.path + " gives " + std::string(entry.names) +
        " to a workflow that strangers can start by " + std::string(trigger) +
        (job.takes_their_code
             ? ", and the job works with what they sent: they can read it"
             : ": a step that takes their code or text hands it over");
    collector.add(std::move(draft));
  }
}

}  // namespace

void find_open_triggers(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) find_in(file, collector);
}

}  // namespace overreach
