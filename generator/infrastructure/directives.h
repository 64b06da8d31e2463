// What templates declare about the cloud's calls that they make, in comment lines beside the code:
//
//     # calls: ecs:DescribeServices, ecs:UpdateService on services
//     # apply: iam:CreateRole on task-roles if iam:PermissionsBoundary=boundary
//
// "calls" stands in scripts. In modules "plan" is what reading needs, "apply" what changing needs beside it, and "runs"
// what the roles may do that the module makes. The words after "on" are kinds of resources, which resources.h turns
// into those of a target.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pipewright::infrastructure {

struct Directive {
    std::string verb;  // calls, plan, apply, runs
    std::vector<std::string> actions, resources;
    std::vector<std::pair<std::string, std::string>> conditions;  // all of them StringEquals
};

// All directives of a file. Templates are part of the program, so a line that can't be read is a fault of it: an
// exception with that line.
std::vector<Directive> directives(std::string_view bytes);

// A script of ci/ ("deploy.sh") and the libraries ("lib/common.sh") that it sources, directly or not, as they tell
// shellcheck.
std::set<std::string> with_libraries(const std::string& script);

}  // namespace pipewright::infrastructure
