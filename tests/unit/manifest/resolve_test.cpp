// What the manifest means: defaults, overrides from weak to strong, and what follows from other keys.
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
    const SourceId source = sources.add("pipewright.yaml", bytes);
    Loaded loaded;
    loaded.project = manifest::load(sources, source, {"", "pipewright.yaml"}, diagnostics);
    loaded.messages = render_text(diagnostics.sorted(), sources, false);
    return loaded;
}

const std::string kHead = R"(pipewright: 1
project: shop
repository: acme/shop
hosts:
  github: { visibility: public, subject: classic }
)";

std::string manifest_with(const std::string& service, const std::string& stack = "", const std::string& target = "",
                          const std::string& environment = "") {
    return kHead + "services:\n  api:\n    port: 8000\n" + service + "stacks:\n  aws:\n    runtime: ecs-fargate\n" +
           stack + "environments:\n  dev:\n    deploy_on: { branch: main }\n" + environment +
           "    targets:\n      aws: { account: \"111111111111\", region: eu-west-1" + target + " }\n";
}

const Target& only_target(const Loaded& loaded) {
    REQUIRE_MESSAGE(loaded.project.has_value(), loaded.messages);
    return loaded.project->environments.front().targets.front();
}

}  // namespace

TEST_CASE("defaults are those of the language") {
    const Loaded loaded = load(manifest_with(""));
    const Target& target = only_target(loaded);
    const Service& service = loaded.project->services.front();
    CHECK(service.content.path == ".");
    CHECK(service.content.dockerfile == "Dockerfile");
    CHECK(service.content.platforms == Names{"linux/amd64"});
    CHECK(service.routes == Names{"/*"});
    CHECK(service.health->path == "/");
    CHECK(service.read_only);
    CHECK(target.services.front().cpu == 256);
    CHECK(target.services.front().memory == 512);
    CHECK(target.services.front().scaling.min == 1);
    CHECK(target.services.front().scaling.max == 1);
    CHECK(target.services.front().scaling.cpu_percent == 60);
    CHECK(target.ingress.kind == IngressKind::load_balancer);
    CHECK(target.network.cidr == "10.0.0.0/16");
    CHECK(target.network.zones == 2);
    CHECK(target.network.nat == "single");
    CHECK(target.observability.log_retention_days == 30);
    CHECK_FALSE(target.protect);
    CHECK(loaded.project->infrastructure.state_bucket == "shop-tfstate");
    CHECK(loaded.project->infrastructure.directory == "infra");
    CHECK(loaded.project->delivery.smoke_retries == 10);
    CHECK(loaded.project->delivery.sbom);
    CHECK(loaded.project->registry.kind == RegistryKind::native);
    CHECK(loaded.project->github->runner == Names{"ubuntu-24.04"});
    CHECK(loaded.project->github->code_scanning);
}

TEST_CASE("scaling: default < stack < service < target < the environment's service, key by key") {
    const std::string stack = "    scaling: { min: 2, max: 20, cpu_percent: 40 }\n";
    const std::string service = "    scaling: { min: 3 }\n";
    const std::string environment = "    services: { api: { scaling: { max: 9 } } }\n";
    const Loaded loaded = load(manifest_with(service, stack, ", scaling: { cpu_percent: 70 }", environment));
    const Scaling& scaling = only_target(loaded).services.front().scaling;
    CHECK(scaling.min == 3);
    CHECK(scaling.max == 9);
    CHECK(scaling.cpu_percent == 70);
}

TEST_CASE("env: service < environment < the environment's service; null removes") {
    const Loaded loaded = load(manifest_with("    env: { A: service, B: service, C: service, D: service }\n", "", "",
                                             "    env: { B: environment, C: environment }\n"
                                             "    services: { api: { env: { C: override, D: null, E: new } } }\n"));
    const StringMap expected{{"A", "service"}, {"B", "environment"}, {"C", "override"}, {"E", "new"}};
    CHECK(only_target(loaded).services.front().env == expected);
}

TEST_CASE("a target overrides its stack: maps merge, lists replace, null removes, short forms merge too") {
    const std::string stack =
        "    ingress: load-balancer\n    database: { engine: mysql, backup_days: 3 }\n    network: { zones: 3, "
        "endpoints: [sqs, sns] }\n";
    const Loaded loaded =
        load(manifest_with("", stack, ", ingress: { internal: true }, database: null, network: { endpoints: [kms] }"));
    const Target& target = only_target(loaded);
    CHECK(target.ingress.kind == IngressKind::load_balancer);
    CHECK(target.ingress.internal);
    CHECK_FALSE(target.database.has_value());
    CHECK(target.network.zones == 3);
    CHECK(target.network.endpoints == Names{"kms"});
}

