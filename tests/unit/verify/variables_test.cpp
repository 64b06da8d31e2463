// Every variable that a job is given is read by a script that it runs: what nobody reads only looks as if it counted.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "generator/embed/templates.h"
#include "generator/infrastructure/directives.h"
#include "made.h"

using namespace pipewright;

namespace {

bool is_word(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

// The words of a text that could be variables.
void add_words(std::string_view text, std::set<std::string>& to) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_word(text[end])) ++end;
        if (end > at) to.emplace(text.substr(at, end - at));
        at = end + 1;
    }
}

// What stands in comments is not read.
std::string without_comments(std::string_view text) {
    std::string code;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string_view::npos && line[first] != '#') code += std::string(line) + "\n";
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return code;
}

// What each file of ci/ reads, read once.
const std::set<std::string>& read_in(const std::string& file) {
    static std::map<std::string, std::set<std::string>> known;
    const auto [found, is_new] = known.try_emplace(file);
    if (is_new) add_words(without_comments(embed::bytes_of("scripts/ci/" + file)), found->second);
    return found->second;
}

bool reads(const std::string& script, const embed::Words& words, const std::string& name) {
    const std::set<std::string> files = embed::with_libraries(script, words);
    return std::any_of(files.begin(), files.end(),
                       [&](const std::string& file) { return read_in(file).contains(name); });
}

// Names that data gives, and what a user's own commands read.
bool is_named_elsewhere(const std::string& name) {
    return name.starts_with("SECRET_") || name.starts_with("DIGEST_") || name.starts_with("RESULT_");
}

std::string unread(const Project& project, const delivery::Graph& graph) {
    std::string all;
    for (const delivery::Job& job : graph.jobs) {
        const Environment* environment = project.environment(job.environment);
        const Target* target = environment == nullptr ? nullptr : environment->target(job.stack);
        if (target == nullptr) target = &project.first().targets.front();
        std::vector<std::pair<std::string, embed::Words>> scripts;
        delivery::Variables given = job.variables;
        for (const delivery::Step& step : job.steps) {
            const auto* script = std::get_if<delivery::RunScript>(&step.action);
            if (script == nullptr) continue;
            scripts.emplace_back(script->script, infrastructure::words_of(project, *target));
            if (job.kind != delivery::JobKind::extend)
                given.insert(given.end(), script->variables.begin(), script->variables.end());
        }
        if (job.reader) {
            const Target* source = project.environment(job.reader->environment)->target(job.reader->stack);
            scripts.emplace_back(hosts::kReaderScript, infrastructure::words_of(project, *source));
        }
        if (scripts.empty()) continue;
        for (const delivery::Variable& one : given) {
            const bool is_read = std::any_of(scripts.begin(), scripts.end(),
                                             [&](const auto& its) { return reads(its.first, its.second, one.name); });
            if (!is_read && !is_named_elsewhere(one.name)) all += job.id + ": " + one.name + "\n";
        }
    }
    return all;
}

}  // namespace

TEST_CASE("scripts read every variable that their jobs are given") {
    std::size_t manifests = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(PIPEWRIGHT_SOURCE_DIR) /
                                                                 "tests/conformance/manifests")) {
        const std::string name = entry.path().stem().string();
        CAPTURE(name);
        const Project project = scenes::project_of(scenes::manifest_of(name));
        for (const Host host : {Host::github, Host::gitlab}) {
            if (host == Host::github ? !project.github : !project.gitlab) continue;
            Origins origins;
            CHECK(unread(project, delivery::plan(project, host, origins)) == "");
        }
        ++manifests;
    }
    CHECK(manifests > 15);
}

TEST_CASE("a variable that no script reads is found") {
    const Project project = scenes::project_of(scenes::manifest_of("native-clouds"));
    Origins origins;
    delivery::Graph graph = delivery::plan(project, Host::github, origins);
    for (delivery::Job& job : graph.jobs) {
        if (job.id == "build-api") job.variables.push_back(delivery::text("LEASE_KEY", "of another script"));
    }
    CHECK(unread(project, graph) == "build-api: LEASE_KEY\n");
}
