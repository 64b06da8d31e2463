// Manifests for tests, and the way from them to each floor's model.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "generator/delivery/plan.h"
#include "generator/manifest/load.h"
#include "generator/text/render.h"

namespace pipewright::scenes {

inline Project project_of(const std::string& bytes) {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("pipewright.yaml", bytes);
    std::optional<Project> project = manifest::load(sources, source, {"", "pipewright.yaml"}, diagnostics);
    REQUIRE_MESSAGE(project.has_value(), render_text(diagnostics.sorted(), sources, false));
    return *project;
}

// dev on main, staging after it, prod by the event and gate given; one service.
inline std::string three(const std::string& host, const std::string& trigger, const std::string& gate) {
    return "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts:\n  github: " + host +
           "\nservices:\n  api: { path: api, port: 8000, health: /health, test: { image: \"python:3.12\", run: "
           "[pytest] } }\n"
           "stacks:\n  aws: { runtime: ecs-fargate }\n"
           "environments:\n"
           "  dev: { deploy_on: { branch: main }, targets: { aws: { account: \"111111111111\", region: eu-west-1 } } "
           "}\n"
           "  staging: { deploy_on: { after: dev }, targets: { aws: { account: \"222222222222\", region: eu-west-1 } } "
           "}\n"
           "  prod: { deploy_on: " +
           trigger + ", gate: " + gate + ", targets: { aws: { account: \"333333333333\", region: eu-west-1 } } }\n";
}

inline const std::string kPublic = "{ visibility: public, subject: classic }";
inline const std::string kReviewed = "{ type: manual, approvers: [acme/owners] }";

}  // namespace pipewright::scenes
