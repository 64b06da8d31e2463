#include "generator/embed/scripts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "generator/embed/templates.h"

namespace pipewright::embed {

namespace {

constexpr std::string_view kFolder = "scripts/ci/";

// The libraries that a script sources, each in a line of its own, which may be indented: . "$here/lib/lease-$CLOUD.sh"
std::vector<std::string> sourced(std::string_view bytes, const Words& words) {
    constexpr std::string_view kSource = ". \"$here/";
    const std::pair<std::string_view, const std::string&> variables[] = {
        {"$CLOUD", words.cloud}, {"$REGISTRY", words.registry}, {"$RUNTIME", words.runtime}};
    std::vector<std::string> all;
    for (std::size_t at = bytes.find(kSource); at != std::string_view::npos; at = bytes.find(kSource, at + 1)) {
        const std::size_t line = bytes.find_last_not_of(' ', at - 1);
        if (line != std::string_view::npos && bytes[line] != '\n') continue;
        const std::size_t begin = at + kSource.size();
        std::string file(bytes.substr(begin, bytes.find('"', begin) - begin));
        for (const auto& [variable, word] : variables) {
            const std::size_t dollar = file.find(variable);
            if (dollar != std::string::npos) file.replace(dollar, variable.size(), word);
        }
        all.push_back(std::move(file));
    }
    return all;
}

}  // namespace

std::set<std::string> with_libraries(const std::string& script, const Words& words) {
    std::set<std::string> all{script};
    std::vector<std::string> open{script};
    while (!open.empty()) {
        const std::string one = open.back();
        open.pop_back();
        for (const std::string& library : sourced(bytes_of(std::string(kFolder) + one), words)) {
            if (all.insert(library).second) open.push_back(library);
        }
    }
    return all;
}

bool has_library(std::string_view kind, std::string_view word) {
    const std::string path = std::string(kFolder) + "lib/" + std::string(kind) + "-" + std::string(word) + ".sh";
    return std::any_of(templates().begin(), templates().end(), [&](const Template& one) { return one.path == path; });
}

}  // namespace pipewright::embed
