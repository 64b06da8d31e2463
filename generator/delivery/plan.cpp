#include "generator/delivery/plan.h"

#include <algorithm>

#include "generator/delivery/planner.h"
#include "generator/text/case.h"

namespace pipewright::delivery {

Graph Planner::plan() {
    check_form();
    check();
    if (project_.delivery.scan_source) scan_source();
    for (const Service& service : project_.services) {
        if (service.test) test(service);
    }
    for (const Service& service : project_.services) {
        if (service.is_built()) try_build(service);
    }
    if (project_.first().deployed_by(host_)) {
        for (const Service& service : project_.services) {
            if (service.has_own_image()) make_image(service);
        }
        if (project_.delivery.scan_image) {
            for (const Service& service : project_.services) {
                if (service.has_own_image()) scan_image(service);
            }
        }
    }
    for (const Environment& environment : project_.environments) {
        for (const Target& target : environment.targets) plan_target(environment, target);
        if (!environment.deployed_by(host_)) continue;
        look_for_drift(environment);
        for (const Target& target : environment.targets) apply_target(environment, target);
        for (const Target& target : environment.targets) deploy_target(environment, target);
        for (const ExtraJob& extra : project_.extensions.jobs) {
            if (extra.after == environment.name) extra_jobs(environment, extra);
        }
        if (project_.delivery.operations) {
            for (const Target& target : environment.targets) roll_back_target(environment, target);
            for (const Target& target : environment.targets) destroy_target(environment, target);
        }
        announce(environment);
        notify(environment);
    }
    settle_needs();
    return std::move(graph_);
}

Job& Planner::add(Job job) {
    if (job.identity && job.identity->static_keys) tell_keys(job);
    if (!job.when.any.empty()) graph_.jobs.push_back(std::move(job));
    return graph_.jobs.back();
}

// Which needs are there whenever the job is, and which never are, follows from when the jobs run.
void Planner::settle_needs() {
    for (Job& job : graph_.jobs) {
        std::vector<Need> kept;
        for (Need& need : job.needs) {
            const Job* other = graph_.job(need.job);
            if (other == nullptr || !overlaps(other->when, job.when)) continue;
            need.required = contains(other->when, job.when);
            kept.push_back(std::move(need));
        }
        job.needs = std::move(kept);
    }
}

// Change requests, and the pushes that any environment waits for.
Condition Planner::every_event() const {
    Condition condition{{change_request()}};
    for (const Environment& environment : project_.environments)
        delivery::add(condition, trigger_of(project_, environment));
    return condition;
}

// What the images are built for: a push to the first environment's ref, and its deploy by the form.
Condition Planner::builds() const {
    Condition condition = trigger_of(project_, project_.first());
    delivery::add(condition, by_form(project_.first(), "", {action::kDeploy}));
    return condition;
}

Condition Planner::change_requests_and_builds() const {
    Condition condition{{change_request()}};
    delivery::add(condition, trigger_of(project_, project_.first()));
    return condition;
}

Condition Planner::by_form(const Environment& environment, const std::string& stack,
                           const std::vector<std::string>& actions) const {
    Condition condition;
    if (!project_.delivery.operations || !environment.deployed_by(host_)) return condition;
    for (const std::string& one : actions)
        condition.any.push_back(form(one, environment.name, stack, ref_of(project_, environment)));
    return condition;
}

Graph plan(const Project& project, Host host, Origins& origins) { return Planner(project, host, origins).plan(); }

Condition trigger_of(const Project& project, const Environment& environment) {
    switch (environment.trigger.kind) {
        case TriggerKind::branch: return {{push_to_branch(environment.trigger.value)}};
        case TriggerKind::tag: return {{push_of_tag(environment.trigger.value)}};
        case TriggerKind::after: return trigger_of(project, *project.environment(environment.trigger.value));
        case TriggerKind::manual: return {};
    }
    return {};
}

std::string ref_of(const Project& project, const Environment& environment) {
    switch (environment.trigger.kind) {
        case TriggerKind::branch: return "refs/heads/" + environment.trigger.value;
        case TriggerKind::tag: return "refs/tags/" + environment.trigger.value;
        case TriggerKind::after: return ref_of(project, *project.environment(environment.trigger.value));
        case TriggerKind::manual: return ref_of(project, *project.environment(environment.promote_from));
    }
    return {};
}

std::vector<std::string> form_actions(const Target& target) {
    std::vector<std::string> actions{action::kInfra, action::kDeploy, action::kRollback};
    if (!target.protect) actions.emplace_back(action::kDestroy);
    return actions;
}

std::string image_job(const Service& service) { return (service.is_built() ? "build-" : "resolve-") + service.name; }

std::string result_variable(std::string_view job) { return "RESULT_" + variable_word(job); }

std::string target_job(std::string_view verb, const Target& target) {
    return std::string(verb) + "-" + target.environment + "-" + target.stack;
}

}  // namespace pipewright::delivery
