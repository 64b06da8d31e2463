// GitHub's side: which workflows an event starts, and what becomes of their jobs.
#include <algorithm>

#include "generator/hosts/github/lower.h"
#include "generator/project/pattern.h"
#include "generator/simulate/github_run.h"
#include "generator/simulate/parts.h"

namespace pipewright::simulate {

namespace {

using delivery::EventKind;
using github::Workflow;
using github::WorkflowKind;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

const github::FormInput* field(const Workflow& workflow, std::string_view name) {
    for (const github::FormInput& one : workflow.form) {
        if (one.name == name) return &one;
    }
    return nullptr;
}

// Whether the workflow's form is the one in which a person asks something of this environment.
bool is_form_of(const Workflow& workflow, const std::string& environment) {
    if (workflow.kind == WorkflowKind::promotion) return workflow.environment == environment;
    const github::FormInput* environments = field(workflow, "environment");
    return environments != nullptr && is_among(environments->options, environment);
}

// Why the event does not start the workflow: empty where it does.
std::string not_started(const Workflow& workflow, const std::string& default_branch, const Event& event) {
    const auto matches = [&](const std::vector<std::string>& filter) {
        return std::any_of(filter.begin(), filter.end(),
                           [&](const std::string& one) { return pattern_matches(one, short_ref(event.ref)); });
    };
    switch (event.kind) {
        case EventKind::push_branch:
            if (matches(workflow.branches)) return {};
            return workflow.form.empty() ? "no push to this branch starts it" : "a person starts it";
        case EventKind::push_tag:
            if (matches(workflow.tags)) return {};
            return workflow.form.empty() ? "no push of this tag starts it" : "a person starts it";
        case EventKind::change_request:
            if (workflow.change_requests) return {};
            return workflow.form.empty() ? "no change request starts it" : "a person starts it";
        case EventKind::schedule:
            if (workflow.schedule.empty()) return "it has no schedule";
            return event.ref == "refs/heads/" + default_branch ? "" : "GitHub's schedules run on " + default_branch;
        case EventKind::form: break;
    }
    if (workflow.form.empty()) return "no form starts it";
    if (!is_form_of(workflow, event.form.environment)) return "its form does not offer " + event.form.environment;
    const github::FormInput* actions = field(workflow, "action");
    if (actions == nullptr && event.form.action != delivery::action::kDeploy) return "its form can only deploy";
    if (actions != nullptr && !is_among(actions->options, event.form.action))
        return "its form does not offer " + event.form.action;
    const github::FormInput* clouds = field(workflow, "cloud");
    if (event.form.cloud && clouds != nullptr && !is_among(clouds->options, *event.form.cloud))
        return "its form does not offer " + *event.form.cloud;
    return {};
}

// What a person would fill in to start what a push leaves to the workflow: everything as it stands there.
Event started_by_hand(const Workflow& workflow, const GitHubHost& host, Event event) {
    event.kind = EventKind::form;
    event.ref = "refs/heads/" + host.default_branch;
    event.form = {delivery::action::kDeploy, workflow.environment, {}, {}, {}, {}, {}};
    return event;
}

// Whether the event is one that the environment waits for, so that its workflow is what comes next.
bool is_awaited(const Workflow& workflow, const GitHubSide& side, const Event& event) {
    if (workflow.kind != WorkflowKind::promotion || event.fork) return false;
    if (event.kind != EventKind::push_branch && event.kind != EventKind::push_tag) return false;
    return std::any_of(workflow.jobs.begin(), workflow.jobs.end(), [&](const github::Job& one) {
        const delivery::Job* job = side.graph.job(one.id);
        return job != nullptr && delivery::holds(job->when, of_graph(event));
    });
}

}  // namespace

HostAnswer on_github(const Project& project, const GitHubSide& side, const Event& event) {
    HostAnswer answer{Host::github, project.github->repository, {}};
    for (const Workflow& workflow : side.pipeline.workflows) {
        RunAnswer run{workflow.path,
                      workflow.name,
                      event.ref,
                      false,
                      not_started(workflow, project.github->default_branch, event),
                      {}};
        run.started = run.because.empty();
        if (run.started) {
            run.jobs = GitHubRun(*project.github, side, workflow, event).jobs();
        } else if (is_awaited(workflow, side, event)) {
            const Event by_hand = started_by_hand(workflow, *project.github, event);
            run.ref = by_hand.ref;
            run.jobs = GitHubRun(*project.github, side, workflow, by_hand).jobs();
            for (const github::EnvironmentGate& gate : side.pipeline.gates) {
                if (gate.environment != workflow.environment) continue;
                for (JobAnswer& one : run.jobs) {
                    if (one.outcome != Outcome::runs) continue;
                    one.outcome = Outcome::waits;
                    one.wait = {Person::workflow, file_name(workflow.path), gate.approvers, gate.wait_minutes};
                }
            }
            run.because = "waits for a person who starts it";
        }
        answer.runs.push_back(std::move(run));
    }
    return answer;
}

}  // namespace pipewright::simulate
