#include "generator/print/print.h"

namespace pipewright::print {

void print_all(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    tree.reserve(output.manifest_path, "the manifest", diagnostics);
    tree.reserve(below(output, std::string(files::kLockName)), "the lock", diagnostics);
    if (output.github != nullptr) print_workflows(output, tree, diagnostics);
    if (output.gitlab != nullptr) print_gitlab(output, tree, diagnostics);
    print_terraform(output, tree, diagnostics);
    print_scripts(output, tree, diagnostics);
    print_data(output, tree, diagnostics);
    print_page(output, tree, diagnostics);
}

std::vector<files::Pin> used_pins(const Output& output) {
    std::vector<files::Pin> pins;
    if (output.github == nullptr) return pins;
    for (const github::Workflow& workflow : output.github->workflows) {
        for (const github::Job& job : workflow.jobs) {
            for (const github::Step& step : job.steps) {
                if (step.uses == nullptr) continue;
                pins.push_back(
                    {std::string(step.uses->action), std::string(step.uses->version), std::string(step.uses->commit)});
            }
        }
    }
    return pins;
}

std::string below(const Output& output, const std::string& path) {
    return output.folder.empty() ? path : output.folder + "/" + path;
}

}  // namespace pipewright::print
