// What GitHub does with events, by gates and by what jobs need.
#include "scene.h"

using namespace pipewright;
using namespace pipewright::scenes;
using simulate::Outcome;
using simulate::Person;

namespace {

const std::string kMain = "refs/heads/main";
const std::string kAfter = "{ after: staging }";

Project reviewed() { return project_of(three(kPublic, kAfter, kReviewed)); }

Project by_workflow(const std::string& plan) {
    return project_of(three("{ visibility: private, plan: " + plan + ", owner_id: \"1\", repository_id: \"2\" }",
                            kAfter, "{ type: manual, approvers: [octocat] }"));
}

}  // namespace

TEST_CASE("a push runs what waits for nobody, and production waits for its reviewers") {
    const auto answer = on_github(reviewed(), push(kMain));
    CHECK(outcome(answer, "build-api") == "runs");
    CHECK(outcome(answer, "try-api") == "skipped");
    CHECK(job_of(answer, "try-api").because == "not so: github.event_name == 'pull_request'");
    const auto apply = job_of(answer, "apply-prod-aws");
    CHECK(apply.outcome == Outcome::waits);
    CHECK(apply.wait.person == Person::reviewers);
    CHECK(apply.wait.who == std::vector<std::string>{"acme/owners"});
    CHECK(apply.gate == "reviewers of the environment prod");
    REQUIRE(apply.token);
    CHECK(apply.token->subjects == std::vector<std::string>{"repo:acme/shop:environment:prod"});
    CHECK(apply.token->trusted);
    const auto deploy = job_of(answer, "deploy-prod-aws");
    CHECK(deploy.behind == std::vector<std::string>{"apply-prod-aws"});
    CHECK(job_of(answer, "guard-prod").outcome == Outcome::runs);
    CHECK_FALSE(job_of(answer, "guard-prod").token);
}

TEST_CASE("an apply of nothing asks nobody, and the release goes on") {
    auto event = push(kMain);
    event.no_changes = true;
    const auto answer = on_github(reviewed(), event);
    CHECK(outcome(answer, "apply-prod-aws") == "skipped");
    CHECK(job_of(answer, "apply-prod-aws").because == "plan-prod-aws found nothing to change");
    CHECK(outcome(answer, "deploy-prod-aws") == "waits");
    CHECK(job_of(answer, "deploy-prod-aws").behind.empty());
}

TEST_CASE("what comes after a failure does not run, and says so") {
    auto event = push(kMain);
    event.fails = {"deploy-dev-aws"};
    const auto answer = on_github(reviewed(), event);
    CHECK(outcome(answer, "deploy-dev-aws") == "fails");
    CHECK(job_of(answer, "plan-staging-aws").because == "deploy-dev-aws failed");
    CHECK(outcome(answer, "deploy-prod-aws") == "skipped");
    event.fails = {"apply-prod-aws"};
    CHECK(job_of(on_github(reviewed(), event), "deploy-prod-aws").because == "apply-prod-aws failed");
}

TEST_CASE("a fork gets no identity, neither by a change request nor in itself") {
    for (const simulate::JobAnswer& job : on_github(reviewed(), request(true)).runs.front().jobs) {
        const bool goes = job.outcome == Outcome::runs || job.outcome == Outcome::waits;
        CHECK_FALSE((goes && !job.identity.empty()));
    }
    CHECK(outcome(on_github(reviewed(), request(false)), "plan-prod-aws") == "runs");
    CHECK(outcome(on_github(reviewed(), request(true)), "plan-prod-aws") == "skipped");
    auto event = push(kMain);
    event.fork = true;
    CHECK(going(on_github(reviewed(), event)) == "scan-source test-api");
}

