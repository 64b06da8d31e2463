// Lowering to GitHub: expressions, gates by visibility and plan, conditions, and the claims that tokens carry.
#include <algorithm>

#include "../scenes.h"
#include "generator/hosts/github/lower.h"

using namespace pipewright;
using namespace pipewright::github;
using E = Expression;

namespace {

using Strings = std::vector<std::string>;

Pipeline lowered(const std::string& host, const std::string& trigger, const std::string& gate) {
    const Project project = scenes::project_of(scenes::three(host, trigger, gate));
    Origins origins;
    return lower(project, delivery::plan(project, Host::github, origins), origins);
}

const Job& job_of(const Pipeline& pipeline, const std::string& id) {
    for (const Workflow& workflow : pipeline.workflows) {
        for (const Job& job : workflow.jobs) {
            if (job.id == id) return job;
        }
    }
    FAIL("no job " << id);
    return pipeline.workflows.front().jobs.front();
}

const Job& job_in(const Workflow& workflow, const std::string& id) {
    for (const Job& job : workflow.jobs) {
        if (job.id == id) return job;
    }
    FAIL("no job " << id << " in " << workflow.path);
    return workflow.jobs.front();
}

std::string condition(const Workflow& workflow, const std::string& id) {
    const Job& job = job_in(workflow, id);
    return job.only_if ? job.only_if->print() : "always";
}

// A variable's text or expression; "absent" without it.
std::string setting(const Job& job, const std::string& name) {
    for (const Setting& one : job.variables) {
        if (one.name != name) continue;
        if (const auto* text = std::get_if<github::Text>(&one.value)) return text->text;
        if (const auto* lines = std::get_if<Lines>(&one.value)) return lines->text;
        return std::get<E>(one.value).print();
    }
    return "absent";
}

std::string paths(const Pipeline& pipeline) {
    std::string all;
    for (const Workflow& workflow : pipeline.workflows) {
        const std::string name = workflow.path.substr(workflow.path.rfind('/') + 1);
        all += (all.empty() ? "" : " ") + name.substr(0, name.find('.'));
    }
    return all;
}

bool has_job(const Workflow& workflow, const std::string& id) {
    for (const Job& job : workflow.jobs) {
        if (job.id == id) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("expressions are printed with the parentheses that they need") {
    const E a = E::context("github.ref");
    CHECK(E::literal("it's ${{ x }}").print() == "'it''s ${{ x }}'");
    CHECK(E::equal(a, E::literal("x")).print() == "github.ref == 'x'");
    CHECK(E::all_of({a, E::any_of({a, a})}).print() == "github.ref && (github.ref || github.ref)");
    CHECK(E::any_of({a, E::all_of({a, a})}).print() == "github.ref || (github.ref && github.ref)");
    CHECK(E::negation(E::equal(a, a)).print() == "github.ref != github.ref");
    CHECK(E::negation(E::any_of({a, a})).print() == "!(github.ref || github.ref)");
    CHECK(E::negation(E::negation(E::equal(a, a))).print() == "!(github.ref != github.ref)");
    CHECK(E::negation(E::call("cancelled", {})).print() == "!cancelled()");
    CHECK(E::all_of({a}).print() == "github.ref");
    CHECK(E::call("startsWith", {a, E::literal("v")}).print() == "startsWith(github.ref, 'v')");
}

TEST_CASE("the gate is the strongest that visibility and plan allow") {
    const auto form = [](const char* visibility, const char* plan, const char* trigger, const char* gate) {
        const std::string host =
            std::string("{ subject: classic, visibility: ") + visibility + ", plan: " + plan + " }";
        return lowered(host, trigger, gate).gates.back().form;
    };
    const char* kManual = "{ type: manual, approvers: [octocat] }";
    for (const char* plan : {"free", "team", "enterprise"}) {
        CHECK(form("public", plan, "{ after: staging }", kManual) == GateForm::reviewers);
        CHECK(form("public", plan, "{ tag: \"v*\" }", "release") == GateForm::release);
        CHECK(form("private", plan, "{ tag: \"v*\" }", "release") == GateForm::release);
    }
    CHECK(form("private", "enterprise", "{ after: staging }", kManual) == GateForm::reviewers);
    CHECK(form("private", "team", "{ after: staging }", kManual) == GateForm::workflow_in_environment);
    CHECK(form("private", "free", "{ after: staging }", kManual) == GateForm::workflow);
}

TEST_CASE("reviewers: the job's environment holds it, a guard comes before it, and its token names the environment") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    CHECK(paths(pipeline) == "delivery infrastructure operations");
    const Job& deploy = job_of(pipeline, "deploy-prod-aws");
    CHECK(deploy.environment == "prod");
    CHECK(deploy.needs == Strings{"deploy-staging-aws", "plan-prod-aws", "apply-prod-aws", "guard-prod"});
    CHECK(deploy.claims->subjects == Strings{"repo:acme/shop:environment:prod"});
    CHECK(deploy.claims->refs == Strings{"refs/heads/main"});
    CHECK(deploy.claims->environment == "prod");
    CHECK(deploy.claims->audience == "sts.amazonaws.com");
    CHECK(deploy.claims->workflows == Strings{"acme/shop/.github/workflows/delivery.yml"});
    CHECK(deploy.claims->actors.empty());
    CHECK_FALSE(job_of(pipeline, "guard-prod").identity.has_value());
    for (const char* open : {"deploy-dev-aws", "deploy-staging-aws"}) CHECK(job_of(pipeline, open).environment.empty());
}

TEST_CASE("a gate that is a workflow: production is in no other, and its claims name that file") {
    for (const char* plan : {"free", "team"}) {
        CAPTURE(plan);
        const std::string host = std::string("{ subject: classic, visibility: private, plan: ") + plan + " }";
        const Pipeline pipeline = lowered(host, "{ after: staging }", "{ type: manual, approvers: [octocat] }");
        CHECK(paths(pipeline) == "delivery infrastructure operations promote-prod");
        for (const Workflow& workflow : pipeline.workflows) {
            const bool own = workflow.kind == WorkflowKind::promotion;
            for (const char* verb : {"apply", "deploy", "rollback"}) {
                CHECK(has_job(workflow, std::string(verb) + "-prod-aws") == own);
            }
            // What a change request would change is shown all the same.
            CHECK(has_job(workflow, "plan-prod-aws") == (own || workflow.kind == WorkflowKind::infrastructure));
        }
        CHECK(has_job(pipeline.workflows[0], "deploy-staging-aws"));
        const Workflow& promote = pipeline.workflows[3];
        CHECK(promote.path == ".github/workflows/promote-prod.yml");
        for (const FormInput& one : pipeline.workflows[2].form) {
            if (one.name == "environment") CHECK(one.options == Strings{"dev", "staging"});
        }
        CHECK(promote.branches.empty());
        CHECK(promote.tags.empty());
        CHECK_FALSE(promote.change_requests);
        REQUIRE(promote.form.size() == 6);
        CHECK(promote.form.front().options == Strings{"deploy", "infra", "rollback"});
        CHECK(setting(job_in(promote, "apply-prod-aws"), "CONFIRM_NEEDED") == "true");
        CHECK(job_in(promote, "apply-prod-aws").outputs == Strings{"ended"});
        CHECK(setting(job_in(promote, "deploy-prod-aws"), "FORCE") == "inputs.service != ''");
        CHECK(promote.run_name->print() == "format('{0} for {1} on {2}', inputs.action, 'prod', inputs.cloud)");
        CHECK(setting(job_in(promote, "apply-prod-aws"), "CONTENT_DIR") == "content");
        CHECK(setting(job_in(promote, "deploy-prod-aws"), "EXPECT_REF") == "refs/heads/main");
        const Job& deploy = job_of(pipeline, "deploy-prod-aws");
        const bool team = std::string(plan) == "team";
        CHECK(deploy.environment == (team ? "prod" : ""));
        CHECK(deploy.claims->subjects ==
              Strings{team ? "repo:acme/shop:environment:prod" : "repo:acme/shop:ref:refs/heads/main"});
        CHECK(deploy.claims->workflows == Strings{"acme/shop/.github/workflows/promote-prod.yml"});
        CHECK(deploy.claims->actors == Strings{"octocat"});
        CHECK(deploy.only_if->print() ==
              "github.repository == 'acme/shop' && inputs.action == 'deploy' && github.ref == 'refs/heads/main'");
    }
}

TEST_CASE("release: no environment, and trust is locked to the tag's pattern") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ tag: \"v*\" }", "release");
    const Job& deploy = job_of(pipeline, "deploy-prod-aws");
    CHECK(deploy.environment.empty());
    CHECK(deploy.needs == Strings{"scan-source", "plan-prod-aws", "apply-prod-aws", "guard-prod"});
    CHECK(deploy.claims->subjects == Strings{"repo:acme/shop:ref:refs/tags/v*"});
    CHECK(deploy.claims->refs == Strings{"refs/tags/v*"});
    CHECK(deploy.only_if->print() ==
          "github.repository == 'acme/shop' && github.event_name == 'push' && startsWith(github.ref, 'refs/tags/v')");
    CHECK(pipeline.workflows.front().tags == Strings{"v*"});
}

