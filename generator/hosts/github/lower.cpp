#include "generator/hosts/github/lower.h"

#include <algorithm>

#include "generator/delivery/plan.h"
#include "generator/hosts/about.h"
#include "generator/hosts/github/lowering.h"

namespace pipewright::github {

namespace {

using delivery::EventClass;
using delivery::EventKind;
using delivery::JobKind;
using E = Expression;

constexpr std::string_view kWorkflows = ".github/workflows/";

template <class Item>
void add_once(std::vector<Item>& to, const Item& one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

bool is_push(const EventClass& one) { return one.kind == EventKind::push_branch || one.kind == EventKind::push_tag; }

const char* kServiceField =
    "deploy: all services go out; this one (empty: each) even if unchanged. rollback: the one to take back, or whose "
    "image it is (empty: all).";
// A promotion rolls out anew only what is asked for by name.
const char* kPromotedServiceField =
    "deploy: all services go out; this one even if unchanged. rollback: the one to take back, or whose image it is "
    "(empty: all).";
const char* kImageField =
    "For a rollback: the digest to go back to (sha256: and 64 hex digits); empty: what passed before.";

// How the host lists a run: what was chosen, and nothing that a person can write freely.
Expression run_name(const Expression& environment) {
    return Expression::call("format", {Expression::literal("{0} for {1} on {2}"), Expression::context("inputs.action"),
                                       environment, Expression::context("inputs.cloud")});
}

}  // namespace

bool asks(const Workflow& workflow, std::string_view field) {
    return std::any_of(workflow.form.begin(), workflow.form.end(),
                       [&](const FormInput& one) { return one.name == field; });
}

// A manifest below the root shares the repository's folder of workflows with others, so its files carry its name.
std::string Lowering::workflow_path(const std::string& name) const {
    return std::string(kWorkflows) + (project_.folder.empty() ? "" : project_.name + "-") + name + ".yml";
}

std::string Lowering::of_project(const std::string& text) const {
    return text + (project_.folder.empty() ? "" : " of " + project_.name);
}

const EnvironmentGate* Lowering::gate(const std::string& environment) const {
    for (const EnvironmentGate& one : pipeline_.gates) {
        if (one.environment == environment) return &one;
    }
    return nullptr;
}

EnvironmentGate Lowering::gate_of(const Environment& environment) const {
    EnvironmentGate gate;
    gate.environment = environment.name;
    gate.form = gate_form(host_, environment);
    gate.guarded = guarded(host_, gate.form);
    gate.approvers = environment.gate.github_approvers;
    gate.wait_minutes = environment.gate.wait_minutes;
    if (by_workflow(gate.form)) {
        gate.workflow = workflow_path("promote-" + environment.name);
        gate.refs = {"refs/heads/" + host_.default_branch};
        return gate;
    }
    gate.refs = {delivery::ref_of(project_, environment)};
    return gate;
}

// The environment in whose own workflow a person starts what pushes would start otherwise: the job's own, or the one
// that it comes after.
std::string Lowering::home_of(const delivery::Job& job) const {
    const bool tells = job.kind == JobKind::announce;
    const bool own = job.kind == JobKind::extend;
    if (job.kind == JobKind::notify)
        return job.needs.empty() ? std::string() : home_of(*graph_.job(job.needs.front().job));
    if (!tells && !own && job.kind != JobKind::plan && job.kind != JobKind::apply && job.kind != JobKind::deploy)
        return {};
    // That a workflow can be started is told where the environment before it ended.
    const EnvironmentGate* its = gate(job.environment);
    if (!tells && its != nullptr && !its->workflow.empty()) return job.environment;
    for (const delivery::Need& need : job.needs) {
        const delivery::Job& before = *graph_.job(need.job);
        // A user's own job comes after the deploys of its own environment.
        if (before.environment == job.environment && !own) continue;
        const std::string home = home_of(before);
        if (!home.empty()) return home;
    }
    return {};
}

// Whether the job's environment asks its reviewers.
bool Lowering::asks_reviewers(const delivery::Job& job) const {
    const EnvironmentGate* its = gate(job.environment);
    return its != nullptr && its->form == GateForm::reviewers;
}

// For which stacks of an environment the push that a person stands in for there starts a job: its own one, all that it
// serves, or any where it is another environment's.
std::vector<std::string> Lowering::stacks_at(const delivery::Job& job, const std::string& home) const {
    if (job.environment != home) return {""};
    if (!job.stack.empty()) return {job.stack};
    std::vector<std::string> all;
    for (const Target& target : project_.environment(home)->targets) all.push_back(target.stack);
    return all;
}

// Which of a job's events start it in a workflow; none where it does not stand there.
delivery::Condition Lowering::events_in(const delivery::Job& job, const Workflow& workflow) const {
    delivery::Condition here;
    // Who has started a workflow of the gate's own need not be told that it waits.
    const bool waits_for_start = job.kind == JobKind::announce && !asks_reviewers(job);
    const std::string home = home_of(job);
    const std::string by_hand = "refs/heads/" + host_.default_branch;
    for (const EventClass& one : job.when.any) {
        const bool asked = one.kind == EventKind::change_request;
        if (waits_for_start && one.kind == EventKind::form) continue;
        switch (workflow.kind) {
            case WorkflowKind::delivery:
                if (is_push(one) ? home.empty() : asked && job.kind != JobKind::plan) here.any.push_back(one);
                break;
            case WorkflowKind::infrastructure:
                if ((asked && job.kind == JobKind::plan) || one.kind == EventKind::schedule) here.any.push_back(one);
                break;
            case WorkflowKind::operations: {
                const EnvironmentGate* its = one.kind == EventKind::form ? gate(one.environment) : nullptr;
                if (its != nullptr && its->workflow.empty()) here.any.push_back(one);
                break;
            }
            case WorkflowKind::promotion:
                if (one.kind == EventKind::form && one.environment == workflow.environment) {
                    add_once(here.any, delivery::form(one.action, one.environment, one.stack, by_hand));
                } else if (is_push(one) && home == workflow.environment) {
                    for (const std::string& stack : stacks_at(job, home))
                        add_once(here.any, delivery::form(delivery::action::kDeploy, home, stack, by_hand));
                }
                break;
        }
    }
    return here;
}

Workflow Lowering::delivery_workflow() const {
    Workflow workflow;
    workflow.path = workflow_path("delivery");
    workflow.name = project_.folder.empty() ? "Delivery" : "Delivery of " + project_.name;
    workflow.about =
        project_.first().deployed_by(Host::github)
            ? hosts::about(graph_, ", ",
                           "builds each image once and promotes it by digest from environment to environment.")
            : hosts::about(graph_, "; ", "images are built by the other host.");
    workflow.origin = origins_.intern(project_.span, "the delivery workflow");
    return workflow;
}

Workflow Lowering::infrastructure_workflow() const {
    Workflow workflow;
    workflow.kind = WorkflowKind::infrastructure;
    workflow.path = workflow_path("infrastructure");
    workflow.name = of_project("Infrastructure");
    workflow.about = "Shows on a change request what it would change in every environment's infrastructure.";
    if (!project_.delivery.drift_schedule.empty()) {
        workflow.about =
            "Shows on a change request what it would change in every environment's infrastructure, and by the clock "
            "what differs there from what was deployed.";
    }
    workflow.origin = origins_.intern(project_.span, "the infrastructure workflow");
    return workflow;
}

Workflow Lowering::operations_workflow() const {
    Workflow workflow;
    workflow.kind = WorkflowKind::operations;
    workflow.path = workflow_path("operations");
    workflow.name = of_project("Operations");
    workflow.about = "The operators' form: what a person does to a target by hand, behind the same gates.";
    workflow.origin = origins_.intern(project_.span, "the operators' form");
    std::vector<std::string> actions, environments, stacks;
    for (const delivery::Job& job : graph_.jobs) {
        for (const EventClass& one : events_in(job, workflow).any) {
            if (job.kind != JobKind::check_form) continue;
            add_once(actions, one.action);
            add_once(environments, one.environment);
            add_once(stacks, one.stack);
        }
    }
    if (actions.empty()) return workflow;
    workflow.form = {
        {"action", "infra: plan and apply; deploy; rollback; destroy.", true, actions},
        {"environment", "Where. The run must be on this environment's own branch or tag.", true, environments},
        {"cloud", "On which stack.", true, stacks},
        {"service", kServiceField, false},
        {"image", kImageField, false},
        {"confirm",
         "destroy: the environment's name. infra where nobody reviews it: empty first, then the fingerprint it shows. "
         "Else empty, or the fingerprint that the plan must have.",
         false}};
    workflow.run_name = run_name(E::context("inputs.environment"));
    return workflow;
}

Workflow Lowering::promotion_workflow(const EnvironmentGate& gate) const {
    const Environment& environment = *project_.environment(gate.environment);
    Workflow workflow;
    workflow.kind = WorkflowKind::promotion;
    workflow.environment = gate.environment;
    workflow.path = gate.workflow;
    workflow.name = of_project("Promote to " + gate.environment);
    workflow.about =
        "The gate of " + gate.environment + " is that a person starts this workflow; its part of the form is here too.";
    workflow.origin = origins_.intern(environment.gate.span, "a gate that is a workflow");
    const FormInput commit{"commit",
                           "The full commit to promote: what it holds must have passed " + environment.promote_from +
                               ". Empty: the newest of " + host_.default_branch + ".",
                           false};
    const delivery::Job* check = graph_.job(delivery::kCheckForm);
    if (check == nullptr) {
        workflow.form = {commit};
        return workflow;
    }
    std::vector<std::string> actions{delivery::action::kDeploy}, stacks;
    if (environment.targets.size() > 1) stacks.emplace_back("all");
    for (const EventClass& one : events_in(*check, workflow).any) {
        add_once(actions, one.action);
        add_once(stacks, one.stack);
    }
    workflow.form = {{"action", "deploy: promote; infra: plan and apply; rollback; destroy.", true, actions},
                     {"cloud", "On which stack.", true, stacks},
                     commit,
                     {"service", kPromotedServiceField, false},
                     {"image", kImageField, false},
                     {"confirm",
                      std::string("destroy: the environment's name. infra") +
                          (project_.infrastructure.apply_gated ? ", and deploy where the platform changes" : "") +
                          ": empty first, then the fingerprint it shows.",
                      false}};
    workflow.run_name = run_name(E::literal(gate.environment));
    return workflow;
}

// Finds what starts the workflow, and adds its jobs, each guarded environment's guard before the first of them.
void Lowering::complete(Workflow workflow) {
    std::vector<const delivery::Job*> mine;
    for (const delivery::Job& job : graph_.jobs) {
        const delivery::Condition here = events_in(job, workflow);
        if (here.any.empty()) continue;
        mine.push_back(&job);
        for (const EventClass& one : here.any) {
            if (one.kind == EventKind::change_request) workflow.change_requests = true;
            if (one.kind == EventKind::push_branch) add_once(workflow.branches, one.ref);
            if (one.kind == EventKind::push_tag) add_once(workflow.tags, one.ref);
            if (one.kind == EventKind::schedule) workflow.schedule = project_.delivery.drift_schedule;
        }
    }
    if (mine.empty()) return;
    for (const delivery::Job* job : mine) {
        const EnvironmentGate* its = job->gated ? gate(job->environment) : nullptr;
        const bool held = its != nullptr && its->guarded;
        if (held || (job->kind == JobKind::announce && asks_reviewers(*job))) {
            const std::string id = "guard-" + job->environment;
            const bool there =
                std::any_of(workflow.jobs.begin(), workflow.jobs.end(), [&](const Job& one) { return one.id == id; });
            if (!there) workflow.jobs.push_back(guard(job->environment, workflow));
        }
        Job lowered = lower(*job, workflow);
        // A reviewer needs to be told once.
        const auto told = [&](const Job& one) { return one.about == lowered.about; };
        if (std::any_of(workflow.jobs.begin(), workflow.jobs.end(), told)) lowered.about.clear();
        workflow.jobs.push_back(std::move(lowered));
    }
    pipeline_.workflows.push_back(std::move(workflow));
}

Pipeline Lowering::lower() {
    for (const Environment& environment : project_.environments) {
        if (environment.on_github) pipeline_.gates.push_back(gate_of(environment));
    }
    pipeline_.webhook = project_.delivery.slack_secret;
    complete(delivery_workflow());
    complete(infrastructure_workflow());
    complete(operations_workflow());
    for (const EnvironmentGate& gate : pipeline_.gates) {
        if (!gate.workflow.empty()) complete(promotion_workflow(gate));
    }
    return std::move(pipeline_);
}

Pipeline lower(const Project& project, const delivery::Graph& graph, Origins& origins) {
    return Lowering(project, graph, origins).lower();
}

namespace {

std::vector<std::string> scripts_of(const Job& job) {
    std::vector<std::string> all;
    for (const Step& step : job.steps) {
        if (!step.run) continue;
        if (const auto* call = std::get_if<ScriptCall>(&*step.run))
            all.push_back(call->path.substr(call->path.rfind('/') + 1));
    }
    return all;
}

}  // namespace

std::vector<hosts::Use> uses(const Pipeline& pipeline) {
    std::vector<hosts::Use> all;
    for (const Workflow& workflow : pipeline.workflows) {
        for (const Job& job : workflow.jobs) {
            hosts::add_uses(job, scripts_of(job), all);
        }
    }
    return all;
}

std::vector<std::string> scripts(const Pipeline& pipeline) {
    std::vector<std::string> all;
    for (const Workflow& workflow : pipeline.workflows) {
        for (const Job& job : workflow.jobs) {
            for (const std::string& one : scripts_of(job)) add_once(all, one);
            if (job.reader) add_once(all, std::string(hosts::kReaderScript));
        }
    }
    return all;
}

}  // namespace pipewright::github
