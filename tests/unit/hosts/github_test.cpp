// Lowering to GitHub: expressions, gates by visibility and plan, conditions, and the claims that tokens carry.
#include "../scenes.h"
#include "generator/hosts/github/lower.h"

using namespace pipewright;
using namespace pipewright::github;
using E = Expression;

namespace {

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
    CHECK(E::negation(E::equal(a, a)).print() == "!(github.ref == github.ref)");
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
    REQUIRE(pipeline.workflows.size() == 1);
    const Job& deploy = job_of(pipeline, "deploy-prod-aws");
    CHECK(deploy.environment == "prod");
    CHECK(deploy.needs == std::vector<std::string>{"deploy-staging-aws", "guard-prod"});
    CHECK(deploy.claims->subjects == std::vector<std::string>{"repo:acme/shop:environment:prod"});
    CHECK(deploy.claims->refs == std::vector<std::string>{"refs/heads/main"});
    CHECK(deploy.claims->environment == "prod");
    CHECK(deploy.claims->audience == "sts.amazonaws.com");
    CHECK(deploy.claims->workflow == "acme/shop/.github/workflows/delivery.yml");
    CHECK(deploy.claims->actors.empty());
    CHECK_FALSE(job_of(pipeline, "guard-prod").identity.has_value());
    for (const char* open : {"deploy-dev-aws", "deploy-staging-aws"}) CHECK(job_of(pipeline, open).environment.empty());
}

TEST_CASE("a gate that is a workflow: production is in no other, and its claims name that file") {
    for (const char* plan : {"free", "team"}) {
        CAPTURE(plan);
        const std::string host = std::string("{ subject: classic, visibility: private, plan: ") + plan + " }";
        const Pipeline pipeline = lowered(host, "{ after: staging }", "{ type: manual, approvers: [octocat] }");
        REQUIRE(pipeline.workflows.size() == 2);
        CHECK_FALSE(has_job(pipeline.workflows[0], "deploy-prod-aws"));
        CHECK(has_job(pipeline.workflows[0], "deploy-staging-aws"));
        const Workflow& promote = pipeline.workflows[1];
        CHECK(promote.path == ".github/workflows/promote-prod.yml");
        CHECK(promote.branches.empty());
        CHECK(promote.tags.empty());
        CHECK_FALSE(promote.change_requests);
        REQUIRE(promote.form.size() == 1);
        const Job& deploy = job_of(pipeline, "deploy-prod-aws");
        const bool team = std::string(plan) == "team";
        CHECK(deploy.environment == (team ? "prod" : ""));
        CHECK(deploy.claims->subjects == std::vector<std::string>{team ? "repo:acme/shop:environment:prod"
                                                                       : "repo:acme/shop:ref:refs/heads/main"});
        CHECK(deploy.claims->workflow == "acme/shop/.github/workflows/promote-prod.yml");
        CHECK(deploy.claims->actors == std::vector<std::string>{"octocat"});
        CHECK(deploy.only_if->print() == "github.repository == 'acme/shop' && github.ref == 'refs/heads/main'");
    }
}

TEST_CASE("release: no environment, and trust is locked to the tag's pattern") {
    const Pipeline pipeline = lowered(scenes::kPublic, "{ tag: \"v*\" }", "release");
    const Job& deploy = job_of(pipeline, "deploy-prod-aws");
    CHECK(deploy.environment.empty());
    CHECK(deploy.needs.empty());
    CHECK(deploy.claims->subjects == std::vector<std::string>{"repo:acme/shop:ref:refs/tags/v*"});
    CHECK(deploy.claims->refs == std::vector<std::string>{"refs/tags/v*"});
    CHECK(deploy.only_if->print() ==
          "github.repository == 'acme/shop' && github.event_name == 'push' && startsWith(github.ref, 'refs/tags/v')");
    CHECK(pipeline.workflows.front().tags == std::vector<std::string>{"v*"});
}

TEST_CASE("subjects: classic, immutable or both, classic first") {
    const auto subjects = [](const std::string& ids) {
        return job_of(lowered("{ visibility: public, " + ids + " }", "{ after: staging }", scenes::kReviewed),
                      "build-api")
            .claims->subjects;
    };
    const std::string classic = "repo:acme/shop:ref:refs/heads/main";
    const std::string immutable = "repo:acme@12/shop@345:ref:refs/heads/main";
    CHECK(subjects("subject: classic") == std::vector<std::string>{classic});
    CHECK(subjects("owner_id: \"12\", repository_id: \"345\"") == std::vector<std::string>{classic, immutable});
    CHECK(subjects("subject: immutable, owner_id: \"12\", repository_id: \"345\"") ==
          std::vector<std::string>{immutable});
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