TEST_CASE("release: a guard without an identity asks who may make the tags, where GitHub protects any") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ tag: \"v*\" }", "release");
    for (const Workflow& workflow : pipeline.workflows) {
        CAPTURE(workflow.path);
        CHECK(has_job(workflow, "guard-prod") == (workflow.kind != WorkflowKind::infrastructure));
        for (const Job& job : workflow.jobs) {
            const bool waits = std::find(job.needs.begin(), job.needs.end(), "guard-prod") != job.needs.end();
            CAPTURE(job.id);
            CHECK(waits == (job.changes_target && job.target_environment == "prod"));
        }
    }
    const Job& guard = job_of(pipeline, "guard-prod");
    CHECK_FALSE(guard.identity.has_value());
    CHECK(guard.environment.empty());
    CHECK(guard.needs.empty());
    REQUIRE(guard.permissions.size() == 1);
    CHECK(guard.permissions.front().name == "contents");
    CHECK(guard.permissions.front().level == "read");
    CHECK(guard.only_if->print() ==
          "github.repository == 'acme/shop' && github.event_name == 'push' && startsWith(github.ref, 'refs/tags/v')");
    REQUIRE(guard.steps.size() == 2);
    const Step& step = guard.steps.back();
    CHECK(std::get<ScriptCall>(*step.run).path == "ci/guard-tags.sh");
    Strings names;
    for (const Setting& one : step.environment) names.push_back(one.name);
    CHECK(names == Strings{"GITHUB_TOKEN", "GATE_ENVIRONMENT", "GATE_REFS"});
    CHECK(std::get<Text>(step.environment.back().value).text == "[\"refs/tags/v*\"]");

    const Pipeline unprotected =
        lowered("{ subject: classic, visibility: private, plan: free }", "{ tag: \"v*\" }", "release");
    for (const Workflow& workflow : unprotected.workflows) CHECK_FALSE(has_job(workflow, "guard-prod"));
}

