// The one way from a manifest to what should be on the disk: generate writes it, check compares it, diff shows it.
#pragma once

#include <optional>
#include <string>

#include "generator/cli/command.h"
#include "generator/files/compare.h"
#include "generator/files/tree.h"
#include "generator/project/project.h"

namespace pipewright::cli {

// A run over one manifest, with all that it found out.
struct Run {
    explicit Run(system::Disk& used) : disk(used) {}

    system::Disk& disk;
    Sources sources;
    Diagnostics diagnostics;
    std::string root;       // the tree's
    std::string lock_path;  // below it
    std::optional<Project> project;
    Origins origins;
    files::FileTree tree;
    files::View view;
    files::Changes changes;
    bool failed = false;  // input or output failed
};

// Finds, reads and checks the manifest. False when there is no project to go on with.
bool load(Run& run, const Call& call, const std::string& path);

// Generates and compares with the disk. False when something stood in the way of comparing.
bool prepare(Run& run, const Call& call, const std::string& path);

// Puts the messages on the console and gives the exit code that they and the outcome ask for.
Exit finish(const Run& run, const Call& call, Exit outcome, Console& console);

// The same for machines: adds the messages to a document and prints it.
std::string json_document(const Run& run, std::string_view command, const files::Changes* changes);

}  // namespace pipewright::cli
