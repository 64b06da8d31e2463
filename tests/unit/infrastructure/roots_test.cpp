// The roots of a project: what each calls, with what, and where its state is.
#include <set>

#include "uses.h"

using namespace pipewright;
using infrastructure::Call;
using infrastructure::Object;
using infrastructure::OutputOf;
using infrastructure::Root;
using infrastructure::Value;

namespace {

// Short words for what a value is: "text", 5, true, [..], {k=..}, module.a.b["c"].
std::string shown(const Value& value) {
    struct Show {
        std::string operator()(bool one) const { return one ? "true" : "false"; }
        std::string operator()(std::int64_t one) const { return std::to_string(one); }
        std::string operator()(const std::string& one) const { return "\"" + one + "\""; }
        std::string operator()(const OutputOf& one) const {
            std::string text = one.call + "." + one.output;
            for (const std::string& key : one.keys) text += "[" + key + "]";
            return text;
        }
        std::string operator()(const infrastructure::List& list) const {
            std::string text;
            for (const Value& one : list) text += (text.empty() ? "" : ", ") + shown(one);
            return "[" + text + "]";
        }
        std::string operator()(const Object& object) const {
            std::string text;
            for (const auto& one : object) text += (text.empty() ? "" : ", ") + one.name + "=" + shown(one.value);
            return "{" + text + "}";
        }
    };
    return std::visit(Show{}, value.is);
}

std::string argument(const Call& call, const char* name) {
    const Value* value = infrastructure::find(call.arguments, name);
    return value == nullptr ? "" : shown(*value);
}

std::string output(const Root& root, const std::string& name) {
    for (const auto& one : root.outputs) {
        if (one.name == name) return shown(one.value);
    }
    return "";
}

std::string calls_of(const Root& root) {
    std::string all;
    for (const Call& one : root.calls) all += one.name + " ";
    return all;
}

const std::string kThree =
    ", routes: [\"/api/*\"] }\n  web: { path: web, port: 3000, routes: [\"/*\", \"/docs\"], calls: [api]"
    " }\n  ledger-api: { path: l, port: 9000, routes: [\"/api/v1/*\", \"/api/v1\", \"/api/v1/exact\"], calls: [web, "
    "api],"
    " platforms: [linux/arm64], read_only: false"
    " }\n  worker: { same_image_as: ledger-api, command: [./work, \"a b\"], env: { X: \"${y}\" }, secrets: { S: "
    "\"secret:app/one#k\", T: \"secret:two\" }, cpu: 512, memory: 1024, scaling: { min: 1, max: 3, cpu_percent: 50 }";

}  // namespace

TEST_CASE("a project has a root for each account, and two for each target") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    CHECK(made.messages() == "");
    std::string paths;
    for (const Root& one : made.model.roots) paths += one.path + "\n";
    CHECK(paths ==
          "infra/accounts/111111111111\ninfra/accounts/222222222222\n"
          "infra/aws/dev/bootstrap\ninfra/aws/dev/platform\ninfra/aws/prod/bootstrap\ninfra/aws/prod/platform\n");
    CHECK(made.model.modules_folder == "infra/modules");
    const auto& dev = made.target("dev");
    CHECK(dev.account_root == "infra/accounts/111111111111");
    CHECK(dev.bootstrap_root == "infra/aws/dev/bootstrap");
    CHECK(dev.platform_root == "infra/aws/dev/platform");
    CHECK(dev.platform == "/shop/dev/aws/platform");
    CHECK(dev.boundary == "shop-dev-aws-boundary");
    REQUIRE(dev.workloads.size() == 1);
    CHECK(dev.workloads[0].task_role == "shop-dev-aws-api-task");
    CHECK(dev.workloads[0].execution_role == "shop-dev-aws-api-exec");
    CHECK(dev.workloads[0].log_group == "/shop/dev/aws/api");
}

TEST_CASE("no two roots share a state, and each names its account") {
    const scenes::Modelled made = scenes::modelled(scenes::two("", "", "", "111111111111"));
    std::set<std::string> states;
    for (const Root& root : made.model.roots) {
        CHECK(states.insert(root.backend.bucket + "/" + root.backend.key).second);
        for (const auto& provider : root.providers) CHECK(provider.account == root.backend.account);
        CHECK(root.backend.account == "111111111111");
    }
    CHECK(states.contains("shop-tfstate-111111111111-eu-west-1/shop/accounts/111111111111"));
    CHECK(states.contains("shop-tfstate-111111111111-eu-west-1/shop/aws/dev/platform"));
    CHECK(states.contains("shop-tfstate-111111111111-eu-central-1/shop/aws/prod/bootstrap"));
}

