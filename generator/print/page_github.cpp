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
    } else if (its.form == GateForm::release) {
        tasks.push_back({words("On GitHub, a ruleset that lets only release managers create ") + ref_words(its.refs) +
                         words(": the tag is the gate of ") + code(its.environment) + words(".")});
    }
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
                {{code(job.id), words(job.name), words(listing(job.events)), codes(job.needs),
                  job.identity ? code(job.principal.substr(job.principal.rfind('/') + 1)) : words("none")},
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
