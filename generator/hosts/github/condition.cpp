#include <algorithm>

#include "generator/hosts/github/lower.h"
#include "generator/hosts/github/lowering.h"

namespace pipewright::github {

namespace {

using E = Expression;

E event_is(const char* name) { return E::equal(E::context("github.event_name"), E::literal(name)); }

// A tag pattern as an expression. GitHub's expressions have no globs: beginning, end and the literals between them
// stand for the pattern, and the workflow's own filter has already refused every tag that no pattern matches.
E tag_matches(const std::string& pattern) {
    const std::string ref = "refs/tags/" + pattern;
    const std::size_t first = ref.find('*');
    if (first == std::string::npos) return E::equal(E::context("github.ref"), E::literal(ref));
    std::vector<E> parts{E::call("startsWith", {E::context("github.ref"), E::literal(ref.substr(0, first))})};
    std::size_t at = first + 1;
    for (std::size_t star = ref.find('*', at); star != std::string::npos; star = ref.find('*', at)) {
        if (star > at)
            parts.push_back(E::call("contains", {E::context("github.ref"), E::literal(ref.substr(at, star - at))}));
        at = star + 1;
    }
    if (at < ref.size()) parts.push_back(E::call("endsWith", {E::context("github.ref"), E::literal(ref.substr(at))}));
    return E::all_of(std::move(parts));
}

std::vector<std::string> refs(const delivery::Condition& condition, delivery::EventKind kind) {
    std::vector<std::string> found;
    for (const delivery::EventClass& one : condition.any) {
        if (one.kind == kind) found.push_back(one.ref);
    }
    return found;
}

bool has_all(const std::vector<std::string>& some, const std::vector<std::string>& all) {
    return std::all_of(all.begin(), all.end(),
                       [&](const std::string& one) { return std::find(some.begin(), some.end(), one) != some.end(); });
}

// Whether a field of the form can only say these values.
bool is_certain(const Workflow& workflow, const std::string& field, const std::vector<std::string>& values) {
    for (const FormInput& one : workflow.form) {
        if (one.name == field) return has_all(values, one.options);
    }
    return true;
}

E field_is(const std::string& field, const std::vector<std::string>& values) {
    std::vector<E> any;
    for (const std::string& one : values) any.push_back(E::equal(E::context("inputs." + field), E::literal(one)));
    return E::any_of(std::move(any));
}

// What a person asked for: classes of the same place are said together, with all their actions.
std::optional<E> asked_for(const delivery::Condition& condition, const Workflow& workflow) {
    struct Place {
        std::string environment, stack;
        std::vector<std::string> actions;
    };
    std::vector<Place> places;
    for (const delivery::EventClass& one : condition.any) {
        if (one.kind != delivery::EventKind::form) continue;
        const auto found = std::find_if(places.begin(), places.end(), [&](const Place& place) {
            return place.environment == one.environment && place.stack == one.stack;
        });
        if (found == places.end()) {
            places.push_back({one.environment, one.stack, {one.action}});
        } else if (!has_all(found->actions, {one.action})) {
            found->actions.push_back(one.action);
        }
    }
    const bool has_actions = asks(workflow, "action"), has_stacks = asks(workflow, "cloud");
    std::vector<E> any;
    for (const Place& place : places) {
        std::vector<E> all;
        if (has_actions && !is_certain(workflow, "action", place.actions))
            all.push_back(field_is("action", place.actions));
        if (asks(workflow, "environment") && !is_certain(workflow, "environment", {place.environment}))
            all.push_back(field_is("environment", {place.environment}));
        std::vector<std::string> stacks{place.stack};
        if (workflow.kind == WorkflowKind::promotion) stacks.insert(stacks.begin(), "all");
        if (has_stacks && !place.stack.empty() && !is_certain(workflow, "cloud", stacks))
            all.push_back(field_is("cloud", stacks));
        if (all.empty()) return std::nullopt;
        any.push_back(E::all_of(std::move(all)));
    }
    return E::any_of(std::move(any));
}

// A change request, and not that of a fork where it may not be one.
E change_request_is(bool forks) {
    if (forks) return event_is("pull_request");
    return E::all_of({event_is("pull_request"), E::equal(E::context("github.event.pull_request.head.repo.full_name"),
                                                         E::context("github.repository"))});
}

}  // namespace

std::optional<Expression> condition_of(const delivery::Condition& condition, const Workflow& workflow) {
    if (!workflow.form.empty()) return asked_for(condition, workflow);
    const std::vector<std::string> branches = refs(condition, delivery::EventKind::push_branch);
    const std::vector<std::string> tags = refs(condition, delivery::EventKind::push_tag);
    bool requests = false, forks = false;
    for (const delivery::EventClass& one : condition.any) {
        if (one.kind != delivery::EventKind::change_request) continue;
        requests = true;
        forks = forks || one.forks;
    }
    const bool scheduled = std::any_of(condition.any.begin(), condition.any.end(), [](const delivery::EventClass& one) {
        return one.kind == delivery::EventKind::schedule;
    });
    const bool all_schedules = workflow.schedule.empty() || scheduled;
    const bool all_requests = !workflow.change_requests || (requests && forks);
    const bool pushes = !workflow.branches.empty() || !workflow.tags.empty();
    const bool all_pushes = has_all(branches, workflow.branches) && has_all(tags, workflow.tags);
    if (all_pushes && all_requests && all_schedules) return std::nullopt;

    std::vector<E> any;
    if (requests && !forks && !pushes && workflow.schedule.empty()) {
        // Nothing else starts this workflow.
        any.push_back(
            E::equal(E::context("github.event.pull_request.head.repo.full_name"), E::context("github.repository")));
    } else if (requests) {
        any.push_back(change_request_is(forks));
    }
    if (scheduled) any.push_back(event_is("schedule"));
    if (all_pushes && pushes) {
        any.push_back(event_is("push"));
    } else {
        std::vector<E> pushed;
        for (const std::string& branch : branches)
            pushed.push_back(E::equal(E::context("github.ref"), E::literal("refs/heads/" + branch)));
        for (const std::string& tag : tags) pushed.push_back(tag_matches(tag));
        if (!pushed.empty()) any.push_back(E::all_of({event_is("push"), E::any_of(std::move(pushed))}));
    }
    return E::any_of(std::move(any));
}

}  // namespace pipewright::github