TEST_CASE("an account: providers of the hosts in use, a state of each region") {
    const scenes::Modelled made = scenes::modelled(scenes::two("", "", "", "111111111111"));
    const Root& root = *made.root("infra/accounts/111111111111");
    CHECK(calls_of(root) == "account state_eu_west_1 state_eu_central_1 ");
    CHECK(argument(root.calls[0], "oidc_providers") ==
          "{github={url=\"https://token.actions.githubusercontent.com\", audiences=[\"sts.amazonaws.com\"]}}");
    CHECK(root.calls[1].provider.empty());
    CHECK(argument(root.calls[1], "bucket") == "\"shop-tfstate-111111111111-eu-west-1\"");
    CHECK(argument(root.calls[1], "short_lived") ==
          "[\"shop/accounts/111111111111.tflock\", \"shop/aws/dev/bootstrap.tflock\", \"shop/aws/dev/lease.json\", "
          "\"shop/aws/dev/platform.tflock\"]");
    CHECK(argument(root.calls[1], "table").empty());
    CHECK(root.calls[2].provider == "eu_central_1");
    CHECK(argument(root.calls[2], "short_lived") ==
          "[\"shop/aws/prod/bootstrap.tflock\", \"shop/aws/prod/lease.json\", \"shop/aws/prod/platform.tflock\"]");
    REQUIRE(root.providers.size() == 2);
    CHECK(root.providers[0].alias.empty());
    CHECK(root.providers[1].alias == "eu_central_1");
    CHECK(root.providers[1].region == "eu-central-1");
}

TEST_CASE("an account: what exists already is taken, and locks may be in a table") {
    const std::string manifest = scenes::two("", "", "infrastructure: { state: { lock: dynamodb } }\n", "111111111111");
    const scenes::Modelled made = scenes::modelled(manifest);
    const Root& root = *made.root("infra/accounts/111111111111");
    CHECK(argument(root.calls[1], "table") == "\"shop-tfstate\"");
    CHECK(argument(root.calls[1], "short_lived") == "[\"shop/aws/dev/lease.json\"]");
    CHECK(root.backend.table == "shop-tfstate");
    const scenes::Modelled taken = scenes::modelled(manifest, [](Project& project) {
        Target& dev = project.environments.front().targets.front();
        dev.existing_oidc_provider = true;
        dev.state_bucket = "acme-states";
        dev.state_table = "acme-locks";
    });
    CHECK_FALSE(taken.diagnostics.has_errors());
    const Root& other = *taken.root("infra/accounts/111111111111");
    CHECK(calls_of(other) == "account state_eu_central_1 ");
    CHECK(argument(other.calls[0], "oidc_providers").ends_with(", existing=true}}"));
    CHECK(other.backend.bucket == "acme-states");
    CHECK(other.backend.table == "acme-locks");
    CHECK(taken.target("dev").state_table == "acme-locks");
    CHECK(taken.target("prod").state_table == "shop-tfstate");
}

TEST_CASE("GitLab's three audiences are listed from the start") {
    Project project = scenes::project_of(
        "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts: { gitlab: { url: \"https://git.example.com\" } }\n"
        "services:\n  api: { path: api, port: 8000 }\nstacks:\n  aws: { runtime: ecs-fargate }\n"
        "environments:\n  dev: { deploy_on: { branch: main }, targets: { aws: { account: \"111111111111\", region: "
        "eu-west-1 } } }\n");
    std::vector<hosts::Use> uses = scenes::uses_of(project);
    for (hosts::Use& use : uses) {
        use.claims.host = Host::gitlab;
        use.claims.issuer = "git.example.com";
        use.claims.audience = "https://git.example.com/pipewright/open";
        use.claims.subjects = {"project_path:acme/shop:ref_type:branch:ref:main"};
    }
    Origins origins;
    Diagnostics diagnostics;
    const infrastructure::Model model = infrastructure::model(project, uses, origins, diagnostics);
    CHECK(argument(model.roots.front().calls.front(), "oidc_providers") ==
          "{gitlab={url=\"https://git.example.com\", audiences=[\"https://git.example.com/pipewright/gated\", "
          "\"https://git.example.com/pipewright/open\", \"https://git.example.com/pipewright/plan\"]}}");
}

