#include "generator/delivery/event.h"

#include <algorithm>

#include "generator/project/pattern.h"

namespace pipewright::delivery {

EventClass push_to_branch(std::string branch) { return {EventKind::push_branch, std::move(branch), true, {}, {}, {}}; }

EventClass push_of_tag(std::string pattern) { return {EventKind::push_tag, std::move(pattern), true, {}, {}, {}}; }

EventClass change_request() { return {EventKind::change_request, {}, true, {}, {}, {}}; }

EventClass own_change_request() { return {EventKind::change_request, {}, false, {}, {}, {}}; }

EventClass on_schedule() { return {EventKind::schedule, {}, true, {}, {}, {}}; }

EventClass form(std::string action, std::string environment, std::string stack, std::string full_ref) {
    return {EventKind::form, std::move(full_ref), true, std::move(action), std::move(environment), std::move(stack)};
}

namespace {

bool overlap(const EventClass& one, const EventClass& other) {
    if (one.kind != other.kind) return false;
    const auto same = [](const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; };
    switch (one.kind) {
        case EventKind::push_branch: return one.ref == other.ref;
        case EventKind::push_tag: return patterns_overlap(one.ref, other.ref);
        case EventKind::change_request:
        case EventKind::schedule: return true;
        case EventKind::form:
            return same(one.action, other.action) && same(one.environment, other.environment) &&
                   same(one.stack, other.stack);
    }
    return false;
}

bool within(const EventClass& narrow, const EventClass& wide) {
    if (narrow.kind != wide.kind) return false;
    const auto inside = [](const std::string& a, const std::string& b) { return b.empty() || a == b; };
    switch (narrow.kind) {
        case EventKind::push_branch:
        case EventKind::push_tag: return narrow.ref == wide.ref;
        case EventKind::change_request: return wide.forks || !narrow.forks;
        case EventKind::schedule: return true;
        case EventKind::form:
            return inside(narrow.action, wide.action) && inside(narrow.environment, wide.environment) &&
                   inside(narrow.stack, wide.stack);
    }
    return false;
}

}  // namespace

bool covers(const EventClass& one, const Event& event) {
    if (one.kind != event.kind) return false;
    const auto same = [](const std::string& wanted, const std::string& is) { return wanted.empty() || wanted == is; };
    switch (one.kind) {
        case EventKind::push_branch: return one.ref == event.ref;
        case EventKind::push_tag: return pattern_matches(one.ref, event.ref);
        case EventKind::change_request: return one.forks || !event.fork;
        case EventKind::schedule: return true;
        case EventKind::form:
            return same(one.action, event.action) && same(one.environment, event.environment) &&
                   same(one.stack, event.stack);
    }
    return false;
}

bool holds(const Condition& condition, const Event& event) {
    return std::any_of(condition.any.begin(), condition.any.end(),
                       [&](const EventClass& one) { return covers(one, event); });
}

void add(Condition& to, const Condition& from) {
    for (const EventClass& one : from.any) {
        if (std::find(to.any.begin(), to.any.end(), one) == to.any.end()) to.any.push_back(one);
    }
}

bool overlaps(const Condition& one, const Condition& other) {
    return std::any_of(one.any.begin(), one.any.end(), [&](const EventClass& a) {
        return std::any_of(other.any.begin(), other.any.end(), [&](const EventClass& b) { return overlap(a, b); });
    });
}

bool contains(const Condition& wide, const Condition& narrow) {
    return std::all_of(narrow.any.begin(), narrow.any.end(), [&](const EventClass& a) {
        return std::any_of(wide.any.begin(), wide.any.end(), [&](const EventClass& b) { return within(a, b); });
    });
}

std::string full_ref(const EventClass& one) {
    if (one.kind == EventKind::push_branch) return "refs/heads/" + one.ref;
    if (one.kind == EventKind::push_tag) return "refs/tags/" + one.ref;
    return one.kind == EventKind::form ? one.ref : std::string();
}

std::string describe(const EventClass& one) {
    switch (one.kind) {
        case EventKind::push_branch: return "a push to " + one.ref;
        case EventKind::push_tag: return "a tag " + one.ref;
        case EventKind::change_request: return one.forks ? "a change request" : "a change request of this repository";
        case EventKind::schedule: return "the schedule";
        case EventKind::form:
            return "the form's " + (one.action.empty() ? std::string("actions") : one.action) +
                   (one.environment.empty() ? "" : " of " + one.environment) +
                   (one.stack.empty() ? "" : " on " + one.stack);
    }
    return {};
}

std::vector<std::string> describe(const Condition& condition) {
    std::vector<std::string> all, actions;
    bool by_form = false;
    for (const EventClass& one : condition.any) {
        by_form = by_form || one.kind == EventKind::form;
        std::vector<std::string>& into = one.kind == EventKind::form ? actions : all;
        std::string words = one.kind == EventKind::form ? one.action : describe(one);
        // A job of no target runs for one environment's form alone.
        if (one.kind == EventKind::form && one.stack.empty() && !one.environment.empty())
            words += " to " + one.environment;
        if (!words.empty() && std::find(into.begin(), into.end(), words) == into.end()) into.push_back(words);
    }
    if (!by_form) return all;
    std::string form;
    for (std::size_t i = 0; i < actions.size(); ++i)
        form += (i == 0 ? "" : i + 1 == actions.size() ? " or " : ", ") + actions[i];
    all.push_back(form.empty() ? "the form" : "the form (" + form + ")");
    return all;
}

}  // namespace pipewright::delivery
