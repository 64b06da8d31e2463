#include "generator/hosts/github/lower.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pipewright::github {

namespace {

using E = Expression;

constexpr std::string_view kWorkflows = ".github/workflows/";

// A manifest below the root shares the repository's folder of workflows with others, so its files carry its name.
std::string workflow_path(const Project& project, const std::string& name) {
    return std::string(kWorkflows) + (project.folder.empty() ? "" : project.name + "-") + name + ".yml";
}

Value value_of(const delivery::Value& value) {
    struct Visitor {
        Value operator()(const delivery::Text& one) const { return Text{one.text}; }
        Value operator()(const delivery::JsonText& one) const {
            if (one.text().find('\n') == std::string::npos) return Text{one.text()};
            return Lines{one.text()};
        }
        Value operator()(const delivery::JobOutput& one) const {
            return E::context("needs." + one.job + ".outputs." + one.output);
        }
        Value operator()(const delivery::Secret& one) const { return E::context("secrets." + one.name); }
        Value operator()(delivery::Fact one) const {
            return E::context(one == delivery::Fact::token ? "github.token" : "inputs.commit");
        }
    };
    return std::visit(Visitor{}, value);
}

Settings settings_of(const delivery::Variables& variables) {
    Settings settings;
    for (const delivery::Variable& one : variables) settings.push_back({one.name, value_of(one.value), one.why});
    return settings;
}

class Lowering {
public:
    Lowering(const Project& project, const delivery::Graph& graph, Origins& origins)
        : project_(project), host_(*project.github), graph_(graph), origins_(origins) {}

    Pipeline lower() {
        for (const Environment& environment : project_.environments) {
            if (environment.on_github) pipeline_.gates.push_back(gate_of(environment));
        }
        pipeline_.workflows.push_back(delivery_workflow());
        for (const EnvironmentGate& gate : pipeline_.gates) {
            if (!gate.workflow.empty()) pipeline_.workflows.push_back(promotion_workflow(gate));
        }
        return std::move(pipeline_);
    }

private:
    static bool by_workflow(GateForm form) {
        return form == GateForm::workflow || form == GateForm::workflow_in_environment;
    }

    const EnvironmentGate* gate(const std::string& environment) const {
        for (const EnvironmentGate& one : pipeline_.gates) {
            if (one.environment == environment) return &one;
        }
        return nullptr;
    }

    EnvironmentGate gate_of(const Environment& environment) const {
        EnvironmentGate gate;
        gate.environment = environment.name;
        gate.form = gate_form(host_, environment);
        gate.approvers = environment.gate.github_approvers;
        gate.wait_minutes = environment.gate.wait_minutes;
        if (by_workflow(gate.form)) {
            gate.workflow = workflow_path(project_, "promote-" + environment.name);
            gate.refs = {"refs/heads/" + host_.default_branch};
            return gate;
        }
        for (const delivery::Job& job : graph_.jobs) {
            if (job.kind != delivery::JobKind::deploy || job.environment != environment.name) continue;
            for (const delivery::EventClass& one : job.when.any) {
                const std::string ref = delivery::full_ref(one);
                if (std::find(gate.refs.begin(), gate.refs.end(), ref) == gate.refs.end()) gate.refs.push_back(ref);
            }
        }
        return gate;
    }

    // Whether a job belongs to a workflow that a person starts, or comes after one that does and so can't be reached
    // from the delivery run.
    std::string home_of(const delivery::Job& job) const {
        if (job.kind != delivery::JobKind::deploy) return {};
        const EnvironmentGate* its = gate(job.environment);
        if (its != nullptr && !its->workflow.empty()) return job.environment;
        for (const delivery::Need& need : job.needs) {
            const std::string home = home_of(*graph_.job(need.job));
            if (!home.empty()) return home;
        }
        return {};
    }

