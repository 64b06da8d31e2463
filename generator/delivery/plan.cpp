#include "generator/delivery/plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/delivery/services.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::delivery {

namespace {

std::string word(FailOn level) {
    switch (level) {
        case FailOn::critical: return "critical";
        case FailOn::high: return "high";
        case FailOn::medium: return "medium";
        case FailOn::none: return "none";
    }
    return "none";
}

class Planner {
public:
    Planner(const Project& project, Host host, Origins& origins) : project_(project), host_(host), origins_(origins) {}

    Graph plan() {
        if (project_.delivery.scan_source) scan_source();
        for (const Service& service : project_.services) {
            if (service.test) test(service);
        }
        for (const Service& service : project_.services) {
            if (service.is_built()) try_build(service);
        }
        if (project_.first().deployed_by(host_)) {
            for (const Service& service : project_.services) {
                if (service.is_built()) build(service);
            }
            if (project_.delivery.scan_image) {
                for (const Service& service : project_.services) {
                    if (service.is_built()) scan_image(service);
                }
            }
        }
        for (const Environment& environment : project_.environments) {
            if (environment.deployed_by(host_)) deploy(environment);
        }
        return std::move(graph_);
    }

private:
    // The pushes that any environment of this host waits for, and change requests.
    Condition every_event() const {
        Condition condition;
        condition.any.push_back(change_request());
        for (const Environment& environment : project_.environments) {
            for (const EventClass& one : trigger_of(project_, environment).any) {
                if (std::find(condition.any.begin(), condition.any.end(), one) == condition.any.end())
                    condition.any.push_back(one);
            }
        }
        return condition;
    }

    Condition change_requests_and_builds() const {
        Condition condition = trigger_of(project_, project_.first());
        condition.any.insert(condition.any.begin(), change_request());
        return condition;
    }

    // Findings are uploaded where the host's plan has a place for them; GitLab's comes with its own lowering.
    bool uploads() const { return host_ == Host::github && project_.github && project_.github->code_scanning; }

    Job& add(Job job) {
        graph_.jobs.push_back(std::move(job));
        return graph_.jobs.back();
    }

    void add_scan(Job& job, std::string name, std::string script, const std::string& category, Variables variables,
                  bool upload) const {
        variables.push_back(text("FAIL_ON", word(project_.delivery.fail_on)));
        if (upload) {
            variables.push_back(text("REPORT", "report.sarif"));
            job.writes_report = true;
        }
        job.steps.push_back({RunScript{std::move(name), std::move(script), std::move(variables), {}}, job.origin});
        if (upload) job.steps.push_back({UploadReport{"report.sarif", category}, job.origin});
    }

    void scan_source() {
        Job job;
        job.id = "scan-source";
        job.kind = JobKind::scan_source;
        job.title = "Scan the source";
        job.about = "Looks for known vulnerabilities and for secrets in what is committed.";
        job.when = every_event();
        job.timeout_minutes = 15;
        job.origin = origins_.intern(project_.span, "scan of the source");
        job.steps.push_back({Checkout{}, job.origin});
        add_scan(job, "Scan the source", "scan-source.sh", "source", {}, uploads());
        add(std::move(job));
    }

    void test(const Service& service) {
        Job job;
        job.id = "test-" + service.name;
        job.kind = JobKind::test;
        job.title = "Test " + service.name;
        job.when = change_requests_and_builds();
        job.service = service.name;
        job.timeout_minutes = 30;
        job.origin = origins_.intern(service.test->span, "tests of a service");
        job.container = Container{service.test->image, {}};
        for (const pipewright::SideContainer& side : service.test->services) {
            SideContainer container{side.name, side.image, {}};
            for (const auto& [name, value] : side.env) container.variables.push_back(text(name, value));
            job.container->sides.push_back(std::move(container));
        }
        RunCommands commands{"Test " + service.name, service.test->directory, service.test->run, {}};
        for (const auto& [name, value] : service.test->env) commands.variables.push_back(text(name, value));
        job.steps.push_back({Checkout{}, job.origin});
        job.steps.push_back({std::move(commands), job.origin});
        add(std::move(job));
    }

