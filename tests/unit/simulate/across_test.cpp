// A deploy that reads another cloud's registry shows a second identity and its token, on both hosts.
#include "scene.h"

using namespace pipewright;

namespace {

const std::string kTwoClouds =
    "pipewright: 1\nproject: shop\nrepository: acme/shop\n"
    "hosts:\n  github: { subject: classic, deploys: [dev] }\n  gitlab: { deploys: [dev] }\n"
    "services:\n  api: { path: api, port: 8000, health: /health }\n"
    "stacks:\n  aws: { runtime: ecs-fargate }\n"
    "  gcp: { runtime: compute-mig, instance: { type: e2-small, count: 2 } }\n"
    "environments:\n"
    "  dev:\n    deploy_on: { branch: main }\n    targets:\n"
    "      aws: { account: \"111111111111\", region: eu-west-1 }\n"
    "      gcp: { project: acme-shop-dev, project_number: \"100000000001\", region: europe-west1 }\n";

}  // namespace

TEST_CASE("a deploy whose images are in the other cloud has a token for each, and is let in by both") {
    const Project project = scenes::project_of(kTwoClouds);
    const simulate::Event event = scenes::push("refs/heads/main");
    simulate::Answer answer{event, {}, {scenes::on_github(project, event), scenes::on_gitlab(project, event)}};
    for (const simulate::HostAnswer& host : answer.hosts) {
        const simulate::JobAnswer across = scenes::job_of(host, "deploy-dev-gcp");
        CHECK(across.reader == "arn:aws:iam::111111111111:role/shop-dev-aws-pull");
        REQUIRE(across.token.has_value());
        REQUIRE(across.reader_token.has_value());
        CHECK(across.token->trusted);
        CHECK(across.reader_token->trusted);
        CHECK(across.reader_token->subjects == across.token->subjects);
        CHECK(scenes::job_of(host, "deploy-dev-aws").reader.empty());
    }
    CHECK(scenes::job_of(answer.hosts[0], "deploy-dev-gcp").reader_token->audience == "sts.amazonaws.com");
    CHECK(scenes::job_of(answer.hosts[0], "deploy-dev-gcp").token->audience.starts_with("https://iam.googleapis.com/"));
    const std::string text = simulate::text_of(answer);
    CHECK(text.find(" deploy, pull ") != std::string::npos);
    CHECK(text.find("role: arn:aws:iam::111111111111:role/shop-dev-aws-pull\n") != std::string::npos);
    const std::string json = simulate::json_of(answer);
    CHECK(json.find("\"reads_images_as\": {\n") != std::string::npos);
}

TEST_CASE("a job that doesn't run shows neither token") {
    const Project project = scenes::project_of(kTwoClouds);
    const simulate::JobAnswer job =
        scenes::job_of(scenes::on_gitlab(project, scenes::push("refs/heads/topic")), "deploy-dev-gcp");
    CHECK_FALSE(job.token.has_value());
    CHECK_FALSE(job.reader_token.has_value());
}
