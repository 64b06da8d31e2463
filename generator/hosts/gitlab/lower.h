// From the delivery graph to GitLab's pipeline: gates as the plan allows them, conditions as rules, and the claims that
// each job's token will carry.
#pragma once

#include "generator/delivery/graph.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/project/project.h"

namespace pipewright::gitlab {

// The project must be hosted on GitLab.
Pipeline lower(const Project& project, const delivery::Graph& graph, Origins& origins);

// The row of the table in delivery.md that applies to an environment.
GateForm gate_form(const GitLabHost& host, const Environment& environment);

// How the rules of a job differ from what its condition says.
struct RuleSetup {
    bool own_project = false;          // never in a fork, nor for a fork's merge request
    std::vector<std::string> by_hand;  // the form's actions that a person starts once more
    Settings form_variables;           // in runs of the form alone
    delivery::After after = delivery::After::success;
};

// A rule for each way in which a job comes to be in a pipeline.
std::vector<Rule> rules_of(const GitLabHost& host, const delivery::Condition& condition, const RuleSetup& setup);

// What makes a pipeline: all events of all jobs.
std::vector<WorkflowRule> workflow_rules(const GitLabHost& host, const delivery::Condition& all);

// The claims of a job that runs on these events, behind a gate or not. AWS checks subject and audience alone; for GCP,
// which checks every claim, provider is its provider's path, and environment the protected one that the job names.
hosts::Claims claims_of(const GitLabHost& host, const delivery::Condition& when, names::Identity identity, bool gated,
                        const std::string& provider, const std::string& environment);

// The audience of a token that nothing trusts: a guard only reads what GitLab says in it.
std::string guard_audience(const GitLabHost& host);

// Every job that takes a cloud role, for the roles' trust and permissions.
std::vector<hosts::Use> uses(const Pipeline& pipeline);

// The scripts of ci/ that jobs call: "deploy.sh".
std::vector<std::string> scripts(const Pipeline& pipeline);

}  // namespace pipewright::gitlab
