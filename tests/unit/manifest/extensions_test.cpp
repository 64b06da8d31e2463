// What a user's own jobs can't be called, and which variables they can't have.
#include <doctest/doctest.h>

#include <string>

#include "generator/manifest/load.h"
#include "generator/text/render.h"

using namespace pipewright;

namespace {

std::string said(const std::string& jobs,
                 const std::string& hosts = "github: { visibility: public, subject: classic }") {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add(
        "m",
        "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts: { " + hosts +
            " }\nservices:\n  api: { port: 8000, health: /health }\nstacks:\n  east: { runtime: ecs-fargate }\n  west: "
            "{ "
            "runtime: ecs-fargate }\nenvironments:\n  dev: { deploy_on: { branch: main }, targets: { east: { account: "
            "\"111111111111\", region: us-east-1 }, west: { account: \"222222222222\", region: us-west-2 } } }\n"
            "  qa: { deploy_on: { after: dev }, targets: { east: { account: \"333333333333\", region: us-east-1 } } }\n"
            "extend:\n  jobs:\n" +
            jobs);
    manifest::load(sources, source, {"", "m"}, diagnostics);
    std::string all;
    for (const Diagnostic& one : diagnostics.sorted()) {
        if (one.code == Code::no_smoke) continue;
        all += (all.empty() ? "" : "; ") + std::string(describe(one.code).id) + " on line " +
               std::to_string(sources.at(source).position(one.span.offset).line) + ": " + one.message;
    }
    return all;
}

std::string with(const std::string& rest) { return said("    mine: { after: dev, run: [x], " + rest + " }\n"); }

}  // namespace

TEST_CASE("names of jobs") {
    CHECK(said("    mine: { after: dev, run: [x] }\n").empty());
    for (const std::string name : {"pages", "image", "default", "workflow", "true", "spec"}) {
        CAPTURE(name);
        CHECK(said("    \"" + name + "\": { after: dev, run: [x] }\n") ==
              "PW0216 on line 15: on GitLab '" + name + "' is no job's name but a keyword");
    }
    CHECK(said("    images-2: { after: dev, run: [x] }\n") ==
          "PW0216 on line 15: the pipelines have a job 'images-2' of their own");
    CHECK(said("    images-of-cats: { after: dev, run: [x] }\n").empty());
    // With an identity it is one job for each stack.
    CHECK(
        said("    deploy-dev: { after: dev, run: [x], identity: plan }\n") ==
        "PW0216 on line 15: the pipelines have a job 'deploy-dev-east' of their own (your 'deploy-dev' is one job for "
        "each stack); PW0216 on line 15: the pipelines have a job 'deploy-dev-west' of their own (your 'deploy-dev' is "
        "one job for each stack)");
    CHECK(said("    deploy-dev: { after: dev, run: [x] }\n").empty());
    CHECK(said("    deploy-dev: { after: qa, run: [x], identity: plan }\n").empty());
    CHECK(said("    warm: { after: dev, run: [x], identity: deploy }\n    warm-west: { after: qa, run: [x] }\n") ==
          "PW0210 on line 16: 'warm' and 'warm-west' would both be the job 'warm-west'");
    CHECK(said("    warm: { after: dev, run: [x] }\n    warm-west: { after: qa, run: [x] }\n").empty());
}

TEST_CASE("variables of jobs") {
    CHECK(with("env: { URL: x }, secrets: [TOKEN], identity: deploy").empty());
    for (const std::string name :
         {"AWS_REGION", "STATE_BUCKET", "COMMANDS", "BASH_ENV", "PATH", "GCP_PROVIDER", "CI_X"}) {
        CAPTURE(name);
        CHECK(with("identity: plan, env: { " + name + ": x }") ==
              "PW0216 on line 15: the job 'mine' has a variable '" + name + "' of its own");
    }
    CHECK(with("identity: deploy, secrets: [LEASE_KEY]") ==
          "PW0216 on line 15: the job 'mine' has a variable 'LEASE_KEY' of its own");
    // Without an identity nothing of ours is there; what the hosts set they set for every job.
    CHECK(with("env: { AWS_REGION: x, PATH: w, STATE_BUCKET: z }").empty());
    CHECK(with("env: { GITHUB_REF: x }") == "PW0216 on line 15: the job 'mine' has a variable 'GITHUB_REF' of its own");
    CHECK(with("env: { TOKEN: x }, secrets: [TOKEN]") ==
          "PW0202 on line 15: 'TOKEN' stands in both env and secrets of 'mine'");
    for (const std::string key : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "GCP_SA_KEY"}) {
        CAPTURE(key);
        CHECK(with("secrets: [" + key + "]") ==
              "PW0216 on line 15: '" + key + "' would be a long-lived key of a cloud");
    }
}

TEST_CASE("GitLab's limit of needs") {
    std::string jobs;
    for (int i = 0; i < 21; ++i) jobs += "    job" + std::to_string(i) + ": { after: dev, run: [x], identity: plan }\n";
    const std::string gitlab = "gitlab: { }";
    CHECK(said(jobs, gitlab).empty());
    jobs += "    last: { after: dev, run: [x] }\n";
    CHECK(said(jobs, gitlab) ==
          "PW0104 on line 36: 'qa' would wait for more than 44 jobs of 'dev', and GitLab lets a job wait for 50");
    CHECK(said(jobs).empty());
}