TEST_CASE("subjects: classic, immutable or both, classic first") {
    const auto subjects = [](const std::string& ids) {
        return job_of(lowered("{ visibility: public, " + ids + " }", "{ after: staging }", scenes::kReviewed),
                      "build-api")
            .claims->subjects;
    };
    const std::string classic = "repo:acme/shop:ref:refs/heads/main";
    const std::string immutable = "repo:acme@12/shop@345:ref:refs/heads/main";
    CHECK(subjects("subject: classic") == Strings{classic});
    CHECK(subjects("owner_id: \"12\", repository_id: \"345\"") == Strings{classic, immutable});
    CHECK(subjects("subject: immutable, owner_id: \"12\", repository_id: \"345\"") == Strings{immutable});
}

TEST_CASE("every job with an identity may ask for a token, refuses forks, and no other job may") {
    for (const char* plan : {"free", "team", "enterprise"}) {
        const std::string host = std::string("{ subject: classic, visibility: private, plan: ") + plan + " }";
        const Pipeline pipeline = lowered(host, "{ after: staging }", "{ type: manual, approvers: [octocat] }");
        for (const Workflow& workflow : pipeline.workflows) {
            for (const Job& job : workflow.jobs) {
                CAPTURE(job.id);
                bool token = false;
                for (const github::Permission& one : job.permissions) {
                    token = token || one.name == "id-token";
                    if (one.level != "read") {
                        CHECK_FALSE(one.why.empty());
                    }
                }
                CHECK(token == job.identity.has_value());
                CHECK(job.claims.has_value() == job.identity.has_value());
                if (token) {
                    CHECK(job.only_if->print().find("github.repository == 'acme/shop'") != std::string::npos);
                }
                CHECK_FALSE(job.permissions.empty());
                CHECK_FALSE(job.name.empty());
            }
        }
    }
}

