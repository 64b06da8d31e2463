// Rule 3: every job that can change a production target sits behind its gate, on both hosts, on every event, the form
// included. So does every other target that has one.
#include <set>

#include "generator/verify/gate.h"
#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

Verdict gates(const World& world) {
    Verdict verdict;
    std::vector<std::string> gated, open;
    for (const Environment& one : world.project().environments) {
        if (one.gate.closed()) gated.push_back(one.name);
        if (one.production && !one.gate.closed()) open.push_back(one.name);
    }
    const std::string left_open =
        open.empty() ? ""
                     : "; " + listed(open) + (open.size() == 1 ? " has" : " have") + " no gate by the manifest's word";
    if (gated.empty()) {
        verdict.outcome = Outcome::not_asked;
        verdict.proof = "no environment has a gate" + left_open;
        return verdict;
    }
    std::set<const Job*> held;
    std::size_t paths = 0;
    for (const Run& run : world.runs()) {
        if (run.event.elsewhere) continue;
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            const Job& job = *run.jobs[i].job;
            const Environment* environment = world.project().environment(job.environment);
            if (environment == nullptr || !environment->gate.closed()) continue;
            // The gate itself may be given its environment's keys; whoever lets it run is let through.
            const bool gate = run.jobs[i].by_hand && !job.identity;
            if (!world.changes(job) && (gate || !world.holds_keys(job))) continue;
            ++paths;
            std::string why = unheld(world, run, i, *environment);
            if (why.empty()) why = unasked(world, run, i, *environment);
            if (why.empty()) {
                held.insert(&job);
            } else {
                add_once(verdict.paths, "on " + host_word(run.host) + ": " + run.path(i) + " without a gate: " + why);
            }
        }
    }
    verdict.proof = counted(held.size(), "job") + " behind the " + (gated.size() == 1 ? "gate of " : "gates of ") +
                    listed(gated) + ", on all " + counted(paths, "way") + " to them; " +
                    counted(world.events(), "event") + " played" + left_open;
    return verdict;
}

}  // namespace pipewright::verify
