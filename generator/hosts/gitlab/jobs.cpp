#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/delivery/plan.h"
#include "generator/hosts/gitlab/lowering.h"
#include "generator/hosts/signing.h"
#include "generator/project/signing.h"

namespace pipewright::gitlab {

namespace {

using delivery::JobKind;

bool by_person(GateForm form) { return form == GateForm::manual_job || form == GateForm::deployment; }

}  // namespace

void add(std::vector<Need>& needs, const Need& need) {
    const auto found = std::find_if(needs.begin(), needs.end(), [&](const Need& one) { return one.job == need.job; });
    if (found == needs.end()) {
        needs.push_back(need);
    } else {
        found->artifacts = found->artifacts || need.artifacts;
        found->optional = found->optional && need.optional;
    }
}

delivery::Condition events_of(const delivery::Job& from) {
    if (from.kind != JobKind::check_form) return from.when;
    return {{delivery::form("", "", "", "")}};
}

std::string guard_job(const std::string& environment) { return "guard-" + environment; }

std::string release_job(const std::string& environment) { return "release-" + environment; }

// Environments have names without a blank, so no other stage is called like one's.
std::string stage_of(const delivery::Job& job) {
    switch (job.kind) {
        case JobKind::check_form:
        case JobKind::check:
        case JobKind::scan_source: return "check";
        case JobKind::test:
        case JobKind::try_build: return "test";
        case JobKind::build:
        case JobKind::resolve:
        case JobKind::scan_image: return "build";
        case JobKind::plan:
        case JobKind::drift:
        case JobKind::alert:
        case JobKind::announce:
        case JobKind::notify:
        case JobKind::apply:
        case JobKind::deploy:
        case JobKind::extend:
        case JobKind::rollback:
        case JobKind::destroy: break;
    }
    return "on " + job.environment;
}

// In the graph's order; what stands before the gate's own jobs comes first.
std::vector<Need> Lowering::needs_of(const delivery::Job& from) const {
    std::vector<Need> needs;
    const delivery::Variables variables = all_variables(from);
    for (const delivery::Need& need : from.needs) {
        const bool artifacts = std::any_of(variables.begin(), variables.end(), [&](const delivery::Variable& one) {
            const auto* output = std::get_if<delivery::JobOutput>(&one.value);
            const auto* result = std::get_if<delivery::JobResult>(&one.value);
            return (output != nullptr && output->job == need.job) || (result != nullptr && result->job == need.job);
        });
        gitlab::add(needs, gathered(from, {need.job, !need.required, artifacts}));
    }
    if (const EnvironmentGate* its = from.gated ? gate(from.environment) : nullptr)
        needs.push_back({by_person(its->form) ? release_job(from.environment) : guard_job(from.environment)});
    if (from.kind == JobKind::announce) needs.push_back({guard_job(from.environment)});
    return needs;
}

// Where no gate has a person in front of it, the form's changes of a platform wait for one: who asked has not seen the
// plan yet.
RuleSetup Lowering::rule_setup(const delivery::Job& from) const {
    RuleSetup setup;
    setup.own_project = from.is_trusted();
    setup.after = from.after;
    setup.form_variables = form_variables(from);
    const EnvironmentGate* its = gate(from.environment);
    if (its == nullptr || by_person(its->form)) return setup;
    if (from.kind == JobKind::apply) setup.by_hand = {delivery::action::kInfra};
    if (from.kind == JobKind::destroy) setup.by_hand = {delivery::action::kDestroy};
    return setup;
}

void Lowering::add_identity(const delivery::Job& from, Job& job) const {
    const EnvironmentGate* its = from.gated ? gate(from.environment) : nullptr;
    const bool is_protected = its != nullptr && its->form == GateForm::deployment;
    job.identity = from.identity->kind;
    job.static_keys = from.identity->static_keys;
    // What may change a protected environment names it where the cloud can check that: it is no deployment of its own,
    // the gate's job was. Keys are variables of their environment.
    if (job.static_keys || (is_protected && from.identity->cloud == Cloud::gcp))
        job.deployment = Deployment{from.environment, project_.environment(from.environment)->production, true};
    const auto claims = [&](const delivery::JobIdentity& who) {
        hosts::Claims its_claims =
            claims_of(host_, from.when, who.kind, from.gated, who.provider,
                      is_protected && job.deployment ? job.deployment->environment : std::string());
        job.tokens.push_back({who.cloud == Cloud::aws ? "AWS_ID_TOKEN" : "GCP_ID_TOKEN", its_claims.audience});
        return its_claims;
    };
    if (!job.static_keys) {
        job.principal = from.identity->principal;
        job.claims = claims(*from.identity);
    }
    if (from.reader) {
        job.reader =
            hosts::Reader{from.reader->environment, from.reader->stack, from.reader->principal, claims(*from.reader)};
    }
}

Job Lowering::lower(const delivery::Job& from) const {
    Job job;
    job.id = from.id;
    job.about = from.about;
    job.title = from.title;
    job.stage = stage_of(from);
    job.needs = needs_of(from);
    const delivery::Condition events = events_of(from);
    job.rules = rules_of(host_, events, rule_setup(from));
    job.events = delivery::describe(events);
    job.timeout_minutes = from.timeout_minutes;
    job.origin = from.origin;
    job.target_environment = from.environment;
    job.target_stack = from.stack;
    job.changes_target = from.changes_target;
    if (from.identity) add_identity(from, job);
    if (hosts::makes_image(from) && signing(project_) == kCosign)
        job.tokens.push_back({"SIGSTORE_ID_TOKEN", std::string(hosts::kSigstoreAudience)});
    // Only what nobody would miss is stopped half way, and only in pipelines of merge requests.
    job.interruptible = from.kind == JobKind::check || from.kind == JobKind::scan_source ||
                        from.kind == JobKind::test || from.kind == JobKind::try_build;
    if (from.container) {
        job.image = from.container->image;
        for (const delivery::SideContainer& side : from.container->sides) {
            Service service{side.name, side.image, {}};
            for (const delivery::Variable& one : side.variables) {
                if (const auto* text = std::get_if<delivery::Text>(&one.value))
                    service.variables.push_back({one.name, Text{text->text}, one.why});
            }
            job.services.push_back(std::move(service));
        }
    }
    add_steps(from, job);
    if (from.kind == JobKind::announce) tell_gate(from, job);
    if (is_told(from)) hand_on_result(from, job);
    return job;
}

// Whether another job tells how this one ended.
bool Lowering::is_told(const delivery::Job& from) const {
    return std::any_of(graph_.jobs.begin(), graph_.jobs.end(), [&](const delivery::Job& other) {
        return std::any_of(other.variables.begin(), other.variables.end(), [&](const delivery::Variable& one) {
            const auto* result = std::get_if<delivery::JobResult>(&one.value);
            return result != nullptr && result->job == from.id;
        });
    });
}

// GitLab tells no job how another ended, so each says it itself. For that it needs a little more time: what comes
// after a script that used up all of the job's is not run ("Set script and after_script timeouts").
void Lowering::hand_on_result(const delivery::Job& from, Job& job) const {
    constexpr int kMinutes = 5;
    job.outputs = kOutputs;
    job.afterwards = {HandOnResult{delivery::result_variable(from.id), kOutputs}};
    job.timeout_minutes = from.timeout_minutes + 2 * kMinutes;
    set(job, "RUNNER_SCRIPT_TIMEOUT", Text{std::to_string(from.timeout_minutes) + "m"},
        "leaves time to say how it ended");
    set(job, "RUNNER_AFTER_SCRIPT_TIMEOUT", Text{std::to_string(kMinutes) + "m"});
}

void Lowering::tell_gate(const delivery::Job& from, Job& job) const {
    const EnvironmentGate& its = *gate(from.environment);
    set(job, "GATE", Text{its.form == GateForm::deployment ? "approvals" : "job"});
    set(job, "GATE_PLACE", Text{its.job});
    set(job, "GATE_APPROVERS", Text{delivery::JsonText(nlohmann::ordered_json(its.approvers)).text()});
}

delivery::Condition Lowering::gated_events(const std::string& environment) const {
    delivery::Condition all;
    for (const delivery::Job& job : graph_.jobs) {
        if (job.gated && job.environment == environment) delivery::add(all, job.when);
    }
    return all;
}

// What the gated jobs of an environment wait for before its gate, with the plans that a person looks at or without.
std::vector<Need> Lowering::needs_before(const std::string& environment, bool plans) const {
    const delivery::Condition events = gated_events(environment);
    std::vector<Need> needs;
    for (const delivery::Job& job : graph_.jobs) {
        if (!job.gated || job.environment != environment) continue;
        for (const delivery::Need& need : job.needs) {
            const delivery::Job& other = *graph_.job(need.job);
            if (other.gated && other.environment == environment) continue;
            const bool before = other.kind == JobKind::check_form || other.environment != environment;
            if (!before && !plans) continue;
            gitlab::add(needs, gathered(job, {other.id, !delivery::contains(events_of(other), events), false}));
        }
    }
    return needs;
}

Job Lowering::gate_job(const std::string& id, const std::string& environment) const {
    Job job;
    job.id = id;
    job.stage = "on " + environment;
    const delivery::Condition events = gated_events(environment);
    job.rules = rules_of(host_, events, {true, {}, {}});
    job.events = delivery::describe(events);
    job.timeout_minutes = 5;
    job.target_environment = environment;
    job.origin = origins_.intern(project_.environment(environment)->gate.span, "gate of an environment");
    return job;
}

void Lowering::ask_guard(const std::string& environment, const char* plan, Job& job) const {
    job.tokens = {{"GATE_ID_TOKEN", guard_audience(host_)}};
    set(job, "GATE_ENVIRONMENT", Text{environment});
    set(job, "GATE_PLAN", Text{plan});
    add_tools({"guard-gitlab.sh"}, false, job);
    job.script.emplace_back(script("guard-gitlab.sh"));
}

Job Lowering::guard(const std::string& environment) const {
    Job job = gate_job(guard_job(environment), environment);
    job.title = "Guard the gate of " + environment;
    job.about = "GitLab makes nobody protect a branch or a tag: is this one protected?";
    job.needs = needs_before(environment, false);
    ask_guard(environment, "free", job);
    return job;
}

// With approvals the gate is a deployment. Only now it runs as a person who may deploy there, so only now GitLab can be
// asked whether the environment is protected: before, a job that names it would fail for everybody else.
Job Lowering::release(const std::string& environment) const {
    Job job = gate_job(release_job(environment), environment);
    job.title = "Release to " + environment;
    job.about = "The gate of " + environment + ": nothing of it changes before a person has started this job.";
    job.needs = needs_before(environment, true);
    gitlab::add(job.needs, {guard_job(environment)});
    for (Rule& one : job.rules) one.by_hand = true;
    if (gate(environment)->form == GateForm::deployment) {
        job.deployment = Deployment{environment, project_.environment(environment)->production};
        ask_guard(environment, "premium", job);
    } else {
        set(job, "GIT_STRATEGY", Text{"none"});
        job.script.emplace_back(Command{{"echo", "the gate of " + environment + " is open"}});
    }
    return job;
}

}  // namespace pipewright::gitlab