TEST_CASE("an apply that nobody has to approve is not asked for, and what comes after it goes on") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    const Workflow& delivery = pipeline.workflows[0];
    const std::string push = "github.repository == 'acme/shop' && github.event_name == 'push'";
    CHECK(condition(delivery, "apply-dev-aws") == push);
    CHECK(condition(delivery, "deploy-dev-aws") == push);
    CHECK(condition(delivery, "apply-prod-aws") == push + " && needs.plan-prod-aws.outputs.empty != 'true'");
    CHECK(condition(delivery, "deploy-prod-aws") ==
          push +
              " && !cancelled() && needs.deploy-staging-aws.result == 'success' && "
              "needs.plan-prod-aws.result == 'success' && (needs.apply-prod-aws.result == 'success' || "
              "needs.apply-prod-aws.result == 'skipped') && needs.guard-prod.result == 'success'");
    // Nobody else's apply is ever skipped for that.
    const Workflow& operations = pipeline.workflows[2];
    CHECK(condition(operations, "apply-dev-aws").find("outputs.empty") == std::string::npos);
    CHECK(condition(operations, "apply-prod-aws").find("outputs.empty != 'true'") != std::string::npos);
}

TEST_CASE("the form: every job waits for its check, and the gates are the same") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    const Workflow& operations = pipeline.workflows[2];
    CHECK(operations.jobs.front().id == "check-form");
    CHECK(condition(operations, "check-form") == "always");
    for (const Job& job : operations.jobs) {
        CAPTURE(job.id);
        if (job.id == "check-form") continue;
        bool waits = false;
        for (const std::string& need : job.needs) waits = waits || need == "check-form" || need == "build-api";
        CHECK(waits);
        if (job.changes_target && job.target_environment == "prod") {
            CHECK(job.environment == "prod");
            CHECK(std::find(job.needs.begin(), job.needs.end(), "guard-prod") != job.needs.end());
            CHECK(job.claims->subjects == Strings{"repo:acme/shop:environment:prod"});
            CHECK(job.claims->refs == Strings{"refs/heads/main"});
        }
        if (job.claims) CHECK(job.claims->workflows == Strings{"acme/shop/.github/workflows/operations.yml"});
    }
    CHECK(condition(operations, "rollback-dev-aws") ==
          "github.repository == 'acme/shop' && inputs.action == 'rollback' && inputs.environment == 'dev'");
    // An infra run builds nothing, which is no reason for its apply not to run.
    CHECK(condition(operations, "apply-dev-aws")
              .find("(needs.build-api.result == 'success' || needs.build-api.result == 'skipped')") !=
          std::string::npos);
    CHECK(condition(operations, "deploy-dev-aws").find("build-api.result == 'skipped'") == std::string::npos);
    CHECK(setting(job_in(operations, "apply-dev-aws"), "CONFIRM_NEEDED") == "inputs.action == 'infra'");
    CHECK(job_in(operations, "apply-dev-aws").outputs == Strings{"ended"});
    CHECK(setting(job_in(operations, "apply-prod-aws"), "CONFIRM_NEEDED") == "absent");
    CHECK(job_in(operations, "apply-prod-aws").outputs.empty());
    CHECK(setting(job_in(operations, "apply-dev-aws"), "ACTION") == "absent");
    // What is compared with a plan is compared behind reviewers, too.
    CHECK(setting(job_in(operations, "apply-prod-aws"), "CONFIRM") == "inputs.confirm");
    CHECK(operations.run_name->print() ==
          "format('{0} for {1} on {2}', inputs.action, inputs.environment, inputs.cloud)");
    CHECK_FALSE(pipeline.workflows[0].run_name.has_value());
    CHECK(setting(job_in(operations, "deploy-dev-aws"), "FORCE") == "true");
    CHECK(setting(job_in(operations, "deploy-dev-aws"), "SERVICE") == "inputs.service");
    const Workflow& delivery = pipeline.workflows[0];
    for (const char* name : {"FORCE", "SERVICE", "ACTION", "CONFIRM", "CONFIRM_NEEDED"}) {
        CHECK(setting(job_in(delivery, "deploy-dev-aws"), name) == "absent");
        CHECK(setting(job_in(delivery, "apply-dev-aws"), name) == "absent");
    }
}

