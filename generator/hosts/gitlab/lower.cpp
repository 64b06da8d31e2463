#include "generator/hosts/gitlab/lower.h"

#include <algorithm>

#include "generator/delivery/plan.h"
#include "generator/hosts/about.h"
#include "generator/hosts/gitlab/lowering.h"
#include "generator/hosts/gitlab/pins.h"

namespace pipewright::gitlab {

namespace {

using delivery::JobKind;

template <class Item>
void add_once(std::vector<Item>& to, const Item& one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

constexpr const char* kOperations = ".gitlab/ci/operations.yml";

// What stands in an environment's own file: what changes it, what comes after that, and what tells of it.
bool is_of_environment(JobKind kind) {
    return kind == JobKind::apply || kind == JobKind::deploy || kind == JobKind::extend || kind == JobKind::announce ||
           kind == JobKind::notify;
}

}  // namespace

// GitLab runs one configuration a project: for a manifest below the root that is the one in its folder, which the
// project's settings have to name (docs/decisions).
std::string Lowering::path(const std::string& name) const { return under(project_, name); }

EnvironmentGate Lowering::gate_of(const Environment& environment) const {
    EnvironmentGate gate{environment.name, gate_form(host_, environment), environment.gate.gitlab_approvers, {}, {}};
    gate.refs = {delivery::ref_of(project_, environment)};
    if (gate.form == GateForm::manual_job || gate.form == GateForm::deployment)
        gate.job = release_job(environment.name);
    return gate;
}

const EnvironmentGate* Lowering::gate(const std::string& environment) const {
    for (const EnvironmentGate& one : pipeline_.gates) {
        if (one.environment == environment) return &one;
    }
    return nullptr;
}

// Whether images are made here, and not by the other host.
bool Lowering::builds() const { return project_.first().deployed_by(Host::gitlab); }

std::string Lowering::about_images() const {
    return hosts::about(graph_, ", and ", builds() ? "builds each image once." : "tries whether images build.");
}

File& Lowering::file_of(const delivery::Job& job) {
    File file;
    switch (job.kind) {
        case JobKind::check_form:
        case JobKind::rollback:
        case JobKind::destroy:
            file = {kOperations,
                    "The operators' form: what a person does to a target by hand, behind the same gates.",
                    {},
                    {}};
            break;
        case JobKind::check:
        case JobKind::scan_source:
        case JobKind::test:
        case JobKind::try_build:
        case JobKind::build:
        case JobKind::resolve:
        case JobKind::scan_image: file = {".gitlab/ci/images.yml", about_images(), {}, {}}; break;
        case JobKind::plan:
        case JobKind::drift:
        case JobKind::alert:
            file = {".gitlab/ci/infrastructure.yml",
                    "Shows what would change in every environment's infrastructure.",
                    {},
                    {}};
            break;
        case JobKind::announce:
        case JobKind::apply:
        case JobKind::deploy:
        case JobKind::extend:
        case JobKind::notify:
            file = {".gitlab/ci/deploy-" + job.environment + ".yml", "Applies and deploys " + job.environment, {}, {}};
            file.about += project_.environment(job.environment)->gate.closed() ? ", behind its gate." : ".";
            break;
    }
    file.path = path(file.path);
    for (File& one : pipeline_.files) {
        if (one.path == file.path) return one;
    }
    file.origin = is_of_environment(job.kind)
                      ? origins_.intern(project_.environment(job.environment)->span, "an environment's jobs")
                      : pipeline_.origin;
    pipeline_.files.push_back(std::move(file));
    return pipeline_.files.back();
}

// A reviewer of a file needs to be told once.
void Lowering::put(File& file, Job job) const {
    const auto told = [&](const Job& one) { return one.about == job.about; };
    if (std::any_of(file.jobs.begin(), file.jobs.end(), told)) job.about.clear();
    file.jobs.push_back(std::move(job));
}

// Adds a job, and before the first gated one of an environment what its gate consists of.
void Lowering::add(const delivery::Job& job) {
    File& file = file_of(job);
    if (const EnvironmentGate* its = job.gated ? gate(job.environment) : nullptr) {
        bool there = false;
        for (const File& one : pipeline_.files) {
            there = there || std::any_of(one.jobs.begin(), one.jobs.end(),
                                         [&](const Job& other) { return other.id == guard_job(job.environment); });
        }
        if (!there) {
            put(file, guard(job.environment));
            if (!its->job.empty()) put(file, release(job.environment));
        }
    }
    put(file, lower(job));
}

void Lowering::add_stages() {
    std::vector<std::string> used;
    for (const delivery::Job& job : graph_.jobs) add_once(used, stage_of(job));
    std::vector<std::string> order{"check", "test", "build"};
    for (const Environment& environment : project_.environments) order.push_back("on " + environment.name);
    for (const std::string& one : order) {
        if (std::find(used.begin(), used.end(), one) != used.end()) pipeline_.stages.push_back(one);
    }
}

// Fields that a person need not fill in have a value: GitLab starts no pipeline of a push without one for each.
void Lowering::add_form() {
    const delivery::Job* check = graph_.job(delivery::kCheckForm);
    if (check == nullptr || check->form.empty()) return;
    std::vector<std::string> actions{"none"}, environments, stacks;
    for (const delivery::FormRow& row : check->form) {
        for (const std::string& action : row.actions) add_once(actions, action);
        add_once(environments, row.environment);
        add_once(stacks, row.stack);
    }
    pipeline_.form = {
        {"ACTION",
         "infra: plan and apply; deploy; rollback; destroy. With none no pipeline is made.",
         actions,
         {},
         "none"},
        {"ENVIRONMENT",
         "Where. The pipeline must run on this environment's own branch or tag.",
         environments,
         {},
         environments.front()},
        {"CLOUD", "On which stack.", stacks, {}, stacks.front()},
        {"SERVICE",
         "deploy: all services go out; this one (empty: each) even if unchanged. rollback: the one to take back, or "
         "whose image it is (empty: all).",
         {},
         "^([a-z][a-z0-9]*(-[a-z0-9]+)*)?$",
         {}},
        {"IMAGE",
         "For a rollback: the digest to go back to (sha256: and 64 hex digits); empty: what passed before.",
         {},
         "^(sha256:[0-9a-f]{64})?$",
         {}},
        {"CONFIRM",
         std::string("destroy: the environment's name. infra") +
             (project_.infrastructure.apply_gated ? ", deploy" : "") +
             ": empty, or the fingerprint that the plan must have.",
         {},
         "^[a-z0-9-]{0,64}$",
         {}}};
}

Pipeline Lowering::lower() {
    pipeline_.path = path(".gitlab-ci.yml");
    pipeline_.origin = origins_.intern(project_.span, "the GitLab pipeline");
    pipeline_.image = host_.image.empty() ? std::string(kJobImage) : host_.image;
    pipeline_.runner_tags = host_.runner_tags;
    pipeline_.variables = {
        {"GIT_STRATEGY", Text{"clone"}, "nothing of another job's files on a runner that is used again"},
        {"GIT_DEPTH", Text{"1"}, ""}};
    for (const Environment& environment : project_.environments) {
        if (environment.on_gitlab) pipeline_.gates.push_back(gate_of(environment));
    }
    pipeline_.about =
        builds() ? hosts::about(graph_, ", ",
                                "builds each image once and promotes it by digest from environment to environment.")
        : pipeline_.gates.empty()
            ? hosts::about(graph_, ", and ", "shows what would change; nothing is built or deployed from here.")
            : hosts::about(graph_, ", and ", "promotes by digest what the other host built.");
    pipeline_.webhook = project_.delivery.slack_secret;
    add_form();
    add_stages();
    delivery::Condition all;
    for (const delivery::Job& job : graph_.jobs) {
        delivery::add(all, job.when);
        if (job.kind == JobKind::drift) pipeline_.schedule = project_.delivery.drift_schedule;
        add(job);
    }
    const auto image = std::find_if(graph_.jobs.begin(), graph_.jobs.end(), [](const delivery::Job& one) {
        return one.kind == JobKind::build || one.kind == JobKind::resolve;
    });
    for (Job& job : gather_jobs()) put(file_of(*image), std::move(job));
    pipeline_.rules = workflow_rules(host_, all);
    // A person reads first what happens by itself.
    std::stable_partition(pipeline_.files.begin(), pipeline_.files.end(),
                          [&](const File& one) { return one.path != path(kOperations); });
    return std::move(pipeline_);
}

Pipeline lower(const Project& project, const delivery::Graph& graph, Origins& origins) {
    return Lowering(project, graph, origins).lower();
}

std::vector<hosts::Use> uses(const Pipeline& pipeline) {
    std::vector<hosts::Use> all;
    for (const File& file : pipeline.files) {
        for (const Job& job : file.jobs) {
            std::vector<std::string> own;
            for (const ScriptLine& line : job.script) {
                if (const auto* call = std::get_if<ScriptCall>(&line))
                    own.push_back(call->path.substr(call->path.rfind('/') + 1));
            }
            hosts::add_uses(job, std::move(own), all);
        }
    }
    return all;
}

std::vector<std::string> scripts(const Pipeline& pipeline) {
    std::vector<std::string> all;
    for (const File& file : pipeline.files) {
        for (const Job& job : file.jobs) {
            for (const auto* lines : {&job.before, &job.script}) {
                for (const ScriptLine& line : *lines) {
                    if (const auto* call = std::get_if<ScriptCall>(&line))
                        add_once(all, call->path.substr(call->path.rfind('/') + 1));
                }
            }
            if (job.reader) add_once(all, std::string(hosts::kReaderScript));
        }
    }
    return all;
}

}  // namespace pipewright::gitlab
