// Events as a person tells them, and what the answer looks like.
#include <nlohmann/json.hpp>

#include "generator/simulate/parts.h"
#include "scene.h"

using namespace pipewright;
using namespace pipewright::scenes;

namespace {

Project project() { return project_of(three(kPublic, "{ tag: \"v*\" }", "release")); }

std::string refused(simulate::Event event) { return simulate::complete(project(), event); }

std::string completed(simulate::Event event) {
    CHECK(simulate::complete(project(), event) == "");
    return event.ref;
}

const char* kRows = R"([{"environment":"dev","stack":"aws","actions":["infra","deploy","rollback","destroy"],)"
                    R"("services":["api"],"images":["api"],"confirmed":["infra","deploy"],)"
                    R"("refs":["refs/heads/main","refs/tags/v*"]},)"
                    R"({"environment":"dev","stack":"gcp","actions":["deploy","rollback"],)"
                    R"("services":["api","web"],"images":["api","web"],"confirmed":["infra"],)"
                    R"("refs":["refs/heads/main"]}])";

std::string form_says(simulate::Chosen chosen) { return simulate::form_refused(kRows, chosen); }

}  // namespace

TEST_CASE("an event has a usual ref") {
    simulate::Event event;
    CHECK(completed(event) == "refs/heads/main");
    event.kind = delivery::EventKind::change_request;
    CHECK(completed(event) == "refs/heads/topic");
    CHECK(completed(form("deploy", "staging", "")) == "refs/heads/main");
    CHECK(refused(form("deploy", "prod", "")) == "prod is run on refs/tags/v*: say on which with --ref");
    CHECK(completed(form("deploy", "prod", "refs/tags/v1")) == "refs/tags/v1");
}

TEST_CASE("what makes no sense about an event is said") {
    CHECK(refused(push("main")) == "--ref should be refs/heads/BRANCH or refs/tags/TAG, not 'main'");
    CHECK(refused(push("refs/heads/")) == "--ref should be refs/heads/BRANCH or refs/tags/TAG, not 'refs/heads/'");
    CHECK(refused(form("", "dev")) == "the form needs --action and --environment");
    CHECK(refused(form("deploy", "moon")) == "there is no environment 'moon'; there are dev, staging, prod");
    auto event = push("refs/heads/main");
    event.form.service = "api";
    CHECK(refused(event) == "only --event form takes what the form asks for");
    event = request(false);
    event.ref = "refs/tags/v1";
    CHECK(refused(event) == "a change request comes from a branch");
    event.kind = delivery::EventKind::schedule;
    CHECK(refused(event) == "a schedule runs on a branch");
    event.kind = delivery::EventKind::push_branch;
    CHECK(simulate::complete(project(), event) == "");
    CHECK(event.kind == delivery::EventKind::push_tag);
}

TEST_CASE("an event in words") {
    CHECK(simulate::describe(push("refs/heads/main")) == "a push to main");
    CHECK(simulate::describe(push("refs/tags/v1")) == "a push of the tag v1");
    CHECK(simulate::describe(request(true)) == "a change request from topic of a fork");
    auto event = form("deploy", "dev");
    event.form.cloud = "aws";
    event.rerun = true;
    event.fork = true;
    CHECK(simulate::describe(event) == "the form's deploy of dev on aws, run on main, in a fork, run once more");
}

TEST_CASE("the form's first job refuses what its script refuses") {
    const std::string digest = "sha256:" + std::string(64, 'a'), hex(64, 'b');
    const std::string main = "refs/heads/main";
    CHECK(form_says({"deploy", "dev", "aws", "", "", "", main}) == "");
    CHECK(form_says({"deploy", "dev", "aws", "all", "", hex, "refs/tags/v1"}) == "");
    CHECK(form_says({"deploy", "dev", "moon", "", "", "", main}) == "there is no deploy for dev on moon");
    CHECK(form_says({"dance", "dev", "aws", "", "", "", main}) == "there is no dance for dev on aws");
    CHECK(form_says({"deploy", "dev", "aws", "", "", "", "refs/tags/v1/2"}) ==
          "deploy for dev on aws is started on refs/heads/main or refs/tags/v*, and this run is on refs/tags/v1/2");
    CHECK(form_says({"infra", "dev", "aws", "api", "", "", main}) ==
          "a service is for deploy and rollback alone, not for infra");
    CHECK(form_says({"deploy", "dev", "aws", "web", "", "", main}) == "dev on aws has no service web");
    CHECK(form_says({"deploy", "dev", "aws", "", digest, "", main}) ==
          "an image is for rollback alone, not for deploy");
    CHECK(form_says({"rollback", "dev", "aws", "api", digest, "", main}) == "");
    CHECK(form_says({"rollback", "dev", "aws", "", "sha256:1", "", main}) ==
          "the image should be sha256: and 64 hex digits");
    CHECK(form_says({"rollback", "dev", "aws", "", digest, "", main}) == "");
    for (const char* service : {"", "all"}) {
        CHECK(form_says({"rollback", "dev", "gcp", service, digest, "", main}) ==
              "an image needs its service: dev on gcp runs more than one");
    }
    CHECK(form_says({"rollback", "dev", "gcp", "web", digest, "", main}) == "");
    CHECK(form_says({"rollback", "dev", "aws", "", "", "dev", main}) ==
          "there is no one plan to confirm for rollback on aws");
    CHECK(form_says({"deploy", "dev", "gcp", "", "", hex, main}) ==
          "there is no one plan to confirm for deploy on gcp");
    CHECK(form_says({"infra", "dev", "aws", "", "", "yes", main}) ==
          "what is confirmed should be the fingerprint of a plan (64 hex digits)");
    CHECK(form_says({"destroy", "dev", "aws", "", "", "", main}) ==
          "to destroy it, the environment's name has to be confirmed");
    CHECK(form_says({"destroy", "dev", "aws", "", "", "dev", main}) == "");
}

TEST_CASE("the answer as text and as JSON") {
    simulate::Answer answer;
    answer.event = push("refs/heads/main");
    answer.hosts = {on_github(project_of(three(kPublic, "{ after: staging }", kReviewed)), answer.event)};
    const std::string text = simulate::text_of(answer);
    for (const char* words : {"a push to main\n", "GitHub, acme/shop", "operations.yml: a person starts it",
                              "deploy-prod-aws", "for a reviewer (acme/owners); behind apply-prod-aws",
                              "sub: repo:acme/shop:environment:prod", "role: arn:aws:iam::333333333333:role/"})
        CHECK_MESSAGE(text.find(words) != std::string::npos, words << " in\n" << text);
    CHECK(text.find(" \n") == std::string::npos);
    const auto json = nlohmann::json::parse(simulate::json_of(answer));
    CHECK(json.at("event").at("words") == "a push to main");
    const auto& run = json.at("hosts").at(0).at("runs").at(0);
    CHECK(run.at("path") == ".github/workflows/delivery.yml");
    for (const auto& job : run.at("jobs")) {
        if (job.at("job") != "deploy-prod-aws") continue;
        CHECK(job.at("outcome") == "waits");
        CHECK(job.at("waits_for").at("person") == "reviewers");
        CHECK(job.at("token").at("sub").at(0) == "repo:acme/shop:environment:prod");
        CHECK(job.at("token").at("job_workflow_ref") == "acme/shop/.github/workflows/delivery.yml@refs/heads/main");
        CHECK(job.at("token").at("trusted") == true);
        CHECK(job.at("target").at("stack") == "aws");
    }
}