TEST_CASE("plans of change requests: own ones alone, with the claims of a pull request") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    const Workflow& infrastructure = pipeline.workflows[1];
    for (const Job& job : infrastructure.jobs) {
        CHECK(job.only_if->print() ==
              "github.repository == 'acme/shop' && github.event.pull_request.head.repo.full_name == github.repository");
        CHECK(job.identity == names::Identity::plan);
        CHECK(job.claims->subjects == Strings{"repo:acme/shop:pull_request"});
        CHECK(job.claims->refs == Strings{"refs/pull/*/merge"});
        CHECK(job.environment.empty());
    }
    CHECK(infrastructure.jobs.size() == 3);
}

TEST_CASE("an environment that follows one with a workflow of its own is promoted there too") {
    std::string manifest = scenes::three("{ subject: classic, visibility: private }", "{ after: staging }", "manual");
    manifest +=
        "  late: { deploy_on: { after: prod }, targets: { aws: { account: \"444444444444\", region: eu-west-1 } } }\n";
    const Project project = scenes::project_of(manifest);
    Origins origins;
    const Pipeline pipeline = lower(project, delivery::plan(project, Host::github, origins), origins);
    const Workflow& promote = pipeline.workflows[3];
    CHECK(has_job(promote, "deploy-late-aws"));
    CHECK_FALSE(has_job(promote, "rollback-late-aws"));
    CHECK_FALSE(has_job(pipeline.workflows[0], "deploy-late-aws"));
    CHECK(has_job(pipeline.workflows[2], "rollback-late-aws"));
    CHECK(has_job(pipeline.workflows[2], "deploy-late-aws"));
    CHECK(condition(promote, "deploy-late-aws").find("inputs.action == 'deploy'") != std::string::npos);
}

TEST_CASE("conditions are printed only where they are narrower than the workflow's events") {
    Workflow workflow;
    workflow.change_requests = true;
    workflow.branches = {"dev", "main"};
    workflow.tags = {"v*", "r-*/x*.y"};
    const auto print = [&](std::vector<delivery::EventClass> any) {
        const std::optional<E> condition = condition_of({std::move(any)}, workflow);
        return condition ? condition->print() : "always";
    };
    using namespace pipewright::delivery;
    CHECK(print({change_request(), push_to_branch("dev"), push_to_branch("main"), push_of_tag("v*"),
                 push_of_tag("r-*/x*.y")}) == "always");
    CHECK(print({push_to_branch("dev"), push_to_branch("main"), push_of_tag("v*"), push_of_tag("r-*/x*.y")}) ==
          "github.event_name == 'push'");
    CHECK(print({change_request()}) == "github.event_name == 'pull_request'");
    CHECK(print({push_to_branch("dev")}) == "github.event_name == 'push' && github.ref == 'refs/heads/dev'");
    CHECK(print({push_to_branch("dev"), push_to_branch("main")}) ==
          "github.event_name == 'push' && (github.ref == 'refs/heads/dev' || github.ref == 'refs/heads/main')");
    CHECK(print({push_of_tag("r-*/x*.y")}) ==
          "github.event_name == 'push' && startsWith(github.ref, 'refs/tags/r-') && contains(github.ref, '/x') && "
          "endsWith(github.ref, '.y')");
    CHECK(print({change_request(), push_to_branch("main")}) ==
          "github.event_name == 'pull_request' || (github.event_name == 'push' && github.ref == 'refs/heads/main')");
    workflow.change_requests = false;
    CHECK(print({push_to_branch("dev"), push_to_branch("main"), push_of_tag("v*"), push_of_tag("r-*/x*.y")}) ==
          "always");
}

TEST_CASE("every action is pinned to a full commit") {
    for (const Pin* pin : pins()) {
        CHECK(pin->commit.size() == 40);
        CHECK(pin->commit.find_first_not_of("0123456789abcdef") == std::string_view::npos);
        CHECK(pin->version.substr(0, 1) == "v");
    }
}
