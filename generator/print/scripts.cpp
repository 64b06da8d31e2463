#include <algorithm>
#include <set>

#include "generator/embed/templates.h"
#include "generator/print/print.h"

namespace pipewright::print {

namespace {

constexpr std::string_view kFolder = "scripts/";  // of the templates; what follows is the path in the project

// The scripts that a script sources: it says so to shellcheck, which checks that it is true.
std::vector<std::string> sourced(std::string_view bytes) {
    constexpr std::string_view kDirective = "# shellcheck source=lib/";
    std::vector<std::string> all;
    for (std::size_t at = bytes.find(kDirective); at != std::string_view::npos; at = bytes.find(kDirective, at + 1)) {
        const std::size_t begin = at + kDirective.size();
        const std::size_t end = bytes.find_first_of(" \n", begin);
        all.push_back("ci/lib/" + std::string(bytes.substr(begin, end - begin)));
    }
    return all;
}

// The scripts that jobs run, and those for a person: key.sh, which says what would be built or promoted, and
// bootstrap.sh for what no pipeline can apply.
std::set<std::string> called(const Output& output) {
    std::set<std::string> scripts{"ci/key.sh", "ci/bootstrap.sh"};
    for (const std::string& one : output.scripts) scripts.insert("ci/" + one);
    return scripts;
}

}  // namespace

void print_scripts(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    std::set<std::string> wanted = called(output);
    if (wanted.contains("ci/deploy.sh") || wanted.contains("ci/rollback.sh")) {
        for (const std::string& one : output.libraries) wanted.insert("ci/lib/" + one);
    }
    std::vector<std::string> open(wanted.begin(), wanted.end());
    while (!open.empty()) {
        const std::string script = open.back();
        open.pop_back();
        for (const std::string& one : sourced(embed::bytes_of(std::string(kFolder) + script))) {
            if (wanted.insert(one).second) open.push_back(one);
        }
    }
    for (const std::string& script : wanted) {
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
