// How the hosts run jobs, as their documentation says it, and whose tokens a role's conditions let in.
#include "generator/verify/play.h"

#include "generator/hosts/gitlab/evaluate.h"
#include "generator/verify/gate.h"
#include "generator/verify/tokens.h"
#include "generator/verify/words.h"
#include "house.h"

using namespace pipewright;
using verify::Occurrence;

namespace {

using G = github::Expression;
using L = gitlab::Expression;
using delivery::EventKind;

Occurrence push(const std::string& ref) {
    Occurrence event;
    event.kind = ref.starts_with("refs/tags/") ? EventKind::push_tag : EventKind::push_branch;
    event.ref = ref;
    event.told = "push";
    return event;
}

std::string ids(const verify::Run& run) {
    std::string all;
    for (const verify::Started& one : run.jobs)
        all += (all.empty() ? "" : " ") + one.job->id + (one.by_hand ? "?" : "");
    return all;
}

struct OnGitHub {
    github::Workflow workflow;
    std::string output = "false";

    OnGitHub() {
        workflow.path = "w.yml";
        workflow.branches = {"main", "release/*"};
        workflow.tags = {"v*"};
    }
    void add(const std::string& id, std::vector<std::string> needs, std::optional<G> only_if = {}) {
        github::Job job;
        job.id = id;
        job.needs = std::move(needs);
        job.only_if = std::move(only_if);
        workflow.jobs.push_back(job);
    }
    std::string run(const Occurrence& event) const {
        std::deque<verify::Job> jobs;
        std::vector<const verify::Job*> list;
        for (const github::Job& one : workflow.jobs) {
            jobs.emplace_back();
            jobs.back().id = one.id;
            jobs.back().github = &one;
            jobs.back().workflow = &workflow;
            list.push_back(&jobs.back());
        }
        return ids(verify::play_github(workflow, list, event, "acme/shop", output));
    }
};

}  // namespace

TEST_CASE("GitHub starts a workflow by its filters") {
    OnGitHub house;
    house.add("a", {});
    CHECK(house.run(push("refs/heads/main")) == "a");
    CHECK(house.run(push("refs/heads/release/1")) == "a");
    CHECK(house.run(push("refs/heads/release/1/2")) == "");
    CHECK(house.run(push("refs/heads/v1")) == "");
    CHECK(house.run(push("refs/tags/v1")) == "a");
    CHECK(house.run(push("refs/tags/main")) == "");
    Occurrence request;
    request.kind = EventKind::change_request;
    CHECK(house.run(request) == "");
    house.workflow.change_requests = true;
    CHECK(house.run(request) == "a");
    Occurrence form;
    form.kind = EventKind::form;
    form.action = "deploy";
    CHECK(house.run(form) == "");
    house.workflow.form = {{"action", "", true, {"infra", "deploy"}}};
    CHECK(house.run(form) == "a");
    form.action = "destroy";
    CHECK(house.run(form) == "");
}

TEST_CASE("GitHub skips what comes after a skip, however far, unless it asks for the state itself") {
    OnGitHub house;
    house.add("skipped", {}, G::equal(G::context("github.event_name"), G::literal("schedule")));
    house.add("after", {"skipped"});
    house.add("open", {"skipped"}, G::negation(G::call("cancelled", {})));
    house.add("behind-open", {"open"});
    house.add("asks", {"open"},
              G::all_of({G::negation(G::call("cancelled", {})),
                         G::equal(G::context("needs.open.result"), G::literal("success"))}));
    house.add("wants-more", {"skipped"},
              G::all_of({G::call("always", {}), G::equal(G::context("needs.skipped.result"), G::literal("success"))}));
    CHECK(house.run(push("refs/heads/main")) == "open asks");
}

TEST_CASE("GitHub compares without regard to case, and nothing equals no text") {
    OnGitHub house;
    house.add("same", {}, G::equal(G::context("github.ref"), G::literal("refs/heads/MAIN")));
    house.add("begins", {}, G::call("startsWith", {G::context("github.ref"), G::literal("REFS/heads")}));
    house.add("null", {}, G::equal(G::context("inputs.action"), G::literal("")));
    house.add("output", {"same"}, G::equal(G::context("needs.same.outputs.empty"), G::literal("true")));
    house.add("not-its-need", {}, G::equal(G::context("needs.same.result"), G::literal("success")));
    house.add("fork", {}, G::equal(G::context("github.repository"), G::literal("acme/shop")));
    CHECK(house.run(push("refs/heads/main")) == "same begins null fork");
    house.output = "true";
    Occurrence elsewhere = push("refs/heads/main");
    elsewhere.elsewhere = true;
    CHECK(house.run(elsewhere) == "same begins null output");
}

