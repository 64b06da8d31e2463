// Every rule holds for the example that is generated, and for every manifest that the checkers read.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "../scenes.h"
#include "generator/hosts/github/lower.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/verify/verify.h"

using namespace pipewright;

namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// The rules that are broken, with their paths.
std::string broken(const std::string& manifest) {
    const Project project = scenes::project_of(manifest);
    Origins origins;
    Diagnostics diagnostics;
    delivery::Graph github_graph, gitlab_graph;
    github::Pipeline github;
    gitlab::Pipeline gitlab;
    std::vector<hosts::Use> uses;
    if (project.github) {
        github_graph = delivery::plan(project, Host::github, origins);
        github = github::lower(project, github_graph, origins);
        uses = github::uses(github);
    }
    if (project.gitlab) {
        gitlab_graph = delivery::plan(project, Host::gitlab, origins);
        gitlab = gitlab::lower(project, gitlab_graph, origins);
        for (hosts::Use& one : gitlab::uses(gitlab)) uses.push_back(std::move(one));
    }
    const infrastructure::Model model = infrastructure::model(project, uses, origins, diagnostics);
    const verify::Result result =
        verify::verify({project, model, project.github ? &github_graph : nullptr, project.github ? &github : nullptr,
                        project.gitlab ? &gitlab_graph : nullptr, project.gitlab ? &gitlab : nullptr});
    std::string all;
    for (const verify::Judged& one : result.rules) {
        for (const std::string& path : one.verdict.paths) all += std::to_string(one.number) + ": " + path + "\n";
    }
    CHECK(result.holds() == all.empty());
    return all;
}

}  // namespace

TEST_CASE("the rules hold for the example") {
    CHECK(broken(contents(PIPEWRIGHT_SOURCE_DIR "/examples/fargate-microservice/pipewright.yaml")) == "");
}

TEST_CASE("the rules hold for every manifest of the checkers") {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(PIPEWRIGHT_SOURCE_DIR "/tests/conformance/manifests")) {
        if (entry.path().extension() != ".yaml") continue;
        ++count;
        INFO(entry.path().filename().string());
        CHECK(broken(contents(entry.path())) == "");
    }
    CHECK(count >= 10);
}

TEST_CASE("the rules hold for each gate by host, visibility and plan") {
    for (const char* host :
         {"{ visibility: public, subject: classic }", "{ plan: enterprise }", "{ plan: team }", "{ plan: free }"}) {
        const std::string approvers =
            std::string(host).find("team") == std::string::npos && std::string(host).find("free") == std::string::npos
                ? "[acme/owners]"
                : "[octocat]";
        CHECK(broken(scenes::three(host, "{ after: staging }", "{ type: manual, approvers: " + approvers + " }")) ==
              "");
        CHECK(broken(scenes::three(host, "{ tag: \"v*\" }", "release")) == "");
        CHECK(broken(scenes::three(host, "{ manual: true }", "{ type: manual, approvers: " + approvers + " }")) == "");
    }
    for (const char* host : {"{}", "{ plan: premium }"}) {
        for (const char* trigger : {"{ after: staging }", "{ branch: release }", "{ manual: true }"}) {
            std::string manifest = scenes::three(host, trigger, "manual");
            CHECK(broken(manifest.replace(manifest.find("  github: "), 10, "  gitlab: ")) == "");
        }
        std::string manifest = scenes::three(host, "{ tag: \"v*\" }", "release");
        CHECK(broken(manifest.replace(manifest.find("  github: "), 10, "  gitlab: ")) == "");
    }
}
