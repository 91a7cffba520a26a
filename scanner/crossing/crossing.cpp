#include "scanner/crossing/crossing.h"

#include "scanner/crossing/finders.h"

namespace overreach {

std::vector<Crossing> find_crossings(
    const std::vector<Credential>& credentials,
    const std::vector<LabelledFile>& files,
    const std::vector<AmbientTarget>& targets) {
  const CrossingInput input = {credentials, files, commands_of(files), targets};
  Collector collector;
  find_misplaced_credentials(input, collector);
  find_misplaced_values(input, collector);
  find_shared_resources(input, collector);
  find_fallbacks(input, collector);
  find_environment_maps(input, collector);
  find_preview_bindings(input, collector);
  find_default_targets(input, collector);
  find_shared_states(input, collector);
  find_overlay_mismatches(input, collector);
  find_test_databases(input, collector);
  find_test_fallbacks(input, collector);
  find_pipeline_variables(input, collector);
  find_pulled_variables(input, collector);
  find_wide_tokens(input, collector);
  find_wide_policies(input, collector);
  find_shared_fate(input, collector);
  find_volume_claims(input, collector);
  find_written_backups(input, collector);
  find_backup_stores(input, collector);
  find_cluster_backups(input, collector);
  find_unprotected_resources(input, collector);
  find_resource_fate(input, collector);
  find_unprotected_stacks(input, collector);
  find_open_deployments(input, collector);
  find_disabled_guards(input, collector);
  find_called_workflows(input, collector);
  find_workflow_secrets(input, collector);
  find_agent_secrets(input, collector);
  find_agent_settings(input, collector);
  find_agent_approvals(input, collector);
  find_agent_denials(input, collector);
  find_agent_tools(input, collector);
  find_ci_agents(input, collector);
  find_reachable_production(input, collector);
  return collector.take();
}

}  // namespace overreach