    // Whether a platform is not the runner's own. GitHub's ARM runners have "arm" in their labels; a runner that says
    // nothing counts as x86-64, and emulation that is not needed does no harm.
    bool needs_emulation(const Service& service) const {
        std::string native = "linux/amd64";
        if (host_ == Host::github && project_.github) {
            for (const std::string& label : project_.github->runner) {
                if (label.find("arm") != std::string::npos || label.find("ARM") != std::string::npos)
                    native = "linux/arm64";
            }
        }
        const Names& platforms = service.content.platforms;
        return std::any_of(platforms.begin(), platforms.end(), [&](const std::string& one) { return one != native; });
    }

    void add_build_steps(Job& job, const Service& service) const {
        job.steps.push_back({Checkout{}, job.origin});
        if (needs_emulation(service)) job.steps.push_back({SetUpEmulation{}, job.origin});
    }

    void add_build_secrets(const Service& service, Variables& variables) const {
        for (const BuildSecret& one : service.content.secrets) {
            variables.push_back({"SECRET_" + one.variable, Secret{one.variable}, {}});
        }
    }

    void try_build(const Service& service) {
        Job job;
        job.id = "try-" + service.name;
        job.kind = JobKind::try_build;
        job.title = "Try to build " + service.name;
        job.about = "Builds without pushing; a job of its own, so that no change request holds an identity.";
        job.when.any = {change_request()};
        job.service = service.name;
        job.timeout_minutes = 45;
        job.origin = origins_.intern(service.span, "trial build of a service");
        job.variables = {text("SERVICE", service.name),
                         json("SERVICES", image_service(project_, project_.first().targets.front(), service))};
        add_build_steps(job, service);
        Variables variables;
        if (project_.delivery.scan_image) {
            variables.push_back(text("FAIL_ON", word(project_.delivery.fail_on)));
        } else {
            variables.push_back(text("SCAN", "false"));
        }
        // A fork's change request is given no secrets by either host; its build then fails where it needs one.
        add_build_secrets(service, variables);
        job.steps.push_back({RunScript{"Build without pushing", "try.sh", std::move(variables), {}}, job.origin});
        add(std::move(job));
    }

    // What every job on a target is told: whose it is and where.
    Variables place(const Target& target, names::Identity identity) const {
        return {text("PROJECT", project_.name),
                text("ENVIRONMENT", target.environment),
                text("STACK", target.stack),
                text("CLOUD", std::string(to_string(target.cloud))),
                text("REGISTRY", "ecr"),
                text("AWS_REGION", target.region),
                text("AWS_ACCOUNT", target.account),
                text("AWS_ROLE_ARN", names::role_arn(project_, target, identity))};
    }

    JobIdentity identity_of(const Target& target, names::Identity kind) const {
        return {kind,           target.environment, target.stack,
                target.account, target.region,      names::role_arn(project_, target, kind)};
    }

    void build(const Service& service) {
        const Target& target = project_.first().targets.front();
        Job job;
        job.id = build_job(service.name);
        job.kind = JobKind::build;
        job.title = "Build " + service.name;
        job.about =
            "The only place where this image is built; what already has these contents is found, not built again.";
        job.when = trigger_of(project_, project_.first());
        if (service.test) job.needs.push_back({"test-" + service.name});
        job.identity = identity_of(target, names::Identity::build);
        job.environment = target.environment;
        job.stack = target.stack;
        job.service = service.name;
        job.timeout_minutes = 60;
        job.origin = origins_.intern(service.span, "build of a service");
        job.variables = place(target, names::Identity::build);
        job.variables.push_back(text("SERVICE", service.name));
        job.variables.push_back(json("SERVICES", image_service(project_, target, service)));
        add_build_steps(job, service);
        Variables variables{text("SBOM", project_.delivery.sbom ? "true" : "false")};
        add_build_secrets(service, variables);
        job.steps.push_back({RunScript{"Build and push", "build.sh", std::move(variables), "main"}, job.origin});
        job.outputs = {"digest"};
        add(std::move(job));
    }

