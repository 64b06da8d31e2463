// Rule 1: a built service has exactly one build job and a ready image one resolve job; no path to a deploy goes round
// it; no environment but the first builds.
#include <algorithm>
#include <map>

#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

bool runs(const delivery::Job& job, std::string_view wanted) {
    return std::any_of(job.steps.begin(), job.steps.end(), [&](const delivery::Step& step) {
        const auto* script = std::get_if<delivery::RunScript>(&step.action);
        return script != nullptr && script->script == wanted;
    });
}

bool builds(const delivery::Job& job) { return job.kind == delivery::JobKind::build || runs(job, "build.sh"); }

bool resolves(const delivery::Job& job) { return job.kind == delivery::JobKind::resolve || runs(job, "resolve.sh"); }

// The script that makes a service's own image, as the manifest says it.
std::string_view script_of(const Service& service) { return service.is_built() ? "build.sh" : "resolve.sh"; }
std::string_view word_of(const Service& service) { return service.is_built() ? "build" : "resolve"; }

void judge_graph(const World& world, Host host, const delivery::Graph* graph, std::vector<std::string>& paths) {
    if (graph == nullptr) return;
    const Environment& first = world.project().first();
    const std::size_t wanted = first.deployed_by(host) ? 1 : 0;
    for (const Service& service : world.project().services) {
        std::vector<std::string> built, resolved;
        for (const delivery::Job& job : graph->jobs) {
            if (job.service != service.name) continue;
            if (builds(job)) built.push_back(job.id);
            if (resolves(job)) resolved.push_back(job.id);
        }
        const auto judge = [&](const std::vector<std::string>& found, const char* what, std::size_t right) {
            if (found.size() == right) return;
            paths.push_back("on " + host_word(host) + " " + service.name + " has " + counted(found.size(), what) +
                            " (" + listed(found) + ") instead of " + std::to_string(right));
        };
        judge(built, "build job", service.is_built() ? wanted : 0);
        judge(resolved, "resolve job", service.has_own_image() && !service.is_built() ? wanted : 0);
    }
    for (const delivery::Job& job : graph->jobs) {
        if (builds(job) && job.environment != first.name)
            paths.push_back("on " + host_word(host) + " " + job.id + " builds for " + job.environment);
        if (resolves(job) && job.environment != first.name)
            paths.push_back("on " + host_word(host) + " " + job.id + " resolves for " + job.environment);
    }
}

}  // namespace

Verdict one_build(const World& world) {
    Verdict verdict;
    judge_graph(world, Host::github, world.subject().github_graph, verdict.paths);
    judge_graph(world, Host::gitlab, world.subject().gitlab_graph, verdict.paths);

    const std::string& first = world.project().first().name;
    std::size_t deploys = 0;
    for (const Run& run : world.runs()) {
        std::map<std::string, std::size_t> makers;
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            const Job& job = *run.jobs[i].job;
            if (job.runs("build.sh") || job.runs("resolve.sh")) {
                const std::string verb = job.runs("build.sh") ? "builds" : "resolves";
                if (job.environment != first)
                    add_once(verdict.paths, run.path(i) + " " + verb + " for " + job.environment);
                if (++makers[job.text("SERVICE")] > 1)
                    add_once(verdict.paths, run.path(i) + " " + verb + " " + job.text("SERVICE") + " once more");
            }
            if (!job.runs("deploy.sh") || job.environment != first) continue;
            const Target* target = world.target_of(job);
            if (target == nullptr) continue;
            ++deploys;
            const std::vector<std::size_t> before = run.before(i);
            for (const Running& running : target->services) {
                const Service& image = *world.project().service(world.project().service(running.service)->image_of);
                const bool there = std::any_of(before.begin(), before.end(), [&](std::size_t one) {
                    const Job& other = *run.jobs[one].job;
                    return other.runs(script_of(image)) && other.text("SERVICE") == image.name;
                });
                if (!there) {
                    add_once(verdict.paths,
                             run.path(i) + " goes round the " + std::string(word_of(image)) + " of " + image.name);
                }
            }
        }
    }
    std::size_t built = 0, ready = 0;
    for (const Service& service : world.project().services) {
        if (service.has_own_image()) ++(service.is_built() ? built : ready);
    }
    verdict.proof = counted(built, "service") + " built and " + counted(ready, "ready image") + " resolved for " +
                    first + "; all " + counted(deploys, "way") + " to a deploy there go through that, in " +
                    counted(world.runs().size(), "run");
    return verdict;
}

}  // namespace pipewright::verify
