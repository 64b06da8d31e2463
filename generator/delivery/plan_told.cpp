#include <algorithm>

#include "generator/delivery/planner.h"

namespace pipewright::delivery {

namespace {

// GitLab lets a job need fifty others, and a target has four that can change it.
constexpr std::size_t kTargetsAtOnce = 12;

constexpr const char* kChanges[] = {"apply", "deploy", "rollback", "destroy"};

// Tells a job how another one on a target ended.
void tell_result(Job& job, const Target& target, const char* verb) {
    const std::string id = target_job(verb, target);
    job.needs.push_back({id});
    job.told.push_back({target.stack, verb, id});
    job.variables.push_back({result_variable(id), JobResult{id}, {}});
}

void add_need(std::vector<Need>& needs, const std::string& job) {
    if (std::none_of(needs.begin(), needs.end(), [&](const Need& one) { return one.job == job; }))
        needs.push_back({job});
}

}  // namespace

// A plan that nobody asked for, of what was applied: the target is what its record says, or somebody changed it.
void Planner::drift_target(const Environment& environment, const Target& target) {
    Job job = target_job_of("drift", JobKind::drift, environment, target, names::Identity::plan);
    job.title = "Look for drift of " + target.environment + " on " + target.stack;
    job.about = "Plans, by the clock, what was applied there: what differs was changed by something else. Reads only.";
    job.when = {{on_schedule()}};
    job.timeout_minutes = 30;
    job.origin = origins_.intern(target.span, "scheduled plan of a target");
    tell_terraform(job, target);
    job.variables.push_back(text("RECORD", names::record(project_, target)));
    job.steps.push_back({Checkout{true, true}, job.origin});
    job.steps.push_back({RunScript{"Look for drift", "terraform-drift.sh", {}, {}}, job.origin});
    add(std::move(job));
}

void Planner::look_for_drift(const Environment& environment) {
    if (project_.delivery.drift_schedule.empty()) return;
    // The keys of a gated environment are behind its gate, which nobody opens by the clock.
    std::vector<const Target*> looked_at;
    for (const Target& target : environment.targets) {
        if (!environment.gate.closed() || !project_.static_keys(target)) looked_at.push_back(&target);
    }
    for (const Target* target : looked_at) drift_target(environment, *target);
    if (project_.delivery.slack_secret.empty() || looked_at.empty()) return;
    Job job = telling("alert-" + environment.name, JobKind::alert, environment, "drift");
    job.title = "Tell of drift of " + environment.name;
    job.about = "Only where a scheduled plan has found something, or could not be made.";
    job.when = {{on_schedule()}};
    job.after = After::failure;
    for (const Target* target : looked_at) tell_result(job, *target, "drift");
    add(std::move(job));
}

// A job that sends one message. It holds nothing but the webhook's address, which its one step alone is given.
Job Planner::telling(const std::string& id, JobKind kind, const Environment& environment, const char* event) const {
    Job job;
    job.id = id;
    job.kind = kind;
    job.environment = environment.name;
    job.timeout_minutes = 5;
    job.origin = origins_.intern(environment.span, "messages about an environment");
    job.variables = {text("PROJECT", project_.name), text("ENVIRONMENT", environment.name), text("EVENT", event)};
    Variables own{{"WEBHOOK", Secret{project_.delivery.slack_secret}, {}},
                  text("WEBHOOK_SECRET", project_.delivery.slack_secret)};
    job.steps.push_back({Checkout{}, job.origin});
    job.steps.push_back({RunScript{"Send the message", "notify.sh", std::move(own), {}}, job.origin});
    return job;
}

// When a gate begins to wait for a person: after all that comes before it, beside what waits. What the gate is, and
// whether it asks anybody at all, is the host's.
void Planner::announce(const Environment& environment) {
    if (project_.delivery.slack_secret.empty() || environment.gate.kind != GateKind::manual) return;
    Job job = telling("announce-" + environment.name, JobKind::announce, environment, "waits");
    job.title = "Tell that " + environment.name + " waits";
    job.about = "The gate of " + environment.name + " begins to wait for a person, who is told so.";
    std::size_t first = graph_.jobs.size();
    for (std::size_t i = 0; i < graph_.jobs.size(); ++i) {
        const Job& gated = graph_.jobs[i];
        if (!gated.gated || gated.environment != environment.name) continue;
        first = std::min(first, i);
        delivery::add(job.when, gated.when);
        for (const Need& need : gated.needs) {
            const Job* other = graph_.job(need.job);
            if (other != nullptr && !(other->gated && other->environment == environment.name))
                add_need(job.needs, need.job);
        }
    }
    if (job.when.any.empty()) return;
    graph_.jobs.insert(graph_.jobs.begin() + static_cast<std::ptrdiff_t>(first), std::move(job));
}

// How an environment ended, whoever started what changed it: a push, or a person by the form.
void Planner::notify(const Environment& environment) {
    if (project_.delivery.slack_secret.empty()) return;
    const std::vector<Target>& targets = environment.targets;
    for (std::size_t begin = 0; begin < targets.size(); begin += kTargetsAtOnce) {
        // Environments have no "_" in their names.
        const std::string number = begin == 0 ? "" : "_" + std::to_string(begin / kTargetsAtOnce + 1);
        Job job = telling("notify-" + environment.name + number, JobKind::notify, environment, "result");
        job.title = "Tell how " + environment.name + " ended";
        job.about = "Good or bad; nothing is said where nothing of the environment began.";
        job.after = After::always;
        for (std::size_t i = begin; i < std::min(begin + kTargetsAtOnce, targets.size()); ++i) {
            for (const char* verb : kChanges) {
                const Job* change = graph_.job(target_job(verb, targets[i]));
                if (change == nullptr) continue;
                delivery::add(job.when, change->when);
                tell_result(job, targets[i], verb);
            }
        }
        job.variables.push_back({"ACTION", Fact::chosen_action, {}});
        job.variables.push_back({"STACK_CHOSEN", Fact::chosen_stack, {}});
        add(std::move(job));
    }
}

}  // namespace pipewright::delivery
