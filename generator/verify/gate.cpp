#include "generator/verify/gate.h"

#include <algorithm>

#include "generator/project/pattern.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

constexpr std::string_view kTags = "refs/tags/";
constexpr const char* kUnasked = "nobody asks whether the tag is protected";

// Whether a job before this one asks the host about the environment; on GitHub also for what it asks.
bool guarded(const Run& run, std::size_t job, const std::string& environment, std::string_view reviewers = {}) {
    const std::vector<std::size_t> before = run.before(job);
    return std::any_of(before.begin(), before.end(), [&](const std::size_t one) {
        const Job& guard = *run.jobs[one].job;
        const bool asks = run.host == Host::gitlab
                              ? guard.runs("guard-gitlab.sh")
                              : guard.runs("guard.sh") && reviewers == guard.text("GATE_REVIEWERS");
        return asks && guard.text("GATE_ENVIRONMENT") == environment;
    });
}

// Whether the cloud takes this job's token on no other ref than a tag of the pattern.
bool locked_to(const hosts::Claims* claims, const std::string& pattern) {
    if (claims == nullptr || !pattern.starts_with(kTags)) return false;
    if (claims->host == Host::github) {
        return !claims->refs.empty() && std::all_of(claims->refs.begin(), claims->refs.end(),
                                                    [&](const std::string& one) { return one == pattern; });
    }
    const std::string end = ":ref_type:tag:ref:" + pattern.substr(kTags.size());
    return !claims->subjects.empty() && !claims->any_branch &&
           std::all_of(claims->subjects.begin(), claims->subjects.end(),
                       [&](const std::string& one) { return one.ends_with(end); });
}

std::string by_release(const World& world, const Run& run, std::size_t job, const Environment& environment) {
    const Job& its = *run.jobs[job].job;
    const std::string pattern = ref_of(world.project(), environment);
    if (!pattern.starts_with(kTags)) return "a branch releases it";
    if (is_ref(pattern, run.event.ref) || locked_to(its.claims, pattern)) return {};
    return "not only a tag " + pattern.substr(kTags.size()) + " is trusted";
}

std::string on_github(const World& world, const Run& run, std::size_t job, const Environment& environment) {
    const GitHubHost& host = *world.project().github;
    const Job& its = *run.jobs[job].job;
    const bool open = host.visibility == Visibility::open;
    if (open || host.plan == GitHubPlan::enterprise) {
        if (its.github->environment != environment.name) return "it names no environment whose reviewers are asked";
        return guarded(run, job, environment.name, "true") ? "" : "nobody asks whether the environment has reviewers";
    }
    const github::Workflow& workflow = *run.workflow;
    if (run.event.kind != delivery::EventKind::form || workflow.kind != github::WorkflowKind::promotion ||
        workflow.environment != environment.name)
        return "no person starts the workflow of " + environment.name;
    const std::string home = "refs/heads/" + host.default_branch;
    if (host.plan == GitHubPlan::free) {
        if (run.event.ref != home && (its.claims == nullptr || its.claims->refs != std::vector<std::string>{home}))
            return "the workflow may run on another branch than " + host.default_branch;
        return {};
    }
    if (its.identity && *its.identity != names::Identity::plan && its.github->environment != environment.name)
        return "it names no environment whose refs are restricted";
    if (its.github->environment.empty()) return {};
    return guarded(run, job, environment.name, "false") ? ""
                                                        : "nobody asks whether the environment's refs are restricted";
}

std::string on_gitlab(const World& world, const Run& run, std::size_t job, const Environment& environment) {
    if (!guarded(run, job, environment.name)) return "nobody asks whether its ref is protected";
    const bool approvals = world.project().gitlab->plan != GitLabPlan::free;
    bool started = false;
    for (const std::size_t one : run.before(job)) {
        const Started& before = run.jobs[one];
        if (!before.by_hand || before.job->environment != environment.name || before.job->identity) continue;
        const std::optional<gitlab::Deployment>& deployment = before.job->gitlab->deployment;
        if (!approvals || (deployment && deployment->environment == environment.name)) return {};
        started = true;
    }
    return started ? "the job that a person starts takes no approvals" : "no person starts a job before it";
}

}  // namespace

std::string ref_of(const Project& project, const Environment& environment) {
    switch (environment.trigger.kind) {
        case TriggerKind::branch: return "refs/heads/" + environment.trigger.value;
        case TriggerKind::tag: return std::string(kTags) + environment.trigger.value;
        case TriggerKind::after:
            if (const Environment* before = project.environment(environment.trigger.value))
                return ref_of(project, *before);
            break;
        case TriggerKind::manual:
            if (const Environment* before = project.environment(environment.promote_from))
                return ref_of(project, *before);
            break;
    }
    return {};
}

bool is_ref(const std::string& pattern, const std::string& ref) {
    if (!pattern.starts_with(kTags)) return pattern == ref;
    return ref.starts_with(kTags) &&
           pattern_matches(std::string_view(pattern).substr(kTags.size()), std::string_view(ref).substr(kTags.size()));
}

std::string unheld(const World& world, const Run& run, std::size_t job, const Environment& environment) {
    switch (environment.gate.kind) {
        case GateKind::none: return {};
        case GateKind::release: {
            std::string why = by_release(world, run, job, environment);
            if (why.empty() && run.host == Host::gitlab && !guarded(run, job, environment.name)) why = kUnasked;
            return why;
        }
        case GateKind::manual: break;
    }
    return run.host == Host::github ? on_github(world, run, job, environment) : on_gitlab(world, run, job, environment);
}

std::string unasked(const World& world, const Run& run, std::size_t job, const Environment& environment) {
    if (run.host != Host::github || environment.gate.kind != GateKind::release) return {};
    const GitHubHost& host = *world.project().github;
    if (host.visibility != Visibility::open && host.plan == GitHubPlan::free) return {};
    const std::string refs = "[\"" + ref_of(world.project(), environment) + "\"]";
    const std::vector<std::size_t> before = run.before(job);
    const bool asks = std::any_of(before.begin(), before.end(), [&](const std::size_t one) {
        const Job& guard = *run.jobs[one].job;
        return guard.runs("guard-tags.sh") && guard.text("GATE_ENVIRONMENT") == environment.name &&
               guard.text("GATE_REFS") == refs;
    });
    return asks ? "" : kUnasked;
}

}  // namespace pipewright::verify
