// From the manifest with everything filled to the project as plain values. Nothing is reported here: of a bad manifest
// comes a project in which harmless values stand for the bad ones, and rules ask the fields before they believe one.
#pragma once

#include "generator/manifest/effective.h"
#include "generator/manifest/load.h"

namespace pipewright::manifest {

Project resolve(const Effective& effective, const Place& place);

// One part each.
void resolve_hosts(const written::Manifest& from, Project& to);
void resolve_settings(const written::Manifest& from, Project& to);
void resolve_services(const written::Manifest& from, Project& to);
void resolve_environments(const written::Manifest& from, Project& to);
Target resolve_target(const written::Manifest& from, const EffectiveTarget& target, const Environment& environment,
                      const Named<written::Target>& named);

Names texts(const Field<List<std::string>>& list);
StringMap pairs(const Field<Map<std::string>>& map);

}  // namespace pipewright::manifest
