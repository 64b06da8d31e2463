// Rule 4: no job of a change request holds an identity that can write. Jobs of a fork's change request hold none at
// all, and no job with an identity runs in a fork. A registry's token counts like an identity that can write, and so
// does the webhook of messages.
#include <algorithm>
#include <set>

#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

// What an identity could change; empty where it only reads.
std::string written_by(const World& world, const Job& job) {
    bool known = false;
    for (const Taken& taken : taken_by(job)) {
        const infrastructure::Role* role = world.role(taken.principal);
        if (role == nullptr) continue;
        known = true;
        for (const infrastructure::Statement& one : role->statements) {
            if (one.deny) continue;
            for (const std::string& action : one.actions) {
                if (writes(action)) return action;
            }
        }
    }
    if (known) return {};
    return *job.identity == names::Identity::plan ? std::string()
                                                  : "what " + std::string(to_string(*job.identity)) + " may";
}

// Whether the host puts the webhook's address into one of its variables.
bool is_given_webhook(const World& world, const Job& job) {
    const std::string& secret = world.project().delivery.slack_secret;
    return !secret.empty() && std::any_of(job.leaves.begin(), job.leaves.end(), [&](const Leaf& one) {
        return !one.is_text && (one.value == "secrets." + secret || one.value == secret);
    });
}

}  // namespace

Verdict change_requests(const World& world) {
    Verdict verdict;
    std::set<const Job*> readers, others;
    for (const Run& run : world.runs()) {
        const bool request = run.event.kind == delivery::EventKind::change_request;
        if (!request && !run.event.elsewhere) continue;
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            const Job& job = *run.jobs[i].job;
            if (!registry_use(job).empty())
                add_once(verdict.paths,
                         "on " + host_word(run.host) + ": " + run.path(i) + " is given the registry's token");
            if (is_given_webhook(world, job))
                add_once(verdict.paths, "on " + host_word(run.host) + ": " + run.path(i) + " is given the webhook");
            if (world.holds_keys(job)) {
                add_once(verdict.paths, "on " + host_word(run.host) + ": " + run.path(i) + " holds long-lived keys");
                continue;
            }
            if (!job.identity) {
                others.insert(&job);
                continue;
            }
            const std::string path = "on " + host_word(run.host) + ": " + run.path(i);
            if (run.event.elsewhere || run.event.fork) {
                add_once(verdict.paths, path + " holds the identity " + std::string(to_string(*job.identity)));
                continue;
            }
            readers.insert(&job);
            if (const std::string what = written_by(world, job); !what.empty())
                add_once(verdict.paths, path + " could call " + what);
        }
    }
    verdict.proof = counted(others.size(), "job") + " without an identity, " + std::to_string(readers.size()) +
                    " that only read" + (readers.size() == 1 ? "s" : "") + " (none of a fork)";
    return verdict;
}

}  // namespace pipewright::verify
