// The graph of a project: which jobs there are, what they need, and which run on an event.
#include <algorithm>

#include "../scenes.h"

using namespace pipewright;
using namespace pipewright::delivery;

namespace {

Graph graph_of(const Project& project) {
    Origins origins;
    return plan(project, Host::github, origins);
}

std::string ids(const Graph& graph) {
    std::string all;
    for (const Job& job : graph.jobs) all += (all.empty() ? "" : " ") + job.id;
    return all;
}

std::string needs(const Graph& graph, const std::string& id) {
    const Job* job = graph.job(id);
    REQUIRE(job != nullptr);
    std::string all;
    for (const Need& need : job->needs) all += (all.empty() ? "" : " ") + need.job + (need.required ? "" : "?");
    return all;
}

std::string running(const Graph& graph, const Event& event, const std::vector<std::string>& failing = {}) {
    std::string all;
    for (const JobOutcome& one : evaluate(graph, event, failing)) {
        if (one.outcome == Outcome::runs) all += (all.empty() ? "" : " ") + one.job;
    }
    return all;
}

std::string variable(const Job& job, const std::string& name) {
    for (const Variable& one : job.variables) {
        if (one.name != name) continue;
        if (const auto* text = std::get_if<Text>(&one.value)) return text->text;
        if (const auto* json = std::get_if<JsonText>(&one.value)) return json->text();
        if (const auto* file = std::get_if<DataFile>(&one.value)) return file->content.text();
        if (const auto* output = std::get_if<JobOutput>(&one.value)) return output->job + "." + output->output;
    }
    return "absent";
}

const Event kPush{EventKind::push_branch, "main", false, {}, {}, {}};
const Event kOther{EventKind::push_branch, "topic", false, {}, {}, {}};
const Event kTag{EventKind::push_tag, "v1.0.0", false, {}, {}, {}};
const Event kFork{EventKind::change_request, "topic", true, {}, {}, {}};
const Event kOwn{EventKind::change_request, "topic", false, {}, {}, {}};

}  // namespace

TEST_CASE("one build, promoted along the chain") {
    const Project project = scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed));
    const Graph graph = graph_of(project);
    CHECK(ids(graph) ==
          "check-form scan-source test-api try-api build-api scan-image-api "
          "plan-dev-aws apply-dev-aws deploy-dev-aws rollback-dev-aws destroy-dev-aws "
          "plan-staging-aws apply-staging-aws deploy-staging-aws rollback-staging-aws destroy-staging-aws "
          "plan-prod-aws apply-prod-aws deploy-prod-aws rollback-prod-aws");
    CHECK(needs(graph, "build-api") == "check-form? test-api?");
    CHECK(needs(graph, "scan-image-api") == "build-api");
    CHECK(needs(graph, "plan-dev-aws") == "check-form?");
    CHECK(needs(graph, "apply-dev-aws") == "check-form? build-api? scan-image-api? scan-source? plan-dev-aws");
    CHECK(needs(graph, "deploy-dev-aws") ==
          "check-form? build-api scan-image-api scan-source? plan-dev-aws apply-dev-aws");
    CHECK(needs(graph, "plan-staging-aws") == "check-form? deploy-dev-aws?");
    CHECK(needs(graph, "deploy-staging-aws") == "check-form? deploy-dev-aws? plan-staging-aws apply-staging-aws");
    CHECK(needs(graph, "deploy-prod-aws") == "check-form? deploy-staging-aws? plan-prod-aws apply-prod-aws");
    CHECK(needs(graph, "rollback-prod-aws") == "check-form");
    CHECK(needs(graph, "destroy-dev-aws") == "check-form plan-dev-aws");
    CHECK_FALSE(graph.job("deploy-dev-aws")->gated);
    CHECK(graph.job("deploy-prod-aws")->gated);
    CHECK(variable(*graph.job("deploy-dev-aws"), "DIGEST_API") == "build-api.digest");
    CHECK(variable(*graph.job("deploy-dev-aws"), "SOURCE_ENVIRONMENT") == "absent");
    CHECK(variable(*graph.job("deploy-staging-aws"), "DIGEST_API") == "absent");
    CHECK(variable(*graph.job("deploy-staging-aws"), "SOURCE_ENVIRONMENT") == "dev");
    CHECK(variable(*graph.job("deploy-prod-aws"), "SOURCE_ENVIRONMENT") == "staging");
    CHECK(variable(*graph.job("deploy-prod-aws"), "SERVICES_FILE")
              .find("222222222222.dkr.ecr.eu-west-1.amazonaws.com/shop/staging/aws/api") != std::string::npos);
}

