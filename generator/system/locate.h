// Where the manifest is, and where the output goes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/system/disk.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::system {

inline constexpr std::string_view kManifestName = "pipewright.yaml";

struct LocatedManifest {
    std::string name;    // for messages: the path as given, without "./" in front; "<stdin>" for "-"
    std::string path;    // to read; empty for "-"
    std::string folder;  // that it stands in, "." for "-"
    bool standard_input = false;
};

// Finds the manifest: given is a file, a folder that holds pipewright.yaml, or "-". Nothing, with PW0603 and advice
// (a .yml beside it, one in a folder above), when there is none, and with PW0601 when it can't be looked at.
std::optional<LocatedManifest> locate(Disk& disk, std::string_view given, Diagnostics& diagnostics);

// Reads it (standard input for "-") into the sources. Nothing, with PW0601, when that fails.
std::optional<SourceId> read_manifest(Disk& disk, const LocatedManifest& manifest, Sources& sources,
                                      Diagnostics& diagnostics);

// The nearest folder, from this one upwards, that has a .git (a folder, or the file of a worktree); this one when none
// has. The result is a real path, or the folder as given when that can't be told.
std::string find_root(Disk& disk, const std::string& folder);

// The folder relative to the root by their real paths: "" for the root itself, nothing when it lies outside.
std::optional<std::string> place_below(Disk& disk, const std::string& root, const std::string& folder);

}  // namespace pipewright::system
