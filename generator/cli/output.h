// The one way from a manifest to what should be on the disk: generate writes it, check compares it, diff shows it.
#pragma once

#include <optional>
#include <string>

#include "generator/cli/command.h"
#include "generator/files/compare.h"
#include "generator/files/tree.h"
#include "generator/manifest/effective.h"
#include "generator/project/project.h"

namespace pipewright::cli {

// A run over one manifest, with all that it found out.
struct Run {
    explicit Run(system::Disk& used) : disk(used) {}

    system::Disk& disk;
    Sources sources;
    Diagnostics diagnostics;
    std::string root;           // the tree's
    std::string lock_path;      // below it
    SourceId manifest = 0;      // its text, once it is read
    std::string manifest_path;  // from the root
    std::optional<Project> project;
    manifest::Effective effective;  // the manifest with everything filled
    Origins origins;
    files::FileTree tree;
    files::View view;
    files::Changes changes;
    bool applied = false;  // the changes were made
    bool failed = false;   // input or output failed
};

// Finds, reads and checks the manifest. False when there is no project to go on with.
bool load(Run& run, const Call& call, const std::string& path);

// Generates and compares with the disk. False when something stood in the way of comparing.
bool prepare(Run& run, const Call& call, const std::string& path);

// Puts the messages on the console, or with the files that were compared into its report, and gives the exit code that
// they and the outcome ask for.
Exit finish(const Run& run, const Call& call, Exit outcome, Console& console, const files::Changes* changes = nullptr);

// What a run has to say to machines, added to a report.
void collect(const Run& run, const files::Changes* changes, Report& report);

// The same as a document of its own.
std::string json_document(const Run& run, std::string_view command, const files::Changes* changes);

}  // namespace pipewright::cli
