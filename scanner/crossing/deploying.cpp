#include "scanner/crossing/deploying.h"

#include <algorithm>
#include <iterator>

#include "scanner/base/text.h"

namespace overreach {
namespace {

// Destroys without a question.
constexpr Act kDestroyers[] = {
    {"terraform", "destroy", "-auto-approve --auto-approve"},
    {"tofu", "destroy", "-auto-approve --auto-approve"},
    {"terragrunt", "destroy",
     "-auto-approve --auto-approve --terragrunt-non-interactive"},
    {"pulumi", "destroy", "-y --yes"},
    {"cdk", "destroy", "-f --force"},
    {"sst", "remove", ""},
    {"helm", "uninstall", ""},
    {"kubectl", "delete pvc", ""},
    {"kubectl", "delete pv", ""},
    {"kubectl", "delete namespace", ""},
    {"kubectl", "delete ns", ""},
    {"aws", "rds delete-db-instance", "--skip-final-snapshot"},
    {"aws", "rds delete-db-cluster", "--skip-final-snapshot"},
    {"heroku", "pg:reset", "--confirm -c"},
    {"flyctl", "volumes destroy", "-y --yes"},
    {"fly", "volumes destroy", "-y --yes"},
    {"prisma", "migrate reset", "--force -f"},
    {"supabase", "db reset", "--linked"},
};

// Changes what is there, and deletes what the plan no longer has.
constexpr Act kAppliers[] = {
    {"terraform", "apply", "-auto-approve --auto-approve"},
    {"tofu", "apply", "-auto-approve --auto-approve"},
    {"terragrunt", "apply",
     "-auto-approve --auto-approve --terragrunt-non-interactive"},
    {"pulumi", "up", "-y --yes"},
};

// Puts a version, or a change of the data's form, where people use it.
constexpr Act kDeployers[] = {
    {"helm", "upgrade", ""},
    {"helm", "install", ""},
    {"helmfile", "apply", ""},
    {"helmfile", "sync", ""},
    {"kubectl", "apply", ""},
    {"kubectl", "set image", ""},
    {"kubectl", "rollout restart", ""},
    {"terraform", "apply", ""},
    {"cdk", "deploy", ""},
    {"serverless", "deploy", ""},
    {"sls", "deploy", ""},
    {"sst", "deploy", ""},
    {"sam", "deploy", ""},
    {"eb", "deploy", ""},
    {"fly", "deploy", ""},
    {"flyctl", "deploy", ""},
    {"railway", "up", ""},
    {"wrangler", "deploy", ""},
    {"firebase", "deploy", ""},
    {"gcloud", "run deploy", ""},
    {"gcloud", "app deploy", ""},
    {"gcloud", "functions deploy", ""},
    {"aws", "ecs update-service", ""},
    {"aws", "lambda update-function-code", ""},
    {"aws", "deploy create-deployment", ""},
    {"docker", "stack deploy", ""},
    {"kamal", "deploy", ""},
    {"cap", "deploy", ""},
    {"ansible-playbook", "", ""},
    {"prisma", "migrate deploy", ""},
    {"alembic", "upgrade", ""},
    {"flyway", "migrate", ""},
    {"supabase", "db push", ""},
    {"rails", "db:migrate", ""},
    {"rake", "db:migrate", ""},
    {"ssh", "", ""},
};

// Published by the platforms, or known best for them.
constexpr std::string_view kActions[] = {
    "akhileshns/heroku-deploy",
    "amondnet/vercel-action",
    "appleboy/ssh-action",
    "aws-actions/amazon-ecs-deploy-task-definition",
    "aws-actions/aws-cloudformation-github-deploy",
    "aws-actions/aws-lambda-deploy",
    "azure/arm-deploy",
    "azure/container-apps-deploy-action",
    "azure/functions-action",
    "azure/k8s-deploy",
    "azure/static-web-apps-deploy",
    "azure/webapps-deploy",
    "cloudflare/pages-action",
    "cloudflare/wrangler-action",
    "digitalocean/app_action",
    "dokku/github-action",
    "einaregilsson/beanstalk-deploy",
    "firebaseextended/action-hosting-deploy",
    "google-github-actions/deploy-appengine",
    "google-github-actions/deploy-cloud-functions",
    "google-github-actions/deploy-cloudrun",
    "nwtgck/actions-netlify",
    "serverless/github-action",
};

std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

bool does(const Command& command, const Act& act) {
  if (command.program() != act.program) return false;
  std::string_view words = act.words;
  while (!words.empty()) {
    if (!command.has(take_word(words))) return false;
  }
  std::string_view flags = act.flags;
  if (flags.empty()) return true;
  while (!flags.empty()) {
    if (command.has(take_word(flags))) return true;
  }
  return false;
}

template <std::size_t N>
const Act* find_act(const Act (&acts)[N], const Command& command) {
  const Act* const at =
      std::find_if(std::begin(acts), std::end(acts),
                   [&](const Act& act) { return does(command, act); });
  return at == std::end(acts) ? nullptr : at;
}

}  // namespace

std::string Act::shown() const {
  std::string text(program);
  if (!words.empty()) text.append(" ").append(words);
  return text;
}

const Act* destroyer_of(const Command& command) {
  return find_act(kDestroyers, command);
}
const Act* applier_of(const Command& command) {
  return find_act(kAppliers, command);
}
const Act* deployer_of(const Command& command) {
  return find_act(kDeployers, command);
}

std::string_view deploying_action(std::string_view uses) {
  const std::string name = lower_case(uses.substr(0, uses.find('@')));
  const auto* const at = std::find(std::begin(kActions), std::end(kActions),
                                   std::string_view(name));
  return at == std::end(kActions) ? std::string_view() : *at;
}

}  // namespace overreach
