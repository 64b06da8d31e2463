#include <nlohmann/json.hpp>

#include "generator/delivery/minutes.h"
#include "generator/delivery/planner.h"
#include "generator/delivery/services.h"
#include "generator/project/registry.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::delivery {

Variables Planner::place(const Target& target, names::Identity identity) const {
    Variables all{text("PROJECT", project_.name), text("ENVIRONMENT", target.environment), text("STACK", target.stack),
                  text("CLOUD", std::string(to_string(target.cloud)))};
    sign_in_to(identity_of(target, identity), target, all);
    return all;
}

// What the scripts sign in with. The clouds' variables have different names, so a job can be told of both.
void Planner::sign_in_to(const JobIdentity& who, const Target& target, Variables& to) {
    if (target.cloud == Cloud::aws) {
        to.push_back(text("AWS_REGION", target.region));
        to.push_back(text("AWS_ACCOUNT", target.account));
        to.push_back(who.static_keys ? text("AWS_STATIC_KEYS", "true") : text("AWS_ROLE_ARN", who.principal));
    } else {
        to.push_back(text("GCP_REGION", target.region));
        to.push_back(text("GCP_PROJECT", target.project));
        to.push_back(text("GCP_SERVICE_ACCOUNT", who.principal));
        to.push_back(text("GCP_PROVIDER", who.provider));
    }
}

// Long-lived keys reach the scripts alone, and no other step of a job.
void Planner::tell_keys(Job& job) {
    for (Step& step : job.steps) {
        auto* script = std::get_if<RunScript>(&step.action);
        if (script == nullptr) continue;
        for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"})
            script->variables.push_back({name, EnvironmentSecret{job.identity->environment, name}, {}});
    }
}

JobIdentity Planner::identity_of(const Target& target, names::Identity kind) const {
    if (project_.static_keys(target)) return {kind, target.environment, target.stack, target.cloud, {}, {}, true};
    JobIdentity one{kind, target.environment, target.stack, target.cloud, names::principal(project_, target, kind), {}};
    if (target.cloud == Cloud::gcp) one.provider = names::identity_provider_path(project_, target, host_, kind);
    return one;
}

// A registry that the cloud's identities don't open wants a user and a token, which scripts know by the same names
// whatever the registry is.
Variables Planner::registry_credentials(Job& job, RegistryUse use) const {
    const registries::Credentials from = registries::credentials(project_, host_);
    if (from == registries::Credentials::none) return {};
    job.registry = use;
    const auto both = [](Value user, Value token) {
        return Variables{{"REGISTRY_USERNAME", std::move(user), {}}, {"REGISTRY_TOKEN", std::move(token), {}}};
    };
    switch (from) {
        case registries::Credentials::host: return both(Fact::registry_user, Fact::registry_token);
        case registries::Credentials::docker_hub: return both(Secret{"DOCKERHUB_USERNAME"}, Secret{"DOCKERHUB_TOKEN"});
        case registries::Credentials::other_host:
        case registries::Credentials::none: break;
    }
    return both(Secret{"REGISTRY_USERNAME"}, Secret{"REGISTRY_TOKEN"});
}

// What a person asks for by the form that applies a plan.
std::vector<std::string> Planner::applying_actions() const {
    if (project_.infrastructure.apply_gated) return {action::kInfra, action::kDeploy};
    return {action::kInfra};
}

// The first job of every run that a person starts: no other job runs on a combination that makes no sense.
void Planner::check_form() {
    if (!project_.delivery.operations) return;
    Job job;
    job.id = kCheckForm;
    job.kind = JobKind::check_form;
    job.title = "Check the form";
    job.about =
        "A combination that makes no sense, or that this ref is not for, stops here with the list of valid ones.";
    for (const Environment& environment : project_.environments) {
        if (!environment.deployed_by(host_)) continue;
        for (const Target& target : environment.targets) {
            const std::vector<std::string> actions = form_actions(target);
            delivery::add(job.when, by_form(environment, target.stack, actions));
            FormRow row{environment.name, target.stack, actions, {}, {}, {}, ref_of(project_, environment)};
            for (const Running& one : target.services) row.services.push_back(one.service);
            for (const Service* one : project_.images_of(target)) row.images.push_back(one->name);
            row.confirmed = applying_actions();
            job.form.push_back(std::move(row));
        }
    }
    job.timeout_minutes = 5;
    job.origin = origins_.intern(project_.span, "the operators' form");
    job.variables = {{"ACTION", Fact::chosen_action, {}},      {"ENVIRONMENT_CHOSEN", Fact::chosen_environment, {}},
                     {"STACK_CHOSEN", Fact::chosen_stack, {}}, {"SERVICE", Fact::chosen_service, {}},
                     {"IMAGE", Fact::chosen_image, {}},        {"CONFIRM", Fact::confirmation, {}}};
    job.steps.push_back({Checkout{}, job.origin});
    job.steps.push_back({RunScript{"Check the form", "check-form.sh", {}, {}}, job.origin});
    add(std::move(job));
}

