// From the bytes of a manifest to a Project: read, resolve, check.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/project/project.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::manifest {

struct Effective;

// Where a manifest stands in its repository; paths in it count from its folder.
struct Place {
    std::string folder;         // of the manifest, from the root of the repository; empty at the root
    std::string manifest_path;  // from the root of the repository
};

// Reads the manifest in a source. Everything that is wrong with it is reported in one run, each mistake once; a project
// comes back only without errors. Warnings and notes do not hold it back. Where effective is given, the manifest with
// everything filled goes there as well.
std::optional<Project> load(const Sources& sources, SourceId source, const Place& place, Diagnostics& diagnostics,
                            Effective* effective = nullptr);

// What a legal manifest asks for that this version can't generate: reported by name (PW0401), all from one table.
void report_not_built(const Project& project, const Effective& effective, Diagnostics& diagnostics);

// A path that the manifest names and that should be there: a service's folder, a Dockerfile, what else belongs to an
// image, the folder of its tests. What stands in a folder comes behind it.
struct NamedPath {
    std::string path;  // from the root of the repository
    Span span;
    std::string what;
};
std::vector<NamedPath> named_paths(const Project& project, const Effective& effective);

}  // namespace pipewright::manifest
