#include <algorithm>

#include "generator/hosts/github/lower.h"

namespace pipewright::github {

namespace {

bool runs(const Job& job, std::string_view script) {
    return std::any_of(job.steps.begin(), job.steps.end(), [&](const Step& step) {
        const auto* call = step.run ? std::get_if<ScriptCall>(&*step.run) : nullptr;
        return call != nullptr && call->path.ends_with(script);
    });
}

Settings::iterator sign_of(Job& job) {
    return std::find_if(job.variables.begin(), job.variables.end(),
                        [](const Setting& one) { return one.name == "SIGN"; });
}

}  // namespace

// The certificate names the workflow's file (job_workflow_ref), whatever form the subject has.
std::vector<hosts::Signer> signers(const Pipeline& pipeline) {
    std::vector<hosts::Signer> all;
    for (const Workflow& workflow : pipeline.workflows) {
        for (Job job : workflow.jobs) {
            if (!runs(job, "/build.sh") && !runs(job, "/resolve.sh")) continue;
            if (sign_of(job) == job.variables.end()) continue;
            for (const std::string& file : job.claims->workflows) {
                for (const std::string& ref : job.claims->refs)
                    hosts::add(all, {"https://" + job.claims->issuer, "https://github.com/" + file + "@" + ref});
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
            const auto sign = sign_of(job);
            if (sign != job.variables.end()) job.variables.insert(sign + 1, {"SIGNERS", value, ""});
        }
    }
}

}  // namespace pipewright::github
