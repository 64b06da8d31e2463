// What a manifest adds of its own: commands inside deploys, and jobs between environments.
#include <algorithm>

#include "../scenes.h"
#include "generator/manifest/rules/rules.h"

using namespace pipewright;
using namespace pipewright::delivery;

namespace {

// dev on two stacks, staging after it, prod after that behind a gate.
std::string extended(const std::string& extend, const std::string& hosts = "github: " + scenes::kPublic) {
    return "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts:\n  " + hosts +
           "\nservices:\n  api: { path: api, port: 8000, health: /health }\n"
           "stacks:\n  east: { runtime: ecs-fargate }\n  west: { runtime: ecs-fargate }\n"
           "environments:\n"
           "  dev: { deploy_on: { branch: main }, targets: { east: { account: \"111111111111\", region: us-east-1 }, "
           "west: { account: \"111111111112\", region: us-west-2 } } }\n"
           "  staging: { deploy_on: { after: dev }, targets: { east: { account: \"222222222222\", region: us-east-1 } "
           "} }\n"
           "  prod: { deploy_on: { after: staging }, gate: " +
           scenes::kReviewed +
           ", targets: { east: { account: \"333333333333\", region: us-east-1 } } }\n"
           "extend:\n" +
           extend;
}

Graph graph_of(const std::string& text, Host host = Host::github) {
    Origins origins;
    return plan(scenes::project_of(text), host, origins);
}

std::string needs(const Graph& graph, const std::string& id) {
    const Job* job = graph.job(id);
    REQUIRE_MESSAGE(job != nullptr, "no job " << id);
    std::string all;
    for (const Need& need : job->needs) all += (all.empty() ? "" : " ") + need.job + (need.required ? "" : "?");
    return all;
}

std::string text_of(const Variables& variables, const std::string& name) {
    for (const Variable& one : variables) {
        if (one.name != name) continue;
        if (const auto* text = std::get_if<Text>(&one.value)) return text->text;
        if (const auto* secret = std::get_if<Secret>(&one.value)) return "the secret " + secret->name;
    }
    return "absent";
}

std::string running(const Graph& graph, const Event& event, const std::vector<std::string>& failing = {}) {
    std::string all;
    for (const JobOutcome& one : evaluate(graph, event, failing)) {
        const Job& job = *graph.job(one.job);
        if (one.outcome == Outcome::runs && (job.kind == JobKind::extend || job.kind == JobKind::deploy))
            all += (all.empty() ? "" : " ") + one.job;
    }
    return all;
}

const RunScript& script_of(const Graph& graph, const std::string& id) {
    const Job* job = graph.job(id);
    REQUIRE_MESSAGE(job != nullptr, "no job " << id);
    REQUIRE(std::holds_alternative<RunScript>(job->steps.back().action));
    return std::get<RunScript>(job->steps.back().action);
}

const Event kPush{EventKind::push_branch, "main", false, {}, {}, {}};

const std::string kJobs =
    "  jobs:\n"
    "    contract: { after: dev, run: [./a.sh, \"b $c\"], image: \"node:22.1\", env: { URL: \"x$y\" }, secrets: [PACT] "
    "}\n"
    "    cost: { after: dev, run: [./cost.sh], identity: plan }\n"
    "    warm: { after: dev, run: [./warm.sh], identity: deploy, env: { MODE: all } }\n"
    "    last: { after: prod, run: [./last.sh], identity: deploy }\n";

}  // namespace

TEST_CASE("commands inside deploys are told as they are written, to the environments that they are for") {
    const Graph graph = graph_of(extended(
        "  before_deploy: { run: [\"-n $HOME ${X} %Y% $(id) # x\", \"printf 'a: b'\"], environments: [prod] }\n"
        "  after_deploy: { run: [\"./warm.sh --all\"] }\n"));
    const auto told = [&](const std::string& job, const char* name) {
        return text_of(graph.job(job)->variables, name);
    };
    CHECK(told("deploy-prod-east", "BEFORE_DEPLOY") == "-n $HOME ${X} %Y% $(id) # x\nprintf 'a: b'");
    CHECK(told("deploy-dev-east", "BEFORE_DEPLOY") == "absent");
    CHECK(told("deploy-staging-east", "BEFORE_DEPLOY") == "absent");
    for (const char* job : {"deploy-dev-east", "deploy-dev-west", "deploy-staging-east", "deploy-prod-east"})
        CHECK(told(job, "AFTER_DEPLOY") == "./warm.sh --all");
    // Nothing else runs them, and nobody is told of a folder where there is none.
    for (const Job& job : graph.jobs) {
        CAPTURE(job.id);
        CHECK(text_of(job.variables, "COMMANDS_DIR") == "absent");
        if (job.kind != JobKind::deploy) CHECK(text_of(job.variables, "AFTER_DEPLOY") == "absent");
    }
}

TEST_CASE("in a folder of the repository commands run in the manifest's") {
    Project project =
        scenes::project_of(extended("  before_deploy: { run: [a] }\n  after_deploy: { run: [b] }\n" + kJobs));
    project.folder = "services/shop";
    Origins origins;
    const Graph graph = plan(project, Host::github, origins);
    CHECK(text_of(graph.job("deploy-dev-east")->variables, "COMMANDS_DIR") == "services/shop");
    CHECK(text_of(script_of(graph, "cost-east").variables, "COMMANDS_DIR") == "services/shop");
    CHECK(std::get<RunCommands>(graph.job("contract")->steps.back().action).directory == "services/shop");
    const Variables& variables = graph.job("deploy-dev-east")->variables;
    CHECK(std::count_if(variables.begin(), variables.end(),
                        [](const Variable& one) { return one.name == "COMMANDS_DIR"; }) == 1);
}