    Workflow delivery_workflow() {
        Workflow workflow;
        workflow.path = workflow_path(project_, "delivery");
        workflow.name = project_.folder.empty() ? "Delivery" : "Delivery of " + project_.name;
        workflow.about =
            "Tests, scans, builds each image once and promotes it by digest from environment to environment.";
        workflow.origin = origins_.intern(project_.span, "the delivery workflow");
        std::vector<const delivery::Job*> mine;
        for (const delivery::Job& job : graph_.jobs) {
            if (home_of(job).empty()) mine.push_back(&job);
        }
        for (const delivery::Job* job : mine) {
            for (const delivery::EventClass& one : job->when.any) {
                if (one.kind == delivery::EventKind::change_request) workflow.change_requests = true;
                const auto add = [&](std::vector<std::string>& to) {
                    if (std::find(to.begin(), to.end(), one.ref) == to.end()) to.push_back(one.ref);
                };
                if (one.kind == delivery::EventKind::push_branch) add(workflow.branches);
                if (one.kind == delivery::EventKind::push_tag) add(workflow.tags);
            }
        }
        add_jobs(workflow, mine, {});
        return workflow;
    }

    Workflow promotion_workflow(const EnvironmentGate& gate) {
        const Environment& environment = *project_.environment(gate.environment);
        Workflow workflow;
        workflow.path = gate.workflow;
        workflow.name = "Promote to " + gate.environment + (project_.folder.empty() ? "" : " of " + project_.name);
        workflow.about =
            "The gate of " + gate.environment + " is that a person starts this workflow, with the commit to promote.";
        workflow.origin = origins_.intern(environment.gate.span, "a gate that is a workflow");
        workflow.form = {
            {"commit", "The full commit to promote: what it holds must have passed " + environment.promote_from + ".",
             true}};
        std::vector<const delivery::Job*> mine;
        for (const delivery::Job& job : graph_.jobs) {
            if (home_of(job) == gate.environment) mine.push_back(&job);
        }
        add_jobs(workflow, mine, gate.environment);
        return workflow;
    }

    // Adds the jobs, each gated environment's guard before its first.
    void add_jobs(Workflow& workflow, const std::vector<const delivery::Job*>& jobs, const std::string& promoted) {
        for (const delivery::Job* job : jobs) {
            if (job->gated && guarded(job->environment)) {
                const std::string id = "guard-" + job->environment;
                const bool there = std::any_of(workflow.jobs.begin(), workflow.jobs.end(),
                                               [&](const Job& one) { return one.id == id; });
                if (!there) workflow.jobs.push_back(guard(*job, workflow));
            }
            Job lowered = lower(*job, workflow, jobs, promoted);
            // A reviewer needs to be told once.
            if (std::any_of(workflow.jobs.begin(), workflow.jobs.end(),
                            [&](const Job& one) { return one.about == lowered.about; })) {
                lowered.about.clear();
            }
            workflow.jobs.push_back(std::move(lowered));
        }
    }

    // Only an environment's own settings can be asked after; the other gates rest on the cloud's trust alone.
    bool guarded(const std::string& environment) const {
        const EnvironmentGate* its = gate(environment);
        return its != nullptr && (its->form == GateForm::reviewers || its->form == GateForm::workflow_in_environment);
    }

    Job guard(const delivery::Job& before, const Workflow& workflow) {
        const EnvironmentGate& gate = *this->gate(before.environment);
        const Environment& environment = *project_.environment(before.environment);
        Job job;
        job.id = "guard-" + gate.environment;
        job.name = "Guard the gate of " + gate.environment;
        job.about = "GitHub creates a missing environment without any rule: is the gate really configured?";
        job.runner = host_.runner;
        job.timeout_minutes = 5;
        job.target_environment = gate.environment;
        job.origin = origins_.intern(environment.gate.span, "guard of a gate");
        job.permissions = {{"contents", "read", ""}, {"actions", "read", "reads the environment's settings"}};
        job.only_if = guarded_condition(before, workflow, true);
        job.events = events_of(before, workflow.form.empty() ? "" : gate.environment);
        Step step;
        step.name = "Check the environment";
        step.run = ScriptCall{script("guard.sh"), false};
        step.origin = job.origin;
        const bool reviewed = gate.form == GateForm::reviewers;
        step.environment = {
            {"GITHUB_TOKEN", E::context("github.token"), ""},
            {"GATE_ENVIRONMENT", Text{gate.environment}, ""},
            {"GATE_REVIEWERS", Text{reviewed ? "true" : "false"}, ""},
            {"GATE_APPROVERS",
             value_of(delivery::JsonText(reviewed ? nlohmann::ordered_json(gate.approvers)
                                                  : nlohmann::ordered_json::array())),
             ""},
            {"GATE_WAIT_MINUTES", Text{std::to_string(gate.wait_minutes)}, ""},
            {"GATE_REFS", value_of(delivery::JsonText(nlohmann::ordered_json(gate.refs))), ""},
        };
        job.steps = {checkout(job.origin, false), step};
        return job;
    }

