#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/delivery/plan.h"
#include "generator/hosts/gitlab/lowering.h"
#include "generator/hosts/gitlab/pins.h"
#include "generator/hosts/images.h"
#include "generator/text/case.h"

namespace pipewright::gitlab {

namespace {

using delivery::Fact;
using delivery::JobKind;

// The field of the form that holds a fact; nothing for what is no field.
const char* field_of(Fact fact) {
    switch (fact) {
        case Fact::chosen_action: return "FORM_ACTION";
        case Fact::chosen_environment: return "FORM_ENVIRONMENT";
        case Fact::chosen_stack: return "FORM_CLOUD";
        case Fact::chosen_service: return "FORM_SERVICE";
        case Fact::chosen_image: return "FORM_IMAGE";
        case Fact::confirmation: return "FORM_CONFIRM";
        case Fact::token:
        case Fact::registry_user:
        case Fact::registry_token:
        case Fact::chosen_commit:
        case Fact::forced: break;
    }
    return nullptr;
}

// The commands that scripts call and a job's image may lack, by script; "builder" stands for what builds images,
// "cloud" for what the cloud of the job is asked with. What every Debian has is left out.
struct Tools {
    const char* script;
    std::vector<std::string> commands;
};

const std::vector<Tools>& tools_of_scripts() {
    static const std::vector<Tools> all{
        {"build.sh", {"cloud", "builder", "curl", "git", "jq", "skopeo"}},
        {"check-form.sh", {"jq"}},
        {"check.sh", {"curl"}},
        {"deploy.sh", {"cloud", "curl", "git", "jq", "skopeo"}},
        {"extend-deploy.sh", {"cloud", "curl", "jq"}},
        {"extend-plan.sh", {"cloud", "curl", "jq"}},
        {"guard-gitlab.sh", {"jq"}},
        {"notify.sh", {"curl", "jq"}},
        {"resolve.sh", {"cloud", "curl", "jq", "skopeo"}},
        {"rollback.sh", {"cloud", "curl", "git", "jq", "skopeo"}},
        {"scan-image.sh", {"cloud", "curl", "jq", "skopeo"}},
        {"scan-source.sh", {"curl", "jq"}},
        {"terraform-apply.sh", {"cloud", "curl", "git", "gpg", "jq", "unzip"}},
        {"terraform-destroy.sh", {"cloud", "curl", "git", "gpg", "jq", "unzip"}},
        {"terraform-drift.sh", {"cloud", "curl", "git", "gpg", "jq", "unzip"}},
        {"terraform-plan.sh", {"cloud", "curl", "git", "gpg", "jq", "unzip"}},
        {"try.sh", {"builder", "curl", "git", "jq"}},
    };
    return all;
}

}  // namespace

void set(Job& job, std::string name, Value value, std::string why) {
    const bool there =
        std::any_of(job.variables.begin(), job.variables.end(), [&](const Setting& one) { return one.name == name; });
    if (!there) job.variables.push_back({std::move(name), std::move(value), std::move(why)});
}

std::string handed_on(const delivery::Job& from, const std::string& output) {
    switch (from.kind) {
        case JobKind::build:
        case JobKind::resolve: return delivery::digest_variable(from.service);
        case JobKind::plan: return "PLAN_" + upper_case(output);
        default: return upper_case(output);
    }
}

delivery::Variables all_variables(const delivery::Job& from) {
    delivery::Variables all = from.variables;
    for (const delivery::Step& step : from.steps) {
        if (const auto* script = std::get_if<delivery::RunScript>(&step.action))
            all.insert(all.end(), script->variables.begin(), script->variables.end());
        if (const auto* commands = std::get_if<delivery::RunCommands>(&step.action))
            all.insert(all.end(), commands->variables.begin(), commands->variables.end());
    }
    return all;
}

Settings form_variables(const delivery::Job& from) {
    Settings settings;
    for (const delivery::Variable& one : all_variables(from)) {
        const auto* fact = std::get_if<Fact>(&one.value);
        if (fact == nullptr) continue;
        if (*fact == Fact::forced) settings.push_back({one.name, Text{"true"}, one.why});
        if (const char* field = field_of(*fact)) settings.push_back({one.name, Reference{field}, one.why});
    }
    return settings;
}

ScriptCall Lowering::script(const std::string& name, std::vector<std::string> arguments) const {
    return {under(project_, "ci/" + name), std::move(arguments)};
}

// What a needed job hands on comes under its own name by itself; what a person filled in comes with the rule.
void Lowering::add_variables(const delivery::Variables& variables, Job& job) const {
    struct Visitor {
        const Project& project;
        const delivery::Graph& graph;
        const delivery::Variable& from;
        Job& job;

        void operator()(const delivery::Text& one) const { set(job, from.name, Text{one.text}, from.why); }
        void operator()(const delivery::DataFile& one) const {
            set(job, from.name, Text{delivery::path_of(project, one)}, from.why);
        }
        void operator()(const delivery::JsonText& one) const { set(job, from.name, Text{one.text()}, from.why); }
        // One of the same name is there by itself; named once more, it would stand for itself.
        void operator()(const delivery::Secret& one) const {
            job.secrets.push_back(one.name);
            if (one.name != from.name) set(job, from.name, Reference{one.name}, from.why);
        }
        void operator()(const delivery::JobResult& one) const {
            const std::string name = delivery::result_variable(one.job);
            if (name != from.name) set(job, from.name, Reference{name}, from.why);
        }
        void operator()(const delivery::EnvironmentSecret&) const {}
        void operator()(const delivery::JobOutput& one) const {
            const std::string name = handed_on(*graph.job(one.job), one.output);
            if (name != from.name) set(job, from.name, Reference{name}, from.why);
        }
        void operator()(Fact one) const {
            if (one == Fact::token) set(job, from.name, Reference{"CI_JOB_TOKEN"}, from.why);
            if (one == Fact::registry_user) set(job, from.name, Reference{"CI_REGISTRY_USER"}, from.why);
            if (one == Fact::registry_token) set(job, from.name, Reference{"CI_REGISTRY_PASSWORD"}, from.why);
        }
    };
    for (const delivery::Variable& one : variables) std::visit(Visitor{project_, graph_, one, job}, one.value);
}

void Lowering::add_tools(const std::vector<std::string>& scripts, bool aws, Job& job) const {
    std::vector<std::string> commands;
    for (const Tools& row : tools_of_scripts()) {
        if (std::find(scripts.begin(), scripts.end(), row.script) == scripts.end()) continue;
        for (const std::string& one : row.commands) {
            if (one == "cloud") {
                if (aws) commands.emplace_back("aws");
            } else if (one != "builder") {
                commands.push_back(one);
            } else if (host_.builder == "buildah") {
                commands.emplace_back("buildah");
            } else {
                commands.insert(commands.end(), {"docker", "docker-buildx"});
            }
        }
    }
    std::sort(commands.begin(), commands.end());
    commands.erase(std::unique(commands.begin(), commands.end()), commands.end());
    if (!commands.empty()) job.before.emplace_back(script("install-tools.sh", std::move(commands)));
}

// Docker's daemon runs beside the job, behind TLS; buildah needs neither daemon nor privilege.
void Lowering::add_builder(bool emulation, Job& job) const {
    if (host_.builder == "buildah") {
        set(job, "BUILDER", Text{"buildah"});
        if (emulation) {
            job.about += std::string(job.about.empty() ? "" : " ") +
                         "The runner's machine has to know QEMU for the other processors: buildah can't set it up.";
        }
        return;
    }
    job.services.push_back({"docker", std::string(kDockerImage), {}});
    set(job, "DOCKER_HOST", Text{"tcp://docker:2376"});
    set(job, "DOCKER_TLS_CERTDIR", Text{"/certs"}, "a volume that the runner shares with the daemon's service");
    set(job, "DOCKER_TLS_VERIFY", Text{"1"});
    set(job, "DOCKER_CERT_PATH", Text{"/certs/client"});
    if (emulation) {
        job.before.emplace_back(
            Command{{"docker", "run", "--rm", "--privileged", std::string(hosts::kBinfmtImage), "--install", "all"}});
    }
}

void Lowering::add_steps(const delivery::Job& from, Job& job) const {
    bool checkout = false, commits = false, files = false, emulation = false;
    std::vector<std::string> scripts;
    add_variables(all_variables(from), job);
    for (const delivery::Step& step : from.steps) {
        if (const auto* one = std::get_if<delivery::Checkout>(&step.action)) {
            checkout = true;
            commits = commits || one->commits;
            files = files || one->files;
        } else if (std::holds_alternative<delivery::SetUpEmulation>(step.action)) {
            emulation = true;
        } else if (const auto* run = std::get_if<delivery::RunScript>(&step.action)) {
            scripts.push_back(run->script);
            job.script.emplace_back(script(run->script));
        } else if (const auto* user = std::get_if<delivery::RunCommands>(&step.action)) {
            job.script.emplace_back(UserLines{user->lines, user->directory});
        }
        // Findings are in the job's log: the reports of GitLab's plans need scanners of its own format.
    }
    if (from.kind == JobKind::check_form)
        set(job, "FORM", Text{delivery::JsonText(delivery::form_json(from.form)).text()});
    if (!from.told.empty()) set(job, "RESULTS", Text{delivery::JsonText(delivery::results_json(from.told)).text()});
    if (!from.outputs.empty()) {
        job.outputs = kOutputs;
        set(job, "OUTPUT_FILE", Text{kOutputs});
    }
    if (!checkout) set(job, "GIT_STRATEGY", Text{"none"});
    if (commits) {
        set(job, "GIT_DEPTH", Text{"0"},
            files ? "all commits: which one is looked at, the record says" : "all commits, to tell an outdated run");
    }
    // Google Cloud is asked by curl; a job without an identity asks no cloud.
    const bool aws =
        (from.identity && from.identity->cloud == Cloud::aws) || (from.reader && from.reader->cloud == Cloud::aws);
    add_tools(scripts, aws, job);
    if (from.kind == JobKind::build || from.kind == JobKind::try_build) add_builder(emulation, job);
}

}  // namespace pipewright::gitlab
