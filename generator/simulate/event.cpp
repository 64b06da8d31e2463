#include <algorithm>

#include "generator/delivery/plan.h"
#include "generator/simulate/parts.h"

namespace pipewright::simulate {

namespace {

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";

const std::string& default_branch(const Project& project) {
    return project.github ? project.github->default_branch : project.gitlab->default_branch;
}

std::string usual_ref(const Project& project, const Event& event) {
    if (event.kind == delivery::EventKind::change_request) return std::string(kHeads) + "topic";
    if (event.kind == delivery::EventKind::form) {
        const Environment* environment = project.environment(event.form.environment);
        return environment == nullptr ? "" : delivery::ref_of(project, *environment);
    }
    return std::string(kHeads) + default_branch(project);
}

}  // namespace

std::string short_ref(std::string_view ref) {
    for (const std::string_view prefix : {kHeads, kTags}) {
        if (ref.starts_with(prefix)) return std::string(ref.substr(prefix.size()));
    }
    return std::string(ref);
}

bool is_tag(std::string_view ref) { return ref.starts_with(kTags); }

delivery::Event of_graph(const Event& event) {
    return {event.kind,
            event.kind == delivery::EventKind::form ? event.ref : short_ref(event.ref),
            event.fork,
            event.form.action,
            event.form.environment,
            event.form.cloud.value_or("")};
}

std::string describe(const Event& event) {
    std::string words;
    switch (event.kind) {
        case delivery::EventKind::push_branch: words = "a push to " + short_ref(event.ref); break;
        case delivery::EventKind::push_tag: words = "a push of the tag " + short_ref(event.ref); break;
        case delivery::EventKind::change_request: words = "a change request from " + short_ref(event.ref); break;
        case delivery::EventKind::schedule: words = "the schedule on " + short_ref(event.ref); break;
        case delivery::EventKind::form:
            words = "the form's " + event.form.action + " of " + event.form.environment;
            if (event.form.cloud) words += " on " + *event.form.cloud;
            words += ", run on " + short_ref(event.ref);
            break;
    }
    if (event.fork) words += event.kind == delivery::EventKind::change_request ? " of a fork" : ", in a fork";
    if (event.rerun) words += ", run once more";
    return words;
}

std::string complete(const Project& project, Event& event) {
    if (event.kind == delivery::EventKind::form) {
        if (event.form.action.empty() || event.form.environment.empty())
            return "the form needs --action and --environment";
        if (project.environment(event.form.environment) == nullptr) {
            std::string known;
            for (const Environment& one : project.environments) known += (known.empty() ? "" : ", ") + one.name;
            return "there is no environment '" + event.form.environment + "'; there are " + known;
        }
    } else if (!event.form.action.empty() || !event.form.environment.empty() || event.form.cloud ||
               event.form.service || event.form.image || event.form.confirm || event.form.commit) {
        return "only --event form takes what the form asks for";
    }
    if (event.ref.empty()) {
        event.ref = usual_ref(project, event);
        if (event.ref.find('*') != std::string::npos)
            return event.form.environment + " is run on " + event.ref + ": say on which with --ref";
    }
    const bool branch = event.ref.size() > kHeads.size() && event.ref.starts_with(kHeads);
    const bool tag = event.ref.size() > kTags.size() && event.ref.starts_with(kTags);
    if (!branch && !tag) return "--ref should be refs/heads/BRANCH or refs/tags/TAG, not '" + event.ref + "'";
    if (tag && event.kind == delivery::EventKind::change_request) return "a change request comes from a branch";
    if (tag && event.kind == delivery::EventKind::schedule) return "a schedule runs on a branch";
    if (tag && event.kind == delivery::EventKind::push_branch) event.kind = delivery::EventKind::push_tag;
    return {};
}

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::runs: return "runs";
        case Outcome::waits: return "waits";
        case Outcome::fails: return "fails";
        case Outcome::skipped: return "skipped";
        case Outcome::absent: return "absent";
    }
    return "absent";
}

std::string_view to_string(Person person) {
    switch (person) {
        case Person::nobody: return "nobody";
        case Person::reviewers: return "reviewers";
        case Person::manual_job: return "manual job";
        case Person::workflow: return "workflow";
    }
    return "nobody";
}

}  // namespace pipewright::simulate
