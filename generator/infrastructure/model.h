// What exists in the clouds for a project: per target the names that jobs use, and the identities with what they trust.
// Made from the project and from the pipelines' jobs, so that trust can't differ from what a job's token will say.
#pragma once

#include <string>
#include <vector>

#include "generator/hosts/github/workflow.h"
#include "generator/project/names.h"
#include "generator/project/project.h"

namespace pipewright::infrastructure {

// One way into a role: the jobs that take it and the claims that their tokens carry.
struct Trust {
    Host host = Host::github;
    std::vector<std::string> jobs;
    github::Claims claims;
};

struct Role {
    names::Identity kind = names::Identity::deploy;
    std::string name, arn;
    std::vector<Trust> trust;
};

struct TargetModel {
    std::string environment, stack;
    Cloud cloud = Cloud::aws;
    std::string account, region, runtime;
    std::string cluster_kind, cluster;
    std::string load_balancer;  // empty without one
    std::string state_bucket, lease, record;
    std::vector<std::string> repositories;  // of the images, without tags
    std::string promotes_from;              // "dev on aws", or empty for what is built
    std::vector<Role> roles;
    std::string web_address;  // where it answers, when the manifest says so
};

struct Model {
    std::vector<TargetModel> targets;
};

Model model(const Project& project, const github::Pipeline& github);

}  // namespace pipewright::infrastructure
