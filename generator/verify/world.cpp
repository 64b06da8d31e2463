#include "generator/verify/world.h"

#include <algorithm>
#include <set>

#include "generator/verify/play.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

std::string base(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Leaf leaf_of(const github::Setting& one) {
    if (const auto* text = std::get_if<github::Text>(&one.value)) return {one.name, true, text->text};
    if (const auto* lines = std::get_if<github::Lines>(&one.value)) return {one.name, true, lines->text};
    return {one.name, false, std::get<github::Expression>(one.value).print()};
}

Leaf leaf_of(const gitlab::Setting& one) {
    if (const auto* text = std::get_if<gitlab::Text>(&one.value)) return {one.name, true, text->text};
    return {one.name, false, std::get<gitlab::Reference>(one.value).variable};
}

Job job_of(const github::Workflow& workflow, const github::Job& from) {
    Job job;
    job.id = from.id;
    job.file = workflow.path;
    job.workflow = &workflow;
    job.github = &from;
    for (const github::Setting& one : from.variables) job.leaves.push_back(leaf_of(one));
    for (const github::Step& step : from.steps) {
        for (const github::Setting& one : step.environment) job.leaves.push_back(leaf_of(one));
        if (!step.run) continue;
        if (const auto* call = std::get_if<github::ScriptCall>(&*step.run)) job.scripts.push_back(base(call->path));
    }
    job.identity = from.identity;
    job.principal = from.principal;
    job.environment = from.target_environment;
    job.stack = from.target_stack;
    job.changes_target = from.changes_target;
    if (from.claims) job.claims = &*from.claims;
    if (from.reader) job.reader = &*from.reader;
    return job;
}

Job job_of(const gitlab::File& file, const gitlab::Job& from) {
    Job job;
    job.host = Host::gitlab;
    job.id = from.id;
    job.file = file.path;
    job.gitlab = &from;
    for (const gitlab::Setting& one : from.variables) job.leaves.push_back(leaf_of(one));
    for (const gitlab::Rule& rule : from.rules) {
        for (const gitlab::Setting& one : rule.variables) job.leaves.push_back(leaf_of(one));
    }
    for (const gitlab::ScriptLine& line : from.script) {
        if (const auto* call = std::get_if<gitlab::ScriptCall>(&line)) job.scripts.push_back(base(call->path));
    }
    job.identity = from.identity;
    job.principal = from.principal;
    job.environment = from.target_environment;
    job.stack = from.target_stack;
    job.changes_target = from.changes_target;
    if (from.claims) job.claims = &*from.claims;
    if (from.reader) job.reader = &*from.reader;
    return job;
}

// Each after those that it needs, whatever the order of the file.
std::vector<const Job*> in_order(std::vector<const Job*> jobs) {
    std::vector<const Job*> ordered;
    std::set<std::string> done;
    while (!jobs.empty()) {
        const auto ready = std::find_if(jobs.begin(), jobs.end(), [&](const Job* job) {
            return std::all_of(job->github->needs.begin(), job->github->needs.end(), [&](const std::string& need) {
                return done.contains(need) ||
                       std::none_of(jobs.begin(), jobs.end(), [&](const Job* one) { return one->id == need; });
            });
        });
        const auto next = ready == jobs.end() ? jobs.begin() : ready;
        done.insert((*next)->id);
        ordered.push_back(*next);
        jobs.erase(next);
    }
    return ordered;
}

bool asks_for_outputs(const github::Expression& one) {
    if (one.kind() == github::Expression::Kind::context) return one.text().find(".outputs.") != std::string::npos;
    return std::any_of(one.parts().begin(), one.parts().end(), asks_for_outputs);
}

}  // namespace

std::vector<Taken> taken_by(const Job& job) {
    std::vector<Taken> all;
    if (job.claims != nullptr) all.push_back({job.principal, job.claims, job.scripts});
    if (job.reader != nullptr)
        all.push_back({job.reader->principal, &job.reader->claims, {std::string(hosts::kReaderScript)}});
    return all;
}

