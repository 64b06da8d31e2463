// From the manifest as written to the project as meant. The manifest has been read without errors and filled.
#pragma once

#include "generator/manifest/load.h"
#include "generator/manifest/types/manifest.h"

namespace pipewright::manifest {

// One part each; resolve.cpp puts them together. What does not fit is reported, and a value that does no harm stands
// in its place, so that the other parts can be looked at in the same run.
void resolve_hosts(const written::Manifest& from, Project& to, Diagnostics& diagnostics);
void resolve_services(const written::Manifest& from, Project& to, Diagnostics& diagnostics);
void resolve_environments(const written::Manifest& from, Project& to, Diagnostics& diagnostics);
void resolve_targets(const written::Manifest& from, Project& to, Diagnostics& diagnostics);
void resolve_settings(const written::Manifest& from, Project& to, Diagnostics& diagnostics);

Names texts(const Field<List<std::string>>& list);
StringMap pairs(const Field<Map<std::string>>& map);

}  // namespace pipewright::manifest
