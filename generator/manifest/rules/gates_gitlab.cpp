#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

void gates_on_gitlab(const Subject& subject, const Environment& environment, const written::Gate& written) {
    const Gate& gate = environment.gate;
    if (!sound(subject.written.hosts->gitlab->plan)) return;
    if (subject.project.gitlab->plan == GitLabPlan::free && !gate.gitlab_approvers.empty()) {
        subject.report(
            Code::gate_unenforced, gate.span,
            "GitLab can't enforce the approvers of '" + environment.name + "' on the free plan",
            "the gate is a manual job on a protected ref: whoever may push there may start it; premium has approvals");
    }
    if (!environment.on_github && gate.wait_minutes > 0) {
        subject.report(Code::gate_impossible, written.wait_minutes.place(), "only GitHub has a wait timer",
                       "take wait_minutes away");
    }
}

}  // namespace pipewright::manifest::rules
