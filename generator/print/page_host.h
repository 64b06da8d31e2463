// What the delivery page tells of one host: made by that host's file, put together in page*.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "generator/hosts/github/workflow.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/markdown/document.h"
#include "generator/print/print.h"

namespace pipewright::print {

// A file of the host with its jobs: the columns Job, What it does, When, After, Identity.
struct JobTable {
    std::string path;
    std::vector<markdown::Row> rows;
};

struct HostPart {
    std::string name;                                  // "GitHub"
    std::map<std::string, markdown::Inlines> gates;    // by environment; without one the host doesn't deploy it
    std::map<std::string, markdown::Inlines> openers;  // whom a closed gate lets through
    std::set<std::string> named;                       // environments whose gate asks for people by name
    std::vector<std::string> guards;                   // jobs that look whether a gate is what it should be
    std::map<std::string, markdown::Inlines> starts;   // by ENVIRONMENT/STACK: what starts the deploy
    std::vector<std::string> asked_twice;              // environments that ask for a changed platform, then again
    std::vector<JobTable> tables;
    std::vector<markdown::Item> tasks;  // what a person sets up on the host

    markdown::Inlines form;                   // how a person reaches the operators' form; empty without one
    markdown::Inlines agreed;                 // how a person agrees there to what infra would apply
    markdown::Inlines applies;                // with gated applies: how the form's deploy differs in that
    std::vector<markdown::Inlines> cautions;  // what a person who trusts the form has to know
};

HostPart github_part(const github::Pipeline& pipeline, const Project& settings);
HostPart gitlab_part(const gitlab::Pipeline& pipeline, const Project& settings);

// What page.cpp adds: the form's section, and what a person sets up. Takes what the parts have of it.
std::vector<markdown::Block> form_section(const Output& output, std::vector<HostPart>& parts);
std::vector<markdown::Block> set_up_section(const Output& output, std::vector<HostPart>& parts);

// Whether roles let GitHub's tokens in without asking for the repository's id.
bool lacks_repository_id(const infrastructure::Model& model);

// Shorthands for lines of words and code.
markdown::Inlines words(const std::string& text);
markdown::Inlines code(const std::string& text);
markdown::Inlines codes(const std::vector<std::string>& all);      // `a`, `b`
markdown::Inlines and_codes(const std::vector<std::string>& all);  // `a`, `b` and `c`
markdown::Inlines joined(const std::vector<markdown::Inlines>& all, const std::string& between);
markdown::Inlines operator+(markdown::Inlines left, const markdown::Inlines& right);

// As whom a job acts: the names of its roles, or whose keys it holds.
template <class Job>
markdown::Inlines identity_of(const Job& job) {
    if (!job.identity) return words("none");
    const auto name = [](const std::string& principal) { return code(principal.substr(principal.rfind('/') + 1)); };
    markdown::Inlines who =
        job.static_keys ? words("the keys of ") + code(job.target_environment) : name(job.principal);
    if (job.reader) who = std::move(who) + words(", and reads images as ") + name(job.reader->principal);
    return who;
}

// Whether a job deploys a target; then TARGET is its name, ENVIRONMENT/STACK.
template <class Job>
bool deploys(const Job& job, std::string& target) {
    target = job.target_environment + "/" + job.target_stack;
    return job.id == "deploy-" + job.target_environment + "-" + job.target_stack;
}

// "a push to main and the form (deploy), after `deploy-dev-aws`"
markdown::Inlines start_words(const std::vector<std::string>& events, const std::vector<std::string>& needs);

// Long-lived keys: whose they have to be. where: "the environment prod", or empty.
markdown::Item keys_task(const std::string& host, const std::vector<std::string>& names, const markdown::Inlines& where,
                         const std::string& environment);

// Secrets that a person gives the host, each with the jobs that read it.
struct Secret {
    std::string name;
    std::vector<std::string> jobs;
    bool asked = false;  // a job of change requests reads it, whose ref nobody protects
};
using Secrets = std::vector<Secret>;

// Notes those of a job but for the webhook's, which has a task of its own.
template <class Job>
void note_secrets(const Job& job, const std::string& webhook, Secrets& all) {
    for (const std::string& name : job.secrets) {
        if (name == webhook) continue;
        auto found = all.begin();
        while (found != all.end() && found->name != name) ++found;
        if (found == all.end()) found = all.insert(all.end(), {name, {}});
        if (found->jobs.empty() || found->jobs.back() != job.id) found->jobs.push_back(job.id);
        for (const std::string& event : job.events)
            found->asked = found->asked || event.starts_with("a change request");
    }
}

// A task for those that the same jobs read. thing: "GitHub, the secret"; guarded and open: what is said of how they are
// kept, of one that no job of a change request reads and of others.
void add_secrets_tasks(const std::string& thing, const Secrets& all, const Project& settings,
                       const std::string& guarded, const std::string& open, std::vector<markdown::Item>& tasks);

// refs/heads/main as "the branch main", refs/tags/v* as "tags v*".
markdown::Inlines ref_words(const std::vector<std::string>& refs);

// On which refs the form runs for which environments: "for `dev` on the branch `dev` and for `prod` on a tag `v*`";
// where all have one, and it need not be said who they are, "on the branch `main`".
using RefsOf = std::vector<std::pair<std::string, std::vector<std::string>>>;  // environment, refs
markdown::Inlines runs_on(const RefsOf& environments, bool of_several);

}  // namespace pipewright::print
