// Every family of crossings, each in a file of its own.
#pragma once

#include "scanner/crossing/collector.h"

namespace overreach {

// env/*: credentials of one environment at a place of another.
void find_misplaced_credentials(const CrossingInput& input,
                                Collector& collector);
// env/*: values, references and resources of one at a place of another.
void find_misplaced_values(const CrossingInput& input, Collector& collector);
void find_shared_resources(const CrossingInput& input, Collector& collector);
void find_fallbacks(const CrossingInput& input, Collector& collector);
void find_environment_maps(const CrossingInput& input, Collector& collector);
void find_preview_bindings(const CrossingInput& input, Collector& collector);
void find_default_targets(const CrossingInput& input, Collector& collector);
void find_shared_states(const CrossingInput& input, Collector& collector);
void find_overlay_mismatches(const CrossingInput& input, Collector& collector);
void find_test_databases(const CrossingInput& input, Collector& collector);
void find_test_fallbacks(const CrossingInput& input, Collector& collector);
void find_pipeline_variables(const CrossingInput& input, Collector& collector);
void find_pulled_variables(const CrossingInput& input, Collector& collector);
// token/*
void find_wide_tokens(const CrossingInput& input, Collector& collector);
void find_wide_policies(const CrossingInput& input, Collector& collector);
// backup/*
void find_shared_fate(const CrossingInput& input, Collector& collector);
void find_volume_claims(const CrossingInput& input, Collector& collector);
void find_written_backups(const CrossingInput& input, Collector& collector);
void find_backup_stores(const CrossingInput& input, Collector& collector);
void find_cluster_backups(const CrossingInput& input, Collector& collector);
// protect/* and what of backup/* Terraform says.
void find_unprotected_resources(const CrossingInput& input,
                                Collector& collector);
// Behind the one before: it says nothing twice.
void find_resource_fate(const CrossingInput& input, Collector& collector);
void find_unprotected_stacks(const CrossingInput& input, Collector& collector);
// ci/*
void find_open_deployments(const CrossingInput& input, Collector& collector);
// protect/guard-disabled, of what is not a pipeline.
void find_disabled_guards(const CrossingInput& input, Collector& collector);
void find_called_workflows(const CrossingInput& input, Collector& collector);
void find_workflow_secrets(const CrossingInput& input, Collector& collector);
// agent/*
void find_agent_secrets(const CrossingInput& input, Collector& collector);
void find_agent_settings(const CrossingInput& input, Collector& collector);
void find_agent_approvals(const CrossingInput& input, Collector& collector);
void find_agent_denials(const CrossingInput& input, Collector& collector);
void find_agent_tools(const CrossingInput& input, Collector& collector);
void find_ci_agents(const CrossingInput& input, Collector& collector);
// Joins what the others found: the last to run.
void find_reachable_production(const CrossingInput& input,
                               Collector& collector);

}  // namespace overreach
