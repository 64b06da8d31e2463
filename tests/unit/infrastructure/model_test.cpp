// Roles and what they trust are made from the jobs that take them.
#include "generator/infrastructure/model.h"

#include "iam.h"
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

TEST_CASE("a schedule and a change request of one workflow share a way in, which lets in nothing more") {
    const Project project = scenes::project_of(scenes::two());
    const Target& dev = project.first().targets.front();
    hosts::Use request =
        scenes::use("plan-dev-aws", names::Identity::plan, dev, "refs/pull/*/merge", {"terraform-plan.sh"});
    request.claims.subjects = {"repo:acme/shop:pull_request"};
    hosts::Use clock =
        scenes::use("drift-dev-aws", names::Identity::plan, dev, "refs/heads/main", {"terraform-drift.sh"});
    hosts::Use push = clock;
    push.claims.workflows = {"acme/shop/.github/workflows/other.yml"};
    push.claims.refs = {"refs/heads/dev"};
    push.claims.subjects = {"repo:acme/shop:ref:refs/heads/dev"};
    const infrastructure::Model model = model_of(project, {request, clock, push});
    const infrastructure::Role& role = model.targets.front().roles.front();
    REQUIRE(role.trust.size() == 2);
    CHECK(role.trust.front().jobs == std::vector<std::string>{"plan-dev-aws", "drift-dev-aws"});
    const auto in = [&](const std::string& subject, const std::string& ref, const std::string& file) {
        const std::string issuer = "token.actions.githubusercontent.com";
        return iam::lets_in(role.ways, "arn:aws:iam::" + dev.account + ":oidc-provider/" + issuer,
                            {{issuer + ":aud", "sts.amazonaws.com"},
                             {issuer + ":sub", "repo:acme/shop:" + subject},
                             {issuer + ":ref", ref},
                             {issuer + ":job_workflow_ref", "acme/shop/.github/workflows/" + file + "@" + ref}});
    };
    CHECK(in("pull_request", "refs/pull/7/merge", "delivery.yml"));
    CHECK(in("ref:refs/heads/main", "refs/heads/main", "delivery.yml"));
    CHECK(in("ref:refs/heads/dev", "refs/heads/dev", "other.yml"));
    CHECK_FALSE(in("ref:refs/heads/dev", "refs/heads/dev", "delivery.yml"));
    CHECK_FALSE(in("ref:refs/heads/main", "refs/heads/main", "other.yml"));
    CHECK_FALSE(in("pull_request", "refs/pull/7/merge", "other.yml"));
    CHECK_FALSE(in("environment:prod", "refs/heads/main", "delivery.yml"));
    // Where a job names an environment the subject says no ref.
    for (hosts::Use* one : {&request, &clock}) {
        one->claims.environment = "prod";
        one->claims.subjects = {"repo:acme/shop:environment:prod"};
    }
    CHECK(model_of(project, {request, clock}).targets.front().roles.front().trust.size() == 2);
}

TEST_CASE("on GitLab every branch is this one too, and a tag is none") {
    const Project project = scenes::project_of(scenes::two());
    const Target& dev = project.first().targets.front();
    const auto use = [&](const std::string& job, const std::string& subject, bool any) {
        hosts::Use one = scenes::use(job, names::Identity::plan, dev, "", {"terraform-plan.sh"});
        one.claims = {};
        one.claims.host = Host::gitlab;
        one.claims.issuer = "gitlab.com";
        one.claims.audience = "https://gitlab.com/pipewright/plan";
        one.claims.subjects = {"project_path:acme/shop:ref_type:" + subject};
        one.claims.any_branch = any;
        return one;
    };
    const infrastructure::Model model =
        model_of(project, {use("plan-dev-aws", "branch:ref:*", true), use("drift-dev-aws", "branch:ref:main", false),
                           use("other-dev-aws", "tag:ref:v*", false)});
    const infrastructure::Role& role = model.targets.front().roles.front();
    REQUIRE(role.trust.size() == 2);
    CHECK(role.trust.front().jobs == std::vector<std::string>{"plan-dev-aws", "drift-dev-aws"});
    CHECK(role.trust.front().claims.subjects ==
          std::vector<std::string>{"project_path:acme/shop:ref_type:branch:ref:*"});
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
