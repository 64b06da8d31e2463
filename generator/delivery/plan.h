// From a project to its delivery graph.
#pragma once

#include "generator/delivery/graph.h"
#include "generator/project/project.h"

namespace pipewright::delivery {

// The jobs of a project as one host runs them: a host that does not deploy an environment only plans for it, and one
// that does not deploy the first pushes no image. Origins takes where each job comes from.
Graph plan(const Project& project, Host host, Origins& origins);

// The pushes that start what an environment is deployed by: its own, or for "after" those of the one it follows; none
// for one that only the form deploys.
Condition trigger_of(const Project& project, const Environment& environment);

// The full ref or pattern on which an environment is deployed, by its trigger or by the form: for "after" and "manual"
// that of the environment which it is promoted from.
std::string ref_of(const Project& project, const Environment& environment);

// What the form may ask of a target.
std::vector<std::string> form_actions(const Target& target);

// The one job that hands on the digest of a service's own image: build-SERVICE, or resolve-SERVICE for a ready image.
std::string image_job(const Service& service);
std::string target_job(std::string_view verb, const Target& target);  // "deploy-prod-aws"

// The variable that says how a job of a target ended: RESULT_DEPLOY_PROD_AWS.
std::string result_variable(std::string_view job);

inline constexpr const char* kCheckForm = "check-form";

}  // namespace pipewright::delivery
