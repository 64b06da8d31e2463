// What the rules look at: the lowered jobs of all hosts in one form, and how they run on every kind of event.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generator/verify/verify.h"

namespace pipewright::verify {

// A variable of a job as its host is told it: text, or something that the host puts there (an expression of GitHub, the
// name of another variable of GitLab).
struct Leaf {
    std::string name;
    bool is_text = true;
    std::string value;
};

// A job of a lowered pipeline. One that stands in several workflows is several jobs.
struct Job {
    Host host = Host::github;
    std::string id;
    std::string file;                  // of the workflow or of the included file
    std::vector<std::string> scripts;  // of ci/ that it runs itself: "deploy.sh"
    std::vector<Leaf> leaves;          // its variables and those of its steps
    std::optional<names::Identity> identity;
    std::string principal, environment, stack;
    bool changes_target = false;  // as the planner says
    const hosts::Claims* claims = nullptr;
    const hosts::Reader* reader = nullptr;

    const github::Workflow* workflow = nullptr;  // of a job of GitHub, with the job
    const github::Job* github = nullptr;
    const gitlab::Job* gitlab = nullptr;

    const Leaf* leaf(std::string_view name) const;
    std::string text(std::string_view name) const;  // of a leaf that is text, else empty
    bool runs(std::string_view script) const;
};

// An identity that a job takes by its token: whose it is, and the scripts that act as it.
struct Taken {
    std::string principal;
    const hosts::Claims* claims = nullptr;  // never null
    std::vector<std::string> scripts;
};
std::vector<Taken> taken_by(const Job& job);

// Something that happens at a host. Refs are full ones: refs/heads/main.
struct Occurrence {
    delivery::EventKind kind = delivery::EventKind::push_branch;
    std::string ref;         // of a change request its source branch
    std::string class_of;    // what a ref that stands for others stands for, without refs/heads/ or refs/tags/: "v*"
    bool fork = false;       // a change request of a fork, into this repository
    bool elsewhere = false;  // it happens in a fork
    std::string action, environment, stack;  // of the form
    std::string told;                        // as a person would call it: "push to main"
};

// A job that is part of a run, and those of the run that have to end first.
struct Started {
    const Job* job = nullptr;
    bool by_hand = false;            // it waits until a person starts it
    std::vector<std::size_t> after;  // indexes into the run's jobs
};

// What one host starts for one event: on GitHub one workflow, on GitLab the pipeline. Every job succeeds.
struct Run {
    Occurrence event;
    Host host = Host::github;
    const github::Workflow* workflow = nullptr;
    std::vector<Started> jobs;  // only those that run

    // All that comes before a job.
    std::vector<std::size_t> before(std::size_t job) const;
    // "push to main → build-api → deploy-dev-aws": the shortest way to a job.
    std::string path(std::size_t job) const;
};

class World {
public:
    explicit World(const Subject& subject);
    World(const World&) = delete;

    const Subject& subject() const { return subject_; }
    const Project& project() const { return subject_.project; }
    const infrastructure::Model& model() const { return subject_.model; }
    const std::deque<Job>& jobs() const { return jobs_; }
    const std::vector<Run>& runs() const { return runs_; }

    // How many events were played.
    std::size_t events() const { return events_; }

    // What a job is told of its services, as JSON; empty where it is told nothing.
    std::string services_of(const Job& job) const;

    const infrastructure::Role* role(const std::string& principal) const;
    const infrastructure::TargetModel* target(const std::string& environment, const std::string& stack) const;
    const Target* target_of(const Job& job) const;

    // Whether a job can change its target: because the planner says so, by the kind of its identity, or because its
    // role may.
    bool changes(const Job& job) const;

    // Whether a job is given long-lived keys: it can then do what they can, on every target of its environment.
    bool holds_keys(const Job& job) const;
    std::size_t key_holders() const;

    // Whether it signs in with them, and so shows no token.
    bool signs_in_by_keys(const Job& job) const { return job.identity && job.claims == nullptr && holds_keys(job); }

private:
    void add_jobs();
    void play_all();

    const Subject& subject_;
    std::map<std::string, std::string> data_;  // files that jobs are told of, by path
    std::deque<Job> jobs_;
    std::vector<Run> runs_;
    std::size_t events_ = 0;
};

// What a job may do in a registry that a token opens, by the scripts that it runs: "", "read" or "write".
std::string registry_use(const Job& job);

// Whether a call of a cloud changes something, by its verb; wildcards count as their worst.
bool writes(std::string_view action);

// Whether a role can change more than the images of a registry, of which only digests are ever deployed.
bool changes_more_than_images(const infrastructure::Role& role);

// "deploy-prod-aws", with the workflow where the host is GitHub: "deploy-prod-aws of delivery.yml".
std::string told(const Job& job);

// "GitHub" and "GitLab".
std::string host_word(Host host);

}  // namespace pipewright::verify