const Leaf* Job::leaf(std::string_view name) const {
    const auto found = std::find_if(leaves.begin(), leaves.end(), [&](const Leaf& one) { return one.name == name; });
    return found == leaves.end() ? nullptr : &*found;
}

std::string Job::text(std::string_view name) const {
    const Leaf* one = leaf(name);
    return one != nullptr && one->is_text ? one->value : std::string();
}

bool Job::runs(std::string_view script) const { return among(scripts, script); }

std::vector<std::size_t> Run::before(std::size_t job) const {
    std::vector<std::size_t> all = jobs[job].after;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const std::size_t one : jobs[all[i]].after) {
            if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
        }
    }
    return all;
}

std::string Run::path(std::size_t job) const {
    // The first to be met without a need is the nearest. A guard only looks: a way around it tells more.
    const auto guards = [&](std::size_t one) {
        const Job& its = *jobs[one].job;
        return its.runs("guard.sh") || its.runs("guard-tags.sh") || its.runs("guard-gitlab.sh");
    };
    std::vector<std::pair<std::size_t, std::size_t>> open{{job, 0}};
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (!jobs[open[i].first].after.empty()) {
            const std::vector<std::size_t>& after = jobs[open[i].first].after;
            const bool others = !std::all_of(after.begin(), after.end(), guards);
            for (const std::size_t one : after) {
                if (others && guards(one)) continue;
                const bool there =
                    std::any_of(open.begin(), open.end(), [&](const auto& met) { return met.first == one; });
                if (!there) open.emplace_back(one, i);
            }
            continue;
        }
        std::string text = event.told;
        for (std::size_t at = i;; at = open[at].second) {
            text += std::string(kArrow) + jobs[open[at].first].job->id;
            if (at == 0) break;
        }
        return text;
    }
    return event.told + std::string(kArrow) + jobs[job].job->id;
}

World::World(const Subject& subject) : subject_(subject) {
    for (const delivery::Graph* graph : {subject.github_graph, subject.gitlab_graph}) {
        if (graph == nullptr) continue;
        for (const delivery::DataFile& file : delivery::data_files(*graph))
            data_.emplace(delivery::path_of(project(), file), file.content.text());
    }
    add_jobs();
    play_all();
}

void World::add_jobs() {
    if (subject_.github != nullptr) {
        for (const github::Workflow& workflow : subject_.github->workflows) {
            for (const github::Job& job : workflow.jobs) jobs_.push_back(job_of(workflow, job));
        }
    }
    if (subject_.gitlab != nullptr) {
        for (const gitlab::File& file : subject_.gitlab->files) {
            for (const gitlab::Job& job : file.jobs) jobs_.push_back(job_of(file, job));
        }
    }
}

void World::play_all() {
    std::vector<std::pair<const github::Workflow*, std::vector<const Job*>>> workflows;
    std::vector<const Job*> of_gitlab;
    if (subject_.github != nullptr) {
        for (const github::Workflow& workflow : subject_.github->workflows) {
            std::vector<const Job*> own;
            for (const Job& job : jobs_) {
                if (job.workflow == &workflow) own.push_back(&job);
            }
            workflows.emplace_back(&workflow, in_order(std::move(own)));
        }
    }
    for (const Job& job : jobs_) {
        if (job.gitlab != nullptr) of_gitlab.push_back(&job);
    }
    const auto keep = [&](Run run) {
        if (!run.jobs.empty()) runs_.push_back(std::move(run));
    };
    for (const Occurrence& event : occurrences(subject_)) {
        ++events_;
        for (const auto& [workflow, own] : workflows) {
            keep(play_github(*workflow, own, event, project().github->repository, "false"));
            // Whether a plan is empty is known only then: both ways.
            const bool both = std::any_of(own.begin(), own.end(), [](const Job* job) {
                return job->github->only_if && asks_for_outputs(*job->github->only_if);
            });
            if (both) keep(play_github(*workflow, own, event, project().github->repository, "true"));
        }
        if (subject_.gitlab != nullptr)
            keep(play_gitlab(*subject_.gitlab, of_gitlab, event, project().gitlab->repository));
    }
}

