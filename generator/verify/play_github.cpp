#include <algorithm>

#include "generator/project/pattern.h"
#include "generator/verify/play.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using E = github::Expression;
using delivery::EventKind;

std::string small(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

enum class Ended { missing, success, skipped };

// One evaluation of a workflow's conditions. Texts stand for all values: "true" and "false" for booleans, nothing for
// null; GitHub compares texts without regard to case.
class Evaluation {
public:
    Evaluation(const Occurrence& event, const std::string& repository, const std::string& output)
        : event_(event), repository_(event.elsewhere ? std::string(kFork) : repository), output_(output) {}

    std::map<std::string, Ended> results;
    const github::Job* current = nullptr;  // whose condition it is: the context needs has its needs alone

    bool truth(const E& one) const {
        const std::string value = evaluate(one);
        return !value.empty() && value != "false" && value != "0";
    }

    // Whether an expression asks for the state of the jobs before; where none does, success() is asked for.
    static bool asks_for_state(const E& one) {
        if (one.kind() == E::Kind::call) {
            for (const char* name : {"success", "failure", "cancelled", "always"}) {
                if (one.text() == name) return true;
            }
        }
        return std::any_of(one.parts().begin(), one.parts().end(), asks_for_state);
    }

private:
    static std::string boolean(bool one) { return one ? "true" : "false"; }

    std::string evaluate(const E& one) const {
        const auto truth_of = [&](const E& part) { return truth(part); };
        switch (one.kind()) {
            case E::Kind::context: return context(one.text());
            case E::Kind::literal: return one.text();
            case E::Kind::equal: return boolean(small(evaluate(one.parts()[0])) == small(evaluate(one.parts()[1])));
            case E::Kind::both: return boolean(std::all_of(one.parts().begin(), one.parts().end(), truth_of));
            case E::Kind::either: return boolean(std::any_of(one.parts().begin(), one.parts().end(), truth_of));
            case E::Kind::negation: return boolean(!truth(one.parts().front()));
            case E::Kind::call: return call(one);
        }
        return {};
    }

    std::string call(const E& one) const {
        std::vector<std::string> given;
        for (const E& part : one.parts()) given.push_back(small(evaluate(part)));
        const std::string& name = one.text();
        if (name == "startsWith") return boolean(given.at(0).starts_with(given.at(1)));
        if (name == "endsWith") return boolean(given.at(0).ends_with(given.at(1)));
        if (name == "contains") return boolean(given.at(0).find(given.at(1)) != std::string::npos);
        if (name == "always") return "true";
        // Every job that runs succeeds, and nobody cancels.
        if (name == "cancelled" || name == "failure") return "false";
        if (name == "success") return "true";
        return "true";
    }

    std::string context(const std::string& path) const {
        const bool request = event_.kind == EventKind::change_request;
        if (path == "github.event_name") {
            switch (event_.kind) {
                case EventKind::push_branch:
                case EventKind::push_tag: return "push";
                case EventKind::change_request: return "pull_request";
                case EventKind::schedule: return "schedule";
                case EventKind::form: return "workflow_dispatch";
            }
        }
        if (path == "github.ref") return request ? "refs/pull/1/merge" : event_.ref;
        if (path == "github.ref_name") return event_.ref.substr(event_.ref.find('/', 5) + 1);
        if (path == "github.repository") return repository_;
        if (path == "github.event.pull_request.head.repo.full_name")
            return !request ? "" : event_.fork ? std::string(kFork) : repository_;
        if (path == "github.event.pull_request.head.repo.fork") return request ? boolean(event_.fork) : "";
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
        const std::optional<E>& condition = job->github->only_if;
        const bool own_state = condition && Evaluation::asks_for_state(*condition);
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
