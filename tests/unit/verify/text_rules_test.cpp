// Rules 7, 10, 11 and 12 over the leaves of jobs: each is broken on purpose, and is seen to find it.
#include "house.h"

using namespace pipewright;
using scenes::House;

namespace {

using G = github::Expression;

const std::string kKey = "AKIA" + std::string(16, 'A');

}  // namespace

TEST_CASE("7: a secret of the host that is a cloud's key, and one that is only called so in a test") {
    House house;
    house.on_github("delivery.yml", "deploy-dev-aws")
        .variables.push_back({"KEY", G::context("secrets.AWS_SECRET_ACCESS_KEY")});
    CHECK(house.said(7) ==
          "deploy-dev-aws of delivery.yml is given secrets.AWS_SECRET_ACCESS_KEY, a long-lived credential");
    // What static keys declare is called otherwise, by the environment's name.
    house.project.infrastructure.aws_static_keys = true;
    CHECK(house.said(7) ==
          "deploy-dev-aws of delivery.yml is given secrets.AWS_SECRET_ACCESS_KEY, a long-lived credential");
    House gitlab;
    gitlab.on_gitlab("build-api").variables.push_back({"AWS_ACCESS_KEY_ID", gitlab::Reference{"KEY"}});
    CHECK(gitlab.said(7) == "build-api is given AWS_ACCESS_KEY_ID, a long-lived credential");
    House test;
    test.on_gitlab("scan-source").variables.push_back({"AWS_ACCESS_KEY_ID", gitlab::Text{"test"}});
    CHECK(test.said(7) == "holds");
}

TEST_CASE("7: a key in plain sight") {
    House house;
    house.on_gitlab("scan-source").script.emplace_back(gitlab::UserLines{{"export KEY=" + kKey}, "."});
    CHECK(house.said(7) == "scan-source holds a key");
    House example;
    example.on_gitlab("scan-source").variables.push_back({"AWS_ACCESS_KEY_ID", gitlab::Text{"AKIAIOSFODNN7EXAMPLE"}});
    CHECK(example.said(7) == "holds");
    House root;
    root.root("infra/aws/dev/platform").calls.front().arguments.push_back({"note", infrastructure::Value(kKey)});
    CHECK(root.said(7) == "infra/aws/dev/platform holds a key");
    House all;
    all.gitlab.variables.push_back({"GOOGLE_CREDENTIALS", gitlab::Reference{"X"}});
    CHECK(all.said(7) == "the pipeline is given GOOGLE_CREDENTIALS, a long-lived credential");
}

TEST_CASE("10: an action at a tag, and images that move") {
    static const github::Pin moving{"acme/action", "v1", "v1"};
    House action;
    action.on_github("delivery.yml", "scan-source").steps.front().uses = &moving;
    CHECK(action.said(10) == "scan-source of delivery.yml uses acme/action at v1, which is no full commit");
    House image;
    image.gitlab.image = "docker.io/library/debian:trixie";
    CHECK(image.said(10) == "the pipeline runs docker.io/library/debian:trixie, which moves");
    image.gitlab.image = "docker.io/library/debian:13.1";
    CHECK(image.said(10) == "the pipeline runs docker.io/library/debian:13.1, which moves");
    image.gitlab.image = "docker.io/library/nginx:1.27.3-alpine";
    CHECK(image.said(10) == "holds");
    image.gitlab.image = "registry.example:5000/debian";
    CHECK(image.said(10) == "the pipeline runs registry.example:5000/debian, which moves");
    House command;
    command.on_gitlab("build-api")
        .before.emplace_back(
            gitlab::Command{{"docker", "run", "--rm", "tonistiigi/binfmt:latest", "--install", "all"}});
    CHECK(command.said(10) == "build-api runs tonistiigi/binfmt:latest, which moves");
    House service;
    service.on_gitlab("build-api").services.push_back({"docker", "docker:dind", {}});
    CHECK(service.said(10) == "build-api runs docker:dind, which moves");
    House with;
    with.on_github("delivery.yml", "build-api").steps.front().with.push_back({"image", github::Text{"binfmt:latest"}});
    CHECK(with.said(10) == "build-api of delivery.yml runs binfmt:latest, which moves");
}