TEST_CASE("bootstrap: repositories that the next account may pull from, and the roles") {
    const scenes::Modelled made = scenes::modelled(scenes::two(kThree));
    const Call& registry = made.call("infra/aws/dev/bootstrap", "registry");
    CHECK(argument(registry, "repositories") ==
          "[\"shop/dev/aws/api\", \"shop/dev/aws/web\", \"shop/dev/aws/ledger-api\"]");
    CHECK(argument(registry, "pull_from") ==
          "[{account=\"222222222222\", principals=[\"arn:aws:iam::222222222222:role/shop-prod-aws-deploy\"]}]");
    CHECK(argument(made.call("infra/aws/prod/bootstrap", "registry"), "pull_from").empty());
    // In one account the role's own permissions are enough.
    const scenes::Modelled one = scenes::modelled(scenes::two("", "", "", "111111111111"));
    CHECK(argument(one.call("infra/aws/dev/bootstrap", "registry"), "pull_from").empty());

    const Call& identity = made.call("infra/aws/dev/bootstrap", "identity");
    const Object& roles = std::get<Object>(infrastructure::find(identity.arguments, "roles")->is);
    std::string kinds;
    for (const auto& one_role : roles) {
        kinds += one_role.name + " ";
        const Object& role = std::get<Object>(one_role.value.is);
        // Only infra makes roles.
        CHECK((infrastructure::find(role, "bounded") == nullptr) == (one_role.name == "infra"));
    }
    CHECK(kinds == "build plan infra deploy ");
    const std::string build = shown(roles.front().value);
    CHECK(build.starts_with(
        "{name=\"shop-dev-aws-build\", description=\"Builds and pushes images of shop in dev on aws\", bounded=false, "
        "trust=[{provider_arn=\"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com\", "
        "equals={token.actions.githubusercontent.com:aud=[\"sts.amazonaws.com\"], "
        "token.actions.githubusercontent.com:job_workflow_ref=[\"acme/shop/.github/workflows/"
        "delivery.yml@refs/heads/main\"], token.actions.githubusercontent.com:ref=[\"refs/heads/main\"], "
        "token.actions.githubusercontent.com:sub=[\"repo:acme/shop:ref:refs/heads/main\"]}}], statements=[{sid="));
}

TEST_CASE("platform: network, balancer, cluster and a call for each service") {
    const scenes::Modelled made = scenes::modelled(scenes::two(kThree));
    const std::string path = "infra/aws/dev/platform";
    CHECK(calls_of(*made.root(path)) ==
          "network load_balancer cluster service_api service_web service_ledger_api service_worker ");
    const Call& balancer = made.call(path, "load_balancer");
    CHECK(argument(balancer, "subnet_ids") == "network.public_subnet_ids");
    CHECK(argument(balancer, "deletion_protection") == "false");
    CHECK(argument(made.call("infra/aws/prod/platform", "load_balancer"), "deletion_protection") == "true");
    CHECK(argument(made.call(path, "cluster"), "namespace") == "\"shop-dev-aws\"");

    const Call& ledger = made.call(path, "service_ledger_api");
    CHECK(argument(ledger, "architecture") == "\"ARM64\"");
    CHECK(argument(ledger, "read_only") == "false");
    CHECK(argument(ledger, "service_connect") == "{namespace_arn=cluster.namespace_arn}");
    CHECK(argument(ledger, "callers").empty());
    CHECK(argument(ledger, "load_balancer") ==
          "{security_group_id=load_balancer.security_group_id, "
          "target_group_arn=load_balancer.target_group_arns[ledger-api], grace_seconds=60}");
    CHECK(argument(made.call(path, "service_web"), "callers") == "{ledger-api=service_ledger_api.security_group_id}");
    CHECK(argument(made.call(path, "service_api"), "callers") ==
          "{web=service_web.security_group_id, ledger-api=service_ledger_api.security_group_id}");

    const Call& worker = made.call(path, "service_worker");
    CHECK(argument(worker, "port").empty());
    CHECK(argument(worker, "load_balancer").empty());
    CHECK(argument(worker, "service_connect").empty());
    CHECK(argument(worker, "command") == "[\"./work\", \"a b\"]");
    CHECK(argument(worker, "repository") == "\"111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/dev/aws/ledger-api\"");
    CHECK(argument(worker, "repository_arn") ==
          "\"arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/ledger-api\"");
    CHECK(argument(worker, "architecture") == "\"ARM64\"");
    CHECK(argument(worker, "environment") == "{X=\"${y}\"}");
    CHECK(argument(worker, "secrets") == "{S={secret=\"app/one\", key=\"k\"}, T={secret=\"two\"}}");
    CHECK(argument(worker, "scaling") == "{min=1, max=3, cpu_percent=50}");

    const Root& root = *made.root(path);
    CHECK(output(root, "url") == "load_balancer.url");
    CHECK(output(root, "services").starts_with("{api={task_role_arn=service_api.task_role_arn, "));
    for (const char* const one :
         {"vpc_id", "private_subnet_ids", "public_subnet_ids", "alb_dns_name", "target_group_arns"})
        CHECK_FALSE(output(root, one).empty());
}

