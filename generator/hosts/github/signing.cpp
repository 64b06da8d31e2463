#include <algorithm>

#include "generator/hosts/github/lower.h"

namespace pipewright::github {

// The certificate names the workflow's file (the claim job_workflow_ref), whatever form the subject has.
std::vector<hosts::Signer> signers_of(const GitHubHost& host, const delivery::Condition& events,
                                      const std::string& workflow) {
    std::vector<hosts::Signer> all;
    for (const std::string& ref : hosts::signing_refs(events)) {
        hosts::add(all, {"https://token.actions.githubusercontent.com",
                         "https://github.com/" + host.repository + "/" + workflow + "@" + ref});
    }
    return all;
}

std::vector<hosts::Signer> signers(const Pipeline& pipeline) {
    std::vector<hosts::Signer> all;
    for (const Workflow& workflow : pipeline.workflows) {
        for (const Job& job : workflow.jobs) {
            for (const hosts::Signer& one : job.signs_as) hosts::add(all, one);
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
