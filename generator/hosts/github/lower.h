// From the delivery graph to GitHub's workflows: gates as the plan allows them, conditions as expressions, and the
// claims that each job's token will carry.
#pragma once

#include "generator/delivery/graph.h"
#include "generator/hosts/claims.h"
#include "generator/hosts/github/workflow.h"
#include "generator/project/project.h"

namespace pipewright::github {

// The project must be hosted on GitHub.
Pipeline lower(const Project& project, const delivery::Graph& graph, Origins& origins);

// The jobs that take a role, one use for each workflow that a job stands in.
std::vector<hosts::Use> uses(const Pipeline& pipeline);

// The scripts of ci/ that its jobs call: "deploy.sh".
std::vector<std::string> scripts(const Pipeline& pipeline);

// The row of the table in delivery.md that applies to an environment.
GateForm gate_form(const GitHubHost& host, const Environment& environment);

// Whether the gate is that a person starts a workflow of the environment's own.
bool by_workflow(GateForm form);

// Whether the gate rests on the settings of a GitHub environment.
bool by_environment(GateForm form);

// Whether the gate rests on settings that a guard can ask for: an environment's, or the rulesets that protect tags.
bool guarded(const GitHubHost& host, GateForm form);

// The condition as an expression, where it is narrower than what starts the workflow at all; nothing where it is not.
std::optional<Expression> condition_of(const delivery::Condition& condition, const Workflow& workflow);

// The claims of a job that runs on these events of a workflow. environment is GitHub's, empty where the job names none;
// provider is GCP's, empty where the job signs in to AWS.
hosts::Claims claims_of(const GitHubHost& host, const delivery::Condition& when, const std::string& environment,
                        const std::string& workflow, const std::vector<std::string>& actors,
                        const std::string& provider);

}  // namespace pipewright::github