TEST_CASE("routes: the most specific first") {
    const scenes::Modelled made = scenes::modelled(scenes::two(
        ", routes: [\"/api/*\", \"/a\", \"/b\"] }\n  web: { path: web, port: 3000, routes: [\"/*\", \"/docs\", \"/\"]"
        " }\n  ledger: { path: l, port: 9000, routes: [\"/api/v1/*\", \"/api/v1\", \"/api/v1/exact\"]"));
    const Call& balancer = made.call("infra/aws/dev/platform", "load_balancer");
    std::string order;
    for (const Value& one : std::get<infrastructure::List>(infrastructure::find(balancer.arguments, "routes")->is))
        order += std::get<std::string>(infrastructure::find(std::get<Object>(one.is), "path")->is) + " ";
    CHECK(order == "/api/v1/exact /api/v1 /api/v1/* /docs /api/* /a /b / /* ");
}

TEST_CASE("without an ingress, or with nothing behind it, there is no balancer") {
    for (const scenes::Modelled& made :
         {scenes::modelled(scenes::two("", ", ingress: none")), scenes::modelled(scenes::two(", routes: []"))}) {
        const Root& root = *made.root("infra/aws/dev/platform");
        CHECK(calls_of(root) == "network cluster service_api ");
        CHECK(output(root, "url").empty());
        CHECK(made.target("dev").load_balancer.empty());
        CHECK(argument(root.calls.back(), "load_balancer").empty());
    }
}

TEST_CASE("what has no module yet leaves a platform out, and says so once") {
    const scenes::Modelled made = scenes::modelled(
        "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts:\n  github: " + scenes::kPublic +
        "\nservices:\n  api: { path: api, port: 8000 }\nstacks:\n"
        "  data: { runtime: ecs-fargate, database: { engine: postgres }, cache: { engine: redis } }\n"
        "  plain: { runtime: ecs-fargate, observability: { alarm_email: ops@example.com } }\n"
        "  named: { runtime: ecs-fargate, ingress: { type: load-balancer, waf: true, https: { domain: a.example.com, "
        "zone: example.com } }, observability: { dashboard: false } }\n"
        "environments:\n  dev: { deploy_on: { branch: main }, targets: {\n"
        "    data: { account: \"111111111111\", region: eu-west-1 },\n"
        "    plain: { account: \"111111111111\", region: eu-west-1 },\n"
        "    named: { account: \"111111111111\", region: eu-west-1 } } }\n");
    CHECK(made.messages() ==
          "PW0309 this version has no Terraform yet for infra/data/dev/platform (a database, a cache); "
          "infra/named/dev/platform (https without an existing certificate, a web application firewall); "
          "alarms by e-mail of dev on plain; the dashboard of dev on plain\n");
    CHECK(made.diagnostics.warnings() == 1);
    CHECK(made.root("infra/data/dev/platform") == nullptr);
    CHECK(made.root("infra/data/dev/bootstrap") != nullptr);
    CHECK(made.root("infra/plain/dev/platform") != nullptr);
    CHECK(made.target("dev", "data").platform_root.empty());
    CHECK(made.target("dev", "data").bootstrap_root == "infra/data/dev/bootstrap");
    REQUIRE(made.model.left_out.size() == 2);
    CHECK(made.model.left_out[0].root == "infra/data/dev/platform");
}
