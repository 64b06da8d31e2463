// Everything that a project gets, printed into a tree of files in memory.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "generator/files/lock.h"
#include "generator/files/tree.h"
#include "generator/hosts/github/workflow.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/infrastructure/model.h"
#include "generator/text/diagnostic.h"

namespace pipewright::print {

// What the printers are given: models, and where things stand.
struct Output {
    std::string project;
    std::string folder;         // of everything but workflows, from the root of the repository; empty at the root
    std::string manifest_path;  // from the root of the repository
    const github::Pipeline* github = nullptr;  // nullptr where a host has no part in the project
    const gitlab::Pipeline* gitlab = nullptr;
    const infrastructure::Model* infrastructure = nullptr;
    const Project* settings = nullptr;  // what the delivery page tells of that stands in no other model
    std::vector<std::pair<std::string, std::string>> data;  // files that jobs are told of: path and text
    std::vector<std::string> scripts;                       // of ci/, that jobs call: "deploy.sh"
    Origin origin;                                          // of what belongs to the project as a whole
};

// Adds every file. Clashes of paths are reported.
void print_all(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);

// What the workflows in the output are pinned to, for the lock: the actions that they use.
std::vector<files::Pin> used_pins(const Output& output);

// One printer each; print.cpp lists them.
void print_workflows(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);
void print_gitlab(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);
void print_terraform(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);
void print_scripts(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);
void print_data(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);
void print_page(const Output& output, files::FileTree& tree, Diagnostics& diagnostics);

// A path of the output's own folder, from the root.
std::string below(const Output& output, const std::string& path);

}  // namespace pipewright::print