TEST_CASE("where the gate is a workflow, a push leaves production to the person who starts it") {
    for (const char* plan : {"free", "team"}) {
        const auto answer = on_github(by_workflow(plan), push(kMain));
        const auto deploy = job_of(answer, "deploy-prod-aws");
        CHECK(deploy.outcome == Outcome::waits);
        CHECK(deploy.wait.person == Person::workflow);
        CHECK(deploy.wait.where == "promote-prod.yml");
        CHECK(deploy.wait.who == std::vector<std::string>{"octocat"});
        CHECK_FALSE(answer.runs.back().started);
        CHECK(on_github(by_workflow(plan), push("refs/heads/topic")).runs.back().jobs.empty());
    }
    const auto free = on_github(by_workflow("free"), form("deploy", "prod"));
    CHECK(outcome(free, "deploy-prod-aws") == "runs");
    CHECK(job_of(free, "deploy-prod-aws").token->environment.empty());
    CHECK(job_of(free, "deploy-prod-aws").token->actors == std::vector<std::string>{"octocat"});
    const auto team = on_github(by_workflow("team"), form("deploy", "prod"));
    CHECK(job_of(team, "deploy-prod-aws").token->environment == "prod");
    const auto wrong = on_github(by_workflow("free"), form("deploy", "prod", "refs/heads/topic"));
    CHECK(outcome(wrong, "check-form") == "fails");
    CHECK(outcome(wrong, "deploy-prod-aws") == "skipped");
}

TEST_CASE("a release environment runs for its tags and for no branch") {
    const Project project = project_of(three(kPublic, "{ tag: \"v*\" }", "release"));
    CHECK(outcome(on_github(project, push("refs/tags/v1.0")), "deploy-prod-aws") == "runs");
    CHECK(outcome(on_github(project, push(kMain)), "deploy-prod-aws") == "skipped");
    CHECK_FALSE(on_github(project, push("refs/tags/v1/2")).runs.front().started);
    CHECK_FALSE(on_github(project, push("refs/heads/v1")).runs.front().started);
    CHECK(outcome(on_github(project, form("deploy", "prod", "refs/tags/v2")), "deploy-prod-aws") == "runs");
    CHECK(outcome(on_github(project, form("deploy", "prod", kMain)), "check-form") == "fails");
}

TEST_CASE("the form goes through its first job, and by the gate") {
    CHECK(outcome(on_github(reviewed(), form("deploy", "prod")), "deploy-prod-aws") == "waits");
    CHECK(job_of(on_github(reviewed(), form("destroy", "prod")), "check-form").because ==
          "there is no destroy for prod on aws");
    CHECK(outcome(on_github(reviewed(), form("destroy", "dev")), "destroy-dev-aws") == "runs");
    auto unconfirmed = form("destroy", "dev");
    unconfirmed.form.confirm = "";
    CHECK(outcome(on_github(reviewed(), unconfirmed), "destroy-dev-aws") == "skipped");
    auto nowhere = form("deploy", "dev");
    nowhere.form.cloud = "moon";
    CHECK(on_github(reviewed(), nowhere).runs.back().because == "its form does not offer moon");
    CHECK(job_of(on_github(reviewed(), form("infra", "dev")), "apply-dev-aws").note ==
          "applies nothing before the plan's fingerprint is confirmed");
    // A deploy to where no gate is applies as its push does.
    CHECK(job_of(on_github(reviewed(), form("deploy", "dev")), "apply-dev-aws").note.empty());
    CHECK(job_of(on_github(by_workflow("free"), form("deploy", "prod")), "apply-prod-aws").note ==
          "applies nothing before the plan's fingerprint is confirmed");
}

TEST_CASE("every job that runs with an identity is one that its role admits") {
    for (const Project& project : {reviewed(), by_workflow("free"), by_workflow("team")}) {
        for (const auto& event :
             {push(kMain), request(false), form("deploy", "dev"), form("infra", "prod"), form("rollback", "staging")}) {
            for (const simulate::RunAnswer& run : on_github(project, event).runs) {
                for (const simulate::JobAnswer& job : run.jobs) {
                    if (job.token) CHECK_MESSAGE(job.token->trusted, job.job);
                }
            }
        }
    }
}
