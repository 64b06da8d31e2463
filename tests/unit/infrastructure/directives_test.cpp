// What templates declare of their calls: how it is read, and that every template's declarations can be.
#include "generator/infrastructure/directives.h"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <stdexcept>

#include "generator/embed/templates.h"
#include "generator/infrastructure/resources.h"

using namespace pipewright;
using infrastructure::Directive;
using infrastructure::directives;

TEST_CASE("a directive names actions, resources and conditions") {
    const std::vector<Directive> all = directives(
        "#!/usr/bin/env bash\n"
        "# calls: ecs:DescribeServices, ecs:UpdateService on services\n"
        "say hello  # calls: nothing\n"
        "  # apply: iam:PassRole on task-roles, boundary if iam:PassedToService=ecs-tasks.amazonaws.com and a:b=c\n"
        "# plan: ec2:DescribeVpcs on *");
    REQUIRE(all.size() == 3);
    CHECK(all[0].verb == "calls");
    CHECK(all[0].actions == std::vector<std::string>{"ecs:DescribeServices", "ecs:UpdateService"});
    CHECK(all[0].resources == std::vector<std::string>{"services"});
    CHECK(all[0].conditions.empty());
    CHECK(all[1].verb == "apply");
    CHECK(all[1].resources == std::vector<std::string>{"task-roles", "boundary"});
    REQUIRE(all[1].conditions.size() == 2);
    CHECK(all[1].conditions[0].first == "iam:PassedToService");
    CHECK(all[1].conditions[0].second == "ecs-tasks.amazonaws.com");
    CHECK(all[1].conditions[1].second == "c");
    CHECK(all[2].verb == "plan");
    const std::vector<Directive> some =
        directives("# calls: compute.instances.get on groups if a:b=c in deploy.sh, terraform-plan.sh\n");
    REQUIRE(some.size() == 1);
    CHECK(some[0].actions == std::vector<std::string>{"compute.instances.get"});
    CHECK(some[0].conditions.size() == 1);
    CHECK(some[0].scripts == std::vector<std::string>{"deploy.sh", "terraform-plan.sh"});
    CHECK(all[2].resources == std::vector<std::string>{"*"});
}

TEST_CASE("a directive that can't be read is a fault, not a smaller role") {
    for (const char* const line :
         {"# calls: ecs:DescribeServices", "# calls: ecs on services", "# calls: ecs:Describe* on services",
          "# calls: , on services", "# calls: ecs:X on ", "# calls: ecs:X on a b", "# calls: ecs:X on a if b",
          "# calls: ecs:X on a if b=", "# calls: ecs:X on a if =c", "# calls: ecs:X on a if b=c and",
          "# calls: ecs:X on a in b", "# calls: ecs:X on a in ", "# calls: compute.instances on a",
          "# plan: what follows is prose"}) {
        CAPTURE(line);
        CHECK_THROWS_AS(directives(line), std::logic_error);
    }
}

TEST_CASE("every template's directives name resources that there are") {
    std::size_t found = 0;
    for (const embed::Template& one : embed::templates()) {
        CAPTURE(one.path);
        for (const Directive& directive : directives(one.bytes)) {
            ++found;
            // What runs in a job calls; what runs on a machine of the target does what a role of that machine may.
            if (one.path.starts_with("scripts/host/"))
                CHECK(directive.verb == "runs");
            else
                CHECK((directive.verb == "calls") == one.path.starts_with("scripts/"));
            for (const std::string& word : directive.resources) {
                CAPTURE(word);
                CHECK(infrastructure::is_resource_word(word));
            }
        }
    }
    CHECK(found > 50);
}

// The boundary has to leave room for what the modules' own roles do.
TEST_CASE("every action that a module's role is given stands under 'runs' beside it") {
    const std::regex action("\"([a-z0-9-]+:[A-Z][A-Za-z]+)\"");
    std::size_t found = 0;
    for (const embed::Template& one : embed::templates()) {
        if (!one.path.starts_with("terraform/aws/") || !one.path.ends_with(".tf")) continue;
        const std::string bytes(one.bytes);
        if (bytes.find("resource \"aws_iam_role\"") == std::string::npos) continue;
        if (one.path.starts_with("terraform/aws/identity/")) continue;  // the roles that the boundary is made for
        std::set<std::string> runs;
        for (const Directive& directive : directives(one.bytes)) {
            if (directive.verb == "runs") runs.insert(directive.actions.begin(), directive.actions.end());
        }
        CAPTURE(one.path);
        for (std::sregex_iterator at(bytes.begin(), bytes.end(), action); at != std::sregex_iterator(); ++at) {
            const std::string name = (*at)[1];
            // A role's own trust, and condition keys of all services.
            if (name.starts_with("sts:") || name.starts_with("aws:") || name == "kms:ViaService" ||
                name.starts_with("kms:EncryptionContext"))
                continue;
            CAPTURE(name);
            ++found;
            CHECK(runs.contains(name));
        }
    }
    CHECK(found > 5);
}

TEST_CASE("a script's libraries are those that it sources for a target's cloud, registry and runtime") {
    const embed::Words fargate{"aws", "ecr", "ecs-fargate"};
    const std::set<std::string> deploy = embed::with_libraries("deploy.sh", fargate);
    for (const char* const one :
         {"deploy.sh", "lib/common.sh", "lib/lease-aws.sh", "lib/registry-ecr.sh", "lib/rollout-ecs-fargate.sh"})
        CHECK(deploy.contains(one));
    for (const std::string& one : deploy) CHECK_MESSAGE(one.find('$') == std::string::npos, one);
    CHECK_FALSE(deploy.contains("build.sh"));
    const std::set<std::string> shared = embed::with_libraries("deploy.sh", {"aws", "ghcr", "ecs-fargate"});
    CHECK(shared.contains("lib/registry-ghcr.sh"));
    CHECK_FALSE(shared.contains("lib/registry-ecr.sh"));
    const std::set<std::string> scan = embed::with_libraries("scan-image.sh", fargate);
    CHECK(scan.contains("lib/scanner.sh"));
    CHECK_FALSE(scan.contains("lib/rollout-ecs-fargate.sh"));
    CHECK_THROWS_AS(embed::with_libraries("nobody.sh", fargate), std::logic_error);
    CHECK_THROWS_AS(embed::with_libraries("deploy.sh", {"aws", "ecr", "abacus"}), std::logic_error);
    CHECK(embed::has_library("rollout", "ecs-fargate"));
    CHECK_FALSE(embed::has_library("rollout", "abacus"));
}

TEST_CASE("a script's calls are those of its own target, without those that only others make") {
    const auto called = [](const char* script, const embed::Words& words) {
        std::set<std::string> actions;
        for (const infrastructure::DeclaredCall& one : infrastructure::calls_of(script, words))
            actions.insert(one.directive.actions.begin(), one.directive.actions.end());
        return actions;
    };
    const std::set<std::string> scan = called("scan-image.sh", {"aws", "ecr", "ecs-fargate"});
    CHECK(scan.contains("ecr:BatchGetImage"));
    CHECK_FALSE(scan.contains("ecr:PutImage"));
    CHECK(called("build.sh", {"aws", "ecr", "ecs-fargate"}).contains("ecr:PutImage"));
    CHECK(called("build.sh", {"aws", "ghcr", "ecs-fargate"}).empty());
    const std::set<std::string> rollback = called("rollback.sh", {"aws", "ecr", "ecs-fargate"});
    CHECK(rollback.contains("ecr:DescribeImages"));
    CHECK_FALSE(rollback.contains("ecs:RunTask"));
}
