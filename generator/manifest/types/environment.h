#pragma once

#include "generator/manifest/types/service.h"
#include "generator/manifest/types/stack.h"

namespace pipewright::manifest::written {

struct Trigger {
    Field<std::string> branch, tag, after;
    Field<bool> manual;
};
struct Approvers {
    Field<List<std::string>> all, github, gitlab;
};
struct Gate {
    Field<std::string> type;
    Field<Approvers> approvers;
    Field<std::int64_t> wait_minutes;
};
struct TargetState {
    Field<std::string> bucket, table;
};
// A place, and any key of the stack overridden there.
struct Target : Stack {
    Field<std::string> account, region, project, project_number;
    Field<bool> protect;
    Field<TargetState> state;
    Field<std::string> oidc_provider;
};
struct Environment {
    Field<Trigger> deploy_on;
    Field<Gate> gate;
    Field<bool> production, ungated_production;
    Field<Map<Target>> targets;
    Field<Map<ServiceOverride>> services;
    Field<Map<std::string>> env;
    Field<std::string> promote_from;
};

extern const Type kTarget, kEnvironment;

}  // namespace pipewright::manifest::written
