// Rules 1 to 4 over jobs and the ways to them: each is broken on purpose, and is seen to find it, with the path.
#include "house.h"

using namespace pipewright;
using scenes::House;

namespace {

using G = github::Expression;
using L = gitlab::Expression;

G event_is(const char* name) { return G::equal(G::context("github.event_name"), G::literal(name)); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool starts(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

}  // namespace

TEST_CASE("every rule holds in the house made by hand, and says what it looked at") {
    const House house;
    const verify::Result result = house.verify();
    REQUIRE(result.rules.size() == 12);
    for (const verify::Judged& one : result.rules) {
        INFO(one.number << " " << house.said(one.number));
        CHECK(one.verdict.outcome == verify::Outcome::holds);
        CHECK(!one.verdict.proof.empty());
        CHECK(one.number == &one - result.rules.data() + 1);
    }
    CHECK(result.holds());
}

TEST_CASE("1: a second build job, in the graph of one host") {
    House house;
    house.gitlab_graph.jobs.push_back(house.gitlab_graph.jobs.front());
    house.gitlab_graph.jobs.back().id = "build-api-again";
    CHECK(house.said(1) == "on GitLab api has 2 build jobs (build-api and build-api-again) instead of 1");
    CHECK(!house.verify().holds());
    House none;
    none.github_graph.jobs.front().kind = delivery::JobKind::test;
    CHECK(none.said(1) == "on GitHub api has 0 build jobs () instead of 1");
}

TEST_CASE("1: a deploy that doesn't wait for the build, and one that would go on without it") {
    House house;
    house.on_github("delivery.yml", "deploy-dev-aws").needs = {"scan-source"};
    CHECK(house.said(1) == "push to main → scan-source → deploy-dev-aws goes round the build of api");
    House skipped;
    skipped.on_github("delivery.yml", "build-api").only_if = event_is("schedule");
    skipped.on_github("delivery.yml", "deploy-dev-aws").only_if =
        G::all_of({event_is("push"), G::negation(G::call("cancelled", {}))});
    CHECK(starts(skipped.said(1), "push to main → scan-source → deploy-dev-aws goes round the build of api"));
    House gitlab;
    gitlab.on_gitlab("deploy-dev-aws").needs = {};
    CHECK(gitlab.said(1) == "push to main → deploy-dev-aws goes round the build of api");
}

TEST_CASE("1: a later environment builds, and two jobs of one run build the same") {
    House house;
    house.on_gitlab("build-api").target_environment = "prod";
    CHECK(house.said(1) == "push to main → build-api builds for prod");
    House twice;
    github::Workflow& workflow = twice.workflow("delivery.yml");
    workflow.jobs.push_back(twice.on_github("delivery.yml", "build-api"));
    workflow.jobs.back().id = "build-api-too";
    CHECK(twice.said(1) == "push to main → build-api-too builds api once more");
}

TEST_CASE("1: a ready image has one resolve job on each host, and no build") {
    // The manifest says that the image is ready, and the jobs still build it.
    House house;
    house.project.services.front().content.image = "docker.io/library/nginx:1.27.3";
    CHECK(has(house.said(1), "on GitHub api has 1 build job (build-api) instead of 0"));
    CHECK(has(house.said(1), "on GitLab api has 0 resolve jobs () instead of 1"));
    CHECK(has(house.said(1), "push to main → build-api → deploy-dev-aws goes round the resolve of api"));

    for (delivery::Graph* graph : {&house.github_graph, &house.gitlab_graph})
        graph->jobs.front().kind = delivery::JobKind::resolve;
    house.on_github("delivery.yml", "build-api").steps.back().run = github::ScriptCall{"ci/resolve.sh", false};
    house.on_gitlab("build-api").script = {gitlab::ScriptCall{"ci/resolve.sh", {}}};
    CHECK(house.said(1) == "holds");
    CHECK(house.said(2) == "holds");

    House twice = house;
    twice.gitlab_graph.jobs.push_back(twice.gitlab_graph.jobs.front());
    CHECK(has(twice.said(1), "on GitLab api has 2 resolve jobs"));
    House later = house;
    later.on_github("delivery.yml", "build-api").target_environment = "prod";
    CHECK(later.said(1) == "push to main → build-api resolves for prod");
    House round = house;
    round.on_gitlab("deploy-dev-aws").needs = {};
    CHECK(has(round.said(1), "push to main → deploy-dev-aws goes round the resolve of api"));
    // And the other way round: what is to be built is only resolved.
    House other = house;
    other.project.services.front().content.image.clear();
    CHECK(has(other.said(1), "on GitHub api has 0 build jobs () instead of 1"));
    CHECK(has(other.said(1), "on GitHub api has 1 resolve job (build-api) instead of 0"));
}

TEST_CASE("1: a service that runs another's image has no job of its own") {
    House house;
    Service worker = house.project.services.front();
    worker.name = "worker";
    house.project.services.push_back(worker);
    CHECK(house.said(1) == "holds");
    house.github_graph.jobs.push_back(house.github_graph.jobs.front());
    house.github_graph.jobs.back().service = "worker";
    CHECK(house.said(1) == "on GitHub worker has 1 build job (build-api) instead of 0");
}

TEST_CASE("2: a digest from anywhere but the build") {
    House text;
    scenes::setting(text.on_github("delivery.yml", "deploy-dev-aws"), "DIGEST_API") = github::Text{"latest"};
    CHECK(text.said(2) == "deploy-dev-aws of delivery.yml takes DIGEST_API from 'latest' instead of the build of api");
    House other;
    scenes::setting(other.on_github("delivery.yml", "deploy-dev-aws"), "DIGEST_API") =
        G::context("needs.scan-source.outputs.digest");
    CHECK(other.said(2) ==
          "deploy-dev-aws of delivery.yml takes DIGEST_API from 'needs.scan-source.outputs.digest' instead of the "
          "build of api");
    House gitlab;
    gitlab.on_gitlab("deploy-dev-aws").needs.front().artifacts = false;
    CHECK(gitlab.said(2) == "deploy-dev-aws takes DIGEST_API from nowhere instead of the build of api");
    House graph;
    graph.gitlab_graph.jobs.back().variables.front().value = delivery::Text{"sha256:1"};
    CHECK(graph.said(2) == "deploy-dev-aws of the graph takes DIGEST_API from no job's digest");
}

TEST_CASE("2: a digest may pass through a job between") {
    House house;
    gitlab::Job between;
    between.id = "images-1";
    between.rules = house.on_gitlab("build-api").rules;
    between.needs = {{"build-api", false, true}};
    between.script = {gitlab::HandOn{{"DIGEST_API"}, "out.env"}};
    between.outputs = "out.env";
    house.gitlab.files.front().jobs.push_back(between);
    house.on_gitlab("deploy-dev-aws").needs = {{"images-1", false, true}};
    CHECK(house.said(2) == "holds");
    CHECK(house.said(1) == "holds");
}

TEST_CASE("2: a promotion from another place, one that is given a digest, and an image by its tag") {
    House house;
    scenes::setting(house.on_gitlab("deploy-prod-aws"), "SOURCE_ENVIRONMENT") = gitlab::Text{"staging"};
    CHECK(house.said(2) == "deploy-prod-aws promotes what passed staging on aws instead of dev on aws");
    House given;
    given.on_github("delivery.yml", "deploy-prod-aws").variables.push_back({"DIGEST_API", github::Text{"sha256:1"}});
    CHECK(given.said(2) ==
          "deploy-prod-aws of delivery.yml is given a digest in DIGEST_API instead of looking for what passed");
    House tag;
    scenes::setting(tag.on_github("operations.yml", "rollback-prod-aws"), "SERVICES") =
        github::Text{R"([{"name":"api","repository":"registry.example:5000/shop/api:latest"}])"};
    CHECK(tag.said(2) == "rollback-prod-aws of operations.yml names registry.example:5000/shop/api:latest");
}

TEST_CASE("3: a deploy to production without its reviewers") {
    House house;
    house.on_github("delivery.yml", "deploy-prod-aws").environment.clear();
    CHECK(house.said(3) ==
          "on GitHub: push to main → scan-source → deploy-dev-aws → deploy-prod-aws without a gate: it names no "
          "environment whose reviewers are asked");
    House direct;
    direct.on_github("delivery.yml", "deploy-prod-aws").environment.clear();
    direct.on_github("delivery.yml", "deploy-prod-aws").needs = {"build-api"};
    CHECK(starts(direct.said(3), "on GitHub: push to main → build-api → deploy-prod-aws without a gate"));
    House unguarded;
    unguarded.on_github("operations.yml", "rollback-prod-aws").needs = {"check-form"};
    CHECK(starts(unguarded.said(3),
                 "on GitHub: form rollback of prod on aws at main → check-form → rollback-prod-aws without a gate: "
                 "nobody asks whether the environment has reviewers"));
}

TEST_CASE("3: a guard that asks for another environment, or not for reviewers") {
    for (const char* name : {"GATE_ENVIRONMENT", "GATE_REVIEWERS"}) {
        House house;
        scenes::setting(house.on_github("delivery.yml", "guard-prod"), name) = github::Text{"dev"};
        CHECK(house.said(3) ==
              "on GitHub: push to main → scan-source → deploy-dev-aws → deploy-prod-aws without a gate: nobody asks "
              "whether the environment has reviewers");
    }
}

TEST_CASE("3: what the planner says of a job doesn't matter, but what its identity may do") {
    House house;
    github::Job& job = house.on_github("delivery.yml", "deploy-prod-aws");
    job.environment.clear();
    job.changes_target = false;
    CHECK(starts(house.said(3), "on GitHub: push to main → "));
}

TEST_CASE("3: on GitLab a person starts a job before it, and the guard has looked") {
    House house;
    house.on_gitlab("release-prod").rules.front().by_hand = false;
    CHECK(house.said(3) ==
          "on GitLab: push to main → build-api → deploy-dev-aws → deploy-prod-aws without a gate: no person starts a "
          "job before it");
    House around;
    around.on_gitlab("deploy-prod-aws").needs = {{"build-api"}};
    CHECK(around.said(3) ==
          "on GitLab: push to main → build-api → deploy-prod-aws without a gate: nobody asks whether its ref is "
          "protected");
    House premium;
    premium.project.gitlab->plan = GitLabPlan::premium;
    CHECK(premium.said(3) ==
          "on GitLab: push to main → build-api → deploy-dev-aws → deploy-prod-aws without a gate: the job that a "
          "person starts takes no approvals");
    premium.on_gitlab("release-prod").deployment = gitlab::Deployment{"prod", true};
    CHECK(premium.said(3) == "holds");
}

TEST_CASE("3: without reviewers only the environment's own workflow is a gate") {
    House house;
    house.project.github->visibility = Visibility::restricted;
    CHECK(starts(house.said(3), "on GitHub: "));
    CHECK(house.said(3).find("no person starts the workflow of prod") != std::string::npos);
    house.workflow("operations.yml").jobs.pop_back();
    github::Job deploy = house.on_github("delivery.yml", "deploy-prod-aws");
    house.workflow("delivery.yml").jobs.pop_back();
    github::Workflow promote;
    promote.kind = github::WorkflowKind::promotion;
    promote.environment = "prod";
    promote.path = ".github/workflows/promote-prod.yml";
    promote.form = {{"commit", "", false}};
    deploy.needs.clear();
    deploy.only_if.reset();
    promote.jobs = {deploy};
    house.github.workflows.push_back(promote);
    CHECK(house.said(3) == "holds");
    promote.branches = {"main"};
    house.github.workflows.back() = promote;
    CHECK(house.said(3) ==
          "on GitHub: push to main → deploy-prod-aws without a gate: no person starts the workflow of prod");
}

TEST_CASE("3: a release is only for the tag") {
    House house;
    Environment& prod = house.project.environments[1];
    prod.gate.kind = GateKind::release;
    prod.trigger = {TriggerKind::tag, "v*", {}};
    CHECK(house.said(3).find("deploy-prod-aws without a gate: not only a tag v* is trusted") != std::string::npos);
    for (github::Job* job :
         {&house.on_github("delivery.yml", "deploy-prod-aws"), &house.on_github("operations.yml", "rollback-prod-aws")})
        job->claims->refs = {"refs/tags/v*"};
    house.on_gitlab("deploy-prod-aws").claims->subjects = {"project_path:acme/shop:ref_type:tag:ref:v*"};
    // Whether an environment has reviewers is another question than who may push a tag.
    CHECK(house.said(3).find("deploy-prod-aws without a gate: nobody asks whether the tag is protected") !=
          std::string::npos);
    for (const char* workflow : {"delivery.yml", "operations.yml"}) {
        github::Job& guard = house.on_github(workflow, "guard-prod");
        for (github::Step& step : guard.steps) {
            if (step.run) step.run = github::ScriptCall{"ci/guard-tags.sh", false};
        }
        guard.variables.push_back({"GATE_REFS", github::Text{"[\"refs/tags/v*\"]"}, ""});
    }
    CHECK(house.said(3) == "holds");
    for (const char* name : {"GATE_REFS", "GATE_ENVIRONMENT"}) {
        House other = house;
        scenes::setting(other.on_github("operations.yml", "guard-prod"), name) = github::Text{"[\"refs/tags/w*\"]"};
        CHECK(starts(other.said(3),
                     "on GitHub: form rollback of prod on aws at main → check-form → rollback-prod-aws without a gate: "
                     "nobody asks whether the tag is protected"));
    }
    // Where nobody can protect a tag there is nothing to ask.
    for (const char* workflow : {"delivery.yml", "operations.yml"})
        house.on_github(workflow, "guard-prod").variables.clear();
    house.project.github->visibility = Visibility::restricted;
    house.project.github->plan = GitHubPlan::free;
    CHECK(house.said(3) == "holds");
}

TEST_CASE("3 isn't asked where there is no gate") {
    House house;
    house.project.environments[1].gate.kind = GateKind::none;
    CHECK(house.said(3) == "not asked");
    CHECK(house.verdict(3).proof.find("prod has no gate by the manifest's word") != std::string::npos);
}

TEST_CASE("4: a change request's job that could write") {
    House house;
    house.role("dev", names::Identity::plan).statements.push_back({"More", false, {"s3:PutObject"}, {"*"}, {}, {}, {}});
    CHECK(house.said(4) ==
          "on GitHub: change request → plan-dev-aws could call s3:PutObject\n"
          "on GitLab: change request → plan-dev-aws could call s3:PutObject");
    House deploys;
    deploys.on_gitlab("deploy-dev-aws").rules.front().condition = L::equal("CI_PIPELINE_SOURCE", "merge_request_event");
    deploys.on_gitlab("deploy-dev-aws").needs = {};
    CHECK(deploys.said(4).find("on GitLab: change request → deploy-dev-aws could call ") != std::string::npos);
}

TEST_CASE("4: the webhook in a change request's job, and in a fork") {
    House house;
    house.project.delivery.slack_secret = "HOOK";
    CHECK(house.said(4) == "holds");
    house.on_github("infrastructure.yml", "plan-dev-aws")
        .variables.push_back({"WEBHOOK", github::Expression::context("secrets.HOOK"), ""});
    CHECK(house.said(4) == "on GitHub: change request → plan-dev-aws is given the webhook");
    House fork;
    fork.project.delivery.slack_secret = "HOOK";
    fork.on_gitlab("build-api").rules.front().condition = L::equal("CI_PIPELINE_SOURCE", "push");
    fork.gitlab.rules.push_back({L::equal("CI_PIPELINE_SOURCE", "push"), false});
    fork.on_gitlab("build-api").variables.push_back({"WEBHOOK", gitlab::Reference{"HOOK"}, ""});
    CHECK(has(fork.said(4), "on GitLab: in a fork, push to main → build-api is given the webhook"));
}

TEST_CASE("4: a fork's change request with an identity, and a job with one inside a fork") {
    House house;
    house.on_github("infrastructure.yml", "plan-dev-aws").only_if.reset();
    const std::string said = house.said(4);
    CHECK(said.find("on GitHub: change request of a fork → plan-dev-aws holds the identity plan") != std::string::npos);
    CHECK(said.find("on GitHub: in a fork, change request → plan-dev-aws holds the identity plan") !=
          std::string::npos);
    House elsewhere;
    elsewhere.on_gitlab("build-api").rules.front().condition = L::equal("CI_PIPELINE_SOURCE", "push");
    elsewhere.gitlab.rules.push_back({L::equal("CI_PIPELINE_SOURCE", "push"), false});
    CHECK(has(elsewhere.said(4), "on GitLab: in a fork, push to main → build-api holds the identity build"));
}
