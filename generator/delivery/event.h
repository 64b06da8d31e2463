// What starts a pipeline, and the conditions under which a job runs. Hosts print conditions and models evaluate them
// from the same data; there is one evaluator.
#pragma once

#include <string>
#include <vector>

namespace pipewright::delivery {

enum class EventKind { push_branch, push_tag, change_request, schedule, form };

// A class of events. ref is a branch, a tag pattern, or for the form the branch or pattern that it must run on; a
// change request is of this repository or also of a fork; a form has an action, an environment and a stack (empty:
// any).
struct EventClass {
    EventKind kind = EventKind::push_branch;
    std::string ref;
    bool forks = true;
    std::string action, environment, stack;

    friend bool operator==(const EventClass&, const EventClass&) = default;
};

EventClass push_to_branch(std::string branch);
EventClass push_of_tag(std::string pattern);
EventClass change_request();      // own ones and those of forks
EventClass own_change_request();  // never one of a fork

// One event as it happens.
struct Event {
    EventKind kind = EventKind::push_branch;
    std::string ref;  // a branch or a tag
    bool fork = false;
    std::string action, environment, stack;
};

// A job runs when the event is of one of these classes; with none it never runs.
struct Condition {
    std::vector<EventClass> any;
    friend bool operator==(const Condition&, const Condition&) = default;
};

bool covers(const EventClass& one, const Event& event);
bool holds(const Condition& condition, const Event& event);

// refs/heads/main, refs/tags/v*; empty for what is no push.
std::string full_ref(const EventClass& one);

// "a push to main", "a tag v*": what a person calls a class of events.
std::string describe(const EventClass& one);

}  // namespace pipewright::delivery
