// What the manifest will say: what was seen, what was wished for by flags, and what a person answered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/init/facts.h"
#include "generator/init/sketch.h"
#include "generator/system/prompt.h"
#include "generator/text/diagnostic.h"

namespace pipewright::init {

// What stands in a manifest where a fact is not known. No key takes it: `validate` refuses it until somebody has
// written the fact.
inline constexpr std::string_view kPlaceholder = "FILL ME IN";

// The flags.
struct Wishes {
    std::string project;
    std::string host;        // github, gitlab, or the https URL of a GitLab
    std::string repository;  // owner/name
    std::string branch;      // the default branch
    std::string visibility;  // public or private, of a repository on GitHub
    std::string plan;        // of the host that deploys
    std::string starter;
    Names stacks;              // [NAME=]RUNTIME
    std::string environments;  // dev,prod
    Names accounts;            // [ENVIRONMENT=]ACCOUNT
    Names gcp_projects;        // ENVIRONMENT=PROJECT[:NUMBER]
    Names regions;             // [STACK= or ENVIRONMENT=]REGION
    std::string approvers;     // a,b/c
    bool yes = false;          // takes every default, and leaves a placeholder where there is none
    bool no_dockerfiles = false;
};

struct HostDecision {
    Host host = Host::github;
    std::string repository;  // empty: unknown
    std::string url;         // GitLab's instance
    std::string default_branch;
    std::string visibility, plan;  // empty: the language's default
    bool deploys = true;
    std::string where;
};

struct PlaceDecision {
    std::string stack;
    Cloud cloud = Cloud::aws;
    std::string account, project, project_number, region;  // empty: unknown
};

struct EnvironmentDecision {
    std::string name;
    std::string trigger, value;  // "branch" and "main"
    std::string gate;            // empty: what the language gives it
    std::vector<PlaceDecision> places;
};

struct Decisions {
    std::string project, project_where;
    std::vector<HostDecision> hosts;  // the one that deploys first
    const Starter* starter = nullptr;
    Sketch stacks;  // the starter's, or those that were wished for
    std::vector<EnvironmentDecision> environments;
    Names approvers;
    bool needs_approvers = false;  // GitHub asks them, so there must be some
    std::vector<ServiceFacts> services;
    Facts facts;
};

// Decides. Asks the prompt, if there is one, for what neither facts nor wishes tell. Nothing, with PW0604, for flags
// that are wrong and, without a prompt and without --yes, for facts that are missing; nothing at all when the person
// stopped.
std::optional<Decisions> decide(Facts facts, const Wishes& wishes, system::Prompt* prompt, Diagnostics& diagnostics);

// What was seen, a line each, for a person.
Names describe(const Facts& facts);

}  // namespace pipewright::init
