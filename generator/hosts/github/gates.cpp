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

}  // namespace pipewright::github