    void scan_image(const Service& service) {
        const Target& target = project_.first().targets.front();
        Job job;
        job.id = "scan-image-" + service.name;
        job.kind = JobKind::scan_image;
        job.title = "Scan the image of " + service.name;
        job.when = trigger_of(project_, project_.first());
        job.needs = {{build_job(service.name)}};
        job.identity = identity_of(target, names::Identity::build);
        job.environment = target.environment;
        job.stack = target.stack;
        job.service = service.name;
        job.timeout_minutes = 20;
        job.origin = origins_.intern(service.span, "scan of an image");
        job.variables = place(target, names::Identity::build);
        job.variables.push_back(text("SERVICE", service.name));
        job.variables.push_back(json("SERVICES", image_service(project_, target, service)));
        job.variables.push_back({digest_variable(service.name), JobOutput{build_job(service.name), "digest"}});
        job.steps.push_back({Checkout{}, job.origin});
        add_scan(job, "Scan the image", "scan-image.sh", "image-" + service.name, {}, uploads());
        add(std::move(job));
    }

    void deploy(const Environment& environment) {
        for (const Target& target : environment.targets) deploy(environment, target);
    }

    // What a deploy waits for: in the first environment what was built and scanned, behind "after" every target of the
    // environment before; the guard is the host's to add.
    std::vector<Need> needs_of(const Environment& environment, const Target& target) const {
        std::vector<Need> needs;
        if (&environment == &project_.first()) {
            for (const Service* service : project_.images_of(target)) {
                needs.push_back({build_job(service->name)});
                if (project_.delivery.scan_image) needs.push_back({"scan-image-" + service->name});
            }
            if (project_.delivery.scan_source) needs.push_back({"scan-source"});
        }
        if (environment.trigger.kind == TriggerKind::after) {
            for (const Target& before : project_.environment(environment.trigger.value)->targets)
                needs.push_back({deploy_job(before)});
        }
        return needs;
    }

    void deploy(const Environment& environment, const Target& target) {
        const Runtime& runs = *runtime(target.runtime);
        Job job;
        job.id = deploy_job(target);
        job.kind = JobKind::deploy;
        job.title = "Deploy " + target.environment + " on " + target.stack;
        job.about = "One job, because a lease, an approval and a way back belong to one thing.";
        job.when = trigger_of(project_, environment);
        job.needs = needs_of(environment, target);
        job.identity = identity_of(target, names::Identity::deploy);
        job.environment = target.environment;
        job.stack = target.stack;
        job.changes_target = true;
        job.gated = environment.gate.closed();
        // Room for a wait for the lease, a rollout, and the way back from it.
        job.timeout_minutes = 120;
        job.origin = origins_.intern(target.span, "deploy of a target");
        job.variables = place(target, names::Identity::deploy);
        // A host's conditions have no patterns as exact as ours, so the script looks once more.
        job.variables.push_back(text("EXPECT_REF", full_ref(job.when.any.front())));
        job.variables.push_back(text("RUNTIME", target.runtime));
        for (const auto& [name, value] : runs.target_inputs(project_, target))
            job.variables.push_back(text(name, value));
        job.variables.push_back(text("STATE_BUCKET", names::state_bucket(project_, target)));
        job.variables.push_back(text("LEASE_KEY", names::lease(project_, target)));
        job.variables.push_back(text("RECORD", names::record(project_, target)));
        job.variables.push_back(number("SMOKE_RETRIES", project_.delivery.smoke_retries));
        job.variables.push_back(number("SMOKE_DELAY_SECONDS", project_.delivery.smoke_delay_seconds));
        job.variables.push_back(json("SERVICES", target_services(project_, target)));
        if (environment.promote_from.empty()) {
            for (const Service* service : project_.images_of(target)) {
                job.variables.push_back(
                    {digest_variable(service->name), JobOutput{build_job(service->name), "digest"}});
            }
        } else {
            const Target& source = project_.source_of(target);
            job.variables.push_back(text("SOURCE_ENVIRONMENT", source.environment));
            job.variables.push_back(text("SOURCE_STACK", source.stack));
        }
        job.steps.push_back({Checkout{true}, job.origin});
        job.steps.push_back({RunScript{"Deploy", "deploy.sh", {}, "main"}, job.origin});
        add(std::move(job));
    }

    const Project& project_;
    Host host_;
    Origins& origins_;
    Graph graph_;
};

}  // namespace

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

std::string build_job(std::string_view service) { return "build-" + std::string(service); }

std::string deploy_job(const Target& target) { return "deploy-" + target.environment + "-" + target.stack; }

}  // namespace pipewright::delivery
