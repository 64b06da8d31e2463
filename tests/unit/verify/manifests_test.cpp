// Every rule holds for the example that is generated, and for every manifest that the checkers read.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "../scenes.h"
#include "generator/hosts/github/signing.h"
#include "generator/hosts/gitlab/signing.h"
#include "generator/verify/verify.h"

using namespace pipewright;

namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct Made {
    Project project;
    delivery::Graph github_graph, gitlab_graph;
    github::Pipeline github;
    gitlab::Pipeline gitlab;
    infrastructure::Model model;

    explicit Made(const std::string& manifest) : project(scenes::project_of(manifest)) {
        Origins origins;
        Diagnostics diagnostics;
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
        std::vector<hosts::Signer> signers =
            project.github ? github::signers(project, github_graph, github) : std::vector<hosts::Signer>();
        if (project.gitlab) {
            for (hosts::Signer& one : gitlab::signers(project, gitlab_graph, gitlab))
                hosts::add(signers, std::move(one));
        }
        github::tell_signers(signers, github);
        gitlab::tell_signers(signers, gitlab);
        model = infrastructure::model(project, uses, origins, diagnostics);
    }

    verify::Result verify() const {
        return verify::verify({project, model, project.github ? &github_graph : nullptr,
                               project.github ? &github : nullptr, project.gitlab ? &gitlab_graph : nullptr,
                               project.gitlab ? &gitlab : nullptr});
    }
    bool breaks(std::size_t number) const {
        return verify().rules.at(number - 1).verdict.outcome == verify::Outcome::broken;
    }
};

// The rules that are broken, with their paths.
std::string broken(const std::string& manifest) {
    const verify::Result result = Made(manifest).verify();
    std::string all;
    for (const verify::Judged& one : result.rules) {
        for (const std::string& path : one.verdict.paths) all += std::to_string(one.number) + ": " + path + "\n";
    }
    CHECK(result.holds() == all.empty());
    return all;
}

const std::string kExample = PIPEWRIGHT_SOURCE_DIR "/examples/fargate-microservice/pipewright.yaml";

}  // namespace

TEST_CASE("the rules hold for the example") { CHECK(broken(contents(kExample)) == ""); }

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

TEST_CASE("no gate of the example can be taken away unseen") {
    const Made made(contents(kExample));
    std::size_t tried = 0;
    for (std::size_t w = 0; w < made.github.workflows.size(); ++w) {
        for (std::size_t j = 0; j < made.github.workflows[w].jobs.size(); ++j) {
            Made one = made;
            github::Job& job = one.github.workflows[w].jobs[j];
            if (job.environment.empty()) continue;
            INFO(job.id << " of " << one.github.workflows[w].path);
            job.environment.clear();
            CHECK(one.breaks(3));
            job.environment = made.github.workflows[w].jobs[j].environment;
            // What follows a skipped apply asks for the guard by name, and would not run without it.
            if (job.id != "deploy-prod-aws") {
                std::erase(job.needs, "guard-prod");
                CHECK(one.breaks(3));
            }
            ++tried;
        }
    }
    CHECK(tried == 5);
    Made one = made;
    for (gitlab::File& file : one.gitlab.files) {
        for (gitlab::Job& job : file.jobs) {
            for (gitlab::Rule& rule : job.rules) {
                if (job.id != "release-prod") continue;
                rule.by_hand = false;
                CHECK(one.breaks(3));
                rule.by_hand = true;
                ++tried;
            }
        }
    }
    CHECK(tried == 7);
}

TEST_CASE("no statement and no condition of the example's roles can be changed unseen") {
    Made made(contents(kExample));
    std::size_t tried = 0;
    for (infrastructure::TargetModel& target : made.model.targets) {
        for (infrastructure::Role& role : target.roles) {
            INFO(role.name);
            const std::vector<infrastructure::Statement> statements = role.statements;
            for (std::size_t i = 0; i < statements.size(); i += 3) {
                role.statements.erase(role.statements.begin() + static_cast<std::ptrdiff_t>(i));
                CHECK(made.breaks(6));
                role.statements = statements;
                role.statements[i].resources.push_back("arn:aws:s3:::another");
                CHECK(made.breaks(6));
                role.statements = statements;
                ++tried;
            }
            const std::vector<infrastructure::Way> ways = role.ways;
            for (std::size_t i = 0; i < ways.size(); ++i) {
                for (const auto& [key, values] : ways[i].equals) {
                    INFO(key);
                    role.ways[i].equals[key].push_back("something else");
                    CHECK(made.breaks(5));
                    role.ways[i].equals.erase(key);
                    CHECK(made.breaks(5));
                    role.ways = ways;
                    ++tried;
                }
            }
        }
    }
    CHECK(tried > 60);
}
