// Terraform roots as text: typed values stay values, whatever they hold. Terraform itself reads the trees of the
// conformance tests.
#include <fstream>
#include <regex>
#include <sstream>

#include "../infrastructure/uses.h"
#include "generator/embed/templates.h"
#include "generator/print/print.h"
#include "generator/print/terraform/root.h"

using namespace pipewright;

namespace {

infrastructure::Root root() {
    infrastructure::Root one;
    one.path = "infra/aws/dev/platform";
    one.about = {"What dev runs on."};
    one.backend = {.bucket = "b", .key = "shop/aws/dev/platform", .region = "eu-west-1", .account = "111111111111"};
    one.providers = {{.account = "111111111111", .region = "eu-west-1", .tags = {{"project", "shop"}}},
                     {.alias = "eu_central_1", .account = "111111111111", .region = "eu-central-1"}};
    return one;
}

files::FileTree printed(const scenes::Modelled& made) {
    print::Output output;
    output.project = made.project.name;
    output.folder = made.project.folder;
    output.manifest_path = made.project.manifest_path;
    output.infrastructure = &made.model;
    files::FileTree tree;
    Diagnostics diagnostics;
    print::print_terraform(output, tree, diagnostics);
    CHECK_FALSE(diagnostics.has_errors());
    return tree;
}

std::string contents(const std::string& path) {
    std::ifstream in(PIPEWRIGHT_SOURCE_DIR "/" + path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// Every "${" and "%{" of a text that isn't escaped.
std::size_t templates_in(const std::string& text) {
    const std::regex open("(^|[^$])\\$\\{|(^|[^%])%\\{");
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator(text.begin(), text.end(), open), std::sregex_iterator()));
}

}  // namespace

TEST_CASE("a root as Terraform's own formatter would have it") {
    infrastructure::Root one = root();
    one.calls.push_back(
        {.name = "network",
         .module = "aws/network",
         .arguments = {{"name", "shop-dev"},
                       {"zones", 2},
                       {"internal", false},
                       {"https", infrastructure::Object{{"domain", "a.example.com"}}},
                       {"services", infrastructure::Object{{"web-api", infrastructure::Object{{"port", 1}}}}},
                       {"empty", infrastructure::List{}}},
         .provider = "eu_central_1",
         .about = "A network."});
    one.calls.push_back({.name = "service_api",
                         .module = "aws/ecs-service",
                         .arguments = {{"group", infrastructure::OutputOf{"network", "arns", {"web-api"}}}}});
    one.outputs = {{"vpc_id", "The network.", infrastructure::OutputOf{"network", "vpc_id"}}};
    CHECK(hcl::print(print::main_file(one, "infra/modules", {"Head."})).bytes ==
          "# Head.\n"
          "#\n"
          "# What dev runs on.\n"
          "\n"
          "terraform {\n"
          "  required_version = \">= 1.11.0, < 2.0.0\"\n"
          "\n"
          "  required_providers {\n"
          "    aws = {\n"
          "      source  = \"hashicorp/aws\"\n"
          "      version = \">= 5.100.0, < 7.0.0\"\n"
          "    }\n"
          "  }\n"
          "\n"
          "  # Where the state is stands in backend.hcl.\n"
          "  backend \"s3\" {}\n"
          "}\n"
          "\n"
          "provider \"aws\" {\n"
          "  region              = \"eu-west-1\"\n"
          "  allowed_account_ids = [\"111111111111\"]\n"
          "\n"
          "  default_tags {\n"
          "    tags = {\n"
          "      project = \"shop\"\n"
          "    }\n"
          "  }\n"
          "}\n"
          "\n"
          "provider \"aws\" {\n"
          "  alias               = \"eu_central_1\"\n"
          "  region              = \"eu-central-1\"\n"
          "  allowed_account_ids = [\"111111111111\"]\n"
          "\n"
          "  default_tags {\n"
          "    tags = {}\n"
          "  }\n"
          "}\n"
          "\n"
          "# A network.\n"
          "module \"network\" {\n"
          "  source = \"../../../modules/aws/network\"\n"
          "  providers = {\n"
          "    aws = aws.eu_central_1\n"
          "  }\n"
          "\n"
          "  name     = \"shop-dev\"\n"
          "  zones    = 2\n"
          "  internal = false\n"
          "  https    = { domain = \"a.example.com\" }\n"
          "  services = {\n"
          "    web-api = { port = 1 }\n"
          "  }\n"
          "  empty = []\n"
          "}\n"
          "\n"
          "module \"service_api\" {\n"
          "  source = \"../../../modules/aws/ecs-service\"\n"
          "\n"
          "  group = module.network.arns[\"web-api\"]\n"
          "}\n"
          "\n"
          "output \"vpc_id\" {\n"
          "  description = \"The network.\"\n"
          "  value       = module.network.vpc_id\n"
          "}\n");
}

