// What the roles of a target may do: exactly what the templates that their jobs run declare, on this target's
// resources, and what the manifest adds by name.
#pragma once

#include <string>
#include <vector>

#include "generator/infrastructure/policy.h"
#include "generator/project/names.h"
#include "generator/project/project.h"

namespace pipewright::infrastructure {

// The statements of one role: the calls of its scripts ("deploy.sh", as below ci/) and of what they source; for plan
// and infra also those of the modules of the target's platform, given as paths of templates. Exact, or as exact as
// IAM's limit for a role leaves them (compact.h).
std::vector<Statement> role_statements(const Project& project, const Target& target, names::Identity kind,
                                       const std::vector<std::string>& scripts,
                                       const std::vector<std::string>& modules);

// What the infra role, and the roles that it makes, may do at most: its own statements, what the modules' roles need,
// and what the manifest grants to services. As exact as IAM's limit for a policy leaves it (compact.h).
std::vector<Statement> boundary_statements(const Project& project, const Target& target,
                                           const std::vector<Statement>& infra,
                                           const std::vector<std::string>& modules);

// What the manifest asks for and can't get, because whoever has it could give himself everything: one sentence each,
// and the service that asks, empty for infrastructure.permissions.
struct Refused {
    std::string service;
    std::string action;
    std::string why;
};
std::vector<Refused> refused_permissions(const Project& project, const Target& target);

}  // namespace pipewright::infrastructure
