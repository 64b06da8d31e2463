#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// Whom a gate asks must be somebody whom the deploying host can ask.
bool approvers_fit(const Subject& subject, const Environment& one, const written::Gate& written) {
    const written::Approvers& approvers = *written.approvers;
    if (approvers.all.given() && one.on_github && one.on_gitlab) {
        subject.report(Code::gate_impossible, approvers.all.place(),
                       "both hosts deploy '" + one.name + "', so its approvers must say which host's they are",
                       "approvers: { github: [org/team], gitlab: [group/path] }");
        return false;
    }
    const auto fits = [&](const FieldBase& list, bool deploys, const std::string& host) {
        if (!list.given() || deploys) return true;
        subject.report(Code::gate_impossible, list.key,
                       host + " does not deploy '" + one.name + "', so it has nobody to ask",
                       "take these approvers away");
        return false;
    };
    const bool github = fits(approvers.github, one.on_github, "GitHub");
    return fits(approvers.gitlab, one.on_gitlab, "GitLab") && github;
}

}  // namespace

// Each gate must be one that the host really has on that plan: the table of gates, and what can't be enforced.
void gates(const Subject& subject) {
    if (!deployers_known(subject)) return;
    each_environment(subject, [&](const Environment& one, const written::Environment& environment) {
        const written::Gate& written = *environment.gate;
        const Gate& gate = one.gate;
        if (!sound(environment.gate, environment.deploy_on)) return;
        if (gate.kind == GateKind::release && one.trigger.kind != TriggerKind::tag) {
            subject.report(Code::gate_impossible, gate.span,
                           "'" + one.name + "' has the gate release, but no tag deploys it",
                           "deploy_on: { tag: \"v*\" }, or gate: manual");
            return;
        }
        if (!gate.closed()) {
            if (!written.approvers.given() && !written.wait_minutes.given()) return;
            subject.report(Code::gate_impossible, gate.span, "'" + one.name + "' has no gate that approvers could open",
                           "write gate: { type: manual, … }");
            return;
        }
        if (!approvers_fit(subject, one, written)) return;
        if (one.on_github) gates_on_github(subject, one, written);
        if (one.on_gitlab) gates_on_gitlab(subject, one, written);
    });
}

}  // namespace pipewright::manifest::rules
