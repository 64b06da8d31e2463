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
        for (const auto kind :
             {names::Identity::build, names::Identity::plan, names::Identity::infra, names::Identity::deploy}) {
            const std::string role = names::role(project, target, kind);
            CHECK(role.size() <= 64);
            CHECK(roles.insert(role).second);
        }
        CHECK(names::load_balancer(project, target).size() <= 32);
        CHECK(balancers.insert(names::load_balancer(project, target)).second);
        CHECK(names::state_bucket(project, target).size() <= 63);
        CHECK(names::family(project, target, "a-service-of-20-char").size() <= 255);
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
    CHECK(names::native_repository(project, target, "api") ==
          "123456789012.dkr.ecr.ap-southeast-2.amazonaws.com/shop/dev/aws/api");
    CHECK(names::state_bucket(project, target) == "shop-tfstate-123456789012-ap-southeast-2");
    CHECK(names::lease(project, target) == "shop/aws/dev/lease.json");
    CHECK(names::record(project, target) == "/shop/dev/aws/record");
    CHECK(names::passed_prefix(target) == "passed_dev_aws_");
}
