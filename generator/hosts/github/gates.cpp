#include "generator/hosts/github/lower.h"

namespace pipewright::github {

GateForm gate_form(const GitHubHost& host, const Environment& environment) {
    switch (environment.gate.kind) {
        case GateKind::none: return GateForm::none;
        case GateKind::release: return GateForm::release;
        case GateKind::manual: break;
    }
    if (host.reviewers()) return GateForm::reviewers;
    return host.deployment_refs() ? GateForm::workflow_in_environment : GateForm::workflow;
}

bool by_workflow(GateForm form) { return form == GateForm::workflow || form == GateForm::workflow_in_environment; }

bool by_environment(GateForm form) { return form == GateForm::reviewers || form == GateForm::workflow_in_environment; }

bool guarded(const GitHubHost& host, GateForm form) {
    return by_environment(form) || (form == GateForm::release && host.rulesets());
}

}  // namespace pipewright::github
