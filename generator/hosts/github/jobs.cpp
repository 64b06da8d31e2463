#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/delivery/plan.h"
#include "generator/hosts/github/lowering.h"
#include "generator/hosts/signing.h"
#include "generator/project/signing.h"

namespace pipewright::github {

namespace {

using E = Expression;
using delivery::JobKind;

E result_is(const std::string& job, const char* result) {
    return E::equal(E::context("needs." + job + ".result"), E::literal(result));
}

std::string guard_job(const std::string& environment) { return "guard-" + environment; }

using Strings = std::vector<std::string>;

bool has(const Strings& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

std::string cloud_word(Cloud cloud) { return cloud == Cloud::aws ? "AWS" : "Google Cloud"; }

}  // namespace

std::string Lowering::script(const std::string& name) const {
    return (project_.folder.empty() ? std::string() : project_.folder + "/") + "ci/" + name;
}

// What a job waits for within one workflow. A need that may have been skipped is no obstacle, but what it needed itself
// still is: else a failure before it would look like a skip.
Lowering::Edges Lowering::edges_of(const delivery::Job& job, const Workflow& workflow) const {
    Edges edges;
    const delivery::Condition here = events_in(job, workflow);
    std::vector<std::string> open;
    for (const delivery::Need& need : job.needs) open.push_back(need.job);
    if (job.gated) {
        const EnvironmentGate* its = gate(job.environment);
        if (its != nullptr && its->guarded) edges.push_back({guard_job(job.environment)});
    }
    if (job.kind == JobKind::announce && asks_reviewers(job)) edges.push_back({guard_job(job.environment)});
    for (std::size_t i = 0; i < open.size(); ++i) {
        const std::string id = open[i];
        if (std::any_of(edges.begin(), edges.end(), [&](const Edge& one) { return one.job == id; })) continue;
        const delivery::Job& other = *graph_.job(id);
        const delivery::Condition there = events_in(other, workflow);
        // A person may ask a promotion for all stacks at once: jobs for other stacks of the environment run then.
        const bool beside = workflow.kind == WorkflowKind::promotion && asks(workflow, "cloud") && !there.any.empty() &&
                            other.environment == job.environment;
        if (!overlaps(there, here) && !beside) continue;
        // What is told of a job is told however it ended, and of no other.
        if (job.after != delivery::After::success) {
            edges.push_back({id});
            continue;
        }
        // The form's first job runs in every run of the form, whatever a person chose.
        Edge edge{id, other.kind != JobKind::check_form && !contains(there, here)};
        // Behind reviewers an apply of nothing is skipped, so that nobody is asked for it.
        const EnvironmentGate* its = other.kind == JobKind::apply ? gate(other.environment) : nullptr;
        edge.asks_reviewers = its != nullptr && its->form == GateForm::reviewers;
        edge.may_be_skipped = edge.may_be_skipped || edge.asks_reviewers;
        edges.push_back(edge);
        if (edge.may_be_skipped) {
            for (const delivery::Need& need : other.needs) open.push_back(need.job);
        }
    }
    // In the graph's order, the guard last: a person reads what comes before.
    std::stable_sort(edges.begin(), edges.end(), [&](const Edge& a, const Edge& b) {
        const auto place = [&](const Edge& one) { return graph_.job(one.job) - graph_.jobs.data(); };
        const bool a_guard = graph_.job(a.job) == nullptr;
        const bool b_guard = graph_.job(b.job) == nullptr;
        if (a_guard || b_guard) return !a_guard && b_guard;
        return place(a) < place(b);
    });
    return edges;
}

// Whether anything that comes before the job in a workflow may be skipped while the job goes on. success() looks at all
// ancestors (https://github.com/actions/runner/issues/491), so such a job has to ask for its needs by name. Of
// ancestors only the events count that the job itself runs on.
bool Lowering::after_a_skip(const delivery::Job& job, const Workflow& workflow) const {
    const delivery::Condition here = events_in(job, workflow);
    // Each ancestor once: there are far more ways to them than jobs.
    std::vector<const delivery::Job*> ancestors{&job};
    for (std::size_t i = 0; i < ancestors.size(); ++i) {
        for (const Edge& edge : edges_of(*ancestors[i], workflow)) {
            const delivery::Job* before = graph_.job(edge.job);
            // A guard runs wherever what it guards does, the form's first job in every run of the form.
            if (before == nullptr || before->kind == JobKind::check_form) continue;
            if (edge.asks_reviewers || !contains(events_in(*before, workflow), here)) return true;
            if (std::find(ancestors.begin(), ancestors.end(), before) == ancestors.end()) ancestors.push_back(before);
        }
    }
    return false;
}

// Jobs with an identity never run in a fork, where they could only be refused; nor do those that come after one.
std::optional<Expression> Lowering::condition_in(const delivery::Condition& events, const Workflow& workflow,
                                                 bool own_repository) const {
    std::vector<E> all;
    if (own_repository) all.push_back(E::equal(E::context("github.repository"), E::literal(host_.repository)));
    if (const std::optional<E> condition = condition_of(events, workflow)) all.push_back(*condition);
    if (workflow.kind == WorkflowKind::promotion)
        all.push_back(E::equal(E::context("github.ref"), E::literal("refs/heads/" + host_.default_branch)));
    if (all.empty()) return std::nullopt;
    return E::all_of(std::move(all));
}

// What the results of its needs have to be before a job starts, where that is not what GitHub asks for by itself.
std::vector<Expression> Lowering::turn_of(const delivery::Job& job, const Edges& edges,
                                          const Workflow& workflow) const {
    std::vector<E> all, any;
    switch (job.after) {
        case delivery::After::always:
            // Also in a run that was cancelled: what had begun by then is told.
            for (const Edge& edge : edges) any.push_back(E::negation(result_is(edge.job, "skipped")));
            return {E::call("always", {}), E::any_of(std::move(any))};
        case delivery::After::failure:
            for (const Edge& edge : edges) any.push_back(result_is(edge.job, "failure"));
            return {E::call("always", {}), E::any_of(std::move(any))};
        case delivery::After::success: break;
    }
    if (!after_a_skip(job, workflow)) return {};
    all.push_back(E::negation(E::call("cancelled", {})));
    for (const Edge& edge : edges) {
        std::vector<E> good{result_is(edge.job, "success")};
        if (edge.may_be_skipped) good.push_back(result_is(edge.job, "skipped"));
        all.push_back(E::any_of(std::move(good)));
    }
    return all;
}

// Who is asked, and where. Behind reviewers an apply of nothing is skipped, so a run of it alone asks nobody, and only
// where something changes they are asked twice.
void Lowering::tell_gate(const delivery::Job& from, const Workflow& workflow, Job& job) const {
    const EnvironmentGate& its = *gate(from.environment);
    const bool reviewed = its.form == GateForm::reviewers;
    job.variables.push_back({"GATE", Text{reviewed ? "reviewers" : "workflow"}, ""});
    job.variables.push_back({"GATE_PLACE", Text{reviewed ? from.environment : its.workflow}, ""});
    job.variables.push_back(
        {"GATE_APPROVERS", Text{delivery::JsonText(nlohmann::ordered_json(its.approvers)).text()}, ""});
    if (!reviewed) return;
    std::vector<E> changes;
    for (const std::string& need : job.needs) {
        const delivery::Job* other = graph_.job(need);
        if (other == nullptr || other->kind != JobKind::plan || other->environment != from.environment) continue;
        changes.push_back(E::equal(E::context("needs." + need + ".outputs.empty"), E::literal("false")));
    }
    const auto chosen = [](const char* action) { return E::equal(E::context("inputs.action"), E::literal(action)); };
    if (project_.infrastructure.apply_gated && !changes.empty()) {
        const E twice = E::any_of(changes);
        job.variables.push_back(
            {"GATE_TWICE", asks(workflow, "action") ? E::all_of({chosen(delivery::action::kDeploy), twice}) : twice,
             ""});
    }
    if (!asks(workflow, "action")) return;
    std::vector<E> asked{E::negation(chosen(delivery::action::kInfra))};
    asked.insert(asked.end(), changes.begin(), changes.end());
    std::vector<E> all;
    if (job.only_if) all.push_back(*job.only_if);
    all.push_back(E::any_of(std::move(asked)));
    job.only_if = E::all_of(std::move(all));
}

Job Lowering::guard(const std::string& environment, const Workflow& workflow) const {
    const EnvironmentGate& gate = *this->gate(environment);
    Job job;
    job.id = guard_job(environment);
    job.name = "Guard the gate of " + environment;
    const bool tags = gate.form == GateForm::release;
    job.about = tags ? "Whoever pushes a tag that releases opens the gate: does GitHub keep such tags to a few?"
                     : "GitHub creates a missing environment without any rule: is the gate really configured?";
    job.runner = host_.runner;
    job.timeout_minutes = 5;
    job.target_environment = environment;
    job.origin = origins_.intern(project_.environment(environment)->gate.span, "guard of a gate");
    job.permissions = {{"contents", "read", ""}};
    // Rulesets are shown to every token that may read the repository.
    if (!tags) job.permissions.push_back({"actions", "read", "reads the environment's settings"});
    delivery::Condition events;
    for (const delivery::Job& one : graph_.jobs) {
        if (one.gated && one.environment == environment) delivery::add(events, events_in(one, workflow));
    }
    if (graph_.job(delivery::kCheckForm) != nullptr && !workflow.form.empty())
        job.needs.emplace_back(delivery::kCheckForm);
    job.only_if = condition_in(events, workflow, true);
    job.events = delivery::describe(events);
    Step step;
    step.name = tags ? "Check the protection of tags" : "Check the environment";
    step.run = ScriptCall{script(tags ? "guard-tags.sh" : "guard.sh"), false};
    step.origin = job.origin;
    const bool reviewed = gate.form == GateForm::reviewers;
    const auto list = [](const std::vector<std::string>& all) {
        return Text{delivery::JsonText(nlohmann::ordered_json(all)).text()};
    };
    step.environment = {{"GITHUB_TOKEN", E::context("github.token"), ""}, {"GATE_ENVIRONMENT", Text{environment}, ""}};
    if (!tags) {
        step.environment.push_back({"GATE_REVIEWERS", Text{reviewed ? "true" : "false"}, ""});
        step.environment.push_back(
            {"GATE_APPROVERS", list(reviewed ? gate.approvers : std::vector<std::string>()), ""});
        step.environment.push_back({"GATE_WAIT_MINUTES", Text{std::to_string(gate.wait_minutes)}, ""});
    }
    step.environment.push_back({"GATE_REFS", list(gate.refs), ""});
    job.steps = {checkout(job.origin, false), step};
    return job;
}

void Lowering::add_identity(const delivery::Job& from, const delivery::Condition& events, const Workflow& workflow,
                            Job& job) const {
    const EnvironmentGate* its = from.gated ? gate(from.environment) : nullptr;
    job.static_keys = from.identity->static_keys;
    job.identity = from.identity->kind;
    // Where nobody reviews, the cloud itself admits the approvers alone.
    const bool by_actor = its != nullptr && !host_.reviewers();
    const auto claims = [&](const delivery::JobIdentity& who) {
        return claims_of(host_, events, job.environment, workflow.path,
                         by_actor ? its->approvers : std::vector<std::string>(), who.provider);
    };
    std::string why;
    if (!job.static_keys) {
        why = "signs in to " + cloud_word(from.identity->cloud) + " as " +
              std::string(names::to_string(from.identity->kind));
        job.principal = from.identity->principal;
        job.claims = claims(*from.identity);
    }
    if (from.reader) {
        why += (why.empty() ? "" : "; ") + ("reads images in " + cloud_word(from.reader->cloud));
        job.reader =
            hosts::Reader{from.reader->environment, from.reader->stack, from.reader->principal, claims(*from.reader)};
    }
    if (!why.empty()) job.permissions.push_back({"id-token", "write", why});
}

// Whether the job belongs to an environment that comes after the one which a person promotes to. What was filled in is
// not meant for it.
bool Lowering::follows(const delivery::Job& from, const Workflow& workflow) {
    return workflow.kind == WorkflowKind::promotion && !from.environment.empty() &&
           from.environment != workflow.environment;
}

// Whether an apply of the workflow waits until its plan is confirmed, where nobody stands in front of it: nothing where
// none ever does. What is deployed to an environment without a gate is applied as its push does it; the form's infra
// there, and everything where the gate is that a person starts the workflow, was not seen by anybody.
std::optional<Value> Lowering::needs_confirmation(const delivery::Job& from, const Workflow& workflow) const {
    if (from.kind != JobKind::apply || !asks(workflow, "confirm") || follows(from, workflow)) return std::nullopt;
    switch (gate(from.environment)->form) {
        case GateForm::reviewers: return std::nullopt;
        case GateForm::workflow_in_environment:
        case GateForm::workflow: return Text{"true"};
        case GateForm::none:
        case GateForm::release: break;
    }
    if (!project_.infrastructure.apply_gated) return Text{"true"};
    return E::equal(E::context("inputs.action"), E::literal(delivery::action::kInfra));
}

// The form's rows that belong to a workflow, as its runs have to look.
std::vector<delivery::FormRow> Lowering::form_rows(const delivery::Job& from, const Workflow& workflow) const {
    std::vector<delivery::FormRow> rows;
    for (const delivery::FormRow& one : from.form) {
        const bool own = workflow.kind == WorkflowKind::promotion && one.environment == workflow.environment;
        const bool open = workflow.kind == WorkflowKind::operations && gate(one.environment)->workflow.empty();
        if (!own && !open) continue;
        rows.push_back(one);
        if (own) rows.back().ref = "refs/heads/" + host_.default_branch;
    }
    if (workflow.kind == WorkflowKind::promotion && rows.size() > 1) {
        // All stacks at once; but a plan is confirmed by its own fingerprint, so infra is for one at a time, and a
        // deploy with one as well.
        delivery::FormRow all{workflow.environment, "all", {}, rows.front().services, {}, {}, rows.front().ref};
        for (const std::string& action : rows.front().actions) {
            const bool everywhere = std::all_of(rows.begin(), rows.end(), [&](const delivery::FormRow& row) {
                return std::find(row.actions.begin(), row.actions.end(), action) != row.actions.end();
            });
            if (everywhere && action != delivery::action::kInfra) all.actions.push_back(action);
        }
        for (const delivery::FormRow& row : rows) {
            // Each of the jobs has to know the service.
            std::erase_if(all.services, [&](const std::string& one) { return !has(row.services, one); });
            for (const std::string& image : row.images) {
                if (!has(all.images, image)) all.images.push_back(image);
            }
        }
        rows.insert(rows.begin(), std::move(all));
    }
    return rows;
}

Job Lowering::lower(const delivery::Job& from, const Workflow& workflow) const {
    const delivery::Condition events = events_in(from, workflow);
    const EnvironmentGate* its = from.gated ? gate(from.environment) : nullptr;
    Job job;
    job.id = from.id;
    job.name = from.title;
    job.about = from.about;
    job.runner = host_.runner;
    job.timeout_minutes = from.timeout_minutes;
    job.outputs = from.outputs;
    job.origin = from.origin;
    job.changes_target = from.changes_target;
    job.target_environment = from.environment;
    job.target_stack = from.stack;
    job.events = delivery::describe(events);
    if (its != nullptr && by_environment(its->form)) job.environment = from.environment;

    std::vector<E> conditions;
    // Whatever a person fills in, the form is checked.
    if (from.kind != JobKind::check_form) {
        if (std::optional<E> one = condition_in(events, workflow, from.is_trusted())) conditions.push_back(*one);
    }
    const Edges edges = edges_of(from, workflow);
    for (const Edge& edge : edges) job.needs.push_back(edge.job);
    for (E& one : turn_of(from, edges, workflow)) conditions.push_back(std::move(one));
    if (from.kind == JobKind::apply && its != nullptr && its->form == GateForm::reviewers) {
        conditions.push_back(E::negation(E::equal(
            E::context("needs.plan-" + from.environment + "-" + from.stack + ".outputs.empty"), E::literal("true"))));
    }
    if (!conditions.empty()) job.only_if = E::all_of(std::move(conditions));

    job.permissions.push_back({"contents", "read", ""});
    if (from.identity) add_identity(from, events, workflow, job);
    // With what GitHub gives a job it opens GitHub's own registry, and no other.
    if (project_.registry.kind == RegistryKind::ghcr && from.registry != delivery::RegistryUse::none) {
        const bool writes = from.registry == delivery::RegistryUse::writes;
        job.permissions.push_back({"packages", writes ? "write" : "read",
                                   writes ? "pushes to the registry of packages, or tags there" : "pulls the image"});
    }
    if (from.writes_report) {
        job.permissions.push_back({"security-events", "write", "uploads what the scan finds"});
        if (host_.visibility == Visibility::restricted)
            job.permissions.push_back({"actions", "read", "the upload asks for the run that it belongs to"});
    }
    const bool has_token = std::any_of(job.permissions.begin(), job.permissions.end(),
                                       [](const Permission& one) { return one.name == "id-token"; });
    if (!has_token && hosts::makes_image(from) && signing(project_) == kCosign)
        job.permissions.push_back({"id-token", "write", "gets a certificate to sign with"});
    if (from.container) add_container(*from.container, workflow, job);
    job.variables = settings_of(from.variables, workflow);
    if (follows(from, workflow)) {
        const Strings meant_for_another{"SERVICE", "FORCE", "CONFIRM", "STACK_CHOSEN"};
        std::erase_if(job.variables, [&](const Setting& one) { return has(meant_for_another, one.name); });
    }
    for (const delivery::Step& step : from.steps) {
        const auto* script = std::get_if<delivery::RunScript>(&step.action);
        const auto* commands = std::get_if<delivery::RunCommands>(&step.action);
        if (script == nullptr && commands == nullptr) continue;
        for (const delivery::Variable& one : script != nullptr ? script->variables : commands->variables) {
            if (const auto* secret = std::get_if<delivery::Secret>(&one.value)) job.secrets.push_back(secret->name);
        }
    }
    if (from.kind == JobKind::check_form) {
        const Value rows = *value_of(delivery::JsonText(delivery::form_json(form_rows(from, workflow))), workflow);
        job.variables.insert(job.variables.begin(), {"FORM", rows, ""});
    }
    if (from.kind == JobKind::announce) tell_gate(from, workflow, job);
    if (const std::optional<Value> needed = needs_confirmation(from, workflow)) {
        job.variables.push_back({"CONFIRM_NEEDED", *needed, "nobody reviews this apply"});
        job.outputs.emplace_back(kEnded);
    }
    if (!from.told.empty()) {
        std::vector<delivery::ToldResult> here;
        for (const delivery::ToldResult& one : from.told) {
            if (!events_in(*graph_.job(one.job), workflow).any.empty()) here.push_back(one);
        }
        job.variables.push_back({"RESULTS", *value_of(delivery::JsonText(delivery::results_json(here)), workflow), ""});
    }

    const bool chosen = workflow.kind == WorkflowKind::promotion &&
                        (from.kind == JobKind::plan || from.kind == JobKind::apply || from.kind == JobKind::deploy ||
                         from.kind == JobKind::extend || from.kind == JobKind::destroy);
    if (workflow.kind == WorkflowKind::promotion) {
        for (Setting& one : job.variables) {
            if (one.name == "EXPECT_REF") one.value = Text{"refs/heads/" + host_.default_branch};
        }
    }
    if (chosen || (workflow.kind == WorkflowKind::promotion && from.kind == JobKind::notify))
        job.variables.push_back({"COMMIT", E::any_of({E::context("inputs.commit"), E::context("github.sha")}), ""});
    if (chosen) job.variables.push_back({"CONTENT_DIR", Text{"content"}, "the clone of the commit that is promoted"});
    for (const delivery::Step& step : from.steps) {
        if (chosen && std::holds_alternative<delivery::Checkout>(step.action)) {
            // The scripts are those of the default branch; what is promoted is only looked at.
            job.steps.push_back(checkout(step.origin, false));
            job.steps.push_back(checkout_chosen(step.origin));
        } else {
            add_step(step, workflow, job);
        }
    }
    return job;
}

}  // namespace pipewright::github
