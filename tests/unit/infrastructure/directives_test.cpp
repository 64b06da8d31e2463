// What templates declare of their calls: how it is read, and that every template's declarations can be.
#include "generator/infrastructure/directives.h"

#include <doctest/doctest.h>

#include <regex>
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
    CHECK(all[2].resources == std::vector<std::string>{"*"});
}

TEST_CASE("a directive that can't be read is a fault, not a smaller role") {
    for (const char* const line :
         {"# calls: ecs:DescribeServices", "# calls: ecs on services", "# calls: ecs:Describe* on services",
          "# calls: , on services", "# calls: ecs:X on ", "# calls: ecs:X on a b", "# calls: ecs:X on a if b",
          "# calls: ecs:X on a if b=", "# calls: ecs:X on a if =c", "# calls: ecs:X on a if b=c and",
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
            const bool script = one.path.starts_with("scripts/");
            CHECK((directive.verb == "calls") == script);
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

TEST_CASE("a script's libraries are those that it tells shellcheck about, and theirs") {
    const std::set<std::string> deploy = infrastructure::with_libraries("deploy.sh");
    for (const char* const one : {"deploy.sh", "lib/common.sh", "lib/lease-aws.sh", "lib/rollout-ecs-fargate.sh"})
        CHECK(deploy.contains(one));
    CHECK_FALSE(deploy.contains("build.sh"));
    const std::set<std::string> scan = infrastructure::with_libraries("scan-image.sh");
    CHECK(scan.contains("lib/scanner.sh"));
    CHECK_THROWS_AS(infrastructure::with_libraries("nobody.sh"), std::logic_error);
}
