// How the jobs that tell, look and check are lowered on both hosts.
#include <algorithm>

#include "generator/hosts/github/lower.h"
#include "gitlab.h"

using namespace pipewright;

namespace {

using Strings = std::vector<std::string>;

const std::string kTold = R"(delivery:
  notify: { slack: SLACK_WEBHOOK }
  drift: { schedule: "0 6 * * *" }
  check: { url: "https://example.com/pipewright", sha256: 3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728 }
)";

github::Pipeline on_github(const std::string& host, const std::string& gate) {
    const Project project = scenes::project_of(scenes::three(host, "{ after: staging }", gate) + kTold);
    Origins origins;
    const delivery::Graph graph = delivery::plan(project, Host::github, origins);
    return github::lower(project, graph, origins);
}

const github::Workflow& workflow(const github::Pipeline& pipeline, const std::string& name) {
    for (const github::Workflow& one : pipeline.workflows) {
        if (one.path == ".github/workflows/" + name + ".yml") return one;
    }
    FAIL("there is no workflow " << name);
    return pipeline.workflows.front();
}

const github::Job* job(const github::Workflow& in, const std::string& id) {
    for (const github::Job& one : in.jobs) {
        if (one.id == id) return &one;
    }
    return nullptr;
}

std::string setting(const github::Settings& all, const std::string& name) {
    for (const github::Setting& one : all) {
        if (one.name != name) continue;
        if (const auto* text = std::get_if<github::Text>(&one.value)) return text->text;
        if (const auto* expression = std::get_if<github::Expression>(&one.value)) return expression->print();
        return std::get<github::Lines>(one.value).text;
    }
    return "absent";
}

const std::string kPrivate = "{ visibility: private, plan: free, subject: classic }";

}  // namespace

TEST_CASE("GitHub: an end is told whatever it was, of what began, and in no fork") {
    const github::Pipeline pipeline = on_github(scenes::kPublic, scenes::kReviewed);
    const github::Job& notify = *job(workflow(pipeline, "delivery"), "notify-prod");
    CHECK(notify.needs == Strings{"apply-prod-aws", "deploy-prod-aws"});
    CHECK(notify.only_if->print() ==
          "github.repository == 'acme/shop' && github.event_name == 'push' && always() && "
          "(needs.apply-prod-aws.result != 'skipped' || needs.deploy-prod-aws.result != 'skipped')");
    CHECK(notify.environment.empty());
    REQUIRE(notify.permissions.size() == 1);
    CHECK(notify.permissions.front().name == "contents");
    CHECK(setting(notify.variables, "RESULT_DEPLOY_PROD_AWS") == "needs.deploy-prod-aws.result");
    CHECK(setting(notify.variables, "RESULT_ROLLBACK_PROD_AWS") == "absent");
    CHECK(setting(notify.variables, "WEBHOOK") == "absent");
    CHECK(setting(notify.steps.back().environment, "WEBHOOK") == "secrets.SLACK_WEBHOOK");
    const github::Job& by_form = *job(workflow(pipeline, "operations"), "notify-dev");
    CHECK(by_form.needs == Strings{"apply-dev-aws", "deploy-dev-aws", "rollback-dev-aws", "destroy-dev-aws"});
    CHECK(setting(by_form.variables, "ACTION") == "inputs.action");
    // Each workflow names the jobs that it has; an apply says itself that it waits to be confirmed.
    CHECK(setting(notify.variables, "RESULTS").find("RESULT_ROLLBACK") == std::string::npos);
    CHECK(setting(by_form.variables, "RESULTS").find("RESULT_DESTROY_DEV_AWS") != std::string::npos);
    CHECK(setting(by_form.variables, "RESULT_APPLY_DEV_AWS") ==
          "needs.apply-dev-aws.outputs.ended || needs.apply-dev-aws.result");
    CHECK(setting(job(workflow(pipeline, "operations"), "notify-prod")->variables, "RESULT_APPLY_PROD_AWS") ==
          "needs.apply-prod-aws.result");
}

