// Rule 8: everything that changes a target takes its lease; a running change is never cancelled.
#include <algorithm>
#include <map>

#include "generator/embed/scripts.h"
#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

bool takes_lease(const Job& job, const embed::Words& words) {
    return std::any_of(job.scripts.begin(), job.scripts.end(), [&](const std::string& script) {
        return embed::with_libraries(script, words).contains("lib/lease-" + words.cloud + ".sh");
    });
}

void judge(const World& world, const Job& job, std::vector<std::string>& paths) {
    const infrastructure::TargetModel* target = world.target(job.environment, job.stack);
    if (target == nullptr) {
        add_once(paths, told(job) + " changes a target that isn't there: " + job.environment + " on " + job.stack);
        return;
    }
    if (!takes_lease(job, target->words)) add_once(paths, told(job) + " runs no script that takes a lease");
    const std::string bucket = job.text("STATE_BUCKET"), key = job.text("LEASE_KEY");
    if (bucket != target->state_bucket || key != target->lease) {
        add_once(paths, told(job) + " takes the lease " + bucket + "/" + key + " instead of " + target->state_bucket +
                            "/" + target->lease);
    }
    if (job.gitlab != nullptr) {
        if (job.gitlab->interruptible) add_once(paths, told(job) + " is interruptible: a newer pipeline cancels it");
        return;
    }
    for (const github::Step& step : job.github->steps) {
        const auto* call = step.run ? std::get_if<github::ScriptCall>(&*step.run) : nullptr;
        if (call != nullptr && !call->replaces_shell)
            add_once(paths, told(job) + " runs " + call->path +
                                " below a shell, which keeps a cancelled run's signal from it");
    }
}

}  // namespace

Verdict leases(const World& world) {
    Verdict verdict;
    std::size_t jobs = 0;
    for (const Job& job : world.jobs()) {
        if (!world.changes(job)) continue;
        ++jobs;
        judge(world, job, verdict.paths);
    }
    // Runs of one change request supersede each other on GitHub; GitLab stops what is interruptible.
    for (const Run& run : world.runs()) {
        if (run.event.kind != delivery::EventKind::change_request) continue;
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            if (run.host == Host::github && world.changes(*run.jobs[i].job))
                add_once(verdict.paths, run.path(i) + " is cancelled by a newer push to the change request");
        }
    }
    std::map<std::string, std::string> owners;
    for (const infrastructure::TargetModel& target : world.model().targets) {
        const std::string lease = target.state_bucket + "/" + target.lease;
        const std::string owner = target.environment + " on " + target.stack;
        const auto [found, fresh] = owners.emplace(lease, owner);
        if (!fresh) add_once(verdict.paths, found->second + " and " + owner + " share the lease " + lease);
    }
    verdict.proof = counted(jobs, "job") + " that change " + counted(owners.size(), "target") +
                    ", each with the target's own lease; nothing cancels one";
    if (jobs == 0 && verdict.paths.empty()) verdict = {Outcome::not_asked, "no job changes a target", {}, {}};
    return verdict;
}

}  // namespace pipewright::verify
