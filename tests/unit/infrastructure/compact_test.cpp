// Policies within IAM's limits: what is united still allows what it did, and a big project fits.
#include "generator/infrastructure/compact.h"

#include "iam.h"
#include "uses.h"

using namespace pipewright;
using infrastructure::Statement;

namespace {

Statement statement(std::string sid, std::vector<std::string> actions, std::vector<std::string> resources,
                    infrastructure::Conditions equals = {}) {
    Statement one;
    one.sid = std::move(sid);
    one.actions = std::move(actions);
    one.resources = std::move(resources);
    one.equals = std::move(equals);
    return one;
}

const std::vector<Statement> kList{
    statement("Any", {"ec2:CreateSubnet", "ec2:CreateVpc", "ec2:DescribeSubnets", "ec2:DescribeVpcs"}, {"*"}),
    statement("A", {"iam:CreateRole"}, {"arn:aws:iam::1:role/a"}, {{"iam:PermissionsBoundary", {"b"}}}),
    statement("B", {"iam:CreateRole"}, {"arn:aws:iam::1:role/b"}, {{"iam:PermissionsBoundary", {"b"}}}),
    statement("Bucket", {"s3:GetObject", "s3:PutObject"}, {"arn:aws:s3:::a/x"}),
    statement("Cluster", {"ecs:DeleteCluster"}, {"arn:aws:ecs:r:1:cluster/c"}),
    statement("Services", {"ecs:DeleteService"}, {"arn:aws:ecs:r:1:service/c/*"}),
    statement("Secrets", {"secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"},
              {"arn:aws:secretsmanager:r:1:secret:app/one-??????", "arn:aws:secretsmanager:r:1:secret:app/two-??????",
               "arn:aws:secretsmanager:r:1:secret:lone-??????"}),
    statement("Granted", {"sqs:SendMessage", "sqs:ReceiveMessage"}, {"arn:aws:sqs:r:1:q"})};

bool allowed(const std::vector<Statement>& list, const std::vector<Statement>& exact) {
    bool all = true;
    for (const Statement& one : exact) {
        iam::Keys keys;
        for (const auto& [key, values] : one.equals) keys[key] = values.front();
        for (const std::string& action : one.actions) {
            for (const std::string& resource : one.resources) all = all && iam::allows(list, action, resource, keys);
        }
    }
    return all;
}

std::string big(std::size_t services, bool secrets) {
    std::string text = "pipewright: 1\nproject: abcdefghijklmnopqrstuvwx\nrepository: acme/shop\nhosts:\n  github: " +
                       scenes::kPublic + "\nservices:\n";
    for (std::size_t i = 0; i < services; ++i) {
        const std::string number = std::to_string(i);
        const std::string name = "service-of-long-na" + std::string(2 - number.size(), 'x') + number;
        text += "  " + name + ": { path: s, port: 8000, routes: [\"/" + name + "/*\"]";
        if (i > 0) text += ", calls: [service-of-long-nax0]";
        if (secrets) text += ", secrets: { A: \"secret:" + name + "#a\", B: \"secret:production/" + name + "\" }";
        text += " }\n";
    }
    return text +
           "stacks:\n  a-stack-of-long-name: { runtime: ecs-fargate, observability: { dashboard: false } }\n"
           "environments:\n  environment-of-long1: { deploy_on: { branch: main }, targets: { a-stack-of-long-name: { "
           "account: \"111111111111\", region: ap-southeast-2 } } }\n"
           "  environment-of-long2: { deploy_on: { after: environment-of-long1 }, targets: { a-stack-of-long-name: { "
           "account: \"222222222222\", region: ap-southeast-2 } } }\n";
}

}  // namespace

TEST_CASE("what fits stays as it is") {
    CHECK(infrastructure::compact(kList, 10000) == kList);
    CHECK(infrastructure::widen(kList, 10000) == kList);
}

