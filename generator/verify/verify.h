// The rules of the delivery graph (delivery.md): proved for the manifest at hand from what was lowered and modelled, by
// code that had no part in deciding it. There is no output while one is broken.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/delivery/graph.h"
#include "generator/hosts/github/workflow.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/infrastructure/model.h"
#include "generator/project/project.h"
#include "generator/text/diagnostic.h"

namespace pipewright::verify {

// All that a project became. A host that it isn't on has neither graph nor pipeline.
struct Subject {
    const Project& project;
    const infrastructure::Model& model;
    const delivery::Graph* github_graph = nullptr;
    const github::Pipeline* github = nullptr;
    const delivery::Graph* gitlab_graph = nullptr;
    const gitlab::Pipeline* gitlab = nullptr;
};

enum class Outcome { holds, broken, not_asked };
std::string_view to_string(Outcome outcome);

// What a rule says of a manifest: why it holds (what was looked at, and how much of it) or isn't asked; where it is
// broken, the paths that break it, the shortest first.
struct Verdict {
    Outcome outcome = Outcome::holds;
    std::string proof;
    std::vector<std::string> paths;
    std::vector<std::string> warnings;  // it holds, but a person should know
};

// Jobs whose tokens the same roles let in: what one of them may do, all may, so they are judged together.
struct TrustClass {
    Host host = Host::github;
    std::vector<std::string> presents;  // the subjects (and audiences) of their tokens
    std::vector<std::string> jobs, roles;
    std::vector<std::string> gates;   // the gated environments that it can change
    bool change_requests = false;     // a change request's job is among them
    std::size_t calls = 0;            // that the roles may make together
    std::vector<std::string> writes;  // those that change something: "ecs:UpdateService"
};

struct Judged {
    int number = 0;
    std::string_view title;
    Verdict verdict;
};

struct Result {
    std::vector<Judged> rules;  // in the order of their numbers
    std::vector<TrustClass> classes;

    bool holds() const;
};

Result verify(const Subject& subject);

// Broken rules as errors, what a person should know as warnings.
void report(const Result& result, const Project& project, Diagnostics& diagnostics);

}  // namespace pipewright::verify