TEST_CASE("GitHub: what is filled in for a promotion is not meant for what follows it") {
    const std::string after =
        "  post: { deploy_on: { after: prod }, targets: { aws: { account: \"444444444444\", region: eu-west-1 } } }\n";
    const Project project = scenes::project_of(
        scenes::three(kPrivate, "{ after: staging }", "{ type: manual, approvers: [octocat] }") + after + kTold);
    Origins origins;
    const delivery::Graph graph = delivery::plan(project, Host::github, origins);
    const github::Pipeline pipeline = github::lower(project, graph, origins);
    const github::Workflow& promote = workflow(pipeline, "promote-prod");
    CHECK(setting(job(promote, "apply-prod-aws")->variables, "CONFIRM") == "inputs.confirm");
    CHECK(setting(job(promote, "deploy-prod-aws")->variables, "SERVICE") == "inputs.service");
    for (const char* name : {"CONFIRM", "CONFIRM_NEEDED"})
        CHECK(setting(job(promote, "apply-post-aws")->variables, name) == "absent");
    for (const char* name : {"SERVICE", "FORCE"})
        CHECK(setting(job(promote, "deploy-post-aws")->variables, name) == "absent");
    CHECK(setting(job(promote, "notify-post")->variables, "STACK_CHOSEN") == "absent");
    CHECK(setting(job(promote, "notify-post")->variables, "RESULT_APPLY_POST_AWS") == "needs.apply-post-aws.result");
}

TEST_CASE("GitHub: reviewers are announced behind the guard, beside what waits for them") {
    const github::Pipeline pipeline = on_github(scenes::kPublic, scenes::kReviewed);
    const github::Job& announce = *job(workflow(pipeline, "delivery"), "announce-prod");
    CHECK(announce.needs == Strings{"deploy-staging-aws", "plan-prod-aws", "guard-prod"});
    CHECK(announce.environment.empty());
    CHECK(setting(announce.variables, "GATE") == "reviewers");
    CHECK(setting(announce.variables, "GATE_APPROVERS") == "[\"acme/owners\"]");
    CHECK(setting(announce.variables, "GATE_TWICE") == "needs.plan-prod-aws.outputs.empty == 'false'");
    // An infra that finds nothing asks nobody.
    const github::Job& by_form = *job(workflow(pipeline, "operations"), "announce-prod");
    CHECK(setting(by_form.variables, "GATE_TWICE") ==
          "inputs.action == 'deploy' && needs.plan-prod-aws.outputs.empty == 'false'");
    const std::string condition = by_form.only_if->print();
    CHECK(condition.find("(inputs.action != 'infra' || needs.plan-prod-aws.outputs.empty == 'false')") !=
          std::string::npos);
}

TEST_CASE("GitHub: that a workflow can be started is told where the environment before it passed") {
    const github::Pipeline pipeline = on_github(kPrivate, "{ type: manual, approvers: [octocat] }");
    const github::Job& announce = *job(workflow(pipeline, "delivery"), "announce-prod");
    CHECK(announce.needs == Strings{"deploy-staging-aws"});
    CHECK(setting(announce.variables, "GATE") == "workflow");
    CHECK(setting(announce.variables, "GATE_PLACE") == ".github/workflows/promote-prod.yml");
    const github::Workflow& promote = workflow(pipeline, "promote-prod");
    CHECK(job(promote, "announce-prod") == nullptr);
    CHECK(job(workflow(pipeline, "delivery"), "notify-prod") == nullptr);
    REQUIRE(job(promote, "notify-prod") != nullptr);
    CHECK(setting(job(promote, "notify-prod")->variables, "COMMIT") == "inputs.commit || github.sha");
    CHECK(job(promote, "notify-prod")->steps.size() == 2);
}

TEST_CASE("GitHub: the schedule looks for drift and starts nothing else, with a token of the default branch") {
    const github::Pipeline pipeline = on_github(scenes::kPublic, scenes::kReviewed);
    const github::Workflow& infrastructure = workflow(pipeline, "infrastructure");
    CHECK(infrastructure.schedule == "0 6 * * *");
    for (const github::Workflow& one : pipeline.workflows)
        CHECK(one.schedule.empty() == (one.kind != github::WorkflowKind::infrastructure));
    const github::Job& drift = *job(infrastructure, "drift-prod-aws");
    CHECK(drift.only_if->print() == "github.repository == 'acme/shop' && github.event_name == 'schedule'");
    CHECK(drift.identity == names::Identity::plan);
    CHECK(drift.claims->refs == Strings{"refs/heads/main"});
    CHECK(drift.claims->subjects == Strings{"repo:acme/shop:ref:refs/heads/main"});
    CHECK(drift.claims->workflows == Strings{"acme/shop/.github/workflows/infrastructure.yml"});
    CHECK(drift.environment.empty());
    CHECK(job(infrastructure, "plan-prod-aws")->only_if->print() ==
          "github.repository == 'acme/shop' && github.event_name == 'pull_request' && "
          "github.event.pull_request.head.repo.full_name == github.repository");
    CHECK(job(infrastructure, "alert-prod")->only_if->print() ==
          "github.repository == 'acme/shop' && github.event_name == 'schedule' && always() && "
          "needs.drift-prod-aws.result == 'failure'");
    const github::Job& check = *job(workflow(pipeline, "delivery"), "check");
    CHECK(check.only_if->print() == "github.event_name == 'pull_request'");
}

