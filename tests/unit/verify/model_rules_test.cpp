// Rules 5, 6, 8 and 9 over what the clouds are told: each is broken on purpose, and is seen to find it.
#include <algorithm>

#include "house.h"

using namespace pipewright;
using names::Identity;
using scenes::House;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string kIssuer = "token.actions.githubusercontent.com:";

}  // namespace

TEST_CASE("5: a role that doesn't trust its own job") {
    House house;
    for (infrastructure::Way& way : house.role("dev", Identity::build).ways) {
        if (way.equals.contains(kIssuer + "ref")) way.equals[kIssuer + "ref"] = {"refs/heads/other"};
    }
    CHECK(has(house.said(5),
              "push to main → build-api presents repo:acme/shop:ref:refs/heads/main, which "
              "shop-dev-aws-build doesn't trust"));
    CHECK(has(house.said(5), "shop-dev-aws-build trusts ref refs/heads/other, which none of its jobs presents"));
}

TEST_CASE("5: a claim that the cloud could check and doesn't") {
    House house;
    for (infrastructure::Way& way : house.role("dev", Identity::deploy).ways)
        way.equals.erase(kIssuer + "job_workflow_ref");
    CHECK(has(house.said(5), "shop-dev-aws-deploy doesn't check the claim job_workflow_ref of deploy-dev-aws"));
}

TEST_CASE("5: a role that trusts more than its jobs present") {
    House house;
    infrastructure::Way& way = house.role("dev", Identity::deploy).ways.front();
    way.equals[kIssuer + "sub"].push_back("repo:acme/shop:ref:refs/heads/topic");
    CHECK(house.said(5) ==
          "shop-dev-aws-deploy trusts sub repo:acme/shop:ref:refs/heads/topic, which none of its jobs presents");
}

TEST_CASE("5: a change request that could take a role that writes") {
    House house;
    const infrastructure::Way plan = house.role("dev", Identity::plan).ways.front();
    house.role("dev", Identity::deploy).ways.push_back(plan);
    CHECK(has(house.said(5), "on GitHub: change request → plan-dev-aws could take shop-dev-aws-deploy ("));
}

TEST_CASE("5: a job outside a gate whose token an identity behind it lets in") {
    House house;
    const infrastructure::Way dev = house.role("dev", Identity::deploy).ways.front();
    house.role("prod", Identity::deploy).ways.push_back(dev);
    CHECK(has(house.said(5),
              "on GitHub: push to main → build-api could take an identity of prod, whose gate doesn't hold it"));
    CHECK(!house.verify().holds());
}

TEST_CASE("5: a role that isn't there") {
    House house;
    house.on_gitlab("build-api").principal = "arn:aws:iam::111111111111:role/nobody";
    CHECK(has(house.said(5),
              "push to main → build-api takes a role that isn't there: arn:aws:iam::111111111111:role/nobody"));
}

TEST_CASE("5: where only an audience keeps classes apart, a warning says so; where nothing does, it is broken") {
    House house;
    REQUIRE(house.verdict(5).warnings.size() == 1);
    CHECK(house.verdict(5).warnings.front() ==
          "on GitLab only the audience that a job itself names keeps build-api and deploy-dev-aws from the identities "
          "of prod: who may change the pipeline on their ref could name another");
    Diagnostics diagnostics;
    verify::report(house.verify(), house.project, diagnostics);
    CHECK(diagnostics.warnings() == 1);
    CHECK(!diagnostics.has_errors());
    for (const char* id : {"build-api", "deploy-dev-aws"})
        house.on_gitlab(id).tokens.front().audience = "https://gitlab.com/pipewright/gated";
    CHECK(has(house.said(5),
              "on GitLab: push to main → build-api could take an identity of prod, whose gate doesn't hold it"));
    verify::report(house.verify(), house.project, diagnostics);
    CHECK(diagnostics.has_errors());
}

