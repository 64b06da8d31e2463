// The jobs that tell people of environments, look at targets by the clock, and check what is committed.
#include <algorithm>

#include "../scenes.h"

using namespace pipewright;
using namespace pipewright::delivery;

namespace {

const std::string kTold = R"(delivery:
  notify: { slack: SLACK_WEBHOOK }
  drift: { schedule: "0 6 * * *" }
  check: { url: "https://example.com/pipewright", sha256: 3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728 }
)";

Graph graph_of(const Project& project, Host host = Host::github) {
    Origins origins;
    return plan(project, host, origins);
}

Project told(const std::string& trigger = "{ after: staging }", const std::string& gate = scenes::kReviewed) {
    return scenes::project_of(scenes::three(scenes::kPublic, trigger, gate) + kTold);
}

std::string needs(const Graph& graph, const std::string& id) {
    const Job* job = graph.job(id);
    REQUIRE(job != nullptr);
    std::string all;
    for (const Need& need : job->needs) all += (all.empty() ? "" : " ") + need.job + (need.required ? "" : "?");
    return all;
}

std::string of_kind(const Graph& graph, const Event& event, std::vector<JobKind> kinds,
                    const std::vector<std::string>& failing = {}) {
    std::string all;
    for (const JobOutcome& one : evaluate(graph, event, failing)) {
        if (one.outcome != Outcome::runs && one.outcome != Outcome::fails) continue;
        if (std::find(kinds.begin(), kinds.end(), graph.job(one.job)->kind) == kinds.end()) continue;
        all += (all.empty() ? "" : " ") + one.job;
    }
    return all;
}

std::string telling(const Graph& graph, const Event& event, const std::vector<std::string>& failing = {}) {
    return of_kind(graph, event, {JobKind::announce, JobKind::notify, JobKind::alert}, failing);
}

const Event kPush{EventKind::push_branch, "main", false, {}, {}, {}};
const Event kClock{EventKind::schedule, "main", false, {}, {}, {}};
const Event kFork{EventKind::change_request, "topic", true, {}, {}, {}};
const Event kOwn{EventKind::change_request, "topic", false, {}, {}, {}};

}  // namespace

TEST_CASE("without the keys there is none of these jobs") {
    const Graph graph =
        graph_of(scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed)));
    for (const Job& job : graph.jobs) {
        CAPTURE(job.id);
        CHECK(job.after == After::success);
        CHECK_FALSE(holds(job.when, kClock));
        CHECK((job.kind != JobKind::notify && job.kind != JobKind::announce && job.kind != JobKind::check));
    }
}

TEST_CASE("an environment's end is told once all that changes it is over, good or bad") {
    const Graph graph = graph_of(told());
    CHECK(needs(graph, "notify-dev") == "apply-dev-aws? deploy-dev-aws? rollback-dev-aws? destroy-dev-aws?");
    CHECK(needs(graph, "notify-prod") == "apply-prod-aws? deploy-prod-aws? rollback-prod-aws?");
    CHECK(telling(graph, kPush) == "notify-dev notify-staging announce-prod notify-prod");
    CHECK(telling(graph, kPush, {"deploy-prod-aws"}) == "notify-dev notify-staging announce-prod notify-prod");
    CHECK(telling(graph, kPush, {"deploy-staging-aws"}) == "notify-dev notify-staging");
    CHECK(telling(graph, kPush, {"apply-dev-aws"}) == "notify-dev");
    // Where nothing of it began there is nothing to tell.
    CHECK(telling(graph, kPush, {"build-api"}).empty());
    CHECK(telling(graph, kOwn).empty());
    CHECK(telling(graph, kFork).empty());
    // Whoever changed it: the form is told of too.
    const auto asked = [&](const char* action, const char* environment) {
        return telling(graph, {EventKind::form, "main", false, action, environment, "aws"});
    };
    CHECK(asked("rollback", "dev") == "notify-dev");
    CHECK(asked("destroy", "dev") == "notify-dev");
    CHECK(asked("infra", "prod") == "announce-prod notify-prod");
    CHECK(asked("rollback", "prod") == "announce-prod notify-prod");
}

