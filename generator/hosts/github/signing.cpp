#include "generator/hosts/github/signing.h"

#include <algorithm>

#include "generator/project/signing.h"

namespace pipewright::github {

namespace {

// The ref of a workflow's runs for an event of a job in it; nothing for an event that starts another workflow.
std::string ref_of(const delivery::EventClass& event, const Workflow& workflow, const GitHubHost& host) {
    switch (event.kind) {
        case delivery::EventKind::push_branch:
        case delivery::EventKind::push_tag: return workflow.form.empty() ? delivery::full_ref(event) : std::string();
        case delivery::EventKind::form: break;
        case delivery::EventKind::change_request:
        case delivery::EventKind::schedule: return {};
    }
    if (workflow.form.empty()) return {};
    return workflow.kind == WorkflowKind::promotion ? "refs/heads/" + host.default_branch : delivery::full_ref(event);
}

}  // namespace

// The certificate names the workflow's file (the claim job_workflow_ref), whatever form the subject has.
std::vector<hosts::Signer> signers(const Project& project, const delivery::Graph& graph, const Pipeline& pipeline) {
    std::vector<hosts::Signer> all;
    if (signing(project) == kNoSigning) return all;
    for (const Workflow& workflow : pipeline.workflows) {
        for (const Job& job : workflow.jobs) {
            const delivery::Job* from = graph.job(job.id);
            if (from == nullptr || !hosts::makes_image(*from)) continue;
            for (const delivery::EventClass& event : from->when.any) {
                const std::string ref = ref_of(event, workflow, *project.github);
                if (ref.empty()) continue;
                hosts::add(all, {"https://token.actions.githubusercontent.com",
                                 "https://github.com/" + project.github->repository + "/" + workflow.path + "@" + ref});
            }
        }
    }
    return all;
}

void tell_signers(const std::vector<hosts::Signer>& all, Pipeline& pipeline) {
    const std::string text = hosts::json_of(all).text();
    const Value value = text.find('\n') == std::string::npos ? Value(Text{text}) : Value(Lines{text});
    for (Workflow& workflow : pipeline.workflows) {
        for (Job& job : workflow.jobs) {
            const auto sign = std::find_if(job.variables.begin(), job.variables.end(),
                                           [](const Setting& one) { return one.name == "SIGN"; });
            if (sign != job.variables.end()) job.variables.insert(sign + 1, {"SIGNERS", value, ""});
        }
    }
}

}  // namespace pipewright::github