// What a change of a target waits for: the scan of the source, in the first environment what was built and scanned,
// else perhaps the environment before; the guard is the host's to add.
std::vector<Need> Planner::needs_of(const Environment& environment, const Target& target) const {
    std::vector<Need> needs{{kCheckForm}};
    if (&environment == &project_.first()) {
        for (const Service* service : project_.images_of(target)) {
            needs.push_back({image_job(*service)});
            if (project_.delivery.scan_image) needs.push_back({"scan-image-" + service->name});
        }
    }
    // Where a push reaches this environment first, its source was scanned in this run; else the one before waited for
    // that.
    if (project_.delivery.scan_source && environment.trigger.kind != TriggerKind::after)
        needs.push_back({"scan-source"});
    wait_for_before(environment, needs);
    return needs;
}

Job Planner::target_job_of(const char* verb, JobKind kind, const Environment& environment, const Target& target,
                           names::Identity identity) const {
    Job job;
    job.id = target_job(verb, target);
    job.kind = kind;
    job.identity = identity_of(target, identity);
    job.environment = target.environment;
    job.stack = target.stack;
    job.changes_target = identity == names::Identity::infra || identity == names::Identity::deploy;
    // Keys that plan could do everything else as well.
    job.gated = (job.changes_target || job.identity->static_keys) && environment.gate.closed();
    job.variables = place(target, identity);
    if (job.changes_target) {
        // A host's conditions have no patterns as exact as ours, so the script looks once more.
        job.variables.push_back(text("EXPECT_REF", ref_of(project_, environment)));
        job.variables.push_back(text("STATE_BUCKET", names::state_bucket(project_, target)));
        job.variables.push_back(text("LEASE_KEY", names::lease(project_, target)));
        job.variables.push_back(text("RECORD", names::record(project_, target)));
    }
    return job;
}

// What decides a platform's fingerprint, and where the one that was applied stands.
void Planner::tell_terraform(Job& job, const Target& target) const {
    job.variables.push_back(text("ROOT", names::platform_root(project_, target)));
    job.variables.push_back(text("MODULES", names::modules_folder(project_)));
    job.variables.push_back(text("TOOL", project_.infrastructure.tool));
    job.variables.push_back(text("TOOL_VERSION", project_.infrastructure.version));
    job.variables.push_back(text("PLATFORM", names::platform(project_, target)));
}

void Planner::tell_runtime(Job& job, const Target& target) const {
    job.variables.push_back(text("REGISTRY", std::string(registries::word(project_, target))));
    job.variables.push_back(text("RUNTIME", target.runtime));
    for (const auto& [name, value] : runtime(target.runtime)->target_inputs(project_, target))
        job.variables.push_back(text(name, value));
    job.variables.push_back(number("SMOKE_RETRIES", project_.delivery.smoke_retries));
    job.variables.push_back(number("SMOKE_DELAY_SECONDS", project_.delivery.smoke_delay_seconds));
    job.variables.push_back({"SERVICES_FILE",
                             DataFile{"targets/" + target.environment + "-" + target.stack + ".json",
                                      JsonText(target_services(project_, target))},
                             {}});
}

// Where a later environment's images passed before, and where they have to be read with an identity of another cloud.
void Planner::tell_source(Job& job, const Target& target) const {
    const Target& source = project_.source_of(target);
    if (source.environment != target.environment) {
        job.variables.push_back(text("SOURCE_ENVIRONMENT", source.environment));
        job.variables.push_back(text("SOURCE_STACK", source.stack));
    }
    if (!registries::reads_elsewhere(project_, target)) return;
    job.reader = identity_of(source, names::Identity::pull);
    job.variables.push_back(text("SOURCE_CLOUD", std::string(to_string(source.cloud))));
    job.variables.push_back(text("SOURCE_REGISTRY", std::string(registries::word(project_, source))));
    sign_in_to(*job.reader, source, job.variables);
}

void Planner::plan_target(const Environment& environment, const Target& target) {
    Job job = target_job_of("plan", JobKind::plan, environment, target, names::Identity::plan);
    job.title = "Plan " + target.environment + " on " + target.stack;
    job.about = "What Terraform would change, and a fingerprint of it; reads only, and no plan file leaves the job.";
    // No change request may hold keys that can write.
    if (!job.identity->static_keys) job.when = {{own_change_request()}};
    if (environment.deployed_by(host_)) {
        delivery::add(job.when, trigger_of(project_, environment));
        std::vector<std::string> actions{action::kInfra, action::kDeploy};
        if (!target.protect) actions.emplace_back(action::kDestroy);
        delivery::add(job.when, by_form(environment, target.stack, actions));
    }
    job.needs.push_back({kCheckForm});
    // What is shown at the gate should be what is true then, so the plan waits for the environment before.
    wait_for_before(environment, job.needs);
    job.timeout_minutes = 30;
    job.origin = origins_.intern(target.span, "plan of a target");
    tell_terraform(job, target);
    job.variables.push_back({"ACTION", Fact::chosen_action, {}});
    job.steps.push_back({Checkout{}, job.origin});
    job.steps.push_back({RunScript{"Plan", "terraform-plan.sh", {}, "main"}, job.origin});
    job.outputs = {"fingerprint", "empty", "platform"};
    add(std::move(job));
}

