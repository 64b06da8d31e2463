#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// The rows of the table of gates in delivery.md, and of gate.approvers and gate.wait_minutes in manifest.md.
void on_github(const Subject& subject, const Environment& environment, const written::Gate& written) {
    const GitHubHost& host = *subject.project.github;
    const Gate& gate = environment.gate;
    const bool reviewed = host.reviewers() && gate.kind == GateKind::manual;
    if (reviewed && gate.github_approvers.empty()) {
        subject.report(Code::gate_impossible, gate.span,
                       "the gate of '" + environment.name + "' needs approvers: GitHub asks them before the job starts",
                       "gate: { type: manual, approvers: [org/team, user] }");
    }
    if (!reviewed && gate.wait_minutes > 0) {
        subject.report(Code::gate_impossible, written.wait_minutes.place(),
                       "'" + environment.name +
                           "' can't wait: only a manual gate of a public repository or on Enterprise Cloud has a "
                           "wait timer",
                       "take wait_minutes away");
    }
    if (host.reviewers()) return;
    if (gate.kind == GateKind::manual && environment.promote_from.empty()) {
        subject.report(
            Code::gate_impossible, gate.span,
            "the first environment, '" + environment.name +
                "', can't have this gate: on this plan it is a workflow that "
                "promotes what passed elsewhere, and nothing did",
            "take gate: none, or let the first environment be deployed by a protected tag with gate: release");
    }
    const auto team = [](const std::string& one) { return one.find('/') != std::string::npos; };
    const auto found = std::find_if(gate.github_approvers.begin(), gate.github_approvers.end(), team);
    if (found != gate.github_approvers.end()) {
        subject.report(Code::gate_impossible, written.approvers.place(),
                       "'" + *found + "' is a team, and in a private repository on this plan only users can be checked",
                       "name the users: the cloud compares them with the actor in the job's token");
    }
    if (gate.kind == GateKind::release && host.plan == GitHubPlan::free) {
        subject.report(
            Code::gate_unenforced, gate.span,
            "nobody can protect a tag in a private repository on GitHub's free plan, so whoever may push can release "
            "'" +
                environment.name + "'",
            gate.github_approvers.empty()
                ? "name approvers: the cloud then admits only their tags; or take the team plan, which protects tags"
                : "the cloud admits only tags that the approvers push; the team plan can protect tags as well");
    }
    if (gate.kind == GateKind::manual && gate.github_approvers.empty()) {
        subject.report(Code::gate_unenforced, gate.span,
                       "GitHub can't ask for a review on this plan: whoever may start a workflow can let '" +
                           environment.name + "' through",
                       "name approvers, users: the cloud then admits only runs that they start");
    }
}

void on_gitlab(const Subject& subject, const Environment& environment) {
    const Gate& gate = environment.gate;
    if (subject.project.gitlab->plan == GitLabPlan::free && !gate.gitlab_approvers.empty()) {
        subject.report(
            Code::gate_unenforced, gate.span,
            "GitLab can't enforce the approvers of '" + environment.name + "' on the free plan",
            "the gate is a manual job on a protected ref: whoever may push there may start it; premium has approvals");
    }
}

}  // namespace

void gates(const Subject& subject) {
    for (std::size_t i = 0; i < subject.project.environments.size(); ++i) {
        const Environment& one = subject.project.environments[i];
        const written::Gate& written = *subject.written.environments->at(i).field->gate;
        const Gate& gate = one.gate;
        if (gate.kind == GateKind::release && one.trigger.kind != TriggerKind::tag) {
            subject.report(Code::gate_impossible, gate.span,
                           "'" + one.name + "' has the gate release, but no tag deploys it",
                           "deploy_on: { tag: \"v*\" }, or gate: manual");
            continue;
        }
        if (!gate.closed()) {
            const bool extra = written.approvers.given() || written.wait_minutes.given();
            if (extra) {
                subject.report(Code::gate_impossible, gate.span,
                               "'" + one.name + "' has no gate that approvers could open",
                               "write gate: { type: manual, … }");
            }
            continue;
        }
        if (written.approvers->all.given() && one.on_github && one.on_gitlab) {
            subject.report(Code::gate_impossible, written.approvers.place(),
                           "both hosts deploy '" + one.name + "', so its approvers must say which host's they are",
                           "approvers: { github: [org/team], gitlab: [group/path] }");
            continue;
        }
        if (one.on_github) on_github(subject, one, written);
        if (one.on_gitlab) on_gitlab(subject, one);
        if (!one.on_github && gate.wait_minutes > 0) {
            subject.report(Code::gate_impossible, written.wait_minutes.place(), "only GitHub has a wait timer",
                           "take wait_minutes away");
        }
    }
}

}  // namespace pipewright::manifest::rules
