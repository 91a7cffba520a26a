// Pipelines and scripts that act on production: from a place of another
// environment, by destroying, or with nobody asked.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/deploying.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/pipelines.h"
#include "scanner/crossing/production_targets.h"

namespace overreach {
namespace {

// A preview's own: `helm uninstall pr-$NUMBER`.
bool has_computed_name(const Command& command) {
  return std::any_of(
      command.words.begin() + 1, command.words.end(),
      [](std::string_view word) {
        return word.find('$') != word.npos &&
               (word.starts_with("pr-") || word.starts_with("review") ||
                word.starts_with("preview") || word.front() == '$');
      });
}

Draft draft_at(std::string_view kind, const LabelledFile& file,
               std::size_t at) {
  Draft draft;
  draft.kind = kind;
  draft.is_template = file.is_template;
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  return draft;
}

void find_wrong_target(const Command& command, const std::string& target,
                       Collector& collector) {
  const LabelledFile& file = *command.file;
  const EnvironmentLabel& place = place_label(file, command.entry);
  if (target.empty() || !is_good_elsewhere(place)) return;
  Draft draft =
      draft_at("env/nonprod-deploys-to-prod-target", file, command.entry);
  // Another word says whose it is: -n shop-production deployment/shop-sandbox.
  const bool names_its_own =
      std::any_of(command.words.begin() + 1, command.words.end(),
                  [&](std::string_view word) {
                    return label_of_name(word).value == place.value;
                  });
  const bool is_contested_place =
      is_contested(file.regions[file.labels[command.entry].region]);
  draft.severity =
      names_its_own || is_contested_place ? Severity::medium : Severity::high;
  draft.subject = std::string(command.program()) + " " + target;
  draft.reasons.push_back({"target", target});
  draft.places = {noted(place_of(file, command.entry), target)};
  draft.message = file.path + " is for " + std::string(name_of(place.value)) +
                  " there and runs " + std::string(command.program()) +
                  " with " + target + ": what should change " +
                  std::string(name_of(place.value)) + " changes production";
  collector.add(std::move(draft));
}

// What asks before the job runs; of systems whose jobs we do not know nobody
// can see it here.
Gate gate_around(const CrossingInput& input, const Command& command) {
  const LabelledFile& file = *command.file;
  const std::string_view job = job_of(file, file.entries()[command.entry]);
  if (!job.empty()) return gate_of(input, file, job);
  return pipeline_of(file.path) == PipelineSystem::other ? Gate::environment
                                                         : Gate::none;
}

bool is_of_production(const Command& command, const std::string& target) {
  return !target.empty() ||
         is_good_production(place_label(*command.file, command.entry));
}

void find_destroyer(const CrossingInput& input, const Command& command,
                    const std::string& target, Collector& collector) {
  const Act* const destroyer = destroyer_of(command);
  const Act* const act = destroyer ? destroyer : applier_of(command);
  const LabelledFile& file = *command.file;
  if (!act || !is_of_production(command, target) ||
      is_good_elsewhere(place_label(file, command.entry)) ||
      has_computed_name(command)) {
    return;
  }
  const Gate gate = gate_around(input, command);
  // An environment may ask somebody; that is enough for what only may destroy.
  if (gate == Gate::person || (gate == Gate::environment && !destroyer)) return;
  Draft draft = draft_at("ci/auto-approved-destroy", file, command.entry);
  const bool is_sure = destroyer && gate == Gate::none;
  draft.severity = is_sure ? Severity::high : Severity::medium;
  draft.destroys = true;
  draft.subject = std::string(command.program());
  draft.reasons.push_back({"command", act->shown() + " asks nobody"});
  if (!target.empty()) draft.reasons.push_back({"target", target});
  draft.places = {noted(place_of(file, command.entry),
                        destroyer ? "destroys unasked" : "applies unasked")};
  draft.message =
      file.path + " runs " + act->shown() +
      (destroyer ? " on production so that it destroys without asking: "
                 : " on production without asking, and what the plan no "
                   "longer has is destroyed: ") +
      "whoever starts it, or edits it, deletes production";
  collector.add(std::move(draft));
}

// One finding for each job, which names the first command, or action.
class Deployments {
 public:
  Deployments(const CrossingInput& input, const LabelledFile& file,
              Collector& collector)
      : input_(input), file_(file), collector_(collector) {}