    std::string script(const std::string& name) const {
        return (project_.folder.empty() ? std::string() : project_.folder + "/") + "ci/" + name;
    }

    // Jobs with an identity never run in a fork, where they could only be refused.
    std::optional<E> guarded_condition(const delivery::Job& job, const Workflow& workflow, bool own_repository) const {
        std::vector<E> all;
        if (own_repository) all.push_back(E::equal(E::context("github.repository"), E::literal(host_.repository)));
        const std::optional<E> condition = condition_of(job.when, workflow);
        if (condition) all.push_back(*condition);
        if (!workflow.form.empty()) {
            all.push_back(E::equal(E::context("github.ref"), E::literal("refs/heads/" + host_.default_branch)));
        }
        if (all.empty()) return std::nullopt;
        return E::all_of(std::move(all));
    }

    static std::vector<std::string> events_of(const delivery::Job& job, const std::string& promoted) {
        if (!promoted.empty()) return {"a person starts the workflow"};
        std::vector<std::string> events;
        for (const delivery::EventClass& one : job.when.any) events.push_back(delivery::describe(one));
        return events;
    }

    Job lower(const delivery::Job& from, const Workflow& workflow, const std::vector<const delivery::Job*>& here,
              const std::string& promoted) {
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
        job.events = events_of(from, promoted);
        for (const delivery::Need& need : from.needs) {
            const bool there =
                std::any_of(here.begin(), here.end(), [&](const delivery::Job* one) { return one->id == need.job; });
            if (there) job.needs.push_back(need.job);
        }
        if (from.gated && guarded(from.environment)) job.needs.push_back("guard-" + from.environment);
        const EnvironmentGate* its = from.changes_target ? gate(from.environment) : nullptr;
        const bool environment_of_host =
            its != nullptr && (its->form == GateForm::reviewers || its->form == GateForm::workflow_in_environment);
        if (environment_of_host) job.environment = from.environment;
        job.only_if = guarded_condition(from, workflow, from.identity.has_value());
        job.permissions.push_back({"contents", "read", ""});
        if (from.identity) {
            job.permissions.push_back(
                {"id-token", "write", "signs in to AWS as " + std::string(names::to_string(from.identity->kind))});
            job.identity = from.identity->kind;
            job.role_arn = from.identity->role_arn;
            delivery::Condition when = from.when;
            if (!promoted.empty()) {
                when.any = {{delivery::EventKind::form, host_.default_branch, true, "promote", promoted, {}}};
            }
            const bool by_actor = its != nullptr && from.gated && !host_.reviewers();
            job.claims = claims_of(host_, when, job.environment, workflow.path,
                                   by_actor ? its->approvers : std::vector<std::string>());
        }
        if (from.writes_report) {
            job.permissions.push_back({"security-events", "write", "uploads what the scan finds"});
            if (host_.visibility == Visibility::restricted) {
                job.permissions.push_back({"actions", "read", "the upload asks for the run that it belongs to"});
            }
        }
        if (from.container) add_container(*from.container, job);
        job.variables = settings_of(from.variables);
        const bool chosen = !promoted.empty() && from.changes_target;
        if (chosen) {
            for (Setting& one : job.variables) {
                if (one.name == "EXPECT_REF") one.value = Text{"refs/heads/" + host_.default_branch};
            }
            job.variables.push_back({"COMMIT", E::context("inputs.commit"), ""});
            job.variables.push_back({"CONTENT_DIR", Text{"content"}, "the clone of the commit that is promoted"});
        }
        for (const delivery::Step& step : from.steps) {
            if (chosen && std::holds_alternative<delivery::Checkout>(step.action)) {
                // The scripts are those of the default branch; what is promoted is only looked at.
                job.steps.push_back(checkout(step.origin, false));
                job.steps.push_back(checkout_chosen(step.origin));
            } else {
                add_step(step, job);
            }
        }
        return job;
    }

