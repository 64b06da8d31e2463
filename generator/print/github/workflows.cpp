#include "generator/print/github/workflow.h"
#include "generator/print/print.h"

namespace pipewright::print {

void print_workflows(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    for (const github::Workflow& workflow : output.github->workflows) {
        yaml::Printed printed = yaml::print(github_workflow(workflow, output.manifest_path));
        files::File file;
        file.bytes = std::move(printed.bytes);
        file.lines = std::move(printed.lines);
        file.made_by = "the GitHub workflows";
        file.origin = workflow.origin;
        tree.add(workflow.path, std::move(file), diagnostics);
    }
}

}  // namespace pipewright::print
