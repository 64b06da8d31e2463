#include <algorithm>

#include "generator/hosts/github/evaluate.h"
#include "generator/project/pattern.h"
#include "generator/verify/play.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using delivery::EventKind;

enum class Ended { missing, success, skipped };

// What the contexts of a run hold. Every job that runs succeeds.
class Evaluation {
public:
    Evaluation(const Occurrence& event, const std::string& repository, const std::string& output)
        : event_(event), repository_(event.elsewhere ? std::string(kFork) : repository), output_(output) {}

    std::map<std::string, Ended> results;
    const github::Job* current = nullptr;  // whose condition it is: the context needs has its needs alone

    bool truth(const github::Expression& one) const {
        return github::holds(one, [&](const std::string& path) { return context(path); });
    }

private:
    std::string context(const std::string& path) const {
        const bool request = event_.kind == EventKind::change_request;
        if (path == "github.event_name") return std::string(github::event_name(event_.kind));
        if (path == "github.ref") return request ? "refs/pull/1/merge" : event_.ref;
        if (path == "github.ref_name") return event_.ref.substr(event_.ref.find('/', 5) + 1);
        if (path == "github.repository") return repository_;
        if (path == "github.event.pull_request.head.repo.full_name")
            return !request ? "" : event_.fork ? std::string(kFork) : repository_;
        if (path == "github.event.pull_request.head.repo.fork") return !request ? "" : event_.fork ? "true" : "false";
        if (path.starts_with("inputs.")) {
            if (event_.kind != EventKind::form) return "";
            const std::string field = path.substr(7);
            if (field == "action") return event_.action;
            if (field == "environment") return event_.environment;
            if (field == "cloud") return event_.stack;
            return "";
        }
        if (path.starts_with("needs.")) {
            const std::size_t dot = path.find('.', 6);
            const std::string id = path.substr(6, dot - 6);
            const auto found = results.find(id);
            const bool own = current != nullptr && among(current->needs, id);
            const Ended result = found == results.end() || !own ? Ended::missing : found->second;
            if (path.ends_with(".result"))
                return result == Ended::success ? "success" : result == Ended::skipped ? "skipped" : "";
            return result == Ended::success ? output_ : "";
        }
        return "";
    }

    const Occurrence& event_;
    std::string repository_, output_;
};

}  // namespace

bool starts(const github::Workflow& workflow, const Occurrence& event) {
    const auto matches = [&](const std::vector<std::string>& patterns, std::string_view prefix) {
        return event.ref.starts_with(prefix) && std::any_of(patterns.begin(), patterns.end(), [&](const auto& one) {
                   return pattern_matches(one, std::string_view(event.ref).substr(prefix.size()));
               });
    };
    const auto offers = [&](const char* field, const std::string& value) {
        for (const github::FormInput& one : workflow.form) {
            if (one.name == field) return one.options.empty() || among(one.options, value);
        }
        return value.empty();
    };
    switch (event.kind) {
        case EventKind::push_branch: return matches(workflow.branches, "refs/heads/");
        case EventKind::push_tag: return matches(workflow.tags, "refs/tags/");
        case EventKind::change_request: return workflow.change_requests;
        // "Events that trigger workflows": on the default branch alone, and in a fork only where somebody enabled it.
        case EventKind::schedule: return !workflow.schedule.empty();
        case EventKind::form:
            return !workflow.form.empty() && offers("action", event.action) && offers("cloud", event.stack) &&
                   offers("environment", event.environment);
    }
    return false;
}

Run play_github(const github::Workflow& workflow, const std::vector<const Job*>& jobs, const Occurrence& event,
                const std::string& repository, const std::string& output) {
    Run run{event, Host::github, &workflow, {}};
    if (!starts(workflow, event)) return run;
    Evaluation evaluation(event, repository, output);
    std::map<std::string, std::size_t> places;
    // Whether a job and all before it succeeded, which success() asks for
    // (https://github.com/actions/runner/issues/491).
    std::map<std::string, bool> clean;
    for (const Job* job : jobs) {
        Started running{job, false, {}};
        bool all_clean = true;
        for (const std::string& need : job->github->needs) {
            const auto found = clean.find(need);
            all_clean = all_clean && found != clean.end() && found->second;
            if (const auto place = places.find(need); place != places.end()) running.after.push_back(place->second);
        }
        evaluation.current = job->github;
        const std::optional<github::Expression>& condition = job->github->only_if;
        const bool own_state = condition && github::asks_for_status(*condition);
        const bool runs = (own_state || all_clean) && (!condition || evaluation.truth(*condition));
        evaluation.results[job->id] = runs ? Ended::success : Ended::skipped;
        clean[job->id] = runs && all_clean;
        if (!runs) continue;
        places[job->id] = run.jobs.size();
        run.jobs.push_back(std::move(running));
    }
    return run;
}

}  // namespace pipewright::verify
