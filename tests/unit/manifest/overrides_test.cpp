// What null takes away, and what a target lays over its stack.
#include <doctest/doctest.h>

#include "generator/manifest/load.h"
#include "generator/text/render.h"

namespace {

using namespace pipewright;

struct Loaded {
    std::optional<Project> project;
    std::string messages;
};

Loaded load(const std::string& bytes) {
    Sources sources;
    Diagnostics diagnostics;
    Loaded loaded;
    loaded.project =
        manifest::load(sources, sources.add("pipewright.yaml", bytes), {"", "pipewright.yaml"}, diagnostics);
    loaded.messages = render_text(diagnostics.sorted(), sources, false);
    return loaded;
}

// A manifest with one service, one stack and one target; each part takes further keys, in flow style.
struct Parts {
    std::string service, stack, target, environment;
};

std::string manifest_with(const Parts& parts) {
    return R"(pipewright: 1
project: shop
repository: acme/shop
hosts: { github: { visibility: public, subject: classic } }
services:
  api: { path: api, port: 8000, )" +
           parts.service + R"( }
  web: { path: web, port: 8080, routes: [] }
stacks:
  aws: { runtime: ecs-fargate, )" +
           parts.stack + R"( }
environments:
  dev:
    deploy_on: { branch: main }
    targets:
      aws: { account: "111111111111", region: eu-west-1, )" +
           parts.target + " }\n" + parts.environment;
}

const Target& target_of(const Loaded& loaded) {
    REQUIRE_MESSAGE(loaded.project.has_value(), loaded.messages);
    return loaded.project->environments.front().targets.front();
}

}  // namespace

TEST_CASE("null in a target takes away what the stack says, and the default holds again") {
    Parts parts;
    parts.stack =
        "spot_percent: 70, network: { nat: none, zones: 3 }, cache: { replicas: 2 }, ingress: { allow: [10.0.0.0/8], "
        "waf: true }, observability: { log_retention_days: 90 }";
    parts.target =
        "spot_percent: null, network: { nat: null }, cache: null, ingress: { allow: ~ }, observability: null";
    const Loaded loaded = load(manifest_with(parts));
    const Target& target = target_of(loaded);
    CHECK(target.spot_percent == 0);
    CHECK(target.network.nat == "single");
    CHECK(target.network.zones == 3);
    CHECK_FALSE(target.cache.has_value());
    CHECK(target.ingress.allow.empty());
    CHECK(target.ingress.waf);
    CHECK(target.observability.log_retention_days == 30);
}

TEST_CASE("null in an environment's service takes away what the service says") {
    Parts parts;
    parts.service = "cpu: 1024, memory: 4096, command: [serve], env: { A: one, B: two }, scaling: { min: 3, max: 9 }";
    parts.environment =
        "    env: { B: null, C: three }\n"
        "    services: { api: { cpu: null, memory: ~, command: null, env: { C: null }, scaling: null } }\n";
    const Loaded loaded = load(manifest_with(parts));
    const Running& api = *target_of(loaded).running("api");
    CHECK(api.cpu == 256);
    CHECK(api.memory == 512);
    CHECK(api.command.empty());
    CHECK(api.env == StringMap{{"A", "one"}});
    CHECK(api.scaling.min == 1);
    CHECK(api.scaling.max == 1);
}

TEST_CASE("null in place of an environment's service takes the service out of the environment") {
    Parts parts;
    parts.environment = "    services: { web: null }\n";
    const Loaded loaded = load(manifest_with(parts));
    CHECK(target_of(loaded).running("api") != nullptr);
    CHECK(target_of(loaded).running("web") == nullptr);
    const Loaded whole = load(manifest_with({}));
    CHECK(target_of(whole).running("web") != nullptr);
}

TEST_CASE("a service's null takes away what its stack says of scaling") {
    Parts parts;
    parts.stack = "scaling: { min: 2, max: 4 }";
    parts.service = "scaling: null";
    const Loaded loaded = load(manifest_with(parts));
    CHECK(target_of(loaded).running("api")->scaling.max == 1);
    CHECK(target_of(loaded).running("web")->scaling.max == 4);
}

TEST_CASE("stack and target can share out what https needs") {
    Parts parts;
    parts.stack = "ingress: { https: { zone: example.com } }";
    parts.target = "ingress: { https: { domain: shop.example.com } }";
    const Loaded loaded = load(manifest_with(parts));
    REQUIRE(target_of(loaded).ingress.https.has_value());
    CHECK(target_of(loaded).ingress.https->domain == "shop.example.com");
    CHECK(target_of(loaded).ingress.https->zone == "example.com");
    parts.target.clear();
    CHECK(load(manifest_with(parts)).messages.find("[PW0102]") != std::string::npos);
}

TEST_CASE("health and smoke can be taken away from a service") {
    Parts parts;
    parts.service = "health: null, smoke: null";
    const Loaded loaded = load(manifest_with(parts));
    target_of(loaded);
    CHECK_FALSE(loaded.project->services.front().health.has_value());
    CHECK_FALSE(target_of(loaded).running("api")->smoke.has_value());
}
