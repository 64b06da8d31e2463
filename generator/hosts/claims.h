// What a cloud can check of the tokens that a host gives to jobs, and which jobs present what: the one link between
// pipelines and identities. Each host's lowering fills it; cloud trust is made from nothing else.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/project/names.h"
#include "generator/project/project.h"

namespace pipewright::hosts {

// Lists hold alternatives; what is empty is not checked. A "*" in a subject or a ref is a wildcard that doesn't cross
// "/", but for the pull requests of GitHub, whose number it stands for, and for "every branch" of GitLab's plan jobs.
struct Claims {
    Host host = Host::github;
    std::string issuer;                 // as in a cloud's condition keys: token.actions.githubusercontent.com
    std::vector<std::string> subjects;  // GitHub: classic first
    std::string audience;
    std::vector<std::string> refs;       // GitHub: refs/heads/main, refs/tags/v*, refs/pull/*/merge
    std::string environment;             // GitHub; GitLab on GCP, where it is a protected one
    std::string repository_id;           // GitHub
    std::vector<std::string> workflows;  // GitHub: owner/name/.github/workflows/x.yml, without "@ref"
    std::vector<std::string> actors;     // GitHub
    bool any_branch = false;             // GitLab: the "*" at the subject's end is any branch, whatever its name
    bool protected_ref = false;          // GitLab on GCP: the ref is protected
    std::string provider;                // GCP: the provider that the token is for, by its whole path; empty on AWS

    friend bool operator==(const Claims&, const Claims&) = default;
};

// The second identity of a job whose images come out of a registry in another cloud: it reads that registry and nothing
// else.
struct Reader {
    std::string environment, stack;  // the target whose registry it is
    std::string principal;
    Claims claims;
};

// The script that acts as it.
inline constexpr std::string_view kReaderScript = "pull.sh";

// A job that takes a cloud role: which role, with which claims, and the scripts that it runs as that role.
struct Use {
    std::string job;
    names::Identity kind = names::Identity::deploy;
    std::string environment, stack;
    Claims claims;
    std::vector<std::string> scripts;  // "deploy.sh", as below ci/
};

// What a host's job (of either host) takes, with the scripts that it runs.
template <class Job>
void add_uses(const Job& job, std::vector<std::string> scripts, std::vector<Use>& to) {
    if (job.identity && !job.static_keys)
        to.push_back(
            {job.id, *job.identity, job.target_environment, job.target_stack, *job.claims, std::move(scripts)});
    if (job.reader) {
        to.push_back({job.id,
                      names::Identity::pull,
                      job.reader->environment,
                      job.reader->stack,
                      job.reader->claims,
                      {std::string(kReaderScript)}});
    }
}

}  // namespace pipewright::hosts
