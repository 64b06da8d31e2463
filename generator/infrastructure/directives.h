// What templates declare about the cloud's calls that they make, in comment lines beside the code:
//
//     # calls: ecs:DescribeServices, ecs:UpdateService on services
//     # calls: ecr:PutImage on repositories in build.sh, deploy.sh
//     # calls: compute.instanceGroupManagers.update on groups
//     # apply: iam:CreateRole on task-roles if iam:PermissionsBoundary=boundary
//
// "calls" stands in scripts; behind "in" stand, for a library, the scripts that make the call, where not all do that
// source it. AWS's actions have a colon, Google's permissions have none. In modules "plan" is what reading needs,
// "apply" what changing needs beside it, and "runs" what the roles may do that the module makes. The words after "on"
// are kinds of resources, which resources.h turns into those of a target.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/embed/scripts.h"
#include "generator/project/project.h"

namespace pipewright::infrastructure {

struct Directive {
    std::string verb;  // calls, plan, apply, runs
    std::vector<std::string> actions, resources;
    std::vector<std::pair<std::string, std::string>> conditions;  // all of them StringEquals
    std::vector<std::string> scripts;                             // that make the call; empty: all that source the file
};

// All directives of a file. Templates are part of the program, so a line that can't be read is a fault of it: an
// exception with that line.
std::vector<Directive> directives(std::string_view bytes);

// What a target's scripts choose their libraries by.
embed::Words words_of(const Project& project, const Target& target);

// One call that a script of a target makes, and the file below ci/ that declares it.
struct DeclaredCall {
    std::string file;
    Directive directive;
};

// All calls of a script ("deploy.sh") with the libraries that it sources for a target.
std::vector<DeclaredCall> calls_of(const std::string& script, const embed::Words& words);

}  // namespace pipewright::infrastructure