TEST_CASE("GitLab makes no pipeline where a need is missing, and takes the first rule that holds") {
    gitlab::Pipeline pipeline;
    const L main = L::all_of({L::equal("CI_PIPELINE_SOURCE", "push"), L::equal("CI_COMMIT_BRANCH", "main")});
    pipeline.rules = {{L::equal("CI_PIPELINE_SOURCE", "push"), false}};
    gitlab::Job first, second;
    first.id = "first";
    first.rules = {{main, false, {}}};
    second.id = "second";
    second.rules = {{main, true, {}}, {L::equal("CI_PIPELINE_SOURCE", "push"), false, {}}};
    second.needs = {{"first", true, false}};
    const auto run = [&](const Occurrence& event) {
        verify::Job a, b;
        a.id = "first";
        a.gitlab = &first;
        b.id = "second";
        b.gitlab = &second;
        return ids(verify::play_gitlab(pipeline, {&a, &b}, event, "acme/shop"));
    };
    CHECK(run(push("refs/heads/main")) == "first second?");
    CHECK(run(push("refs/heads/topic")) == "second");
    second.needs.front().optional = false;
    CHECK(run(push("refs/heads/topic")) == "");
    pipeline.rules.clear();
    CHECK(run(push("refs/heads/main")) == "");
}

TEST_CASE("conditions of GitLab's rules") {
    const std::map<std::string, std::string> variables{{"A", "x"}, {"B", "x"}, {"TAG", "v1"}};
    CHECK(gitlab::holds(L::equal("A", "x"), variables));
    CHECK(!gitlab::holds(L::equal("NONE", ""), variables));
    CHECK(gitlab::holds(L::differs("NONE", "x"), variables));
    CHECK(gitlab::holds(L::same("A", "B"), variables));
    CHECK(!gitlab::holds(L::same("A", "NONE"), variables));
    CHECK(gitlab::holds(L::one_of("A", {"y", "x"}), variables));
    CHECK(gitlab::holds(L::matches("TAG", "v*"), variables));
    CHECK(!gitlab::holds(L::all_of({L::equal("A", "x"), L::equal("B", "y")}), variables));
    CHECK(gitlab::holds(L::any_of({L::equal("A", "y"), L::equal("B", "x")}), variables));
}

TEST_CASE("a role's conditions let in a token, or they don't") {
    infrastructure::Way way;
    way.provider = "arn:aws:iam::111111111111:oidc-provider/gitlab.com";
    way.equals["gitlab.com:aud"] = {"https://gitlab.com/pipewright/open"};
    way.like["gitlab.com:sub"] = {"project_path:acme/shop:ref_type:tag:ref:v*"};
    way.not_like["gitlab.com:sub"] = {"project_path:acme/shop:ref_type:tag:ref:v*/*"};
    const auto token = [](const std::string& tag) {
        return verify::Token{
            "gitlab.com",
            {{"aud", "https://gitlab.com/pipewright/open"}, {"sub", "project_path:acme/shop:ref_type:tag:ref:" + tag}}};
    };
    CHECK(verify::admits(way, token("v1")));
    CHECK(!verify::admits(way, token("w1")));
    CHECK(!verify::admits(way, token("v1/2")));
    verify::Token other = token("v1");
    other.claims["aud"] = "https://gitlab.com/pipewright/gated";
    CHECK(!verify::admits(way, other));
    other = token("v1");
    other.issuer = "gitlab.example";
    CHECK(!verify::admits(way, other));
    way.equals["gitlab.com:ref_protected"] = {"true"};
    CHECK(!verify::admits(way, token("v1")));
    way.equals.erase("gitlab.com:ref_protected");
    way.equals["gitlab.com:actor"] = {"octocat"};
    CHECK(verify::admits(way, token("v1")));
}

TEST_CASE("what a call of a cloud changes") {
    for (const char* one :
         {"s3:GetObject", "ecs:DescribeServices", "ecr:BatchGetImage", "iam:ListRoles", "ecs:Describe*"})
        CHECK(!verify::writes(one));
    for (const char* one : {"s3:PutObject", "ecs:*", "*", "iam:PassRole", "ecs:D*", "ecr:BatchDeleteImage"})
        CHECK(verify::writes(one));
}

TEST_CASE("words of verdicts") {
    CHECK(verify::counted(1, "way") == "1 way");
    CHECK(verify::counted(2, "way") == "2 ways");
    CHECK(verify::counted(2, "identity") == "2 identities");
    CHECK(verify::counted(2, "trust class") == "2 trust classes");
    CHECK(verify::listed({"a", "b", "c"}) == "a, b and c");
    CHECK(verify::some_of({"a", "b", "c", "d", "e"}) == "a, b, c and 2 others");
    CHECK(verify::steps("push → a → b") == 2);
}