TEST_CASE("where the state is, and how it is locked") {
    infrastructure::Root one = root();
    CHECK(hcl::print(print::backend_file(one, {"Head."})).bytes ==
          "# Head.\n\n"
          "bucket              = \"b\"\n"
          "key                 = \"shop/aws/dev/platform\"\n"
          "region              = \"eu-west-1\"\n"
          "allowed_account_ids = [\"111111111111\"]\n"
          "encrypt             = true\n"
          "use_lockfile        = true\n");
    one.backend.table = "locks";
    const std::string locked = hcl::print(print::backend_file(one, {})).bytes;
    CHECK(locked.find("dynamodb_table      = \"locks\"\n") != std::string::npos);
    CHECK(locked.find("use_lockfile") == std::string::npos);
}

TEST_CASE("modules are found from wherever a root and its repository are") {
    infrastructure::Root one = root();
    one.calls.push_back({.name = "a", .module = "aws/state"});
    const auto source = [&](const std::string& path, const std::string& modules) {
        one.path = path;
        const std::string text = hcl::print(print::main_file(one, modules, {})).bytes;
        const std::size_t at = text.find("source = \"") + 10;
        return text.substr(at, text.find('"', at) - at);
    };
    CHECK(source("infra/accounts/1", "infra/modules") == "../../modules/aws/state");
    CHECK(source("services/shop/deploy/tf/aws/dev/platform", "services/shop/deploy/tf/modules") ==
          "../../../modules/aws/state");
    CHECK(source("modules-of-mine/x", "modules") == "../../modules/aws/state");
}

TEST_CASE("the tree has roots and the modules that they use, and nothing of a user's") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    const files::FileTree tree = printed(made);
    for (const char* const path :
         {"infra/accounts/111111111111/main.tf", "infra/accounts/111111111111/backend.hcl", "infra/.gitignore",
          "infra/aws/dev/bootstrap/main.tf", "infra/aws/prod/platform/backend.hcl", "infra/modules/aws/network/main.tf",
          "infra/modules/aws/ecs-service/scaling.tf", "infra/modules/aws/identity/variables.tf"})
        CHECK_MESSAGE(tree.find(path) != nullptr, path);
    CHECK(tree.find("infra/modules/aws/ecs-cluster/namespace.tf") == nullptr);
    CHECK(tree.find("infra/modules/aws/existing-network/main.tf") == nullptr);
    for (const auto& [path, file] : tree.files()) {
        CAPTURE(path);
        CHECK(path.starts_with("infra/"));
        CHECK(path.find("custom_") == std::string::npos);
        CHECK(path.find(".terraform") == std::string::npos);
        CHECK(path.find("/tests/") == std::string::npos);
        CHECK(file.bytes.starts_with(
            "# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.\n"));
        CHECK(file.owner == files::Ownership::ours);
        CHECK(file.mode == files::Mode::regular);
        CHECK(file.lines.size() == static_cast<std::size_t>(std::count(file.bytes.begin(), file.bytes.end(), '\n')));
    }
    CHECK(tree.find("infra/modules/aws/network/main.tf")->bytes == embed::bytes_of("terraform/aws/network/main.tf"));
}

TEST_CASE("hostile values stay values") {
    const scenes::Modelled plain =
        scenes::modelled(scenes::two(", env: { A: \"${file(\\\"/etc/passwd\\\")} %{ for x in y }\", B: "
                                     "\"\\\"\\n}\\nresource \\\"x\\\" \\\"y\\\" {\" }, "
                                     "command: [\"${x}\", \"a\\\\\", \"$${\", \"\"]"));
    const std::string text = printed(plain).find("infra/aws/dev/platform/main.tf")->bytes;
    CHECK(templates_in(text) == 0);
    CHECK(text.find("A = \"$${file(\\\"/etc/passwd\\\")} %%{ for x in y }\"\n") != std::string::npos);
    CHECK(text.find("B = \"\\\"\\n}\\nresource \\\"x\\\" \\\"y\\\" {\"\n") != std::string::npos);
    CHECK(text.find("command             = [\"$${x}\", \"a\\\\\", \"$$${\", \"\"]\n") != std::string::npos);
    // Nothing in it is longer than a line or opens another block.
    CHECK(text.find("\nresource ") == std::string::npos);

    const scenes::Modelled hostile = scenes::modelled(contents("tests/conformance/manifests/hostile.yaml"));
    const files::FileTree tree = printed(hostile);
    for (const auto& [path, file] : tree.files()) {
        if (path.find("/modules/") != std::string::npos) continue;
        CAPTURE(path);
        CHECK(templates_in(file.bytes) == 0);
    }
}
