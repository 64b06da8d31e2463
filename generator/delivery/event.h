// What starts a pipeline, and the conditions under which a job runs. Hosts print conditions and models evaluate them
// from the same data; there is one evaluator.
#pragma once

#include <string>
#include <vector>

namespace pipewright::delivery {

enum class EventKind { push_branch, push_tag, change_request, schedule, form };

// What a person asks for by the operators' form.
namespace action {
inline constexpr const char* kInfra = "infra";
inline constexpr const char* kDeploy = "deploy";
inline constexpr const char* kRollback = "rollback";
inline constexpr const char* kDestroy = "destroy";
}  // namespace action

// A class of events. ref is a branch or a tag pattern, or for the form the full ref or pattern that it must run on
// (refs/heads/main, refs/tags/v*); a change request is of this repository or also of a fork; a form has an action, an
// environment and a stack (empty: any).
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
EventClass on_schedule();
EventClass form(std::string action, std::string environment, std::string stack, std::string full_ref);

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

// Adds the classes that are not there yet.
void add(Condition& to, const Condition& from);

// Whether some event is of both, and whether every event of narrow is surely of wide. Of tag patterns only equal ones
// are known to contain each other.
bool overlaps(const Condition& one, const Condition& other);
bool contains(const Condition& wide, const Condition& narrow);

// refs/heads/main, refs/tags/v*; the form's own ref; empty for what has none.
std::string full_ref(const EventClass& one);

// "a push to main", "a tag v*": what a person calls a class of events.
std::string describe(const EventClass& one);

// The same of a job's condition, with all that the form may ask of it in one: "the form (infra or deploy)".
std::vector<std::string> describe(const Condition& condition);

}  // namespace pipewright::delivery