TEST_CASE("a record that only the target has keeps its own defaults") {
    const Loaded loaded = load(manifest_with("", "", ", database: { engine: mysql }"));
    const Target& target = only_target(loaded);
    REQUIRE(target.database.has_value());
    CHECK(target.database->engine == "mysql");
    CHECK(target.database->storage_gb == 20);
}

TEST_CASE("a smoke test follows the health check where the ingress leads there") {
    const auto smoke = [](const std::string& service, const std::string& target = "") {
        const Loaded loaded = load(manifest_with(service, "", target));
        const std::optional<Smoke> found = only_target(loaded).services.front().smoke;
        return (found ? found->path : "none") + (loaded.messages.find("PW0306") != std::string::npos ? " noted" : "");
    };
    CHECK(smoke("    health: /up\n") == "/up");
    CHECK(smoke("    health: /up\n    routes: [\"/up/*\"]\n") == "/up");
    CHECK(smoke("    health: /upper\n    routes: [\"/up/*\"]\n") == "none noted");
    CHECK(smoke("    health: /up\n    routes: []\n") == "none");
    CHECK(smoke("    health: /up\n", ", ingress: { internal: true }") == "none noted");
    CHECK(smoke("    health: /up\n", ", ingress: { allow: [10.0.0.0/8] }") == "none noted");
    CHECK(smoke("    health: /up\n    smoke: /ping\n", ", ingress: { internal: true }") == "/ping");
    CHECK(smoke("    health: /up\n    smoke: null\n") == "none");
    CHECK(smoke("    health: /up\n    smoke: { status: 204 }\n") == "/up");
}

TEST_CASE("gates: production is gated, by the tag where a tag deploys it") {
    const auto gate = [](const std::string& name, const std::string& trigger, const std::string& more = "") {
        const Loaded loaded = load(manifest_with("") + "  " + name + ":\n    deploy_on: " + trigger + "\n" + more +
                                   "    targets:\n      aws: { account: \"222222222222\", region: eu-west-1 }\n");
        REQUIRE_MESSAGE(loaded.project.has_value(), loaded.messages);
        return loaded.project->environments.back().gate.kind;
    };
    CHECK(gate("prod", "{ tag: \"v*\" }") == GateKind::release);
    CHECK(gate("live", "{ after: dev }", "    gate: { approvers: [acme/owners] }\n") == GateKind::manual);
    CHECK(gate("staging", "{ after: dev }") == GateKind::none);
    CHECK(gate("staging", "{ tag: \"v*\" }", "    production: true\n") == GateKind::release);
    CHECK(gate("prod", "{ after: dev }", "    gate: none\n    ungated_production: true\n") == GateKind::none);
    CHECK(gate("prod", "{ after: dev }", "    production: false\n") == GateKind::none);
}

TEST_CASE("promotion comes from the environment before, the one named by after, or promote_from") {
    const std::string tail = "    targets:\n      aws: { account: \"222222222222\", region: eu-west-1 }\n";
    const Loaded loaded = load(manifest_with("") + "  qa:\n    deploy_on: { branch: qa }\n" + tail +
                               "  load:\n    deploy_on: { after: dev }\n" + tail +
                               "  uat:\n    deploy_on: { tag: \"u*\" }\n    promote_from: qa\n" + tail);
    REQUIRE_MESSAGE(loaded.project.has_value(), loaded.messages);
    const auto& all = loaded.project->environments;
    CHECK(all[0].promote_from.empty());
    CHECK(all[1].promote_from == "dev");
    CHECK(all[2].promote_from == "dev");
    CHECK(all[3].promote_from == "qa");
}

TEST_CASE("paths of a manifest below the root count from its folder") {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("services/shop/pipewright.yaml",
                                        manifest_with("    path: api\n    test: { image: \"x:1\", run: [make] }\n"));
    const auto project =
        manifest::load(sources, source, {"services/shop", "services/shop/pipewright.yaml"}, diagnostics);
    REQUIRE(project.has_value());
    CHECK(project->services.front().content.path == "services/shop/api");
    CHECK(project->services.front().test->directory == "services/shop/api");
}
