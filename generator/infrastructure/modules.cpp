#include "generator/infrastructure/modules.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "generator/embed/templates.h"

namespace pipewright::infrastructure {

namespace {

// The names after `variable "` at the start of a line, as terraform fmt has them.
std::vector<std::string> variables_of(std::string_view bytes) {
    constexpr std::string_view kStart = "\nvariable \"";
    std::vector<std::string> all;
    for (std::size_t at = bytes.find(kStart); at != std::string_view::npos; at = bytes.find(kStart, at + 1)) {
        const std::size_t begin = at + kStart.size();
        all.emplace_back(bytes.substr(begin, bytes.find('"', begin) - begin));
    }
    return all;
}

bool wanted(std::string_view name, std::string_view bytes, const std::set<std::string>& given) {
    constexpr std::array<std::string_view, 4> kAlways{"main.tf", "variables.tf", "outputs.tf", "versions.tf"};
    if (std::find(kAlways.begin(), kAlways.end(), name) != kAlways.end()) return true;
    const std::vector<std::string> own = variables_of(bytes);
    return own.empty() ||
           std::any_of(own.begin(), own.end(), [&](const std::string& one) { return given.contains(one); });
}

using Given = std::map<std::string, std::set<std::string>>;  // by module

void gather(const std::vector<Call>& calls, Given& given) {
    for (const Call& call : calls) {
        std::set<std::string>& names = given[call.module];
        for (const Member& one : call.arguments) names.insert(one.name);
    }
}

std::vector<std::string> files_of(const Given& given) {
    std::vector<std::string> all;
    for (const auto& [module, names] : given) {
        for (std::string& file : module_files(module, names)) all.push_back(std::move(file));
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

std::vector<std::string> module_files(const std::string& module, const std::set<std::string>& given) {
    const std::string folder = "terraform/" + module + "/";
    std::vector<std::string> all;
    for (const embed::Template& one : embed::templates()) {
        if (!one.path.starts_with(folder)) continue;
        const std::string_view name = one.path.substr(folder.size());
        // Tests stand in a folder of their own.
        if (name.find('/') == std::string_view::npos && wanted(name, one.bytes, given)) all.emplace_back(one.path);
    }
    if (all.empty()) throw std::logic_error("there is no module " + module);
    return all;
}

std::vector<std::string> files_of(const std::vector<Call>& calls) {
    Given given;
    gather(calls, given);
    return files_of(given);
}

std::vector<std::string> files_of(const std::vector<Root>& roots) {
    Given given;
    for (const Root& root : roots) gather(root.calls, given);
    return files_of(given);
}

}  // namespace pipewright::infrastructure
