// Rule 1: a built service has exactly one build job; no path to a deploy goes round it; no environment but the first
// builds.
#include <algorithm>
#include <map>

#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

bool builds(const delivery::Job& job) {
    return job.kind == delivery::JobKind::build ||
           std::any_of(job.steps.begin(), job.steps.end(), [](const delivery::Step& step) {
               const auto* script = std::get_if<delivery::RunScript>(&step.action);
               return script != nullptr && script->script == "build.sh";
           });
}

void judge_graph(const World& world, Host host, const delivery::Graph* graph, std::vector<std::string>& paths) {
    if (graph == nullptr) return;
    const Environment& first = world.project().first();
    const std::size_t wanted = first.deployed_by(host) ? 1 : 0;
    for (const Service& service : world.project().services) {
        if (!service.is_built()) continue;
        std::vector<std::string> found;
        for (const delivery::Job& job : graph->jobs) {
            if (builds(job) && job.service == service.name) found.push_back(job.id);
        }
        if (found.size() != wanted) {
            paths.push_back("on " + host_word(host) + " " + service.name + " has " +
                            counted(found.size(), "build job") + " (" + listed(found) + ") instead of " +
                            std::to_string(wanted));
        }
    }
    for (const delivery::Job& job : graph->jobs) {
        if (builds(job) && job.environment != first.name)
            paths.push_back("on " + host_word(host) + " " + job.id + " builds for " + job.environment);
    }
}

}  // namespace

Verdict one_build(const World& world) {
    Verdict verdict;
    std::vector<std::string> built;
    for (const Service& service : world.project().services) {
        if (service.is_built()) built.push_back(service.name);
    }
    if (built.empty()) {
        verdict.outcome = Outcome::not_asked;
        verdict.proof = "no service is built";
        return verdict;
    }
    judge_graph(world, Host::github, world.subject().github_graph, verdict.paths);
    judge_graph(world, Host::gitlab, world.subject().gitlab_graph, verdict.paths);

    const std::string& first = world.project().first().name;
    std::size_t deploys = 0;
    for (const Run& run : world.runs()) {
        std::map<std::string, std::size_t> builders;
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            const Job& job = *run.jobs[i].job;
            if (job.runs("build.sh")) {
                if (job.environment != first) add_once(verdict.paths, run.path(i) + " builds for " + job.environment);
                if (++builders[job.text("SERVICE")] > 1)
                    add_once(verdict.paths, run.path(i) + " builds " + job.text("SERVICE") + " once more");
            }
            if (!job.runs("deploy.sh") || job.environment != first) continue;
            const Target* target = world.target_of(job);
            if (target == nullptr) continue;
            ++deploys;
            const std::vector<std::size_t> before = run.before(i);
            for (const Running& running : target->services) {
                const std::string& image = world.project().service(running.service)->image_of;
                if (!among(built, image)) continue;
                const bool there = std::any_of(before.begin(), before.end(), [&](std::size_t one) {
                    const Job& other = *run.jobs[one].job;
                    return other.runs("build.sh") && other.text("SERVICE") == image;
                });
                if (!there) add_once(verdict.paths, run.path(i) + " goes round the build of " + image);
            }
        }
    }
    verdict.proof = counted(built.size(), "service") + " built for " + first + "; all " + counted(deploys, "way") +
                    " to a deploy there go through the build, in " + counted(world.runs().size(), "run");
    return verdict;
}

}  // namespace pipewright::verify
