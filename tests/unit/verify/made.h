// What a manifest of the checkers became, for tests that break something in it.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>

#include "../scenes.h"
#include "generator/hosts/github/lower.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/verify/verify.h"

namespace pipewright::scenes {

inline std::string manifest_of(const std::string& name) {
    std::ifstream in(std::filesystem::path(PIPEWRIGHT_SOURCE_DIR) / "tests/conformance/manifests" / (name + ".yaml"));
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// All models of a manifest of the checkers, on both hosts, to be broken.
struct Made {
    Project project;
    delivery::Graph github_graph, gitlab_graph;
    github::Pipeline github;
    gitlab::Pipeline gitlab;
    infrastructure::Model model;

    explicit Made(const std::string& name) : project(project_of(manifest_of(name))) {
        Origins origins;
        Diagnostics diagnostics;
        github_graph = delivery::plan(project, Host::github, origins);
        github = github::lower(project, github_graph, origins);
        gitlab_graph = delivery::plan(project, Host::gitlab, origins);
        gitlab = gitlab::lower(project, gitlab_graph, origins);
        std::vector<hosts::Use> uses = github::uses(github);
        for (hosts::Use& one : gitlab::uses(gitlab)) uses.push_back(std::move(one));
        model = infrastructure::model(project, uses, origins, diagnostics);
    }

    verify::Result result() const {
        return verify::verify({project, model, &github_graph, &github, &gitlab_graph, &gitlab});
    }
    verify::Verdict verdict(std::size_t number) const { return result().rules.at(number - 1).verdict; }
    std::string said(std::size_t number) const {
        const verify::Verdict one = verdict(number);
        std::string all;
        for (const std::string& path : one.paths) all += (all.empty() ? "" : "\n") + path;
        return one.outcome == verify::Outcome::broken ? all : std::string(to_string(one.outcome));
    }

    github::Job& on_github(const std::string& workflow, const std::string& id) {
        for (github::Workflow& one : github.workflows) {
            if (!one.path.ends_with("/" + workflow)) continue;
            for (github::Job& job : one.jobs) {
                if (job.id == id) return job;
            }
        }
        FAIL("no job " << id << " in " << workflow);
        return github.workflows.front().jobs.front();
    }
    gitlab::Job& on_gitlab(const std::string& id) {
        for (gitlab::File& file : gitlab.files) {
            for (gitlab::Job& job : file.jobs) {
                if (job.id == id) return job;
            }
        }
        FAIL("no job " << id);
        return gitlab.files.front().jobs.front();
    }
};

}  // namespace pipewright::scenes
