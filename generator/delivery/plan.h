// From a project to its delivery graph.
#pragma once

#include "generator/delivery/graph.h"
#include "generator/project/project.h"

namespace pipewright::delivery {

// The jobs of a project as one host runs them: a host that does not deploy an environment has no job for it, and one
// that does not deploy the first pushes no image. Origins takes where each job comes from.
Graph plan(const Project& project, Host host, Origins& origins);

// The events that start what an environment is deployed by: its own, or for "after" those of the one it follows.
Condition trigger_of(const Project& project, const Environment& environment);

std::string build_job(std::string_view service);
std::string deploy_job(const Target& target);

}  // namespace pipewright::delivery