TEST_CASE("a job without an identity is one for all targets, and holds nothing but what the manifest names") {
    const Graph graph = graph_of(extended(kJobs));
    const Job& job = *graph.job("contract");
    CHECK_FALSE(job.identity.has_value());
    CHECK_FALSE(job.gated);
    CHECK_FALSE(job.changes_target);
    CHECK(job.environment == "dev");
    CHECK(job.stack.empty());
    CHECK(job.variables.empty());
    REQUIRE(job.container.has_value());
    CHECK(job.container->image == "node:22.1");
    const auto& commands = std::get<RunCommands>(job.steps.back().action);
    CHECK(commands.directory == ".");
    CHECK(commands.lines == std::vector<std::string>{"./a.sh", "b $c"});
    CHECK(text_of(commands.variables, "URL") == "x$y");
    CHECK(text_of(commands.variables, "PACT") == "the secret PACT");
    CHECK(commands.variables.size() == 2);
}

TEST_CASE("with an identity there is a job for each target, as that target's identity") {
    const Graph graph = graph_of(extended(kJobs));
    for (const char* stack : {"east", "west"}) {
        CAPTURE(stack);
        const Job& cost = *graph.job(std::string("cost-") + stack);
        REQUIRE(cost.identity.has_value());
        CHECK(cost.identity->kind == names::Identity::plan);
        CHECK(cost.identity->stack == stack);
        CHECK_FALSE(cost.changes_target);
        CHECK(text_of(cost.variables, "STATE_BUCKET") == "absent");
        CHECK(script_of(graph, cost.id).script == "extend-plan.sh");
        const Job& warm = *graph.job(std::string("warm-") + stack);
        CHECK(warm.identity->kind == names::Identity::deploy);
        // Its hour begins once it has the lease.
        CHECK(warm.timeout_minutes == 120);
        CHECK(warm.changes_target);
        CHECK(script_of(graph, warm.id).script == "extend-deploy.sh");
        CHECK(text_of(script_of(graph, warm.id).variables, "COMMANDS") == "./warm.sh");
        CHECK(text_of(script_of(graph, warm.id).variables, "MODE") == "all");
        CHECK(text_of(warm.variables, "LEASE_KEY") == "shop/" + std::string(stack) + "/dev/lease.json");
    }
    // Where there is one target, there is one job, called as the manifest calls it.
    REQUIRE(graph.job("last") != nullptr);
    CHECK(graph.job("last")->gated);
    CHECK(graph.job("cost") == nullptr);
}

TEST_CASE("they run once all targets have passed, and what comes after waits for them") {
    const Graph graph = graph_of(extended(kJobs));
    CHECK(needs(graph, "contract") == "check-form? deploy-dev-east? deploy-dev-west?");
    const std::string waits = "deploy-dev-east deploy-dev-west contract cost-east cost-west warm-east warm-west";
    CHECK(needs(graph, "deploy-staging-east").find("contract? cost-east? cost-west? warm-east? warm-west?") !=
          std::string::npos);
    CHECK(needs(graph, "plan-staging-east").find("contract?") != std::string::npos);
    CHECK(needs(graph, "plan-prod-east").find("contract") == std::string::npos);
    CHECK(running(graph, kPush) == waits + " deploy-staging-east deploy-prod-east last");
    CHECK(running(graph, kPush, {"contract"}) ==
          "deploy-dev-east deploy-dev-west cost-east cost-west warm-east warm-west");
    CHECK(running(graph, kPush, {"deploy-dev-west"}) == "deploy-dev-east");
    CHECK(running(graph, {EventKind::push_branch, "topic", false, {}, {}, {}}).empty());
    CHECK(running(graph, {EventKind::change_request, "topic", false, {}, {}, {}}).empty());
}

TEST_CASE("the form deploys one target, and only its jobs follow") {
    const Graph graph = graph_of(extended(kJobs));
    const auto asked = [&](const char* action, const char* stack) {
        return running(graph, {EventKind::form, "refs/heads/main", false, action, "dev", stack});
    };
    CHECK(asked(action::kDeploy, "west") == "deploy-dev-west contract cost-west warm-west");
    CHECK(asked(action::kDeploy, "east") == "deploy-dev-east contract cost-east warm-east");
    CHECK(asked(action::kRollback, "east").empty());
    CHECK(asked(action::kInfra, "east").empty());
}

TEST_CASE("a host that doesn't deploy the environment has none of it") {
    const std::string text = extended(
        kJobs,
        "github: { visibility: public, subject: classic, deploys: [dev, staging, prod] }\n  gitlab: { deploys: "
        "[] }");
    const Graph graph = graph_of(text, Host::gitlab);
    for (const Job& job : graph.jobs) CHECK_MESSAGE(job.kind != JobKind::extend, job.id);
    CHECK(graph_of(text).job("contract") != nullptr);
}

// A user's variable of such a name would be told instead of ours.
TEST_CASE("every variable that a job with an identity is told has a reserved name") {
    const Graph graph = graph_of(extended(kJobs));
    std::size_t seen = 0;
    for (const Job& job : graph.jobs) {
        if (job.kind != JobKind::extend || !job.identity) continue;
        Variables all = job.variables;
        const Variables& more = script_of(graph, job.id).variables;
        all.insert(all.end(), more.begin(), more.end());
        for (const Variable& one : all) {
            if (one.name == "MODE") continue;
            ++seen;
            CHECK_MESSAGE(manifest::rules::is_reserved_variable(one.name), one.name);
        }
    }
    CHECK(seen > 20);
}
