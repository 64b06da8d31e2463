// A user's own jobs and commands, broken on purpose: each is found by the rule that it breaks.
#include "made.h"

using namespace pipewright;

TEST_CASE("nothing is broken as it is made") {
    const scenes::Made made("extend");
    for (std::size_t number = 1; number <= 12; ++number) {
        CAPTURE(number);
        CHECK(made.said(number) == "holds");
    }
}

TEST_CASE("a job with the deploy's identity outside of its gate") {
    scenes::Made made("extend");
    github::Job& job = made.on_github("delivery.yml", "tell-search");
    job.environment.clear();
    CHECK(made.said(3).find("tell-search without a gate") != std::string::npos);

    scenes::Made other("extend");
    std::erase_if(other.on_gitlab("tell-search").needs,
                  [](const gitlab::Need& one) { return one.job == "release-prod" || one.job == "deploy-prod-east"; });
    CHECK(other.said(3).find("tell-search without a gate") != std::string::npos);
}

TEST_CASE("a job with the deploy's identity without the lease, or with another's") {
    scenes::Made made("extend");
    made.on_github("delivery.yml", "warm-cache-east").steps.back().run = github::ScriptCall{"ci/extend-plan.sh", true};
    CHECK(made.said(8).find("warm-cache-east of delivery.yml runs no script that takes a lease") != std::string::npos);

    scenes::Made other("extend");
    for (gitlab::Setting& one : other.on_gitlab("warm-cache-west").variables) {
        if (one.name == "LEASE_KEY") one.value = gitlab::Text{"orchard/east/dev/lease.json"};
    }
    CHECK(other.said(8).find("warm-cache-west takes the lease") != std::string::npos);

    scenes::Made shell("extend");
    shell.on_github("delivery.yml", "warm-cache-west").steps.back().run =
        github::ScriptCall{"ci/extend-deploy.sh", false};
    CHECK(shell.said(8).find("below a shell") != std::string::npos);
}

TEST_CASE("commands that the host would write") {
    for (const char* name : {"COMMANDS", "BEFORE_DEPLOY", "AFTER_DEPLOY"}) {
        CAPTURE(name);
        scenes::Made made("extend");
        made.on_github("delivery.yml", "warm-cache-east")
            .variables.push_back({name, github::Expression::context("github.event.head_commit.message")});
        CHECK(made.said(11).find("warm-cache-east of delivery.yml lets the host write the commands in " +
                                 std::string(name)) == 0);
        scenes::Made other("extend");
        other.on_gitlab("deploy-dev-east").variables.push_back({name, gitlab::Reference{"CI_COMMIT_TITLE"}});
        CHECK(other.said(11).find("deploy-dev-east lets the host write the commands in") == 0);
    }
}

TEST_CASE("a key, an identity in a fork, and a role that nobody granted") {
    scenes::Made made("extend");
    made.on_github("delivery.yml", "contract-tests")
        .steps.back()
        .environment.push_back({"AWS_ACCESS_KEY_ID", github::Expression::context("secrets.AWS_ACCESS_KEY_ID")});
    CHECK(made.said(7).find("contract-tests of delivery.yml is given AWS_ACCESS_KEY_ID") == 0);

    scenes::Made other("extend");
    other.on_github("delivery.yml", "contract-tests").permissions.push_back({"id-token", "write", "why"});
    CHECK(other.said(12).find("contract-tests of delivery.yml has the permission id-token: write") == 0);
}