TEST_CASE("10: the user's own test image may move") {
    House house;
    house.project.services.front().test.emplace();
    house.project.services.front().test->image = "python:3";
    house.on_github("delivery.yml", "scan-source").container = github::Container{"python:3", {}};
    CHECK(house.said(10) == "holds");
    CHECK(house.verdict(10).proof.find("the manifest's own python:3 may move") != std::string::npos);
}

TEST_CASE("11: a host's expression in a shell's line") {
    House house;
    house.on_github("delivery.yml", "scan-source").steps.back().run =
        github::UserLines{{"echo ${{ github.event.pull_request.title }}"}, "."};
    CHECK(house.said(11) ==
          "scan-source of delivery.yml lets the host write into the shell line 'echo ${{ "
          "github.event.pull_request.title }}'");
    House gitlab;
    gitlab.on_gitlab("scan-source").script.emplace_back(gitlab::UserLines{{"echo $[[ inputs.IMAGE ]]"}, "."});
    CHECK(gitlab.said(11) == "scan-source lets the host write into the shell line 'echo $[[ inputs.IMAGE ]]'");
    House user;
    user.on_gitlab("scan-source").script.emplace_back(gitlab::UserLines{{"echo \"$CI_COMMIT_BRANCH\""}, "."});
    CHECK(user.said(11) == "holds");
}

TEST_CASE("11: an input in our own words, a variable that is none, and an action that is given a title") {
    House house;
    std::get<gitlab::ScriptCall>(house.on_gitlab("build-api").script.front()).arguments = {"$[[ inputs.IMAGE ]]"};
    CHECK(house.said(11) == "build-api lets the host write into the shell's word '$[[ inputs.IMAGE ]]'");
    House name;
    name.on_gitlab("build-api").script.emplace_back(gitlab::HandOn{{"DIGEST_API\"; id; \""}, "out.env"});
    CHECK(name.said(11) == "build-api makes program text of 'DIGEST_API\"; id; \"'");
    House with;
    with.on_github("delivery.yml", "scan-source").steps.front().with.push_back({"ref", G::context("github.head_ref")});
    CHECK(with.said(11) == "scan-source of delivery.yml gives an action github.head_ref");
    House handed;
    handed.on_gitlab("build-api").script.emplace_back(gitlab::HandOn{{"CI_COMMIT_MESSAGE"}, "out.env"});
    CHECK(handed.said(11) == "build-api hands on CI_COMMIT_MESSAGE");
}

TEST_CASE("12: a job without a timeout") {
    House house;
    house.on_gitlab("build-api").timeout_minutes = 0;
    house.on_github("delivery.yml", "build-api").timeout_minutes = 600;
    CHECK(house.said(12) ==
          "build-api has a timeout of 0 minutes\nbuild-api of delivery.yml has a timeout of 600 minutes");
}

TEST_CASE("12: a token that may more than the steps need, or less") {
    House more;
    more.on_github("delivery.yml", "scan-source").permissions.push_back({"packages", "write", ""});
    CHECK(more.said(12) == "scan-source of delivery.yml has the permission packages: write, which no step of it needs");
    House signs;
    signs.on_github("delivery.yml", "scan-source").permissions.push_back({"id-token", "write", ""});
    CHECK(signs.said(12) ==
          "scan-source of delivery.yml has the permission id-token: write, which no step of it needs");
    House level;
    level.on_github("delivery.yml", "guard-prod").permissions.front().level = "write";
    CHECK(level.said(12) == "guard-prod of delivery.yml has the permission contents: write, which no step of it needs");
    House less;
    less.on_github("delivery.yml", "guard-prod").permissions.pop_back();
    CHECK(less.said(12) == "guard-prod of delivery.yml lacks the permission actions: read, which a step of it needs");
    House token;
    token.on_gitlab("scan-source").tokens = {{"TOKEN", "https://gitlab.com/pipewright/guard"}};
    CHECK(token.said(12) ==
          "scan-source has a token for https://gitlab.com/pipewright/guard, which no step of it needs");
    House trusted;
    trusted.on_gitlab("guard-prod").tokens.front().audience = "https://gitlab.com/pipewright/gated";
    CHECK(trusted.said(12) ==
          "guard-prod has a token for https://gitlab.com/pipewright/gated, which no step of it needs");
}
