// What the program knows of a runtime: one file each, and no switch over runtimes anywhere else.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/project/project.h"

namespace pipewright {

// What a deploy script is told about a service beside what every runtime needs.
struct ServiceInputs {
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<std::pair<std::string, std::int64_t>> numbers;
};

// Parts of a platform, in a person's words, each with the names that jobs know it by; some have none.
using Parts = std::vector<std::pair<std::string, Names>>;

struct Runtime {
    std::string_view name;
    Cloud cloud;
    std::vector<IngressKind> ingresses;
    std::vector<RolloutKind> rollouts;
    std::string_view instance_type;  // the default; empty where it has no instances
    std::vector<std::string_view> network_modes;
    bool sizes = false;             // whether cpu, memory and a service's scaling apply
    bool any_spot = false;          // whether spot_percent takes every value, or only 0 and 100
    std::string_view cluster_kind;  // what a person calls the place: "the ECS cluster"
    // Whether its script puts instances back one after the other, each with the time of a whole rollout.
    bool goes_back_one_by_one = false;
    bool platform = false;  // whether this version has the Terraform modules that it runs on

    // The variables that the deploy script takes for a target, in the order in which a person would read them.
    StringMap (*target_inputs)(const Project&, const Target&) = nullptr;
    ServiceInputs (*service_inputs)(const Project&, const Target&, const Running&) = nullptr;

    // What a platform has that a person makes, beside what stands in front of the services.
    Parts (*parts)(const Project&, const Target&) = nullptr;
};

// All runtimes, in the order of the reference.
std::span<const Runtime* const> runtimes();

// nullptr for a name that no runtime has.
const Runtime* runtime(std::string_view name);

// One maker each, in its file.
const Runtime& ecs_fargate();
const Runtime& ec2_compose();
const Runtime& compute_mig();

}  // namespace pipewright
