#include "generator/delivery/event.h"

#include <algorithm>

#include "generator/project/pattern.h"

namespace pipewright::delivery {

EventClass push_to_branch(std::string branch) { return {EventKind::push_branch, std::move(branch), true, {}, {}, {}}; }

EventClass push_of_tag(std::string pattern) { return {EventKind::push_tag, std::move(pattern), true, {}, {}, {}}; }

EventClass change_request() { return {EventKind::change_request, {}, true, {}, {}, {}}; }

EventClass own_change_request() { return {EventKind::change_request, {}, false, {}, {}, {}}; }

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

std::string full_ref(const EventClass& one) {
    if (one.kind == EventKind::push_branch) return "refs/heads/" + one.ref;
    if (one.kind == EventKind::push_tag) return "refs/tags/" + one.ref;
    return {};
}

std::string describe(const EventClass& one) {
    switch (one.kind) {
        case EventKind::push_branch: return "a push to " + one.ref;
        case EventKind::push_tag: return "a tag " + one.ref;
        case EventKind::change_request: return one.forks ? "a change request" : "a change request of this repository";
        case EventKind::schedule: return "the schedule";
        case EventKind::form: return one.action + " of " + one.environment + " by a person";
    }
    return {};
}

}  // namespace pipewright::delivery