TEST_CASE("a gate that begins to wait is told where what comes before it is over, and only where it asks a person") {
    const Graph graph = graph_of(told());
    CHECK(needs(graph, "announce-prod") == "check-form? deploy-staging-aws? plan-prod-aws?");
    CHECK(graph.job("announce-dev") == nullptr);
    const auto place = [&](const char* id) { return graph.job(id) - graph.jobs.data(); };
    CHECK(place("plan-prod-aws") < place("announce-prod"));
    CHECK(place("announce-prod") < place("apply-prod-aws"));
    CHECK(graph_of(told("{ tag: \"v*\" }", "release")).job("announce-prod") == nullptr);
}

TEST_CASE("jobs that tell hold nothing but the webhook, which is their one step's") {
    const Graph graph = graph_of(told());
    for (const char* id : {"notify-dev", "announce-prod", "alert-prod"}) {
        const Job& job = *graph.job(id);
        CAPTURE(job.id);
        CHECK_FALSE(job.identity.has_value());
        CHECK(job.is_trusted());
        CHECK_FALSE(job.changes_target);
        CHECK_FALSE(job.gated);
        CHECK(std::none_of(job.variables.begin(), job.variables.end(),
                           [](const Variable& one) { return std::holds_alternative<Secret>(one.value); }));
        const auto& script = std::get<RunScript>(job.steps.back().action);
        CHECK(script.script == "notify.sh");
        CHECK(std::get<Secret>(script.variables.front().value).name == "SLACK_WEBHOOK");
    }
    CHECK_FALSE(graph.job("check")->is_trusted());
}

TEST_CASE("the schedule plans every target as who only reads, and what is found is told") {
    const Graph graph = graph_of(told());
    CHECK(of_kind(graph, kClock, {JobKind::drift}) == "drift-dev-aws drift-staging-aws drift-prod-aws");
    for (const JobOutcome& one : evaluate(graph, kClock)) {
        const JobKind kind = graph.job(one.job)->kind;
        CHECK((one.outcome != Outcome::runs || kind == JobKind::drift));
    }
    const Job& drift = *graph.job("drift-prod-aws");
    CHECK(drift.identity->kind == names::Identity::plan);
    CHECK_FALSE(drift.changes_target);
    CHECK_FALSE(drift.gated);
    CHECK(std::get<Checkout>(drift.steps.front().action).files);
    CHECK(drift.when == Condition{{on_schedule()}});
    CHECK(telling(graph, kClock).empty());
    CHECK(telling(graph, kClock, {"drift-prod-aws"}) == "alert-prod");
    CHECK(needs(graph, "alert-prod") == "drift-prod-aws");
    // Only who deploys an environment looks at it.
    Project project = told();
    project.environments.back().on_github = false;
    const Graph two = graph_of(project);
    CHECK(of_kind(two, kClock, {JobKind::drift}) == "drift-dev-aws drift-staging-aws");
    CHECK(two.job("notify-prod") == nullptr);
}

TEST_CASE("the check job is every change request's, and holds nothing") {
    const Graph graph = graph_of(told());
    CHECK(of_kind(graph, kFork, {JobKind::check}) == "check");
    CHECK(of_kind(graph, kOwn, {JobKind::check}) == "check");
    CHECK(of_kind(graph, kPush, {JobKind::check}).empty());
    const Job& check = *graph.job("check");
    CHECK_FALSE(check.identity.has_value());
    CHECK(check.variables.empty());
}

TEST_CASE("many stacks are told of by several jobs, since GitLab lets none need more than fifty") {
    Project project = told();
    Environment& dev = project.environments.front();
    const Target first = dev.targets.front();
    for (int i = 2; i <= 13; ++i) {
        dev.targets.push_back(first);
        dev.targets.back().stack = "aws" + std::to_string(i);
    }
    const Graph graph = graph_of(project, Host::github);
    CHECK(graph.job("notify-dev")->needs.size() == 48);
    CHECK(graph.job("notify-dev_2")->needs.size() == 4);
    CHECK(result_variable("deploy-dev-aws13") == "RESULT_DEPLOY_DEV_AWS13");
}
