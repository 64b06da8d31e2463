// Names that the output needs for itself.
#include <doctest/doctest.h>

#include <string>

#include "generator/manifest/load.h"
#include "generator/text/render.h"

using namespace pipewright;

namespace {

std::string said(const std::string& stack, const std::string& more = "") {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add(
        "m",
        "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts:\n  github: { visibility: public, subject: "
        "classic }\nservices:\n  api: { port: 8000, health: /health }\nstacks:\n  " +
            stack + ": { runtime: ecs-fargate }\nenvironments:\n  dev: { deploy_on: { branch: main }, targets: { " +
            stack + ": { account: \"111111111111\", region: eu-west-1 } } }\n" + more);
    manifest::load(sources, source, {"", "m"}, diagnostics);
    std::string all;
    for (const Diagnostic& one : diagnostics.sorted()) {
        all += std::string(describe(one.code).id) + " on line " +
               std::to_string(sources.at(source).position(one.span.offset).line) + ": " + one.message + " = " +
               one.help;
    }
    return all;
}

}  // namespace

TEST_CASE("stacks that can't be called so") {
    CHECK(said("all") ==
          "PW0216 on line 9: a stack can't be called 'all' = in the operators' form that word means every stack");
    for (const std::string name : {"modules", "accounts", "hosts"}) {
        CAPTURE(name);
        CHECK(said(name) == "PW0216 on line 9: a stack can't be called '" + name +
                                "' = the generated Terraform has a folder of that name");
    }
    for (const std::string name : {"alle", "module", "account", "host", "github"}) {
        CAPTURE(name);
        CHECK(said(name).empty());
    }
}

TEST_CASE("folders and jobs that can't be called so") {
    for (const std::string folder : {"ci", "ci/terraform", ".github", ".gitlab/x"}) {
        CAPTURE(folder);
        CHECK(said("aws", "infrastructure: { directory: " + folder + " }\n").starts_with("PW0216 on line 12: "));
    }
    CHECK(said("aws", "infrastructure: { directory: cinema }\n").empty());
    for (const std::string job : {"build-api", "test-api", "deploy-dev-aws", "check-form", "scan-source"}) {
        CAPTURE(job);
        CHECK(said("aws", "extend: { jobs: { " + job + ": { after: dev, run: [x] } } }\n") ==
              "PW0216 on line 12: the pipelines have a job '" + job + "' of their own = give yours another name");
    }
    CHECK(said("aws", "extend: { jobs: { build-web: { after: dev, run: [x] } } }\n").empty());
}