std::string World::services_of(const Job& job) const {
    const std::string path = job.text("SERVICES_FILE");
    if (path.empty()) return job.text("SERVICES");
    const auto found = data_.find(path);
    return found == data_.end() ? "a file that is not there" : found->second;
}

const infrastructure::Role* World::role(const std::string& principal) const {
    for (const infrastructure::TargetModel& target : model().targets) {
        for (const infrastructure::Role& role : target.roles) {
            if (role.principal == principal) return &role;
        }
    }
    return nullptr;
}

const infrastructure::TargetModel* World::target(const std::string& environment, const std::string& stack) const {
    for (const infrastructure::TargetModel& target : model().targets) {
        if (target.environment == environment && target.stack == stack) return &target;
    }
    return nullptr;
}

const Target* World::target_of(const Job& job) const {
    const Environment* environment = project().environment(job.environment);
    return environment == nullptr ? nullptr : environment->target(job.stack);
}

bool World::changes(const Job& job) const {
    if (job.changes_target) return true;
    if (!job.identity) return false;
    if (*job.identity == names::Identity::infra || *job.identity == names::Identity::deploy) return true;
    const infrastructure::Role* its = role(job.principal);
    return its != nullptr && changes_more_than_images(*its);
}

std::string registry_use(const Job& job) {
    if (job.leaf("REGISTRY_TOKEN") == nullptr) return {};
    const bool reads = job.runs("scan-image.sh") || job.runs("rollback.sh");
    return reads ? "read" : "write";
}

std::size_t World::key_holders() const {
    return static_cast<std::size_t>(
        std::count_if(jobs_.begin(), jobs_.end(), [&](const Job& job) { return holds_keys(job); }));
}

// GitHub's job by a variable that is a secret; GitLab's because variables that are scoped to an environment come to
// every job that names it.
bool World::holds_keys(const Job& job) const {
    if (job.gitlab == nullptr) {
        return std::any_of(job.leaves.begin(), job.leaves.end(), [](const Leaf& one) {
            return !one.is_text && (one.name == "AWS_ACCESS_KEY_ID" || one.name == "AWS_SECRET_ACCESS_KEY");
        });
    }
    if (!job.gitlab->deployment) return false;
    const Environment* environment = project().environment(job.gitlab->deployment->environment);
    return environment != nullptr && std::any_of(environment->targets.begin(), environment->targets.end(),
                                                 [&](const Target& target) { return project().static_keys(target); });
}

bool writes(std::string_view action) {
    // Google Cloud writes the verb last: compute.instanceGroupManagers.get.
    if (action.find(':') == std::string_view::npos) {
        const std::string_view verb = action.substr(action.rfind('.') + 1);
        for (const std::string_view reads : {"get", "list", "download", "testIamPermissions"}) {
            if (verb.starts_with(reads)) return false;
        }
        return true;
    }
    const std::string_view name = action.substr(action.find(':') + 1);
    for (const std::string_view verb : {"Get", "List", "Describe", "BatchGet", "BatchCheck", "Head", "Lookup"}) {
        if (name.starts_with(verb)) return false;
    }
    // What is decrypted is read.
    return action != "kms:Decrypt";
}

bool changes_more_than_images(const infrastructure::Role& role) {
    return std::any_of(role.statements.begin(), role.statements.end(), [](const infrastructure::Statement& one) {
        return !one.deny && std::any_of(one.actions.begin(), one.actions.end(), [](const std::string& action) {
            return writes(action) && !action.starts_with("ecr:") && !action.starts_with("artifactregistry.");
        });
    });
}

std::string told(const Job& job) { return job.id + (job.workflow == nullptr ? "" : " of " + base(job.file)); }

std::string host_word(Host host) { return host == Host::github ? "GitHub" : "GitLab"; }

}  // namespace pipewright::verify