TEST_CASE("events start the jobs that they should, and no others") {
    const Graph graph = graph_of(scenes::project_of(scenes::three(scenes::kPublic, "{ tag: \"v*\" }", "release")));
    CHECK(running(graph, kPush) ==
          "scan-source test-api build-api scan-image-api plan-dev-aws apply-dev-aws deploy-dev-aws "
          "plan-staging-aws apply-staging-aws deploy-staging-aws");
    CHECK(running(graph, kOther).empty());
    CHECK(running(graph, kFork) == "scan-source test-api try-api");
    CHECK(running(graph, kOwn) == "scan-source test-api try-api plan-dev-aws plan-staging-aws plan-prod-aws");
    CHECK(running(graph, kTag) == "scan-source plan-prod-aws apply-prod-aws deploy-prod-aws");
}

TEST_CASE("the form does what it says on the target that it names, and nothing elsewhere") {
    const Graph graph =
        graph_of(scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed)));
    const auto asked = [&](const char* action, const char* environment) {
        return running(graph, {EventKind::form, "main", false, action, environment, "aws"});
    };
    CHECK(asked("infra", "dev") == "check-form plan-dev-aws apply-dev-aws");
    CHECK(asked("deploy", "dev") == "check-form build-api scan-image-api plan-dev-aws apply-dev-aws deploy-dev-aws");
    CHECK(asked("deploy", "prod") == "check-form plan-prod-aws apply-prod-aws deploy-prod-aws");
    CHECK(asked("rollback", "prod") == "check-form rollback-prod-aws");
    CHECK(asked("destroy", "staging") == "check-form plan-staging-aws destroy-staging-aws");
    // A protected target has no such job, and the form's first job refuses it.
    CHECK(asked("destroy", "prod").empty());
    const Job& check = *graph.job("check-form");
    REQUIRE(check.form.size() == 3);
    CHECK(check.form.back().actions == std::vector<std::string>{"infra", "deploy", "rollback"});
    CHECK(check.form.back().ref == "refs/heads/main");
}

TEST_CASE("the form runs on the ref that the environment is deployed from") {
    const Project project = scenes::project_of(scenes::three(scenes::kPublic, "{ tag: \"v*\" }", "release"));
    const Graph graph = graph_of(project);
    CHECK(graph.job("check-form")->form.back().ref == "refs/tags/v*");
    CHECK(variable(*graph.job("rollback-prod-aws"), "EXPECT_REF") == "refs/tags/v*");
    CHECK(variable(*graph.job("deploy-staging-aws"), "EXPECT_REF") == "refs/heads/main");
}

TEST_CASE("without operations there is no form, and with apply: manual no push applies") {
    Project project = scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed));
    project.infrastructure.apply_gated = false;
    const Graph manual = graph_of(project);
    CHECK(running(manual, kPush) ==
          "scan-source test-api build-api scan-image-api plan-dev-aws deploy-dev-aws plan-staging-aws "
          "deploy-staging-aws plan-prod-aws deploy-prod-aws");
    CHECK(needs(manual, "deploy-dev-aws") == "check-form? build-api scan-image-api scan-source? plan-dev-aws");
    CHECK(running(manual, {EventKind::form, "main", false, "infra", "dev", "aws"}) ==
          "check-form plan-dev-aws apply-dev-aws");
    project.infrastructure.apply_gated = true;
    project.delivery.operations = false;
    const Graph bare = graph_of(project);
    CHECK(bare.job("check-form") == nullptr);
    CHECK(bare.job("rollback-dev-aws") == nullptr);
    CHECK(needs(bare, "deploy-dev-aws") == "build-api scan-image-api scan-source plan-dev-aws apply-dev-aws");
}

TEST_CASE("what only the form deploys has no push, and takes the ref of the environment that it is promoted from") {
    const Graph graph = graph_of(scenes::project_of(
        scenes::three(scenes::kPublic, "{ manual: true }", "{ type: manual, approvers: [acme/owners] }")));
    CHECK(running(graph, kPush).find("prod") == std::string::npos);
    CHECK(running(graph, {EventKind::form, "main", false, "deploy", "prod", "aws"}) ==
          "check-form plan-prod-aws apply-prod-aws deploy-prod-aws");
    CHECK(variable(*graph.job("deploy-prod-aws"), "EXPECT_REF") == "refs/heads/main");
}

TEST_CASE("a failure stops all that comes after it") {
    const Graph graph =
        graph_of(scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed)));
    CHECK(running(graph, kPush, {"test-api"}) == "scan-source plan-dev-aws");
    CHECK(running(graph, kPush, {"scan-image-api"}) == "scan-source test-api build-api plan-dev-aws");
    CHECK(running(graph, kPush, {"scan-source"}) == "test-api build-api scan-image-api plan-dev-aws");
    CHECK(running(graph, kPush, {"plan-dev-aws"}) == "scan-source test-api build-api scan-image-api");
    CHECK(running(graph, kPush, {"apply-dev-aws"}) == "scan-source test-api build-api scan-image-api plan-dev-aws");
    CHECK(running(graph, kPush, {"deploy-dev-aws"}) ==
          "scan-source test-api build-api scan-image-api plan-dev-aws apply-dev-aws");
}

