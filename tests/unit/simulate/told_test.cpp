// What hosts do with the schedule, and with the jobs that tell of others.
#include "scene.h"

using namespace pipewright;
using namespace pipewright::scenes;
using simulate::Outcome;

namespace {

const std::string kTold = "delivery: { notify: { slack: SLACK_WEBHOOK }, drift: { schedule: \"0 6 * * *\" } }\n";

Project told() {
    const std::string gate = "{ type: manual, approvers: { github: [acme/owners], gitlab: [acme/owners] } }";
    return project_of(on_both_hosts(three(kPublic, "{ after: staging }", gate)) + kTold);
}

simulate::Event by_clock(const std::string& ref = "refs/heads/main") {
    simulate::Event event;
    event.kind = delivery::EventKind::schedule;
    event.ref = ref;
    return event;
}

}  // namespace

TEST_CASE("the schedule looks for drift on both hosts, as who only reads, and starts nothing else") {
    const std::string all = "drift-dev-aws drift-staging-aws drift-prod-aws";
    CHECK(going(on_github(told(), by_clock())) == all);
    CHECK(going(on_gitlab(told(), by_clock())) == all);
    for (const simulate::HostAnswer& answer : {on_github(told(), by_clock()), on_gitlab(told(), by_clock())}) {
        const auto drift = job_of(answer, "drift-prod-aws");
        CHECK(drift.identity == "plan");
        REQUIRE(drift.token);
        CHECK(drift.token->trusted);
        CHECK(drift.gate.empty());
    }
    CHECK(going(on_github(told(), by_clock("refs/heads/topic"))).empty());
    CHECK(going(on_gitlab(told(), by_clock("refs/heads/topic"))).empty());
    auto elsewhere = by_clock();
    elsewhere.fork = true;
    CHECK(going(on_github(told(), elsewhere)).empty());
    CHECK(going(on_gitlab(told(), elsewhere)).empty());
}

TEST_CASE("drift is told where it is found") {
    auto event = by_clock();
    event.fails = {"drift-prod-aws"};
    for (const simulate::HostAnswer& answer : {on_github(told(), event), on_gitlab(told(), event)}) {
        CHECK(outcome(answer, "alert-prod") == "runs");
        CHECK(outcome(answer, "alert-dev") == "skipped");
    }
    CHECK(job_of(on_gitlab(told(), event), "alert-dev").because == "nothing failed");
}

TEST_CASE("an end is told however it was, behind those who are asked before it") {
    auto event = push("refs/heads/main");
    for (const simulate::HostAnswer& answer : {on_github(told(), event), on_gitlab(told(), event)}) {
        CHECK(outcome(answer, "notify-dev") == "runs");
        CHECK(outcome(answer, "announce-prod") == "runs");
        CHECK(outcome(answer, "notify-prod") == "waits");
    }
    event.fails = {"deploy-dev-aws"};
    const auto github = on_github(told(), event), gitlab = on_gitlab(told(), event);
    for (const simulate::HostAnswer& answer : {github, gitlab}) {
        CHECK(outcome(answer, "notify-dev") == "runs");
        CHECK(outcome(answer, "announce-prod") == "skipped");
    }
    CHECK(outcome(github, "notify-staging") == "skipped");
    // GitLab starts it all the same: its script finds nothing to tell.
    CHECK(outcome(gitlab, "notify-staging") == "runs");
    CHECK(job_of(gitlab, "notify-staging").note == "says nothing, because nothing that it tells of ran");
}
