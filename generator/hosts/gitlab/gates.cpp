#include "generator/hosts/gitlab/lower.h"

namespace pipewright::gitlab {

// Free: "Protected branches" and "Job permissions" let only those start a manual job who may push or merge to its ref.
// Premium and up: "Protected environments" and "Deployment approvals".
GateForm gate_form(const GitLabHost& host, const Environment& environment) {
    switch (environment.gate.kind) {
        case GateKind::none: return GateForm::none;
        case GateKind::release: return GateForm::release;
        case GateKind::manual: break;
    }
    return host.plan == GitLabPlan::free ? GateForm::manual_job : GateForm::deployment;
}

}  // namespace pipewright::gitlab
