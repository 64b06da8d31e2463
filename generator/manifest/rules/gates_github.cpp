#include <algorithm>

#include "generator/manifest/rules/rules.h"
#include "generator/text/case.h"

namespace pipewright::manifest::rules {

namespace {

// GitHub's names know no case.
bool same_name(std::string_view one, std::string_view other) { return lower_case(one) == lower_case(other); }

bool is_team(const std::string& approver) { return approver.find('/') != std::string::npos; }

// A team is ORG/TEAM, and only one of the organisation that owns the repository can review.
bool teams_fit(const Subject& subject, const Field<List<std::string>>& approvers) {
    const std::string& repository = subject.project.github->repository;
    const std::string owner = repository.substr(0, repository.find('/'));
    bool fit = true;
    for (const Field<std::string>& one : *approvers) {
        if (!is_team(*one)) continue;
        const std::size_t slash = one->find('/');
        if (std::count(one->begin(), one->end(), '/') > 1) {
            subject.report(Code::gate_impossible, one.place(), "'" + *one + "' is no team of GitHub",
                           "a team is ORGANISATION/TEAM, without the teams above it");
            fit = false;
        } else if (!same_name(one->substr(0, slash), owner) && sound(subject.written.hosts->github->repository)) {
            subject.report(Code::gate_impossible, one.place(),
                           "'" + *one + "' is no team of '" + owner + "', which owns the repository",
                           "only teams of the owner can review: " + owner + one->substr(slash));
            fit = false;
        }
    }
    return fit;
}

}  // namespace

void gates_on_github(const Subject& subject, const Environment& environment, const written::Gate& written) {
    const GitHubHost& host = *subject.project.github;
    const written::GitHub& fields = *subject.written.hosts->github;
    const Gate& gate = environment.gate;
    if (!sound(fields.visibility, fields.plan)) return;
    const Field<List<std::string>>& approvers =
        written.approvers->all.given() ? written.approvers->all : written.approvers->github;
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
    if (host.reviewers()) {
        teams_fit(subject, approvers);
        return;
    }
    if (gate.kind == GateKind::manual && environment.promote_from.empty()) {
        subject.report(
            Code::gate_impossible, gate.span,
            "the first environment, '" + environment.name +
                "', can't have this gate: on this plan it is a workflow that "
                "promotes what passed elsewhere, and nothing did",
            "take gate: none, or let the first environment be deployed by a protected tag with gate: release");
    }
    const auto team =
        std::find_if(approvers->begin(), approvers->end(), [](const Field<std::string>& one) { return is_team(*one); });
    if (team != approvers->end()) {
        subject.report(Code::gate_impossible, team->place(),
                       "'" + **team + "' is a team, and in a private repository on this plan only users can be checked",
                       "name the users: the cloud compares them with the actor in the job's token");
    }
    if (gate.kind == GateKind::release && host.plan == GitHubPlan::free) {
        subject.report(
            Code::gate_unenforced, gate.span,
            "nobody can protect a tag in a private repository on GitHub's free plan, so whoever may push can " +
                std::string(gate.github_approvers.empty() ? "release '" : "start the release of '") + environment.name +
                "'",
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

}  // namespace pipewright::manifest::rules
