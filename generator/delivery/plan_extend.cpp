// What a user adds to the delivery: commands inside deploys, and jobs between environments.
#include <algorithm>

#include "generator/delivery/minutes.h"
#include "generator/delivery/planner.h"

namespace pipewright::delivery {

namespace {

constexpr int kWork = 60;  // minutes that a job of the user's own may take

// Program text as it was written, a line each.
std::string program(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
    return all;
}

names::Identity identity_of(ExtraIdentity identity) {
    return identity == ExtraIdentity::deploy ? names::Identity::deploy : names::Identity::plan;
}

}  // namespace

// Commands run in the manifest's folder, scripts in the root of the repository.
void Planner::tell_commands(Variables& variables, const char* name, const std::vector<std::string>& run) const {
    variables.push_back(text(name, program(run)));
    if (!project_.folder.empty() && std::none_of(variables.begin(), variables.end(),
                                                 [](const Variable& one) { return one.name == "COMMANDS_DIR"; }))
        variables.push_back(text("COMMANDS_DIR", project_.folder));
}

void Planner::tell_hooks(Job& job, const Environment& environment) const {
    const auto tell = [&](const char* name, const std::optional<Hook>& hook) {
        if (hook && std::find(hook->environments.begin(), hook->environments.end(), environment.name) !=
                        hook->environments.end())
            tell_commands(job.variables, name, hook->run);
    };
    tell("BEFORE_DEPLOY", project_.extensions.before_deploy);
    tell("AFTER_DEPLOY", project_.extensions.after_deploy);
}

// What comes behind "after" waits for every target of the environment before, and for the user's own jobs there.
void Planner::wait_for_before(const Environment& environment, std::vector<Need>& needs) const {
    if (environment.trigger.kind != TriggerKind::after) return;
    const Environment& before = *project_.environment(environment.trigger.value);
    for (const Target& target : before.targets) needs.push_back({target_job("deploy", target)});
    for (const ExtraJob& extra : project_.extensions.jobs) {
        if (extra.after != before.name) continue;
        for (std::string& id : names::extra_jobs(project_, extra)) needs.push_back({std::move(id)});
    }
}

// Without an identity it is one job for all targets; with one, a job for each target as which it acts. Either way it
// waits for all targets, of which the form may deploy one alone.
void Planner::extra_jobs(const Environment& environment, const ExtraJob& extra) {
    const auto complete = [&](Job job, const Target* target) {
        job.kind = JobKind::extend;
        job.title = extra.name + " after " + environment.name;
        job.about = "The project's own, once " + environment.name + " has passed; what comes after waits for it.";
        job.when = trigger_of(project_, environment);
        for (const Target& one : environment.targets) {
            if (target == nullptr || target == &one)
                delivery::add(job.when, by_form(environment, one.stack, {action::kDeploy}));
        }
        job.needs = {{kCheckForm}};
        for (const Target& one : environment.targets) job.needs.push_back({target_job("deploy", one)});
        job.timeout_minutes = kWork;
        job.origin = origins_.intern(extra.span, "a job of the manifest's own");
        if (!extra.image.empty()) job.container = Container{extra.image, {}};
        job.steps.push_back({Checkout{}, job.origin});
        return job;
    };
    Variables own;
    for (const auto& [name, value] : extra.env) own.push_back(text(name, value));
    for (const std::string& name : extra.secrets) own.push_back({name, Secret{name}});

    if (extra.identity == ExtraIdentity::none) {
        Job job;
        job.id = extra.name;
        job.environment = environment.name;
        job = complete(std::move(job), nullptr);
        job.steps.push_back(
            {RunCommands{"Run " + extra.name, project_.folder.empty() ? "." : project_.folder, extra.run, own},
             job.origin});
        add(std::move(job));
        return;
    }
    const bool deploys = extra.identity == ExtraIdentity::deploy;
    for (const Target& target : environment.targets) {
        Job job = complete(
            target_job_of("extend", JobKind::extend, environment, target, delivery::identity_of(extra.identity)),
            &target);
        job.id = names::extra_job(project_, extra, target);
        if (environment.targets.size() > 1) job.title += " on " + target.stack;
        if (deploys) job.timeout_minutes = leased_minutes(kWork);
        Variables variables;
        tell_commands(variables, "COMMANDS", extra.run);
        variables.insert(variables.end(), own.begin(), own.end());
        job.steps.push_back(
            {RunScript{"Run " + extra.name, deploys ? "extend-deploy.sh" : "extend-plan.sh", std::move(variables), {}},
             job.origin});
        add(std::move(job));
    }
}

}  // namespace pipewright::delivery
