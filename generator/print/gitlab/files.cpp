#include "generator/print/gitlab/pipeline.h"
#include "generator/print/print.h"

namespace pipewright::print {

namespace {

void add(const std::string& path, const yaml::Document& document, Origin origin, files::FileTree& tree,
         Diagnostics& diagnostics) {
    yaml::Printed printed = yaml::print(document);
    files::File file;
    file.bytes = std::move(printed.bytes);
    file.lines = std::move(printed.lines);
    file.made_by = "the GitLab pipeline";
    file.origin = origin;
    tree.add(path, std::move(file), diagnostics);
}

}  // namespace

void print_gitlab(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    if (output.gitlab == nullptr) return;
    const gitlab::Pipeline& pipeline = *output.gitlab;
    // GitLab reads wildcards and variables in the path of an include, and has no way to say that none is meant.
    if (pipeline.path.find_first_of("*$%") != std::string::npos) {
        diagnostics.report(Code::blocked_path, {}, "GitLab can't include files of the folder '" + output.folder + "'",
                           "'*', '$' and '%' mean something else there: give the folder another name");
        return;
    }
    add(pipeline.path, gitlab_root(pipeline, output.manifest_path), pipeline.origin, tree, diagnostics);
    const bool waits = waits_for_person(pipeline);
    for (const gitlab::File& one : pipeline.files)
        add(one.path, gitlab_file(one, output.manifest_path, waits), one.origin, tree, diagnostics);
}

}  // namespace pipewright::print