TEST_CASE("what is made shorter allows at least what it did, and roles stay exact") {
    for (std::size_t limit = infrastructure::policy_length(kList); limit > 100; limit -= 20) {
        CAPTURE(limit);
        const std::vector<Statement> role = infrastructure::compact(kList, limit);
        const std::vector<Statement> boundary = infrastructure::widen(kList, limit);
        CHECK(allowed(role, kList));
        CHECK(allowed(boundary, kList));
        for (const auto* list : {&role, &boundary}) {
            CHECK_FALSE(iam::allows(*list, "iam:CreateRole", "arn:aws:iam::1:role/a"));
            CHECK_FALSE(
                iam::allows(*list, "iam:DeleteRole", "arn:aws:iam::1:role/a", {{"iam:PermissionsBoundary", "b"}}));
            CHECK_FALSE(iam::allows(*list, "s3:DeleteObject", "arn:aws:s3:::a/x"));
            CHECK_FALSE(iam::allows(*list, "s3:GetObject", "arn:aws:s3:::b/x"));
            CHECK_FALSE(iam::allows(*list, "s3:PutObject", "arn:aws:s3:::a/y"));
            CHECK_FALSE(iam::allows(*list, "ecs:DeleteCluster", "arn:aws:ecs:r:1:cluster/other"));
            CHECK_FALSE(iam::allows(*list, "sqs:SendMessage", "arn:aws:sqs:r:1:other"));
            CHECK_FALSE(iam::allows(*list, "secretsmanager:GetSecretValue",
                                    "arn:aws:secretsmanager:r:1:secret:app/one-abcdef"));
        }
        CHECK_FALSE(iam::allows(role, "ec2:DeleteVpc", "*"));
        CHECK_FALSE(iam::allows(role, "ec2:CreateRoute", "*"));
    }
}

TEST_CASE("a role that is too long looks first under wildcards") {
    const std::size_t all = infrastructure::policy_length(kList);
    const std::vector<Statement> looks = infrastructure::compact(kList, all - 1);
    CHECK(looks.front().actions == std::vector<std::string>{"ec2:CreateSubnet", "ec2:CreateVpc", "ec2:Describe*"});
    CHECK(looks.size() == kList.size());
    const std::vector<Statement> united = infrastructure::compact(kList, infrastructure::policy_length(looks) - 1);
    REQUIRE(united.size() == kList.size() - 1);
    CHECK(united[1].resources == std::vector<std::string>{"arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b"});
    const std::vector<Statement> folders = infrastructure::compact(kList, infrastructure::policy_length(united) - 1);
    CHECK(folders[5].resources == std::vector<std::string>{"arn:aws:secretsmanager:r:1:secret:app/*",
                                                           "arn:aws:secretsmanager:r:1:secret:lone-??????"});
}

TEST_CASE("sixteen services with the longest names fit") {
    for (const bool secrets : {false, true}) {
        CAPTURE(secrets);
        const scenes::Modelled made = scenes::modelled(big(16, secrets));
        CHECK(made.messages() == "");
        for (const auto& target : made.model.targets) {
            for (const auto& role : target.roles) {
                CAPTURE(role.name);
                CHECK(infrastructure::policy_length(role.statements) <= infrastructure::kInlineLimit);
                CHECK(infrastructure::trust_length(role.ways) <= infrastructure::kTrustDefault);
            }
            CHECK(infrastructure::policy_length(target.boundary_statements) <= infrastructure::kManagedLimit);
        }
    }
}

TEST_CASE("the example fits with exact roles") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    CHECK(made.messages() == "");
    for (const auto& role : made.target("dev").roles) {
        for (const Statement& one : role.statements) {
            for (const std::string& action : one.actions) CHECK(action.find('*') == std::string::npos);
        }
    }
}

TEST_CASE("what doesn't fit is an error that says so") {
    std::string resources, actions;
    for (int i = 0; i < 150; ++i) {
        resources += (i > 0 ? ", " : "") + std::string("\"arn:aws:s3:::a-bucket-of-its-own-with-a-long-name-") +
                     std::to_string(i) + "\"";
        actions += (i > 0 ? ", " : "") + std::string("\"sqs:AnActionWithAVeryLongNameThatNobodyKnowsAndNeverWill") +
                   std::to_string(i) + "\"";
    }
    CHECK(scenes::modelled(
              scenes::two(", permissions: [ { actions: [\"s3:GetObject\"], resources: [" + resources + "] } ]"))
              .messages()
              .find("PW0220 the boundary shop-dev-aws-boundary would have ") == 0);
    CHECK(scenes::modelled(scenes::two("", "", "infrastructure: { permissions: [" + actions + "] }\n"))
              .messages()
              .find("PW0220 the permissions of the role shop-dev-aws-infra would have ") != std::string::npos);
}
