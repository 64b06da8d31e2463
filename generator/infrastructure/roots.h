// The roots of a project, one maker each.
#pragma once

#include <string>
#include <vector>

#include "generator/infrastructure/model.h"
#include "generator/infrastructure/root.h"
#include "generator/project/project.h"

namespace pipewright::infrastructure {

// What exists once in an account: the state buckets of its regions, the hosts' identity providers. targets are all
// those of one account, in order, at least one.
Root account_root(const Project& project, const std::vector<const Target*>& targets,
                  const std::vector<const TargetModel*>& models, Origins& origins);

// What a person applies once for a target: repositories and identities.
Root bootstrap_root(const Project& project, const Target& target, const TargetModel& model,
                    const std::vector<TargetModel>& all, Origins& origins);

// Everything else of a target. Only for one that lacks no modules.
Root platform_root(const Project& project, const Target& target, Origins& origins);

// The parts that roots share.
Provider provider(const Project& project, const Target& target);
Backend backend(const Project& project, const Target& target, std::string key);

// Adds what a runtime's services consist of, behind a network (the call "network") and perhaps a balancer (the call
// "load_balancer").
using AddWorkload = void (*)(const Project& project, const Target& target, Origin origin, Root& root);

// The one of a runtime; null where this version has no modules for it.
AddWorkload workload_of(std::string_view runtime);

// One maker each, in its file.
void add_ecs_fargate(const Project& project, const Target& target, Origin origin, Root& root);

// The services of a target that the ingress leads to.
std::vector<const Running*> behind_ingress(const Project& project, const Target& target);

// The name of a service's call: service_web_api.
std::string service_call(std::string_view service);

}  // namespace pipewright::infrastructure