  void look_at(const Command& command, const std::string& target) {
    const Act* const act = deployer_of(command);
    if (!act || applier_of(command)) return;
    if (act->program == "ssh" && is_upkeep(command.entry)) return;
    add(command.entry, "runs " + act->shown(), target);
  }

  // Steps that are somebody's action: `uses: azure/webapps-deploy@v3`.
  void look_at_actions() {
    for (std::size_t i = 0; i < file_.entries().size(); ++i) {
      const Entry& entry = file_.entries()[i];
      if (entry.key != "uses") continue;
      const std::string_view action = deploying_action(entry.value.reveal());
      if (action.empty()) continue;
      if (action == "appleboy/ssh-action" && is_upkeep(i)) continue;
      add(i, "uses " + std::string(action), target_of_step(entry.section()));
    }
  }

 private:
  // What a clock starts on the server itself looks after what runs there:
  // certificates, backups, restarts.
  bool is_upkeep(std::size_t at) const {
    return trigger_of(file_, job_of(file_, file_.entries()[at])) ==
           PipelineTrigger::schedule;
  }

  // What the inputs of the step say of where it goes.
  std::string target_of_step(std::string_view step) const {
    const std::string inputs = std::string(step) + ".with.";
    for (const Entry& entry : file_.entries()) {
      if (!entry.path.starts_with(inputs)) continue;
      const bool names = is_listed(
          " environment environment_name environment-name env app app-name "
          "app_name appname heroku_app_name service service-name cluster "
          "namespace name project project_id projectid slot-name stack-name "
          "resource-group resource_group ",
          lower_case(entry.key));
      if (names && names_production(entry.value.reveal())) {
        return std::string(entry.key) + " " + std::string(entry.value.reveal());
      }
    }
    return {};
  }

  // `act` is a clause: what the job does with production.
  void add(std::size_t at, const std::string& act, const std::string& target) {
    if (is_good_elsewhere(place_label(file_, at))) return;
    const std::string job(job_of(file_, file_.entries()[at]));
    if (job.empty()) return;
    const bool is_productions = !target.empty() ||
                                is_good_production(place_label(file_, at)) ||
                                takes_production(job);
    if (!is_productions || !seen_.insert(job).second) return;
    if (gate_of(input_, file_, job) != Gate::none) return;
    const PipelineTrigger trigger = trigger_of(file_, job);
    if (trigger == PipelineTrigger::person) return;
    const std::string name = segments_of(job).back();
    Draft draft = draft_at("ci/deploy-without-approval", file_, at);
    draft.severity =
        trigger == PipelineTrigger::release ? Severity::low : Severity::medium;
    draft.subject = job;
    draft.reasons.push_back({"command", act});
    if (!target.empty()) draft.reasons.push_back({"target", target});
    draft.reasons.push_back({"gate", "nothing asks before job " + name});
    draft.places = {noted(place_of(file_, at), act)};
    draft.message = "Job " + name + " of " + file_.path + " " + act +
                    " on production " +
                    (trigger == PipelineTrigger::release
                         ? "for every tag or release"
                         : "for every push or on a schedule") +
                    ", and nobody is asked first: a wrong commit, or a "
                    "stolen account, is in production at once";
    collector_.add(std::move(draft));
  }

  // secrets.PROD_X
  bool takes_production(std::string_view job) const {
    return std::any_of(file_.entries().begin(), file_.entries().end(),
                       [&](const Entry& entry) {
                         return entry.target == Target::secret &&
                                job_of(file_, entry) == job &&
                                names_production(entry.names);
                       });
  }

  const CrossingInput& input_;
  const LabelledFile& file_;
  Collector& collector_;
  std::set<std::string> seen_;  // jobs
};

}  // namespace

void find_open_deployments(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    Deployments deployments(input, file, collector);
    const bool is_pipeline = pipeline_of(file.path) != PipelineSystem::none;
    for (const Command& command : commands_of(file)) {
      const std::string target = production_target(command);
      find_wrong_target(command, target, collector);
      // Of scripts protect/guard-disabled speaks: a person runs them.
      if (!is_pipeline) continue;
      find_destroyer(input, command, target, collector);
      deployments.look_at(command, target);
    }
    if (is_pipeline) deployments.look_at_actions();
  }
}

}  // namespace overreach
