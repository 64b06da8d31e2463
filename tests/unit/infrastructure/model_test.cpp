// Roles and what they trust are made from the jobs that take them.
#include "generator/infrastructure/model.h"

#include "../scenes.h"
#include "generator/hosts/github/lower.h"

using namespace pipewright;

namespace {

infrastructure::Model model_of(const std::string& manifest) {
    const Project project = scenes::project_of(manifest);
    Origins origins;
    return infrastructure::model(project,
                                 github::lower(project, delivery::plan(project, Host::github, origins), origins));
}

const infrastructure::TargetModel& target(const infrastructure::Model& model, const std::string& environment) {
    for (const auto& one : model.targets) {
        if (one.environment == environment) return one;
    }
    FAIL("no target " << environment);
    return model.targets.front();
}

std::string roles(const infrastructure::TargetModel& target) {
    std::string all;
    for (const auto& role : target.roles) {
        all += role.name + ":";
        for (const auto& trust : role.trust) {
            for (const std::string& job : trust.jobs) all += " " + job;
            all += " as " + trust.claims.subjects.front() + ";";
        }
        all += "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("a target has the roles that its jobs take, each trusting what those jobs present") {
    const infrastructure::Model model =
        model_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed));
    CHECK(roles(target(model, "dev")) ==
          "shop-dev-aws-build: build-api scan-image-api as repo:acme/shop:ref:refs/heads/main;\n"
          "shop-dev-aws-deploy: deploy-dev-aws as repo:acme/shop:ref:refs/heads/main;\n");
    CHECK(roles(target(model, "staging")) ==
          "shop-staging-aws-deploy: deploy-staging-aws as repo:acme/shop:ref:refs/heads/main;\n");
    CHECK(roles(target(model, "prod")) ==
          "shop-prod-aws-deploy: deploy-prod-aws as repo:acme/shop:environment:prod;\n");
}

TEST_CASE("trust follows the trigger and the gate") {
    const infrastructure::Model released = model_of(scenes::three(scenes::kPublic, "{ tag: \"v*\" }", "release"));
    CHECK(roles(target(released, "prod")) ==
          "shop-prod-aws-deploy: deploy-prod-aws as repo:acme/shop:ref:refs/tags/v*;\n");
    const infrastructure::Model started = model_of(scenes::three(
        "{ visibility: private, subject: classic }", "{ after: staging }", "{ type: manual, approvers: [octocat] }"));
    const auto& trust = target(started, "prod").roles.front().trust.front();
    CHECK(trust.claims.workflow == "acme/shop/.github/workflows/promote-prod.yml");
    CHECK(trust.claims.actors == std::vector<std::string>{"octocat"});
}

TEST_CASE("a target names what stands in its cloud, and where its images come from") {
    const infrastructure::Model model =
        model_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed));
    const auto& prod = target(model, "prod");
    CHECK(prod.promotes_from == "staging on aws");
    CHECK(target(model, "dev").promotes_from.empty());
    CHECK(prod.repositories ==
          std::vector<std::string>{"333333333333.dkr.ecr.eu-west-1.amazonaws.com/shop/prod/aws/api"});
    CHECK(prod.state_bucket == "shop-tfstate-333333333333-eu-west-1");
}