TEST_CASE("no job of a change request has an identity that writes, and none of a fork's has any") {
    for (const char* trigger : {"{ after: staging }", "{ tag: \"v*\" }", "{ branch: prod }"}) {
        const std::string gate =
            std::string(trigger).find("{ tag") != std::string::npos ? "release" : scenes::kReviewed;
        const Graph graph = graph_of(scenes::project_of(scenes::three(scenes::kPublic, trigger, gate)));
        for (const Job& job : graph.jobs) {
            CAPTURE(job.id);
            const bool reads = job.identity && job.identity->kind == names::Identity::plan;
            CHECK_FALSE((holds(job.when, kFork) && job.identity.has_value()));
            CHECK_FALSE((holds(job.when, kOwn) && job.identity.has_value() && !reads));
            CHECK(job.timeout_minutes > 0);
        }
    }
}

TEST_CASE("a host that does not deploy the first environment pushes no image") {
    Project project = scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed));
    for (Environment& environment : project.environments) environment.on_github = false;
    CHECK(ids(graph_of(project)) == "scan-source test-api try-api plan-dev-aws plan-staging-aws plan-prod-aws");
}

TEST_CASE("a worker runs the image of the service that it names, which is built once") {
    std::string manifest = scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    manifest.insert(manifest.find("stacks:"), "  worker: { same_image_as: api, command: [work] }\n");
    const Graph graph = graph_of(scenes::project_of(manifest));
    CHECK(graph.job("build-worker") == nullptr);
    CHECK(graph.job("try-worker") == nullptr);
    const std::string services = variable(*graph.job("deploy-dev-aws"), "SERVICES_FILE");
    CHECK(services.find("\"image_of\": \"api\"") != std::string::npos);
    CHECK(services.find("shop/dev/aws/worker") == std::string::npos);
}

TEST_CASE("a service in the root of the repository does not consist of what is generated") {
    std::string manifest = scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    manifest.replace(manifest.find("path: api, "), 11, "");
    const Graph graph = graph_of(scenes::project_of(manifest));
    std::string services = variable(*graph.job("build-api"), "SERVICES_FILE");
    std::erase_if(services, [](char c) { return c == ' ' || c == '\n'; });
    CHECK(
        services.find(
            R"("path":".","exclude":["pipewright.yaml","pipewright.lock","DELIVERY.md","ci",".github",".gitlab*","infra"])") !=
        std::string::npos);
}

TEST_CASE("variables for digests") {
    CHECK(digest_variable("app") == "DIGEST_APP");
    CHECK(digest_variable("web-api2") == "DIGEST_WEB_API2");
}

TEST_CASE("a ready image is resolved where another is built, and passes like one") {
    Project project = scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed));
    const Graph built = graph_of(project);
    project.services.front().content = {};
    project.services.front().content.image = "nginx:1.29";
    const Graph graph = graph_of(project);
    CHECK(graph.job("try-api") == nullptr);
    CHECK(graph.job("build-api") == nullptr);
    REQUIRE(graph.job("resolve-api") != nullptr);
    const Job& resolve = *graph.job("resolve-api");
    CHECK(resolve.kind == JobKind::resolve);
    CHECK(resolve.when.any.size() == built.job("build-api")->when.any.size());
    CHECK(resolve.identity->principal == built.job("build-api")->identity->principal);
    CHECK(resolve.outputs == std::vector<std::string>{"digest"});
    CHECK(std::get<RunScript>(resolve.steps.back().action).script == "resolve.sh");
    CHECK(variable(resolve, "SERVICES_FILE").find(R"("content": {"image": "nginx:1.29"})") != std::string::npos);
    CHECK(needs(graph, "resolve-api") == needs(built, "build-api"));
    CHECK(needs(graph, "scan-image-api") == "resolve-api");
    CHECK(needs(graph, "deploy-dev-aws") ==
          "check-form? resolve-api scan-image-api scan-source? plan-dev-aws apply-dev-aws");
    CHECK(variable(*graph.job("deploy-dev-aws"), "DIGEST_API") == "resolve-api.digest");
    CHECK(variable(*graph.job("scan-image-api"), "DIGEST_API") == "resolve-api.digest");
    CHECK(variable(*graph.job("deploy-prod-aws"), "DIGEST_API") == "absent");
}