TEST_CASE(
    "5: two gates with one ref on GitLab: only the role that a job names keeps them apart, and a warning says so") {
    House house;
    Environment& dev = house.project.environments.front();
    dev.gate.kind = GateKind::manual;
    gitlab::Job& deploy = house.on_gitlab("deploy-dev-aws");
    gitlab::Job guard = house.on_gitlab("guard-prod"), release = house.on_gitlab("release-prod");
    guard.id = "guard-dev";
    release.id = "release-dev";
    guard.target_environment = release.target_environment = "dev";
    guard.needs = {{"build-api"}};
    release.needs = {{"guard-dev"}};
    scenes::setting(guard, "GATE_ENVIRONMENT") = gitlab::Text{"dev"};
    deploy.needs.push_back({"release-dev"});
    deploy.claims->audience = deploy.tokens.front().audience = "https://gitlab.com/pipewright/gated";
    house.gitlab.files.front().jobs.push_back(guard);
    house.gitlab.files.front().jobs.push_back(release);
    house.model_again();
    CHECK(!has(house.said(5), "on GitLab"));
    bool said = false;
    for (const std::string& one : house.verdict(5).warnings) {
        said = said || has(one,
                           "behind another gate, only the role that a job itself names keeps deploy-dev-aws from "
                           "the identities of prod");
    }
    CHECK(said);
}

TEST_CASE("5: on an environment's own branch nobody else could name its audience") {
    House house;
    gitlab::Job& deploy = house.on_gitlab("deploy-prod-aws");
    const gitlab::Expression on_prod =
        gitlab::Expression::all_of({gitlab::Expression::equal("CI_PROJECT_PATH", "acme/shop"),
                                    gitlab::Expression::equal("CI_PIPELINE_SOURCE", "push"),
                                    gitlab::Expression::equal("CI_COMMIT_BRANCH", "prod")});
    for (const char* id : {"guard-prod", "release-prod", "deploy-prod-aws"})
        house.on_gitlab(id).rules.front().condition = on_prod;
    house.gitlab.rules.push_back({on_prod, false});
    house.on_gitlab("guard-prod").needs.clear();
    deploy.needs = {{"release-prod"}};
    deploy.claims->subjects = {"project_path:acme/shop:ref_type:branch:ref:prod"};
    house.model_again();
    CHECK(house.said(3) == "holds");
    CHECK(house.said(5) == "holds");
    CHECK(house.verdict(5).warnings.empty());
}

TEST_CASE("trust classes are judged by what their roles may do together") {
    const House house;
    const verify::Result result = house.verify();
    REQUIRE(result.classes.size() == 7);
    const auto find = [&](Host host, const std::string& role) -> const verify::TrustClass& {
        for (const verify::TrustClass& one : result.classes) {
            for (const std::string& name : one.roles) {
                if (one.host == host && name == role) return one;
            }
        }
        FAIL("no class with " << role);
        return result.classes.front();
    };
    const verify::TrustClass& plans = find(Host::github, "shop-dev-aws-plan");
    CHECK(plans.roles == std::vector<std::string>{"shop-dev-aws-plan", "shop-prod-aws-plan"});
    CHECK(plans.change_requests);
    CHECK(plans.writes.empty());
    const verify::TrustClass& prod = find(Host::gitlab, "shop-prod-aws-deploy");
    CHECK(prod.jobs == std::vector<std::string>{"deploy-prod-aws"});
    CHECK(prod.gates == std::vector<std::string>{"prod"});
    CHECK(prod.presents ==
          std::vector<std::string>{
              "project_path:acme/shop:ref_type:branch:ref:main for https://gitlab.com/pipewright/gated"});
    CHECK(!prod.writes.empty());
}

TEST_CASE("6: a permission that no job calls, one on another target, and one that is missing") {
    House more;
    more.role("prod", Identity::deploy).statements.push_back({"More", false, {"s3:DeleteBucket"}, {"*"}, {}, {}, {}});
    CHECK(more.said(6) == "shop-prod-aws-deploy may s3:DeleteBucket on *, which none of its jobs calls");
    House wide;
    for (infrastructure::Statement& one : wide.role("dev", Identity::deploy).statements) {
        if (std::count(one.actions.begin(), one.actions.end(), "ssm:PutParameter") > 0) one.resources = {"*"};
    }
    CHECK(has(wide.said(6), "shop-dev-aws-deploy may ssm:PutParameter on *, which none of its jobs calls"));
    House other;
    other.role("dev", Identity::build).statements = other.role("dev", Identity::plan).statements;
    CHECK(has(other.said(6), "build-api (ci/lib/registry-ecr.sh) calls ecr:PutImage on "));
    CHECK(has(other.said(6), ", which shop-dev-aws-build may not"));
}

