// Roles and what they trust are made from the jobs that take them.
#include "generator/infrastructure/model.h"

#include "uses.h"

using namespace pipewright;

namespace {

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

infrastructure::Model model_of(const Project& project, const std::vector<hosts::Use>& uses) {
    Origins origins;
    Diagnostics diagnostics;
    infrastructure::Model model = infrastructure::model(project, uses, origins, diagnostics);
    CHECK_FALSE(diagnostics.has_errors());
    return model;
}

}  // namespace

TEST_CASE("a target has the roles that its jobs take, each trusting what those jobs present") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    CHECK(roles(made.target("dev")) ==
          "shop-dev-aws-build: build-api as repo:acme/shop:ref:refs/heads/main;\n"
          "shop-dev-aws-plan: plan-dev-aws as repo:acme/shop:ref:refs/heads/main;\n"
          "shop-dev-aws-infra: apply-dev-aws destroy-dev-aws as repo:acme/shop:ref:refs/heads/main;\n"
          "shop-dev-aws-deploy: deploy-dev-aws as repo:acme/shop:ref:refs/heads/main;\n");
    CHECK(made.target("dev").roles[2].scripts ==
          std::vector<std::string>{"terraform-apply.sh", "terraform-destroy.sh"});
    CHECK(made.target("prod").roles.size() == 3);
    const scenes::Modelled none = {scenes::project_of(scenes::two()), {}, {}};
    const infrastructure::Model model = model_of(none.project, {});
    CHECK(model.targets.front().roles.empty());
    CHECK(model.targets.front().boundary.empty());
}

TEST_CASE("ways in that differ in the workflow's file alone are one; all others stay apart") {
    const Project project = scenes::project_of(scenes::two());
    const Target& dev = project.first().targets.front();
    const auto use = [&](const std::string& job) {
        return scenes::use(job, names::Identity::deploy, dev, "refs/heads/main", {"deploy.sh"});
    };
    hosts::Use first = use("deploy-dev-aws"), second = use("deploy-dev-aws"), third = use("rollback-dev-aws");
    second.claims.workflows = {"acme/shop/.github/workflows/operations.yml"};
    third.claims.actors = {"octocat"};
    third.scripts = {"rollback.sh"};
    const infrastructure::Model model = model_of(project, {first, second, third});
    REQUIRE(model.targets.front().roles.size() == 1);
    const infrastructure::Role& role = model.targets.front().roles.front();
    REQUIRE(role.trust.size() == 2);
    CHECK(role.trust[0].jobs == std::vector<std::string>{"deploy-dev-aws"});
    CHECK(role.trust[0].claims.workflows == std::vector<std::string>{"acme/shop/.github/workflows/delivery.yml",
                                                                     "acme/shop/.github/workflows/operations.yml"});
    CHECK(role.trust[1].jobs == std::vector<std::string>{"rollback-dev-aws"});
    CHECK(role.scripts == std::vector<std::string>{"deploy.sh", "rollback.sh"});
    CHECK(role.ways.size() == 2);
}

TEST_CASE("a target names what stands in its cloud, and where its images come from") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    const auto& prod = made.target("prod");
    CHECK(prod.promotes_from == "dev on aws");
    CHECK(made.target("dev").promotes_from.empty());
    CHECK(prod.repositories ==
          std::vector<std::string>{"222222222222.dkr.ecr.eu-central-1.amazonaws.com/shop/prod/aws/api"});
    CHECK(prod.state_bucket == "shop-tfstate-222222222222-eu-central-1");
    CHECK(prod.load_balancer == "shop-prod-aws");
    CHECK(prod.state_table.empty());
}
