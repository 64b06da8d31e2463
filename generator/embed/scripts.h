// Which of the scripts in templates/scripts/ci belong together.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace pipewright::embed {

// What a script chooses its libraries by: the variables CLOUD, REGISTRY and RUNTIME of a target's jobs.
struct Words {
    std::string cloud, registry, runtime;
    bool operator==(const Words&) const = default;
};

// A script of ci/ ("deploy.sh") and the libraries ("lib/common.sh", "lib/lease-aws.sh") that it sources for a target,
// directly or not.
std::set<std::string> with_libraries(const std::string& script, const Words& words);

// Whether there is a library of that kind for that word: has_library("rollout", "ecs-fargate").
bool has_library(std::string_view kind, std::string_view word);

}  // namespace pipewright::embed