TEST_CASE("6: a wildcard where exact permissions would have fitted, and a condition that is gone") {
    House house;
    for (infrastructure::Statement& one : house.role("dev", Identity::build).statements) {
        for (std::string& action : one.actions) {
            if (action == "ecr:BatchGetImage") action = "ecr:Batch*";
        }
    }
    CHECK(has(house.said(6), "shop-dev-aws-build may ecr:Batch* on "));
    CHECK(has(house.said(6), "wider than what its jobs call"));
    House passes;
    for (infrastructure::Statement& one : passes.role("dev", Identity::deploy).statements) {
        if (one.actions.front() == "iam:PassRole") one.equals.clear();
    }
    CHECK(has(passes.said(6), "shop-dev-aws-deploy may iam:PassRole on "));
}

TEST_CASE("6: what the manifest adds by name belongs to the infra identity") {
    House house;
    house.project.infrastructure.permissions = {"sqs:CreateQueue", "iam:CreateRole"};
    github::Job& job = house.on_github("operations.yml", "rollback-dev-aws");
    job.identity = Identity::infra;
    job.principal = names::role_arn(house.project, house.project.first().targets.front(), Identity::infra);
    house.model_again();
    CHECK(house.said(6) == "holds");
    house.project.infrastructure.permissions = {"iam:CreateRole"};
    CHECK(house.said(6) == "shop-dev-aws-infra may sqs:CreateQueue on *, which none of its jobs calls");
}

TEST_CASE("8: a change that takes no lease, or another's, and two targets with one") {
    House none;
    std::get<gitlab::ScriptCall>(none.on_gitlab("deploy-dev-aws").script.front()).path = "ci/scan-source.sh";
    CHECK(none.said(8) == "deploy-dev-aws runs no script that takes a lease");
    House other;
    scenes::setting(other.on_github("delivery.yml", "deploy-prod-aws"), "LEASE_KEY") = github::Text{"shop/lease"};
    CHECK(has(other.said(8),
              "deploy-prod-aws of delivery.yml takes the lease shop-tfstate-222222222222-eu-west-1/"
              "shop/lease instead of "));
    House shared;
    shared.model.targets[1].lease = shared.model.targets[0].lease;
    shared.model.targets[1].state_bucket = shared.model.targets[0].state_bucket;
    CHECK(has(shared.said(8), "dev on aws and prod on aws share the lease "));
}

TEST_CASE("8: a running change that could be cancelled") {
    House gitlab;
    gitlab.on_gitlab("deploy-prod-aws").interruptible = true;
    CHECK(gitlab.said(8) == "deploy-prod-aws is interruptible: a newer pipeline cancels it");
    House shell;
    std::get<github::ScriptCall>(*shell.on_github("delivery.yml", "deploy-dev-aws").steps.back().run).replaces_shell =
        false;
    CHECK(
        shell.said(8) ==
        "deploy-dev-aws of delivery.yml runs ci/deploy.sh below a shell, which keeps a cancelled run's signal from it");
    House request;
    request.on_github("delivery.yml", "deploy-dev-aws").needs.clear();
    request.on_github("delivery.yml", "deploy-dev-aws").only_if.reset();
    CHECK(has(request.said(8), "change request → deploy-dev-aws is cancelled by a newer push to the change request"));
}

TEST_CASE("9: two roots with one state, a root with another target's, and a job in another's root") {
    House shared;
    shared.root("infra/aws/dev/bootstrap").backend.key = shared.root("infra/aws/dev/platform").backend.key;
    CHECK(has(shared.said(9), "infra/aws/dev/bootstrap and infra/aws/dev/platform share the state "));
    House other;
    other.root("infra/aws/dev/platform").backend = other.root("infra/aws/prod/platform").backend;
    CHECK(has(other.said(9), "infra/aws/dev/platform and infra/aws/prod/platform share the state "));
    CHECK(has(other.said(9), ", which is not that of dev on aws"));
    CHECK(has(other.said(9),
              "infra/aws/dev/platform changes the account 111111111111 and keeps its state in 222222222222"));
    House job;
    scenes::setting(job.on_github("infrastructure.yml", "plan-dev-aws"), "ROOT") =
        github::Text{"infra/aws/prod/platform"};
    CHECK(job.said(9) == "plan-dev-aws of infrastructure.yml runs in infra/aws/prod/platform, the root of prod on aws");
    House stray;
    stray.root("infra/aws/prod/platform").path = "infra/elsewhere";
    CHECK(has(stray.said(9), "infra/elsewhere belongs to no target, and keeps its state in "));
}
