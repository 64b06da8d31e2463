// Which files of a module come along, and that every call fits the module that it calls.
#include "generator/infrastructure/modules.h"

#include <map>
#include <regex>

#include "generator/embed/templates.h"
#include "uses.h"

using namespace pipewright;

namespace {

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// The variables of a module, and whether each has to be given.
std::map<std::string, bool> variables_of(const std::string& module, const std::vector<std::string>& files) {
    std::map<std::string, bool> all;
    for (const std::string& path : files) {
        if (!path.starts_with("terraform/" + module + "/")) continue;
        const std::string bytes(embed::bytes_of(path));
        const std::regex variable("\nvariable \"([a-z0-9_]+)\" \\{\n((?:  .*\n|\n)*)\\}");
        for (std::sregex_iterator at(bytes.begin(), bytes.end(), variable); at != std::sregex_iterator(); ++at)
            all[(*at)[1]] = (*at)[2].str().find("\n  default ") == std::string::npos;
    }
    return all;
}

std::set<std::string> outputs_of(const std::string& module, const std::vector<std::string>& files) {
    std::set<std::string> all;
    for (const std::string& path : files) {
        if (!path.starts_with("terraform/" + module + "/")) continue;
        const std::string bytes(embed::bytes_of(path));
        const std::regex output("\noutput \"([a-z0-9_]+)\" \\{");
        for (std::sregex_iterator at(bytes.begin(), bytes.end(), output); at != std::sregex_iterator(); ++at)
            all.insert((*at)[1]);
    }
    return all;
}

void check_outputs(const infrastructure::Value& value, const infrastructure::Root& root,
                   const std::vector<std::string>& files) {
    if (const auto* list = std::get_if<infrastructure::List>(&value.is)) {
        for (const auto& one : *list) check_outputs(one, root, files);
    } else if (const auto* object = std::get_if<infrastructure::Object>(&value.is)) {
        for (const auto& one : *object) check_outputs(one.value, root, files);
    } else if (const auto* output = std::get_if<infrastructure::OutputOf>(&value.is)) {
        CAPTURE(output->call);
        CAPTURE(output->output);
        const auto call = std::find_if(root.calls.begin(), root.calls.end(),
                                       [&](const auto& one) { return one.name == output->call; });
        REQUIRE(call != root.calls.end());
        CHECK(outputs_of(call->module, files).contains(output->output));
    }
}

void check_calls(const scenes::Modelled& made) {
    CHECK_FALSE(made.diagnostics.has_errors());
    CHECK(made.model.roots.size() >= 3);
    for (const infrastructure::Root& root : made.model.roots) {
        for (const infrastructure::Call& call : root.calls) {
            CAPTURE(root.path);
            CAPTURE(call.name);
            const std::map<std::string, bool> variables = variables_of(call.module, made.model.module_files);
            CHECK_FALSE(variables.empty());
            for (const infrastructure::Member& one : call.arguments) {
                CAPTURE(one.name);
                CHECK(variables.contains(one.name));
                check_outputs(one.value, root, made.model.module_files);
            }
            for (const auto& [name, required] : variables) {
                CAPTURE(name);
                CHECK((!required || infrastructure::find(call.arguments, name) != nullptr));
            }
        }
        for (const infrastructure::RootOutput& one : root.outputs)
            check_outputs(one.value, root, made.model.module_files);
    }
}

}  // namespace

TEST_CASE("a feature's file comes along with its argument alone, tests never") {
    const auto none = infrastructure::module_files("aws/ecs-service", {"name"});
    CHECK(has(none, "terraform/aws/ecs-service/main.tf"));
    CHECK(has(none, "terraform/aws/ecs-service/outputs.tf"));
    CHECK_FALSE(has(none, "terraform/aws/ecs-service/callers.tf"));
    CHECK_FALSE(has(none, "terraform/aws/ecs-service/scaling.tf"));
    const auto called = infrastructure::module_files("aws/ecs-service", {"name", "callers"});
    CHECK(has(called, "terraform/aws/ecs-service/callers.tf"));
    CHECK_FALSE(has(called, "terraform/aws/ecs-service/scaling.tf"));
    for (const std::string& one : infrastructure::module_files("aws/network", {})) {
        CHECK(one.find("/tests/") == std::string::npos);
        CHECK(one.ends_with(".tf"));
    }
    CHECK_THROWS_AS(infrastructure::module_files("aws/nothing", {}), std::logic_error);
}

TEST_CASE("a module comes along once, with what any of its calls wants") {
    infrastructure::Call plain{.name = "a", .module = "aws/state", .arguments = {{"bucket", "x"}}};
    infrastructure::Call locked = plain;
    locked.arguments.push_back({"table", "t"});
    const auto files = infrastructure::files_of(std::vector<infrastructure::Call>{plain, locked});
    CHECK(std::count(files.begin(), files.end(), "terraform/aws/state/main.tf") == 1);
    CHECK(has(files, "terraform/aws/state/dynamodb.tf"));
    CHECK(std::is_sorted(files.begin(), files.end()));
    CHECK_FALSE(
        has(infrastructure::files_of(std::vector<infrastructure::Call>{plain}), "terraform/aws/state/dynamodb.tf"));
}

TEST_CASE("every call gives its module what it has to have, and nothing that it doesn't know") {
    check_calls(scenes::modelled(scenes::two()));
    check_calls(scenes::modelled(
        scenes::two(
            ", routes: [\"/api/*\"], secrets: { A: \"secret:a#k\" }, env: { B: c }, command: [x], permissions: [ { "
            "actions: [\"s3:GetObject\"], resources: [\"*\"] } ] }\n  web: { path: web, port: 3000, calls: [api]",
            "", "infrastructure: { state: { lock: dynamodb } }\n"),
        [](Project& project) {
            for (Environment& environment : project.environments) {
                Target& target = environment.targets.front();
                target.ingress.allow = {"10.0.0.0/8"};
                target.ingress.https = Https{"a.example.com", "", "", "arn:aws:acm:eu-west-1:1:certificate/1"};
                target.network.endpoints = {"sqs"};
            }
        }));
    check_calls(scenes::modelled(scenes::two(), [](Project& project) {
        Network& network = project.environments.front().targets.front().network;
        network.mode = "existing";
        network.vpc = "vpc-0123456789abcdef0";
        network.private_subnets = {"subnet-0123456789abcdef0"};
        network.public_subnets = {"subnet-0123456789abcdef1", "subnet-0123456789abcdef2"};
    }));
    check_calls(scenes::modelled(scenes::two("", ", ingress: none")));
}
