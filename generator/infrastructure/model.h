// What exists in the clouds for a project: per target the names that jobs use, the identities with what they trust and
// may do, and the Terraform roots that make all of it. Made from the project and from the jobs of all hosts, so that
// trust and permissions can't differ from what a job presents and calls.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "generator/embed/scripts.h"
#include "generator/hosts/claims.h"
#include "generator/infrastructure/policy.h"
#include "generator/infrastructure/root.h"
#include "generator/project/names.h"
#include "generator/project/project.h"
#include "generator/text/diagnostic.h"

namespace pipewright::infrastructure {

// One way into a role: the jobs that take it and the claims that their tokens carry.
struct Trust {
    Host host = Host::github;
    std::vector<std::string> jobs;
    hosts::Claims claims;
};

struct Role {
    names::Identity kind = names::Identity::deploy;
    std::string name;
    std::string principal;  // the role's ARN, or the e-mail of a service account on GCP
    std::vector<Trust> trust;
    std::vector<std::string> scripts;   // that its jobs run, "deploy.sh"
    std::vector<Way> ways;              // the trust as the cloud checks it
    std::vector<Statement> statements;  // what it may do
};

// A service as it stands in a target.
struct Workload {
    std::string service;
    std::string task_role, execution_role, log_group;
};

struct TargetModel {
    std::string environment, stack;
    Cloud cloud = Cloud::aws;
    std::string account, region, runtime;
    embed::Words words;  // what its jobs' scripts choose their libraries by
    std::string cluster_kind;
    std::vector<std::string> cluster;  // its name, or the names of the groups
    std::string load_balancer;         // empty without one
    std::string rest_api;              // of the API gateway; empty without one
    std::string state_bucket, lease, record;
    std::string state_table;                // of the locks; empty: the backend locks in the bucket
    std::string platform;                   // the parameter that holds the platform's fingerprint
    std::vector<std::string> repositories;  // of the images, without tags
    std::string promotes_from;              // "dev on aws", or empty for what is built
    std::vector<Role> roles;
    std::string boundary;  // what infra, and the roles that it makes, may do at most; empty where there is no infra
    std::vector<Statement> boundary_statements;
    std::vector<Workload> workloads;
    std::string web_address;  // where it answers, when the manifest says so

    // Where there is no platform root: what a person's own has to make, in words, with the names that jobs expect.
    std::vector<std::pair<std::string, Names>> by_hand;

    // Folders from the root of the repository; empty for a root that isn't made.
    std::string account_root, bootstrap_root, platform_root;
};

// A root that isn't made, and what of the manifest has no module yet.
struct LeftOut {
    std::string environment, stack;
    std::string root;
    std::vector<std::string> why;
};

struct Model {
    std::vector<TargetModel> targets;
    std::vector<Root> roots;                // accounts first, then each target's bootstrap and platform
    std::string modules_folder;             // from the root of the repository
    std::string tool, version;              // terraform or opentofu, exact
    std::vector<std::string> module_files;  // templates that the roots need: terraform/aws/network/main.tf
    std::vector<LeftOut> left_out;
    std::vector<LeftOut> omitted;  // parts that are left out of roots which are made
};

// Uses are those of all hosts together. Reports what Terraform or AWS would refuse, policies that are too long, and
// roots that are left out.
Model model(const Project& project, const std::vector<hosts::Use>& uses, Origins& origins, Diagnostics& diagnostics);

}  // namespace pipewright::infrastructure
