#include <algorithm>

#include "generator/hosts/gitlab/evaluate.h"
#include "generator/verify/play.h"

namespace pipewright::verify {

namespace {

using gitlab::holds;
using gitlab::Variables;

Variables variables_of(const Occurrence& event, const gitlab::Pipeline& pipeline, const std::string& repository) {
    const std::string project = event.elsewhere ? std::string(kFork) : repository;
    Variables all = gitlab::predefined(event.kind, event.ref, project, event.fork ? std::string(kFork) : project);
    // Fields that nobody fills in hold what is preset.
    for (const gitlab::FormInput& one : pipeline.form) all["FORM_" + one.name] = one.preset;
    if (event.kind != delivery::EventKind::form) return all;
    all["FORM_ACTION"] = event.action;
    all["FORM_ENVIRONMENT"] = event.environment;
    all["FORM_CLOUD"] = event.stack;
    return all;
}

}  // namespace

Run play_gitlab(const gitlab::Pipeline& pipeline, const std::vector<const Job*>& jobs, const Occurrence& event,
                const std::string& repository) {
    Run run{event, Host::gitlab, nullptr, {}};
    const Variables variables = variables_of(event, pipeline, repository);
    const bool made = std::any_of(pipeline.rules.begin(), pipeline.rules.end(),
                                  [&](const gitlab::WorkflowRule& one) { return holds(one.condition, variables); });
    if (!made) return run;
    std::map<std::string, std::size_t> places;
    for (const Job* job : jobs) {
        for (const gitlab::Rule& rule : job->gitlab->rules) {
            if (!holds(rule.condition, variables)) continue;
            places[job->id] = run.jobs.size();
            run.jobs.push_back({job, rule.by_hand, {}});
            break;
        }
    }
    for (Started& one : run.jobs) {
        for (const gitlab::Need& need : one.job->gitlab->needs) {
            const auto found = places.find(need.job);
            if (found != places.end()) {
                one.after.push_back(found->second);
            } else if (!need.optional) {
                run.jobs.clear();
                return run;
            }
        }
    }
    return run;
}

}  // namespace pipewright::verify
