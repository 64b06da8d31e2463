// Policies that have to fit IAM's limits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "generator/infrastructure/policy.h"

namespace pipewright::infrastructure {

// The statements of a role within a limit. Only where they don't fit as they are: those actions that only look under
// wildcards, then those united that say the same of several resources, then the secrets whose description is read by
// their folder, or all, then one statement for each service's named resources.
std::vector<Statement> compact(const std::vector<Statement>& exact, std::size_t limit);

// The statements of a boundary within a limit, each step wider than the one before and none wider than it must be:
// what only looks, all named resources in one statement with their services' actions, secrets by their folder, the
// actions that can't be narrowed to a resource, all secrets. What the manifest grants to services (its sids begin with
// kGranted) comes last and keeps its resources. What could open a door (IAM's, S3's and a few other actions) stays
// exact.
std::vector<Statement> widen(const std::vector<Statement>& exact, std::size_t limit);

inline constexpr std::string_view kGranted = "Granted";

}  // namespace pipewright::infrastructure
