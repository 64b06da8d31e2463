// A small delivery, made by hand on both hosts: one service, dev on main, prod after it behind a gate. Every rule
// holds; each test breaks one thing and looks whether it is found.
#pragma once

#include <doctest/doctest.h>

#include "generator/hosts/github/lower.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/verify/verify.h"

namespace pipewright::scenes {

struct House {
    Project project;
    delivery::Graph github_graph, gitlab_graph;
    github::Pipeline github;
    gitlab::Pipeline gitlab;
    infrastructure::Model model;

    House();

    // The model, made once more after a change of project or pipelines.
    void model_again();

    verify::Result verify() const {
        return verify::verify({project, model, &github_graph, &github, &gitlab_graph, &gitlab});
    }
    const verify::Verdict verdict(int number) const {
        return verify().rules.at(static_cast<std::size_t>(number - 1)).verdict;
    }

    // The ways in which a rule is broken, a line each; "holds" or "not asked" where it isn't.
    std::string said(int number) const;

    github::Workflow& workflow(const std::string& name);
    github::Job& on_github(const std::string& workflow_name, const std::string& id);
    gitlab::Job& on_gitlab(const std::string& id);
    infrastructure::Role& role(const std::string& environment, names::Identity kind);
    infrastructure::Root& root(const std::string& path);
};

// A variable of a job, to be changed.
template <class Job>
auto& setting(Job& job, const std::string& name) {
    for (auto& one : job.variables) {
        if (one.name == name) return one.value;
    }
    FAIL("no variable " << name);
    return job.variables.front().value;
}

}  // namespace pipewright::scenes
