// Every kind of crossing: what it is called, what can happen, what to change.

#include <algorithm>
#include <iterator>

#include "scanner/crossing/crossing.h"

namespace overreach {
namespace {

// Sorted by id; a test checks it.
constexpr CrossingKind kKinds[] = {
    {"agent/ci-agent-with-production-secrets", Severity::high,
     "An agent in a pipeline holds production's secrets",
     "It reads what others write (issues, code, web pages) and acts on it "
     "without asking, with credentials that reach production.",
     "give the job no secret but the agent's own key; take the flag back; let "
     "a protected environment ask a person first"},
    {"agent/mcp-points-at-production", Severity::high,
     "A tool server of an agent works on production",
     "Every question an agent asks of the server, and every change, happens in "
     "production.",
     "point the server at a copy, or give it a user that can only read"},
    {"agent/mcp-unscoped-admin", Severity::medium,
     "A tool server may do everything its account may",
     "Its tools delete projects, databases or volumes, and it was told no "
     "limit.",
     "limit it to one project and to reading (project_ref, --read-only), or "
     "give it a narrower credential"},
    {"agent/no-secret-deny", Severity::low,
     "Nothing keeps an agent from reading secrets",
     "What the agent reads goes into a conversation and can be used.",
     "deny it: \"deny\": [\"Read(.env*)\"] under permissions; better, keep "
     "secrets out of the folder"},
    {"agent/preapproved-destructive", Severity::medium,
     "An agent may run destructive commands without asking",
     "A rule approves a program with any arguments, or a command that deletes.",
     "approve the harmless subcommands alone, such as `terraform plan` or "
     "`kubectl get`"},
    {"agent/production-reachable", Severity::critical,
     "An agent nobody asks can reach production",
     "Something here runs commands without asking, and a credential within its "
     "reach can destroy production or everything an account holds.",
     "take the setting back, so that somebody is asked; move the credential to "
     "a secret store that the agent cannot read; replace it by a narrower one; "
     "keep a backup that this credential cannot delete"},
    {"agent/secret-in-instructions", Severity::high,
     "Credential in the instructions of an agent",
     "Instructions are read into every conversation: the credential goes to "
     "the model's provider, into transcripts, and will be used.",
     "revoke it; let the instructions name a command that reads the secret "
     "from a store"},
    {"agent/secret-in-mcp-config", Severity::high,
     "Credential in the configuration of a tool server",
     "Whoever opens the project with an agent starts the server with it.",
     "revoke it; refer to a variable of the environment or an input that is "
     "asked for (${env:NAME}, ${input:name})"},
    {"agent/secret-in-permission-rule", Severity::high,
     "Credential in the permissions of an agent",
     "A rule of what an agent may do holds the secret itself: it is stored in "
     "clear and approved for good.",
     "revoke it; delete the rule; let the command read the secret from the "
     "environment"},
    {"agent/unattended-execution", Severity::medium,
     "An agent runs commands without asking",
     "No person sees a command before it is run.",
     "remove the setting, or allow single harmless commands only; run such an "
     "agent in a container without credentials"},
    {"backup/deleted-with-database", Severity::high,
     "Backups are deleted with the database",
     "The provider deletes the automated backups with the instance, and no "
     "final snapshot is made.",
     "set skip_final_snapshot = false and delete_automated_backups = false, or "
     "copy backups to another account"},
    {"backup/force-destroy-on-backup-store", Severity::high,
     "Store of backups is deleted with its content",
     "One destroy deletes the store and every backup in it.",
     "set force_destroy = false and lock the objects"},
    {"backup/in-same-cluster", Severity::medium,
     "Backups stay in the cluster they are for",
     "Who loses the cluster, or its storage, loses the data and every backup "
     "of it.",
     "send backups to a bucket outside of the cluster, best of another "
     "account"},
    {"backup/none-configured", Severity::medium, "Database without backups",
     "There is nothing to go back to.",
     "set a retention of at least some days"},
    {"backup/same-bucket", Severity::medium,
     "Backups lie in the bucket the program writes to",
     "What empties or deletes the bucket takes the data and its backups.",
     "write backups to a bucket of their own, with object lock, that the "
     "program's key cannot delete"},
    {"backup/same-credentials", Severity::medium,
     "One key for the data and its backups",
     "Who has the program's key can delete the data and then the backups.",
     "give the backup a key of its own that can write and not delete"},
    {"backup/same-lifecycle", Severity::medium,
     "One destroy deletes the database and its backups",
     "Both belong to one plan, and neither is locked.",
     "keep backups in a plan, best an account, of their own; lock the vault or "
     "set prevent_destroy"},
    {"backup/same-volume", Severity::high,
     "Backups lie on the volume they back up",
     "A volume that is deleted, or breaks, takes the data and every backup of "
     "it along.",
     "write backups to another storage, best of another account: a bucket "
     "whose objects this credential cannot delete"},
    {"ci/auto-approved-destroy", Severity::high,
     "Pipeline destroys production unasked",
     "A command that deletes resources has been told not to ask.",
     "let a protected environment ask a person first, or plan and apply in two "
     "steps"},
    {"ci/deploy-without-approval", Severity::medium,
     "Pipeline deploys to production with nobody asked",
     "A wrong commit, or a stolen account, is in production at once.",
     "give the job a protected environment (GitHub: `environment:` with "
     "reviewers), `when: manual` (GitLab) or an approval job (CircleCI)"},
    {"ci/long-lived-cloud-key-instead-of-oidc", Severity::low,
     "Pipeline logs in to a cloud with a key that never expires",
     "A key that leaks once works until somebody notices.",
     "let the provider trust the workflow's identity (OIDC): role-to-assume, "
     "workload_identity_provider"},
    {"ci/prod-secret-on-untrusted-trigger", Severity::high,
     "Secret of production in a workflow that strangers can start",
     "Text or code of a stranger runs beside the secret.",
     "use pull_request without secrets, or a protected environment that asks "
     "first"},
    {"ci/ternary-falls-back-to-prod", Severity::high,
     "Expression falls back to production's secret",
     "An unset secret is an empty text, and then the expression yields "
     "production's: the normal state of a fork or a new environment.",
     "use one job for each environment, with `environment:`"},
    {"env/default-target-is-production", Severity::low,
     "A plain command acts on production",
     "Who forgets to name a target, or an agent that does, changes "
     "production.",
     "make a development environment the default, and let production be named "
     "each time"},
    {"env/environment-map-crosses", Severity::high,
     "Map of environments gives another one production's value",
     "What runs there reads and changes production.",
     "give each environment a value of its own"},
    {"env/falls-back-to-production", Severity::high, "Default is production",
     "Where one variable is missing, the program works on real data.",
     "fail when the variable is not set; never make production the default"},
    {"env/gitops-overlay-mismatch", Severity::high,
     "One environment's manifests are applied to another's namespace",
     "The next commit puts what was meant for a copy into production, or the "
     "other way round.",
     "let the path and the destination name the same environment"},
    {"env/live-key-in-nonprod-config", Severity::high,
     "Live key outside production",
     "What runs there acts on real customers and money.",
     "put a test-mode key there, and roll the live one"},
    {"env/nonprod-deploys-to-prod-target", Severity::high,
     "Job of another environment deploys to production",
     "What should change a copy changes production.",
     "name the job's own target, or take it from the job's environment"},
    {"env/nonprod-names-prod-variable", Severity::high,
     "Production's variable is taken outside production",
     "What runs there gets production's database, account or key.",
     "use the environment's own variable of its own name"},
    {"env/preview-binding-is-production", Severity::high,
     "Development opens the store that is deployed",
     "`wrangler dev` then reads and writes production's data.",
     "create a store for previews and name that one; leave `remote` out"},
    {"env/prod-host-in-nonprod", Severity::high,
     "Production is pointed at from outside",
     "A migration, test or agent that works there changes production.",
     "give the environment a database or service of its own"},
    {"env/production-env-pulled-to-local", Severity::medium,
     "Production's variables are copied to a local file",
     "Everything that is started there then works on production.",
     "pull the development environment, or give developers values of their "
     "own"},
    {"env/production-secrets-in-local-file", Severity::high,
     "Production's secrets in a file that every process loads",
     "Development servers, tests and agents that start here work on "
     "production.",
     "delete the file; pull the development environment instead"},
    {"env/shared-credential-across-environments", Severity::high,
     "One credential for several environments",
     "Who has the weaker environment has production too.",
     "give each environment a credential of its own, and roll this one"},
    {"env/shared-resource-across-environments", Severity::high,
     "One database or bucket for several environments",
     "What one environment does to it, it does to all.",
     "give each environment one of its own"},
    {"env/shared-terraform-state", Severity::high,
     "Two environments keep their Terraform state at one place",
     "Applying the one plans to destroy what the other has.",
     "give each environment a key, prefix or workspace of its own, and move "
     "the state there"},
    {"env/test-database-equals-other", Severity::medium,
     "Tests use the database of another environment",
     "Tests empty their database before and after they run.",
     "give tests a database of their own"},
    {"env/test-falls-back-to-main-database", Severity::low,
     "Tests take the program's database when theirs is not set",
     "A test suite that empties its tables empties whatever the variable "
     "happens to name.",
     "fail when the variable of the tests is not set, and check that the name "
     "of the database says test"},
    {"protect/deletion-protection-off", Severity::medium,
     "Deletion protection is off in production",
     "One call, or one wrong plan, deletes it.",
     "set deletion protection, and prevent_destroy in Terraform"},
    {"protect/force-destroy", Severity::medium,
     "Store is deleted with its content",
     "One destroy deletes everything in it.", "set force_destroy = false"},
    {"protect/guard-disabled", Severity::high,
     "A tool's own guard is switched off for production",
     "The tool would have refused, or asked, before it destroys production.",
     "remove the switch; let a person answer the question, or write a plan "
     "first that a person reads"},
    {"protect/no-pitr", Severity::medium,
     "Production cannot go back to a moment",
     "Between two snapshots everything that is written can be lost.",
     "switch point-in-time recovery on"},
    {"protect/no-prevent-destroy", Severity::low,
     "Nothing keeps a plan from deleting production's data",
     "A renamed resource or a wrong variable deletes it with the next apply.",
     "set deletion protection, and lifecycle { prevent_destroy = true }"},
    {"protect/pv-reclaim-delete", Severity::medium,
     "Volumes are deleted with what uses them",
     "One kubectl delete takes the data.",
     "retain them: whenDeleted: Retain, reclaimPolicy: Retain"},
    {"protect/skip-final-snapshot", Severity::medium,
     "No snapshot is made before deletion", "Nothing is left of the data.",
     "set skip_final_snapshot = false and name the snapshot"},
    {"protect/soft-delete-off", Severity::medium,
     "Deleted things cannot be brought back",
     "There is no time in which a mistake can be undone.",
     "switch soft delete and purge protection on"},
    {"token/admin-credential-in-unrelated-file", Severity::critical,
     "Key to everything in an unrelated file",
     "People and agents read such files for other reasons, and meet a "
     "credential that can destroy what an account holds.",
     "revoke it; keep its successor, as narrow as the provider allows, in a "
     "secret store"},
    {"token/credential-can-delete-data-and-backups", Severity::high,
     "One principal may delete the data and its backups",
     "Whoever gets hold of it leaves nothing to go back to.",
     "deny it the deletion of snapshots, recovery points, versions and keys, "
     "and keep that right for a role that people take with a second factor"},
    {"token/wider-than-purpose", Severity::medium,
     "Token may do far more than its place is about",
     "It was made for one task and can do everything the account may.",
     "replace it by a token for this task alone"},
};

}  // namespace

std::span<const CrossingKind> crossing_kinds() { return kKinds; }

const CrossingKind* find_crossing_kind(std::string_view id) {
  const auto* const at =
      std::lower_bound(std::begin(kKinds), std::end(kKinds), id,
                       [](const CrossingKind& kind, std::string_view wanted) {
                         return kind.id < wanted;
                       });
  return at != std::end(kKinds) && at->id == id ? at : nullptr;
}

}  // namespace overreach
