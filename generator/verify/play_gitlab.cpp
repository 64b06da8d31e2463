#include <algorithm>

#include "generator/project/pattern.h"
#include "generator/verify/play.h"

namespace pipewright::verify {

namespace {

using E = gitlab::Expression;
using delivery::EventKind;
using Variables = std::map<std::string, std::string>;

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";

// "Predefined CI/CD variables". Where a variable isn't there, GitLab's rules see null.
Variables variables_of(const Occurrence& event, const gitlab::Pipeline& pipeline, const std::string& repository) {
    const std::string project = event.elsewhere ? std::string(kFork) : repository;
    Variables all{{"CI_PROJECT_PATH", project}};
    // Fields that nobody fills in hold what is preset.
    for (const gitlab::FormInput& one : pipeline.form) all["FORM_" + one.name] = one.preset;
    const auto ref = [&] {
        if (event.ref.starts_with(kHeads)) all["CI_COMMIT_BRANCH"] = event.ref.substr(kHeads.size());
        if (event.ref.starts_with(kTags)) all["CI_COMMIT_TAG"] = event.ref.substr(kTags.size());
    };
    switch (event.kind) {
        case EventKind::push_branch:
        case EventKind::push_tag:
            all["CI_PIPELINE_SOURCE"] = "push";
            ref();
            break;
        case EventKind::change_request:
            all["CI_PIPELINE_SOURCE"] = "merge_request_event";
            all["CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"] = event.fork ? std::string(kFork) : project;
            break;
        case EventKind::schedule:
            all["CI_PIPELINE_SOURCE"] = "schedule";
            ref();
            break;
        case EventKind::form:
            all["CI_PIPELINE_SOURCE"] = "web";
            ref();
            all["FORM_ACTION"] = event.action;
            all["FORM_ENVIRONMENT"] = event.environment;
            all["FORM_CLOUD"] = event.stack;
            break;
    }
    return all;
}

}  // namespace

bool holds(const E& condition, const Variables& variables) {
    const auto value = [&](const std::string& name) -> const std::string* {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : &found->second;
    };
    const auto part = [&](const E& one) { return holds(one, variables); };
    const std::string* is = value(condition.variable());
    const auto equals = [&](const std::string& text) { return is != nullptr && *is == text; };
    switch (condition.kind()) {
        case E::Kind::equal: return equals(condition.texts().front());
        case E::Kind::differs: return !equals(condition.texts().front());
        case E::Kind::same: {
            const std::string* other = value(condition.texts().front());
            return is == nullptr || other == nullptr ? is == other : *is == *other;
        }
        case E::Kind::one_of: return std::any_of(condition.texts().begin(), condition.texts().end(), equals);
        case E::Kind::matches: return is != nullptr && pattern_matches(condition.texts().front(), *is);
        case E::Kind::both: return std::all_of(condition.parts().begin(), condition.parts().end(), part);
        case E::Kind::either: return std::any_of(condition.parts().begin(), condition.parts().end(), part);
    }
    return false;
}

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
