#include <algorithm>

#include "generator/print/page_host.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using github::GateForm;
using markdown::Inlines;
using markdown::Item;

Inlines gate_words(const github::EnvironmentGate& gate) {
    switch (gate.form) {
        case GateForm::none: return words("none");
        case GateForm::reviewers:
            return words("reviewers of the environment ") + code(gate.environment) + words(": ") +
                   codes(gate.approvers);
        case GateForm::workflow:
        case GateForm::workflow_in_environment: {
            Inlines line = words("a person starts ") + code(gate.workflow);
            if (!gate.approvers.empty()) line = line + words("; the cloud admits ") + codes(gate.approvers);
            return line;
        }
        case GateForm::release: return words("pushing ") + ref_words(gate.refs);
    }
    return {};
}

void add_task(const github::EnvironmentGate& its, std::vector<Item>& tasks) {
    if (its.form == GateForm::reviewers) {
        tasks.push_back(
            {words("On GitHub, the environment ") + code(its.environment) + words(" with the required reviewers ") +
             codes(its.approvers) + words(", restricted to ") + ref_words(its.refs) +
             words(its.wait_minutes > 0 ? ", with a wait timer of " + std::to_string(its.wait_minutes) + " minutes"
                                        : "") +
             words(". ") + code("guard-" + its.environment) +
             words(" checks this in every run: GitHub creates a missing environment without any rule.")});
    } else if (its.form == GateForm::workflow_in_environment) {
        tasks.push_back({words("On GitHub, the environment ") + code(its.environment) + words(", restricted to ") +
                         ref_words(its.refs) + words(".")});
    } else if (its.form == GateForm::release && its.guarded) {
        tasks.push_back(
            {words("On GitHub, under Settings, Rules, Rulesets, an active ruleset for ") + ref_words(its.refs) +
             words(" that restricts creations, updates and deletions, with those who release on its bypass list: the "
                   "tag is the gate of ") +
             code(its.environment) + words(". ") + code("guard-" + its.environment) +
             words(" checks the ruleset in every run, but not the bypass list, which GitHub shows only to those who "
                   "may change it.")});
    }
}

// Where the gate is a GitHub environment, only secrets of its own are behind it.
void add_secrets(const github::Pipeline& pipeline, std::vector<Item>& tasks) {
    std::vector<std::string> keyed;
    SecretReaders readers;
    for (const github::Workflow& workflow : pipeline.workflows) {
        for (const github::Job& job : workflow.jobs) {
            const std::string& environment = job.target_environment;
            if (job.static_keys && std::find(keyed.begin(), keyed.end(), environment) == keyed.end()) {
                keyed.push_back(environment);
                std::vector<std::string> names;
                for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"})
                    names.push_back(names::environment_secret(environment, name));
                tasks.push_back(keys_task(
                    "GitHub, the secrets", names,
                    job.environment.empty() ? Inlines{} : words(" of the environment ") + code(job.environment),
                    environment));
            }
            note_secrets(job.secrets, job.id, readers);
        }
    }
    for (const auto& [names, jobs] : readers) tasks.push_back(secrets_task("GitHub, the secrets", names, jobs));
}

}  // namespace

HostPart github_part(const github::Pipeline& pipeline) {
    HostPart part;
    part.name = "GitHub";
    for (const github::EnvironmentGate& gate : pipeline.gates) {
        part.gates[gate.environment] = gate_words(gate);
        add_task(gate, part.tasks);
    }
    std::vector<std::string> branches;
    for (const github::Workflow& workflow : pipeline.workflows) {
        JobTable table{workflow.path, {}};
        for (const github::Job& job : workflow.jobs) {
            table.rows.push_back(
                {{code(job.id), words(job.name), words(listing(job.events)), codes(job.needs), identity_of(job)},
                 job.origin});
            const std::string target = job.target_environment + "/" + job.target_stack;
            if (job.id == "deploy-" + job.target_environment + "-" + job.target_stack &&
                workflow.kind != github::WorkflowKind::operations && !part.starts.contains(target)) {
                part.starts[target] = listing(job.events);
                for (const std::string& need : job.needs) {
                    if (need.rfind("deploy-", 0) == 0) part.after[target].push_back(need);
                }
            }
        }
        part.tables.push_back(std::move(table));
        for (const std::string& branch : workflow.branches) {
            if (std::find(branches.begin(), branches.end(), branch) == branches.end()) branches.push_back(branch);
        }
        if (workflow.kind == github::WorkflowKind::operations)
            part.form = words("on GitHub under Actions, ") + code(workflow.name) + words(", Run workflow");
    }
    add_secrets(pipeline, part.tasks);
    if (!branches.empty()) {
        part.tasks.push_back(
            {words("On GitHub, protection of ") + codes(branches) +
             words(": whoever may push there may deploy what is not gated. The form there can be run by "
                   "everybody with write access, also by those who may not push.")});
    }
    for (const github::Workflow& workflow : pipeline.workflows) {
        if (workflow.schedule.empty()) continue;
        part.tasks.push_back({words("On GitHub, a look now and then under Actions whether the schedule ") +
                              code(workflow.schedule) + words(" of ") + code(workflow.path) +
                              words(" still runs: in a public repository without activity for 60 days GitHub disables "
                                    "it, and a person enables it again.")});
    }
    if (!pipeline.webhook.empty()) {
        part.tasks.push_back({words("On GitHub, the secret ") + code(pipeline.webhook) +
                              words(" of the repository: the address of a Slack webhook. Without it the jobs that tell "
                                    "of environments warn and send nothing.")});
    }
    return part;
}

}  // namespace pipewright::print
