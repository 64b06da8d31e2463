#include "generator/project/names.h"

#include <doctest/doctest.h>

#include <set>

using namespace pipewright;

namespace {

Target target_of(const std::string& environment, const std::string& stack) {
    Target target;
    target.environment = environment;
    target.stack = stack;
    target.account = "123456789012";
    target.region = "ap-southeast-2";
    return target;
}

}  // namespace

TEST_CASE("names that are too long end in a digest of what they stand for") {
    CHECK(names::fit("short", 32) == "short");
    const std::string one = names::fit("a-very-long-name-of-something-that-is-long", 20);
    CHECK(one.size() <= 20);
    CHECK(one == names::fit("a-very-long-name-of-something-that-is-long", 20));
    CHECK(one != names::fit("a-very-long-name-of-something-that-is-lonh", 20));
    CHECK(names::fit("abcdefghi----------------------------------", 20) ==
          "abcdefghi-" + names::fit("abcdefghi----------------------------------", 20).substr(10));
}

TEST_CASE("the longest legal names fit the clouds' limits and stay apart") {
    Project project;
    project.name = "abcdefghijklmnopqrstuvwx";
    project.infrastructure.state_bucket = project.name + "-tfstate";
    std::set<std::string> roles, balancers;
    for (const char last : {'a', 'b'}) {
        const Target target = target_of("environment-number-" + std::string(1, last), "a-stack-of-long-name");
        CHECK(target.environment.size() == 20);
        CHECK(target.stack.size() == 20);
        for (const names::Identity kind : names::kIdentities) {
            const std::string role = names::role(project, target, kind);
            CHECK(role.size() <= 64);
            CHECK(roles.insert(role).second);
        }
        CHECK(names::load_balancer(project, target).size() <= 32);
        CHECK(balancers.insert(names::load_balancer(project, target)).second);
        CHECK(names::state_bucket(project, target).size() <= 63);
        CHECK(names::family(project, target, "a-service-of-20-char").size() <= 255);
        CHECK(names::instance_group(project, target).size() <= 255);
        CHECK(names::rest_api(project, target).size() <= 128);
        for (const std::string& role :
             {names::task_role(project, target, "a-service-of-20-char"),
              names::execution_role(project, target, "a-service-of-20-char"), names::flow_log_role(project, target)}) {
            CHECK(role.size() <= 64);
            CHECK(roles.insert(role).second);
        }
        CHECK(names::boundary(project, target).size() <= 128);
        // One pattern fits the roles of all services, and none of those that jobs take.
        const std::string pattern = names::task_role(project, target, "*");
        const std::string start = pattern.substr(0, pattern.find('*'));
        CHECK(names::task_role(project, target, "a").starts_with(start));
        CHECK(names::task_role(project, target, "a-service-of-20-char").starts_with(start));
        CHECK(names::task_role(project, target, "a").ends_with("-task"));
        CHECK(names::passed_prefix(target).size() + 41 <= 128);
    }
}

TEST_CASE("names of a target") {
    Project project;
    project.name = "shop";
    project.infrastructure.state_bucket = "shop-tfstate";
    const Target target = target_of("dev", "aws");
    CHECK(names::role_arn(project, target, names::Identity::deploy) ==
          "arn:aws:iam::123456789012:role/shop-dev-aws-deploy");
    CHECK(names::state_bucket(project, target) == "shop-tfstate-123456789012-ap-southeast-2");
    CHECK(names::lease(project, target) == "shop/aws/dev/lease.json");
    CHECK(names::record(project, target) == "/shop/dev/aws/record");
    CHECK(names::passed_prefix(target) == "passed_dev_aws_");
    CHECK(names::task_role(project, target, "api") == "shop-dev-aws-api-task");
    CHECK(names::execution_role(project, target, "api") == "shop-dev-aws-api-exec");
    CHECK(names::flow_log_role(project, target) == "shop-dev-aws-flow-logs");
    CHECK(names::boundary(project, target) == "shop-dev-aws-boundary");
    CHECK(names::repository(project, target, "api") == "shop/dev/aws/api");
    CHECK(names::log_group(project, target, "api") == "/shop/dev/aws/api");
    CHECK(names::flow_log_group(project, target) == "/shop/dev/aws/flow_logs");
    CHECK(names::state_key(project, target, "platform") == "shop/aws/dev/platform");
    CHECK(names::account_state_key(project, target) == "shop/accounts/123456789012");
    CHECK(names::target_group_prefix(project, target).size() == 6);
}

TEST_CASE("the table of locks is there where the manifest asks for one") {
    Project project;
    project.name = "shop";
    project.infrastructure.state_table = "shop-tfstate";
    project.infrastructure.lock = "native";
    Target target = target_of("dev", "aws");
    CHECK(names::state_table(project, target).empty());
    project.infrastructure.lock = "dynamodb";
    CHECK(names::state_table(project, target) == "shop-tfstate");
    target.state_table = "acme-locks";
    CHECK(names::state_table(project, target) == "acme-locks");
}

TEST_CASE("no balancer's name begins as ELB's own do") {
    Project project;
    project.name = "internal-tools";
    CHECK(names::load_balancer(project, target_of("dev", "aws")) == "lb-internal-tools-dev-aws");
    project.name = "internals";
    CHECK(names::load_balancer(project, target_of("dev", "aws")) == "internals-dev-aws");
}