TEST_CASE("GitLab: jobs hand on how they ended, and an end is told whatever it was") {
    const auto lowered = scenes::lowered(scenes::kManual + kTold);
    const gitlab::Job& deploy = scenes::job_of(lowered.pipeline, "deploy-prod-aws");
    REQUIRE(deploy.afterwards.size() == 1);
    CHECK(std::get<gitlab::HandOnResult>(deploy.afterwards.front()).variable == "RESULT_DEPLOY_PROD_AWS");
    CHECK_FALSE(deploy.outputs.empty());
    // The time to say so is not taken from the script, which may be putting back.
    const int minutes = lowered.graph.job("deploy-prod-aws")->timeout_minutes;
    CHECK(scenes::value(deploy.variables, "RUNNER_SCRIPT_TIMEOUT") == std::to_string(minutes) + "m");
    CHECK(scenes::value(deploy.variables, "RUNNER_AFTER_SCRIPT_TIMEOUT") == "5m");
    CHECK(deploy.timeout_minutes == minutes + 10);
    const gitlab::Job& notify = scenes::job_of(lowered.pipeline, "notify-prod");
    for (const gitlab::Rule& rule : notify.rules) CHECK(rule.after == delivery::After::always);
    for (const gitlab::Need& need : notify.needs) CHECK(need.artifacts);
    CHECK(notify.tokens.empty());
    CHECK(scenes::job_of(lowered.pipeline, "plan-prod-aws").afterwards.empty());
    const gitlab::Job& announce = scenes::job_of(lowered.pipeline, "announce-prod");
    const gitlab::Job& release = scenes::job_of(lowered.pipeline, "release-prod");
    Strings before, waits;
    for (const gitlab::Need& need : announce.needs) before.push_back(need.job);
    for (const gitlab::Need& need : release.needs) waits.push_back(need.job);
    CHECK(before == waits);
    for (const gitlab::Rule& rule : announce.rules) CHECK_FALSE(rule.by_hand);
}

TEST_CASE("GitLab: a schedule of the default branch looks for drift, and no other makes a pipeline") {
    const auto lowered = scenes::lowered(scenes::kManual + kTold);
    CHECK(lowered.pipeline.schedule == "0 6 * * *");
    const std::string schedule = "$CI_PIPELINE_SOURCE == \"schedule\" && $CI_COMMIT_BRANCH == \"main\"";
    std::size_t scheduled = 0;
    for (const gitlab::WorkflowRule& rule : lowered.pipeline.rules) scheduled += rule.condition.print() == schedule;
    CHECK(scheduled == 1);
    const gitlab::Job& drift = scenes::job_of(lowered.pipeline, "drift-prod-aws");
    REQUIRE(drift.rules.size() == 1);
    CHECK(drift.rules.front().condition.print() == "$CI_PROJECT_PATH == \"acme/shop\" && " + schedule);
    CHECK(drift.claims->subjects == Strings{"project_path:acme/shop:ref_type:branch:ref:main"});
    CHECK(drift.claims->audience.ends_with("/pipewright/plan"));
    CHECK(scenes::job_of(lowered.pipeline, "alert-prod").rules.front().after == delivery::After::failure);
    for (const gitlab::Job* one : scenes::jobs_of(lowered.pipeline)) {
        for (const gitlab::Rule& rule : one->rules) {
            const bool clock = rule.condition.print().find("schedule") != std::string::npos;
            CHECK((!clock || one->id.starts_with("drift-") || one->id.starts_with("alert-")));
        }
    }
}