    void add_container(const delivery::Container& from, Job& job) const {
        job.container = Container{from.image, {}};
        for (const delivery::SideContainer& side : from.sides) {
            job.sides.emplace_back(side.name, Container{side.image, settings_of(side.variables)});
        }
    }

    static Step checkout(Origin origin, bool commits) {
        Step step;
        step.name = "Check out the source";
        step.uses = &kCheckout;
        step.with = {{"persist-credentials", Text{"false"}, ""}};
        if (commits) {
            step.with.push_back({"fetch-depth", Text{"0"}, "all commits, to tell an outdated run"});
            step.with.push_back({"filter", Text{"tree:0"}, "but no files of older ones"});
        }
        step.origin = origin;
        return step;
    }

    static Step checkout_chosen(Origin origin) {
        Step step = checkout(origin, true);
        step.name = "Check out the commit to promote";
        step.with.insert(step.with.begin(), {"ref", E::context("inputs.commit"), ""});
        step.with.push_back({"path", Text{"content"}, ""});
        return step;
    }

    void add_step(const delivery::Step& from, Job& job) const {
        struct Visitor {
            const Lowering& lowering;
            const delivery::Step& from;
            Job& job;

            void operator()(const delivery::Checkout& one) const {
                job.steps.push_back(checkout(from.origin, one.commits));
            }
            void operator()(const delivery::SetUpEmulation&) const {
                Step step;
                step.name = "Set up emulation of other processors";
                step.uses = &kSetUpQemu;
                step.with = {{"image", Text{std::string(kBinfmtImage)}, ""},
                             {"cache-image", Text{"false"}, "no cache reaches a job that pushes"}};
                step.origin = from.origin;
                job.steps.push_back(std::move(step));
            }
            void operator()(const delivery::RunScript& one) const {
                Step step;
                step.name = one.name;
                step.id = one.id;
                step.run = ScriptCall{lowering.script(one.script), job.changes_target};
                step.environment = settings_of(one.variables);
                step.origin = from.origin;
                job.steps.push_back(std::move(step));
            }
            void operator()(const delivery::RunCommands& one) const {
                Step step;
                step.name = one.name;
                step.run = UserLines{one.lines, one.directory};
                step.environment = settings_of(one.variables);
                step.origin = from.origin;
                job.steps.push_back(std::move(step));
            }
            void operator()(const delivery::UploadReport& one) const {
                Step step;
                step.name = "Upload the findings";
                // Findings are worth most when the scan has failed; a fork's token can't upload.
                step.only_if =
                    E::all_of({E::call("hashFiles", {E::literal(one.path)}), E::negation(E::call("cancelled", {})),
                               E::negation(E::context("github.event.pull_request.head.repo.fork"))});
                step.uses = &kUploadSarif;
                step.with = {{"sarif_file", Text{one.path}, ""}, {"category", Text{one.category}, ""}};
                step.origin = from.origin;
                job.steps.push_back(std::move(step));
            }
        };
        std::visit(Visitor{*this, from, job}, from.action);
    }

    const Project& project_;
    const GitHubHost& host_;
    const delivery::Graph& graph_;
    Origins& origins_;
    Pipeline pipeline_;
};

}  // namespace

Pipeline lower(const Project& project, const delivery::Graph& graph, Origins& origins) {
    return Lowering(project, graph, origins).lower();
}

}  // namespace pipewright::github
