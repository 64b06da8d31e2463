// validate --effective: every value with every default and every override, and where each comes from.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generator/cli/command.h"
#include "generator/system/memory_disk.h"

using namespace pipewright;
using Json = nlohmann::ordered_json;

namespace {

struct Said {
    cli::Exit exit;
    std::string out, err;
};

Said effective(const std::string& manifest, std::vector<std::string> more = {}) {
    system::MemoryDisk disk;
    disk.put_folder("/repo/.git");
    disk.put("/repo/pipewright.yaml", manifest);
    disk.put("/repo/Dockerfile", "FROM scratch\n");
    const std::size_t before = disk.changes();
    std::vector<std::string> words{"validate", "/repo", "--effective"};
    words.insert(words.end(), more.begin(), more.end());
    cli::Console console;
    const cli::Exit exit = cli::run(words, disk, false, console);
    CHECK(disk.changes() == before);
    return {exit, console.out, console.err};
}

// Each value is said somewhere else, from weak to strong.
const std::string kManifest = R"(pipewright: 1
project: shop
repository: acme/shop
hosts: { github: { visibility: public, subject: classic } }
services:
  api:
    port: 8000
    health: /health
    cpu: 512
    memory: 1024
    scaling: { min: 2, max: 4 }
    env: { LEVEL: info, COLOUR: blue, SIZE: small }
stacks:
  aws:
    runtime: ecs-fargate
    scaling: { min: 1, cpu_percent: 70 }
    network: { cidr: 10.20.0.0/16, nat: per-zone }
    spot_percent: 50
environments:
  dev:
    deploy_on: { branch: main }
    targets: { aws: { account: "111111111111", region: eu-west-1, spot_percent: null } }
  prod:
    deploy_on: { after: dev }
    gate: { type: manual, approvers: [acme/owners] }
    env: { LEVEL: warning, COLOUR: red }
    services: { api: { scaling: { max: 9 }, env: { COLOUR: green, SIZE: null } } }
    targets: { aws: { account: "222222222222", region: eu-west-1, scaling: { max: 6 }, network: { nat: single } } }
)";

// The lines of a text from one that starts so to one that ends the block, without their indentation.
std::string block(const std::string& text, const std::vector<std::string>& path) {
    std::istringstream lines(text);
    std::string line, found;
    std::size_t depth = 0;
    while (std::getline(lines, line)) {
        const std::size_t indentation = line.find_first_not_of(' ');
        if (indentation == std::string::npos) continue;
        if (depth == path.size()) {
            if (indentation < 2 * depth) break;
            found += line.substr(2 * depth) + "\n";
        } else if (indentation == 2 * depth && line.substr(indentation).starts_with(path[depth] + ":")) {
            ++depth;
        }
    }
    return found;
}

// Every value of the document that is no map, by its path.
void collect(const Json& node, const std::string& path, std::map<std::string, Json>& leaves) {
    if (node.is_object() && node.contains("value") && node.contains("from")) {
        leaves[path] = node;
        return;
    }
    for (const auto& [key, one] : node.items()) collect(one, path.empty() ? key : path + "." + key, leaves);
}

std::map<std::string, Json> leaves(const std::string& manifest) {
    const Said said = effective(manifest, {"--format", "json"});
    REQUIRE(said.exit == cli::kFine);
    std::map<std::string, Json> found;
    collect(Json::parse(said.out)["effective"], "", found);
    return found;
}

