#include "generator/embed/scripts.h"

#include <algorithm>
#include <set>

#include "generator/embed/templates.h"
#include "generator/print/print.h"

namespace pipewright::print {

namespace {

constexpr std::string_view kFolder = "scripts/";  // of the templates; what follows is the path in the project

// The scripts that jobs run, and those for a person: key.sh, which says what would be built or promoted, and
// bootstrap.sh for what no pipeline can apply. With each come the libraries that it chooses for any of the targets.
std::set<std::string> wanted(const Output& output) {
    std::set<std::string> scripts(output.scripts.begin(), output.scripts.end());
    scripts.insert({"key.sh", "bootstrap.sh"});
    std::set<std::string> files;
    for (const std::string& script : scripts) {
        for (const infrastructure::TargetModel& target : output.infrastructure->targets) {
            for (const std::string& file : embed::with_libraries(script, target.words)) files.insert("ci/" + file);
        }
    }
    return files;
}

}  // namespace

void print_scripts(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    for (const std::string& script : wanted(output)) {
        files::File file;
        file.bytes = std::string(embed::bytes_of(std::string(kFolder) + script));
        // What is only sourced can't be run by mistake.
        file.mode = script.rfind("ci/lib/", 0) == 0 ? files::Mode::regular : files::Mode::executable;
        file.made_by = "the scripts";
        file.origin = output.origin;
        file.lines.assign(static_cast<std::size_t>(std::count(file.bytes.begin(), file.bytes.end(), '\n')),
                          output.origin);
        tree.add(below(output, script), std::move(file), diagnostics);
    }
}

}  // namespace pipewright::print
