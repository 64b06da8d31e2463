#include "generator/hosts/github/lowering.h"

namespace pipewright::github {

namespace {

using E = Expression;

}  // namespace

// Nothing where the workflow has no form that could say it.
std::optional<Value> Lowering::value_of(const delivery::Value& value, const Workflow& workflow) const {
    struct Visitor {
        const Lowering& lowering;
        const Workflow& workflow;

        static Value whole(const std::string& text) {
            if (text.find('\n') == std::string::npos) return Text{text};
            return Lines{text};
        }
        std::optional<Value> operator()(const delivery::Text& one) const { return whole(one.text); }
        std::optional<Value> operator()(const delivery::DataFile& one) const {
            return Text{delivery::path_of(lowering.project_, one)};
        }
        std::optional<Value> operator()(const delivery::JsonText& one) const { return whole(one.text()); }
        std::optional<Value> operator()(const delivery::JobOutput& one) const {
            return E::context("needs." + one.job + ".outputs." + one.output);
        }
        std::optional<Value> operator()(const delivery::JobResult& one) const {
            const delivery::Job* job = lowering.graph_.job(one.job);
            if (job == nullptr || lowering.events_in(*job, workflow).any.empty()) return std::nullopt;
            const E result = E::context("needs." + one.job + ".result");
            // An apply that waits to be confirmed went well and applied nothing, which it says itself.
            if (!lowering.needs_confirmation(*job, workflow)) return result;
            return E::any_of({E::context("needs." + one.job + ".outputs." + kEnded), result});
        }
        std::optional<Value> operator()(const delivery::Secret& one) const { return E::context("secrets." + one.name); }
        std::optional<Value> operator()(const delivery::EnvironmentSecret& one) const {
            return E::context("secrets." + names::environment_secret(one.environment, one.name));
        }
        std::optional<Value> operator()(delivery::Fact one) const {
            using delivery::Fact;
            switch (one) {
                case Fact::token: return E::context("github.token");
                case Fact::registry_user: return E::context("github.actor");
                case Fact::registry_token: return E::context("github.token");
                case Fact::chosen_commit: return E::context("inputs.commit");
                case Fact::chosen_action: return field("action");
                case Fact::chosen_environment:
                    if (!workflow.environment.empty()) return Text{workflow.environment};
                    return field("environment");
                case Fact::chosen_stack: return field("cloud");
                case Fact::chosen_service: return field("service");
                case Fact::chosen_image: return field("image");
                case Fact::confirmation: return field("confirm");
                case Fact::forced:
                    if (workflow.kind == WorkflowKind::operations) return Text{"true"};
                    if (!asks(workflow, "service")) return std::nullopt;
                    // A promotion is no deploy that was forced, unless a service is named.
                    return E::negation(E::equal(E::context("inputs.service"), E::literal("")));
            }
            return std::nullopt;
        }
        std::optional<Value> field(const char* name) const {
            if (!asks(workflow, name)) return std::nullopt;
            return E::context(std::string("inputs.") + name);
        }
    };
    return std::visit(Visitor{*this, workflow}, value);
}

Settings Lowering::settings_of(const delivery::Variables& variables, const Workflow& workflow) const {
    Settings settings;
    for (const delivery::Variable& one : variables) {
        if (std::optional<Value> value = value_of(one.value, workflow))
            settings.push_back({one.name, std::move(*value), one.why});
    }
    return settings;
}

void Lowering::add_container(const delivery::Container& from, const Workflow& workflow, Job& job) const {
    job.container = Container{from.image, {}};
    for (const delivery::SideContainer& side : from.sides)
        job.sides.emplace_back(side.name, Container{side.image, settings_of(side.variables, workflow)});
}

Step Lowering::checkout(Origin origin, bool commits, bool files) {
    Step step;
    step.name = "Check out the source";
    step.uses = &kCheckout;
    step.with = {{"persist-credentials", Text{"false"}, ""}};
    if (files) {
        step.with.push_back({"fetch-depth", Text{"0"}, "all commits: which one is looked at, the record says"});
    } else if (commits) {
        step.with.push_back({"fetch-depth", Text{"0"}, "all commits, to tell an outdated run"});
        step.with.push_back({"filter", Text{"tree:0"}, "but no files of older ones"});
    }
    step.origin = origin;
    return step;
}

Step Lowering::checkout_chosen(Origin origin) {
    Step step = checkout(origin, true);
    step.name = "Check out the commit to promote";
    step.with.insert(step.with.begin(), {"ref", E::context("inputs.commit"), ""});
    step.with.push_back({"path", Text{"content"}, ""});
    return step;
}

void Lowering::add_step(const delivery::Step& from, const Workflow& workflow, Job& job) const {
    struct Visitor {
        const Lowering& lowering;
        const delivery::Step& from;
        const Workflow& workflow;
        Job& job;

        void operator()(const delivery::Checkout& one) const {
            job.steps.push_back(checkout(from.origin, one.commits, one.files));
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
            step.environment = lowering.settings_of(one.variables, workflow);
            step.origin = from.origin;
            job.steps.push_back(std::move(step));
        }
        void operator()(const delivery::RunCommands& one) const {
            Step step;
            step.name = one.name;
            step.run = UserLines{one.lines, one.directory};
            step.environment = lowering.settings_of(one.variables, workflow);
            step.origin = from.origin;
            job.steps.push_back(std::move(step));
        }
        void operator()(const delivery::UploadReport& one) const {
            Step step;
            step.name = "Upload the findings";
            // Findings are worth most when the scan has failed; a fork's token can't upload.
            std::vector<E> all{E::call("hashFiles", {E::literal(one.path)}), E::negation(E::call("cancelled", {}))};
            if (workflow.change_requests)
                all.push_back(E::negation(E::context("github.event.pull_request.head.repo.fork")));
            step.only_if = E::all_of(std::move(all));
            step.uses = &kUploadSarif;
            step.with = {{"sarif_file", Text{one.path}, ""}, {"category", Text{one.category}, ""}};
            step.origin = from.origin;
            job.steps.push_back(std::move(step));
        }
    };
    std::visit(Visitor{*this, from, workflow, job}, from.action);
}

}  // namespace pipewright::github