std::string contents(const std::string& path) {
    std::ifstream in(std::string(PIPEWRIGHT_SOURCE_DIR "/") + path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the strongest says it, with its line and key") {
    const Said said = effective(kManifest);
    CHECK(said.exit == cli::kFine);
    CHECK(said.err.empty());
    CHECK(said.out.starts_with(
        "# /repo/pipewright.yaml with every default and every override in place: what is generated from.\n"
        "# Beside each value stands the line that says it, or why it is so.\n"
        "\n"
        "pipewright: 1 # line 1\n"
        "project: shop # line 2\n"
        "repository: acme/shop # line 3\n"
        "\n"
        "hosts:\n"
        "  github:\n"
        "    repository: acme/shop # follows line 3: repository\n"
        "    default_branch: main # default\n"
        "    deploys: [dev, prod] # all environments\n"
        "    visibility: public # line 4\n"));
    CHECK(said.out.find("\nregistry: native # default\n") != std::string::npos);
    CHECK(block(said.out, {"environments", "prod", "targets", "aws", "services", "api"}) ==
          "cpu: 512 # line 9: services.api.cpu\n"
          "memory: 1024 # line 10: services.api.memory\n"
          "scaling:\n"
          "  min: 2 # line 11: services.api.scaling.min\n"
          "  max: 9 # line 27: environments.prod.services.api.scaling.max\n"
          "  cpu_percent: 70 # line 16: stacks.aws.scaling.cpu_percent\n"
          "env:\n"
          "  LEVEL: warning # line 26: environments.prod.env.LEVEL\n"
          "  COLOUR: green # line 27: environments.prod.services.api.env.COLOUR\n"
          "command: # the image's\n"
          "permissions: [] # default\n"
          "smoke:\n"
          "  path: /health # follows line 8: services.api.health.path\n"
          "  status: # any from 200 to 399\n");
    CHECK(block(said.out, {"environments", "dev", "targets", "aws", "services", "api", "env"}) ==
          "LEVEL: info # line 12: services.api.env.LEVEL\n"
          "COLOUR: blue # line 12: services.api.env.COLOUR\n"
          "SIZE: small # line 12: services.api.env.SIZE\n");
    CHECK(block(said.out, {"environments", "dev", "targets", "aws", "services", "api", "scaling"}) ==
          "min: 2 # line 11: services.api.scaling.min\n"
          "max: 4 # line 11: services.api.scaling.max\n"
          "cpu_percent: 70 # line 16: stacks.aws.scaling.cpu_percent\n");
    CHECK(block(said.out, {"environments", "prod", "targets", "aws", "network"})
              .starts_with("mode: create # default\n"
                           "cidr: 10.20.0.0/16 # line 17: stacks.aws.network.cidr\n"
                           "zones: 2 # default\n"
                           "nat: single # line 28\n"));
}

TEST_CASE("null takes what the stack says away, and says so") {
    const std::map<std::string, Json> found = leaves(kManifest);
    const Json& spot = found.at("environments.dev.targets.aws.spot_percent");
    CHECK(spot["value"] == 0);
    CHECK(spot["from"]["line"] == 22);
    CHECK(spot["from"]["because"] == "default");
    CHECK(found.at("environments.prod.targets.aws.spot_percent")["value"] == 50);
    CHECK(effective(kManifest).out.find("spot_percent: 0 # default, for it is null on line 22\n") != std::string::npos);
}

TEST_CASE("for a machine: the value, its place, and why where no place says it") {
    const std::map<std::string, Json> found = leaves(kManifest);
    CHECK(found.at("project").dump() == R"({"value":"shop","from":{"line":2,"column":10}})");
    CHECK(found.at("hosts.github.default_branch").dump() == R"({"value":"main","from":{"because":"default"}})");
    CHECK(found.at("hosts.github.repository").dump() ==
          R"({"value":"acme/shop","from":{"line":3,"column":13,"key":"repository","because":"the top level's"}})");
    CHECK(found.at("environments.prod.targets.aws.services.api.scaling.max").dump() ==
          R"({"value":9,"from":{"line":27,"column":40,"key":"environments.prod.services.api.scaling.max"}})");
    CHECK(found.at("environments.prod.gate.type").dump() == R"({"value":"manual","from":{"line":25,"column":19}})");
    CHECK(found.at("environments.dev.gate.type")["value"] == "none");
    CHECK(!found.contains("environments.dev.promote_from"));
    CHECK(found.at("environments.prod.promote_from").dump() ==
          R"({"value":"dev","from":{"line":24,"column":25,"key":"environments.prod.deploy_on.after",)"
          R"("because":"the after environment, else the one written before it"}})");
}

TEST_CASE("everything has a value that says where it comes from, whatever the manifest uses") {
    for (const char* path : {"tests/manifest/full/everything.yaml", "tests/manifest/right/minimal.yaml",
                             "examples/compose-on-ec2/pipewright.yaml", "examples/fargate-microservice/pipewright.yaml",
                             "examples/multicloud-gitlab/pipewright.yaml", "examples/staged-backend/pipewright.yaml",
                             "examples/two-account-api/pipewright.yaml"}) {
        CAPTURE(path);
        const std::map<std::string, Json> found = leaves(contents(path));
        CHECK(found.size() > 60);
        for (const auto& [key, one] : found) {
            CAPTURE(key);
            const Json& from = one["from"];
            CHECK((from.contains("line") || !from.value("because", "").empty()));
        }
        // The same as text: no value without a word beside it.
        std::istringstream lines(effective(contents(path)).out);
        for (std::string line; std::getline(lines, line);) {
            const bool value = !line.empty() && line.find(" #") == std::string::npos && line.back() != ':';
            CHECK_MESSAGE((!value || line.starts_with("# ") || line.find_first_not_of(' ') == line.find('#')), line);
        }
    }
}

TEST_CASE("a manifest that is wrong has no values to show") {
    const Said said = effective(kManifest + "  live: {}\n");
    CHECK(said.exit == cli::kWrong);
    CHECK(said.out.empty());
    CHECK(said.err.find("[PW0102]") != std::string::npos);
    const Said json = effective(kManifest + "  live: {}\n", {"--format", "json"});
    CHECK(json.exit == cli::kWrong);
    CHECK(!Json::parse(json.out).contains("effective"));
}
