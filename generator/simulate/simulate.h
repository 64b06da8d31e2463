// What a host does with an event: which jobs of the lowered pipelines run, wait for a person or don't run, and why,
// with the token that each would show. Nothing is generated and no cloud is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/delivery/graph.h"
#include "generator/hosts/github/workflow.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/project/project.h"

namespace pipewright::simulate {

// What a person fills into the operators' form; what is not given stands there as the host presets it.
struct Form {
    std::string action, environment;
    std::optional<std::string> cloud, service, image, confirm, commit;
};

// What happens. Of a change request, ref is the branch that it comes from and fork says that this branch is a fork's;
// of everything else fork says that it happens in a fork.
struct Event {
    delivery::EventKind kind = delivery::EventKind::push_branch;
    std::string ref;  // refs/heads/x or refs/tags/x
    bool fork = false;
    Form form;
    bool rerun = false;
    bool no_changes = false;         // no plan finds anything to change
    std::vector<std::string> fails;  // these jobs fail, where they run
};

// A skipped job is in the run and does not start; an absent one is not in the run at all.
enum class Outcome { runs, waits, fails, skipped, absent };

// For whom a job waits.
enum class Person { nobody, reviewers, manual_job, workflow };

struct Wait {
    Person person = Person::nobody;
    std::string where;             // the job, or the workflow, that the person lets through or starts
    std::vector<std::string> who;  // as the manifest names them; empty: whoever may on that ref
    std::int64_t minutes = 0;      // that have to pass beside it
};

// What the job's token says. Where the manifest leaves open which form a host's subjects have, there are two.
struct Token {
    std::string issuer, audience;
    std::vector<std::string> subjects;
    std::string ref, environment, repository_id, workflow;  // GitHub's
    bool protected_ref = false;                             // GitLab's
    std::vector<std::string> actors;                        // that the role admits; empty: whoever
    bool trusted = false;                                   // whether the role of the job admits it
};

struct JobAnswer {
    std::string job, title;
    Outcome outcome = Outcome::absent;
    std::string because;              // one clause
    std::string note;                 // what its script does with this event, where the host's page shows nothing of it
    std::vector<std::string> after;   // the needs that are there
    Wait wait;                        // its own
    std::vector<std::string> behind;  // the waits before it, by job
    std::string identity, role;       // empty: none
    std::string keys;                 // the environment whose long-lived keys it holds instead of a role
    std::optional<Token> token;       // of a job with an identity that runs or waits
    std::string reader;               // the second role, of a job that reads another cloud's registry
    std::optional<Token> reader_token;
    std::string environment, stack;  // the target
    bool changes_target = false;
    std::string gate;  // in words, of what stands behind one
};

// A workflow of GitHub, or GitLab's pipeline.
struct RunAnswer {
    std::string path, name;
    std::string ref;  // that it runs on
    bool started = false;
    std::string because;          // why it is not started
    std::vector<JobAnswer> jobs;  // none where it isn't started and nobody is awaited
};

struct HostAnswer {
    Host host = Host::github;
    std::string repository;
    std::vector<RunAnswer> runs;
};

struct Answer {
    Event event;
    std::string event_words;
    std::vector<HostAnswer> hosts;
};

// What a host is given to answer with.
struct GitHubSide {
    delivery::Graph graph;
    github::Pipeline pipeline;
};
struct GitLabSide {
    delivery::Graph graph;
    gitlab::Pipeline pipeline;
};

HostAnswer on_github(const Project& project, const GitHubSide& side, const Event& event);
HostAnswer on_gitlab(const Project& project, const GitLabSide& side, const Event& event);

// The event in words: "a push to main".
std::string describe(const Event& event);

// What makes no sense about an event: empty, or one clause. Fills in the ref where the event has a usual one.
std::string complete(const Project& project, Event& event);

std::string_view to_string(Outcome outcome);
std::string_view to_string(Person person);

// The answer for a person, and as a JSON object with "event" and "hosts".
enum class Layout { document, line };
std::string text_of(const Answer& answer);
std::string json_of(const Answer& answer, Layout layout = Layout::document);

// {"problem": …}, in one line.
std::string json_of_problem(const std::string& problem);

}  // namespace pipewright::simulate