void Planner::apply_target(const Environment& environment, const Target& target) {
    Job job = target_job_of("apply", JobKind::apply, environment, target, names::Identity::infra);
    job.title = "Apply " + target.environment + " on " + target.stack;
    job.about = "Plans again under the lock, and applies only what the plan before it showed.";
    if (project_.infrastructure.apply_gated) job.when = trigger_of(project_, environment);
    delivery::add(job.when, by_form(environment, target.stack, applying_actions()));
    job.needs = needs_of(environment, target);
    job.needs.push_back({target_job("plan", target)});
    // A database takes its time.
    job.timeout_minutes = 120;
    job.origin = origins_.intern(target.span, "apply of a target");
    tell_terraform(job, target);
    job.variables.push_back({"PLAN_FINGERPRINT", JobOutput{target_job("plan", target), "fingerprint"}, {}});
    job.variables.push_back({"CONFIRM", Fact::confirmation, {}});
    job.steps.push_back({Checkout{true}, job.origin});
    job.steps.push_back({RunScript{"Apply", "terraform-apply.sh", {}, "main"}, job.origin});
    add(std::move(job));
}

void Planner::deploy_target(const Environment& environment, const Target& target) {
    Job job = target_job_of("deploy", JobKind::deploy, environment, target, names::Identity::deploy);
    job.title = "Deploy " + target.environment + " on " + target.stack;
    job.about = "One job, because a lease, an approval and a way back belong to one thing.";
    job.when = trigger_of(project_, environment);
    delivery::add(job.when, by_form(environment, target.stack, {action::kDeploy}));
    job.needs = needs_of(environment, target);
    job.needs.push_back({target_job("plan", target)});
    job.needs.push_back({target_job("apply", target)});
    job.timeout_minutes = deploy_minutes(project_, target);
    job.origin = origins_.intern(target.span, "deploy of a target");
    tell_terraform(job, target);
    job.variables.push_back({"PLAN_EMPTY", JobOutput{target_job("plan", target), "empty"}, {}});
    job.variables.push_back({"PLAN_PLATFORM", JobOutput{target_job("plan", target), "platform"}, {}});
    tell_runtime(job, target);
    tell_hooks(job, environment);
    job.variables.push_back({"FORCE", Fact::forced, {}});
    job.variables.push_back({"SERVICE", Fact::chosen_service, {}});
    if (environment.promote_from.empty()) {
        for (const Service* service : project_.images_of(target))
            job.variables.push_back({digest_variable(service->name), JobOutput{image_job(*service), "digest"}});
    }
    tell_source(job, target);
    job.steps.push_back({Checkout{true}, job.origin});
    Variables own = registry_credentials(job, RegistryUse::writes);
    job.steps.push_back({RunScript{"Deploy", "deploy.sh", std::move(own), "main"}, job.origin});
    tell_signing(job);
    add(std::move(job));
}

void Planner::roll_back_target(const Environment& environment, const Target& target) {
    Job job = target_job_of("rollback", JobKind::rollback, environment, target, names::Identity::deploy);
    job.title = "Roll back " + target.environment + " on " + target.stack;
    job.about = "Back to what passed here before, or to an image that did; nothing is built and nothing is copied.";
    job.when = by_form(environment, target.stack, {action::kRollback});
    job.needs = {{kCheckForm}};
    job.timeout_minutes = rollback_minutes(project_, target);
    job.origin = origins_.intern(target.span, "rollback of a target");
    tell_runtime(job, target);
    job.variables.push_back({"SERVICE", Fact::chosen_service, {}});
    job.variables.push_back({"IMAGE", Fact::chosen_image, {}});
    job.steps.push_back({Checkout{}, job.origin});
    Variables own = registry_credentials(job, RegistryUse::reads);
    job.steps.push_back({RunScript{"Roll back", "rollback.sh", std::move(own), "main"}, job.origin});
    add(std::move(job));
}

void Planner::destroy_target(const Environment& environment, const Target& target) {
    if (target.protect) return;
    Job job = target_job_of("destroy", JobKind::destroy, environment, target, names::Identity::infra);
    job.title = "Destroy " + target.environment + " on " + target.stack;
    job.about = "Takes everything of the platform away; the form must name the environment once more.";
    job.when = by_form(environment, target.stack, {action::kDestroy});
    job.needs = {{kCheckForm}, {target_job("plan", target)}};
    job.timeout_minutes = 120;
    job.origin = origins_.intern(target.span, "destruction of a target");
    tell_terraform(job, target);
    job.variables.push_back({"PLAN_FINGERPRINT", JobOutput{target_job("plan", target), "fingerprint"}, {}});
    job.variables.push_back(text("PROTECT", "false"));
    job.variables.push_back({"CONFIRM", Fact::confirmation, {}});
    job.steps.push_back({Checkout{true}, job.origin});
    job.steps.push_back({RunScript{"Destroy", "terraform-destroy.sh", {}, "main"}, job.origin});
    add(std::move(job));
}

}  // namespace pipewright::delivery
