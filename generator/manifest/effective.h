// The manifest as it is meant and with where it was written: every default and derivation filled, every override laid
// over what is weaker, each value still a field with its place. Made of a good manifest and of a bad one alike; what is
// bad stays marked, so that whoever reads this can tell what nothing follows from.
#pragma once

#include <vector>

#include "generator/manifest/types/manifest.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::manifest {

// A service in one target: what the stack, the service, the environment and the target say, from weak to strong.
struct EffectiveService {
    std::size_t service = 0;  // in the manifest's services
    Field<written::ServiceOverride> settings;
    Field<written::Smoke> smoke;
};

struct EffectiveTarget {
    std::size_t stack = 0;   // in the manifest's stacks
    std::size_t target = 0;  // in the environment's targets
    const Runtime* runtime = nullptr;
    Field<written::Stack> settings;
    std::vector<EffectiveService> services;
};

// Only the targets whose stack and runtime are known; the others are named by rules.
struct EffectiveEnvironment {
    std::vector<EffectiveTarget> targets;
};

struct Effective {
    Field<written::Manifest> manifest;
    std::vector<EffectiveEnvironment> environments;  // as many as the manifest has, in its order
};

// Takes a manifest as it was read.
Effective effective_of(const Field<written::Manifest>& read);

// The parts of it: what follows from other keys outside the targets, and inside one.
void derive_hosts(written::Manifest& manifest);
void derive_settings(written::Manifest& manifest);
void derive_services(written::Manifest& manifest);
void derive_environments(written::Manifest& manifest);
void derive_target(const written::Manifest& manifest, EffectiveTarget& target);

// Whether a route of an ingress leads to a path: "/x/*" also matches "/x".
bool route_leads_to(std::string_view route, std::string_view path);
bool any_route_leads_to(const Field<List<std::string>>& routes, std::string_view path);

}  // namespace pipewright::manifest
