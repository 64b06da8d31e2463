// From a checked project to all that it becomes before anything is printed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/cli/output.h"
#include "generator/delivery/graph.h"
#include "generator/hosts/github/workflow.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/infrastructure/model.h"
#include "generator/verify/verify.h"

namespace pipewright::cli {

// A host that the project isn't on has neither graph nor pipeline.
struct Models {
    std::optional<delivery::Graph> github_graph, gitlab_graph;
    std::optional<github::Pipeline> github;
    std::optional<gitlab::Pipeline> gitlab;
    infrastructure::Model infrastructure;
    std::vector<std::string> scripts;                       // of ci/, that jobs call
    std::vector<std::pair<std::string, std::string>> data;  // files that jobs are told of: path and text

    verify::Subject subject(const Project& project) const;
};

// Decides everything. Nothing where this version can't generate the project, or where the clouds would refuse it.
std::optional<Models> decide(Run& run);

}  // namespace pipewright::cli
