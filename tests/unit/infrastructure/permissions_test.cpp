// What the roles may do, judged by IAM's own rules: what their jobs call, on their own target, and nothing that would
// let them have more.
#include "generator/infrastructure/permissions.h"

#include "iam.h"
#include "uses.h"

using namespace pipewright;
using names::Identity;

namespace {

const infrastructure::Role& role(const infrastructure::TargetModel& target, Identity kind) {
    for (const auto& one : target.roles) {
        if (one.kind == kind) return one;
    }
    FAIL("no such role");
    return target.roles.front();
}

// A role of dev (111111111111, eu-west-1) or prod (222222222222, eu-central-1).
struct Asked {
    const scenes::Modelled& made;

    bool may(const char* environment, Identity kind, const std::string& action, const std::string& resource,
             const iam::Keys& keys = {}) const {
        return iam::allows(role(made.target(environment), kind).statements, action, resource, keys);
    }
};

const std::string kState = "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1/shop/aws/dev/";
const std::string kRoles = "arn:aws:iam::111111111111:role/shop-dev-aws-";
const std::string kEcs = "arn:aws:ecs:eu-west-1:111111111111:";
const iam::Keys kBounded{{"iam:PermissionsBoundary", "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"}};

const std::string kInfra = "infrastructure: { permissions: ";

}  // namespace

TEST_CASE("a role may what its jobs' scripts call, on its own target") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    const Asked asked{made};
    const std::string repository = "arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/api";
    const std::string other = "arn:aws:ecr:eu-central-1:222222222222:repository/shop/prod/aws/api";

    CHECK(asked.may("dev", Identity::build, "ecr:PutImage", repository));
    CHECK_FALSE(asked.may("dev", Identity::build, "ecr:PutImage", other));
    CHECK_FALSE(asked.may("dev", Identity::build, "ecs:UpdateService", kEcs + "service/shop-dev-aws/api"));
    CHECK_FALSE(asked.may("dev", Identity::build, "s3:PutObject", kState + "lease.json"));

    CHECK(asked.may("dev", Identity::deploy, "ecs:UpdateService", kEcs + "service/shop-dev-aws/api"));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "ecs:UpdateService", kEcs + "service/shop-dev-aws-2/api"));
    CHECK(asked.may("dev", Identity::deploy, "s3:PutObject", kState + "lease.json"));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "s3:PutObject", kState + "platform"));
    CHECK(asked.may("dev", Identity::deploy, "iam:PassRole", kRoles + "api-task",
                    {{"iam:PassedToService", "ecs-tasks.amazonaws.com"}}));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "iam:PassRole", kRoles + "api-task",
                          {{"iam:PassedToService", "ec2.amazonaws.com"}}));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "iam:PassRole", kRoles + "infra",
                          {{"iam:PassedToService", "ecs-tasks.amazonaws.com"}}));
    // Its images come from dev's repositories, which it may read and not change.
    CHECK(asked.may("prod", Identity::deploy, "ecr:BatchGetImage", repository));
    CHECK_FALSE(asked.may("prod", Identity::deploy, "ecr:PutImage", repository));
    CHECK(asked.may("prod", Identity::deploy, "ecr:PutImage", other));
}

TEST_CASE("a deploy to instances may tell those of its own group what to run, and only as a shell script") {
    const scenes::Modelled made = scenes::modelled(scenes::two(), [](Project& project) {
        for (Environment& environment : project.environments) {
            for (Target& target : environment.targets) target.runtime = "ec2-compose";
        }
    });
    const Asked asked{made};
    const auto group = [](const char* name) { return iam::Keys{{"ssm:resourceTag/aws:autoscaling:groupName", name}}; };
    const std::string instance = "arn:aws:ec2:eu-west-1:111111111111:instance/i-0123456789abcdef0";
    const std::string document = "arn:aws:ssm:eu-west-1::document/";

    CHECK(asked.may("dev", Identity::deploy, "ssm:SendCommand", instance, group("shop-dev-aws")));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "ssm:SendCommand", instance, group("shop-dev-aws-2")));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "ssm:SendCommand", instance));
    CHECK(asked.may("dev", Identity::deploy, "ssm:SendCommand", document + "AWS-RunShellScript"));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "ssm:SendCommand", document + "AWS-RunRemoteScript"));
    CHECK(asked.may("dev", Identity::deploy, "ssm:GetCommandInvocation", "*"));
    CHECK_FALSE(asked.may("dev", Identity::deploy, "ecs:UpdateService", kEcs + "service/shop-dev-aws/api"));
    CHECK_FALSE(asked.may("dev", Identity::plan, "ssm:SendCommand", instance, group("shop-dev-aws")));
    CHECK_FALSE(asked.may("dev", Identity::build, "ssm:SendCommand", instance, group("shop-dev-aws")));

    const scenes::Modelled tasks = scenes::modelled(scenes::two());
    CHECK_FALSE(Asked{tasks}.may("dev", Identity::deploy, "ssm:SendCommand", instance, group("shop-dev-aws")));
}

TEST_CASE(
    "a deploy may look for REST APIs behind an API gateway, for a balancer behind one, for neither behind a name") {
    const std::string apis = "arn:aws:apigateway:eu-west-1::/restapis";
    const auto may = [&](bool gateway, bool https) {
        const scenes::Modelled made = scenes::modelled(scenes::two(), [&](Project& project) {
            for (Environment& environment : project.environments) {
                for (Target& target : environment.targets) {
                    if (gateway) target.ingress.kind = IngressKind::api_gateway;
                    if (https) target.ingress.https = Https{};
                }
            }
        });
        const Asked asked{made};
        CHECK_FALSE(asked.may("dev", Identity::deploy, "apigateway:GET", apis + "/abc"));
        CHECK_FALSE(asked.may("dev", Identity::deploy, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/apikeys"));
        CHECK_FALSE(asked.may("dev", Identity::plan, "apigateway:GET", apis));
        CHECK(asked.may("dev", Identity::deploy, "elasticloadbalancing:DescribeLoadBalancers", "*") ==
              (!gateway && !https));
        return asked.may("dev", Identity::deploy, "apigateway:GET", apis);
    };
    CHECK(may(true, false));
    CHECK_FALSE(may(false, false));
    CHECK_FALSE(may(true, true));
}

TEST_CASE("plan reads, infra changes, and both know the modules of the platform") {
    const scenes::Modelled made = scenes::modelled(scenes::two());
    const Asked asked{made};
    CHECK(asked.may("dev", Identity::plan, "ec2:DescribeVpcs", "*"));
    CHECK(asked.may("dev", Identity::plan, "s3:GetObject", kState + "platform"));
    CHECK_FALSE(asked.may("dev", Identity::plan, "s3:GetObject", kState + "bootstrap"));
    for (const infrastructure::Statement& one : role(made.target("dev"), Identity::plan).statements) {
        for (const std::string& action : one.actions) {
            const std::string name = action.substr(action.find(':') + 1);
            CAPTURE(action);
            const bool reads = name.starts_with("Describe") || name.starts_with("Get") || name.starts_with("List") ||
                               name.starts_with("BatchGet");
            CHECK(reads);
            CHECK(action != "secretsmanager:GetSecretValue");
            CHECK(action != "ssm:GetParameters");
        }
    }
    CHECK(asked.may("dev", Identity::infra, "ec2:CreateVpc", "*"));
    CHECK(asked.may("dev", Identity::infra, "s3:PutObject", kState + "platform"));
    CHECK(asked.may("dev", Identity::infra, "s3:DeleteObject", kState + "platform.tflock"));
    CHECK_FALSE(asked.may("dev", Identity::infra, "s3:PutObject", kState + "bootstrap"));
    CHECK_FALSE(asked.may("dev", Identity::infra, "s3:PutObject",
                          "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1/shop/aws/prod/platform"));
    CHECK_FALSE(asked.may("dev", Identity::infra, "dynamodb:PutItem",
                          "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-tfstate"));
    // A feature that the target doesn't want needs nothing.
    CHECK_FALSE(asked.may("dev", Identity::infra, "servicediscovery:CreateHttpNamespace", "*"));
}

TEST_CASE("locks in a table: the table and no lock file") {
    const scenes::Modelled made =
        scenes::modelled(scenes::two("", "", "infrastructure: { state: { lock: dynamodb } }\n"));
    const Asked asked{made};
    CHECK(asked.may("dev", Identity::infra, "dynamodb:PutItem",
                    "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-tfstate"));
    CHECK_FALSE(asked.may("dev", Identity::infra, "s3:PutObject", kState + "platform.tflock"));
}

TEST_CASE("infra makes roles only with the boundary, and never touches its own or the boundary itself") {
    for (const std::string& manifest :
         {scenes::two(),
          scenes::two("", "", kInfra + "[\"iam:CreateRole\", \"iam:AttachRolePolicy\", \"sqs:*\"] }\n")}) {
        const scenes::Modelled made = scenes::modelled(manifest);
        CHECK_FALSE(made.diagnostics.has_errors());
        const Asked asked{made};
        for (const char* const action : {"iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"}) {
            CAPTURE(action);
            for (const char* const name : {"api-task", "api-exec", "flow-logs"}) {
                CHECK(asked.may("dev", Identity::infra, action, kRoles + name, kBounded));
                CHECK_FALSE(asked.may("dev", Identity::infra, action, kRoles + name));
                CHECK_FALSE(asked.may("dev", Identity::infra, action, kRoles + name,
                                      {{"iam:PermissionsBoundary", "arn:aws:iam::aws:policy/AdministratorAccess"}}));
            }
        }
        const infrastructure::TargetModel& dev = made.target("dev");
        for (const char* const action :
             {"iam:DeleteRolePermissionsBoundary", "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:PutRolePolicy",
              "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PassRole", "iam:CreateRole", "iam:DeleteRole",
              "iam:PutRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey", "sts:AssumeRole"}) {
            CAPTURE(action);
            for (const std::string& own : {kRoles + "infra", kRoles + "deploy", kRoles + "plan", kRoles + "build",
                                           std::string("arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"),
                                           std::string("arn:aws:iam::111111111111:role/admin"),
                                           std::string("arn:aws:iam::111111111111:user/x")}) {
                CAPTURE(own);
                CHECK_FALSE(iam::allows(role(dev, Identity::infra).statements, action, own, kBounded));
                CHECK_FALSE(iam::allows(dev.boundary_statements, action, own, kBounded));
            }
            CHECK_FALSE(iam::allows(dev.boundary_statements, "iam:DeleteRolePermissionsBoundary", kRoles + "api-task",
                                    kBounded));
        }
    }
}

TEST_CASE("the boundary leaves room for infra, for the modules' roles and for what the manifest grants") {
    const scenes::Modelled made = scenes::modelled(scenes::two(
        ", secrets: { A: \"secret:shop/token#k\" }, permissions: [ { actions: [\"s3:GetObject\"], resources: "
        "[\"arn:aws:s3:::files/*\"] } ]",
        "", kInfra + "[\"sqs:CreateQueue\"] }\n"));
    CHECK_FALSE(made.diagnostics.has_errors());
    const infrastructure::TargetModel& dev = made.target("dev");
    // Every action of infra on every resource of its statement, under its conditions.
    for (const infrastructure::Statement& one : role(dev, Identity::infra).statements) {
        iam::Keys keys;
        for (const auto& [key, values] : one.equals) keys[key] = values.front();
        for (const std::string& action : one.actions) {
            for (const std::string& resource : one.resources) {
                CAPTURE(action);
                CAPTURE(resource);
                CHECK(iam::allows(dev.boundary_statements, action, resource, keys));
            }
        }
    }
    const auto room = [&](const std::string& action, const std::string& resource, const iam::Keys& keys = {}) {
        return iam::allows(dev.boundary_statements, action, resource, keys);
    };
    CHECK(room("logs:PutLogEvents", "arn:aws:logs:eu-west-1:111111111111:log-group:/shop/dev/aws/api:log-stream:x"));
    CHECK(room("ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/api"));
    CHECK(room("ecr:GetAuthorizationToken", "*"));
    CHECK(room("secretsmanager:GetSecretValue",
               "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/token-AbCdEf"));
    CHECK_FALSE(room("secretsmanager:GetSecretValue",
                     "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/other-AbCdEf"));
    CHECK_FALSE(room("secretsmanager:PutSecretValue",
                     "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/token-AbCdEf"));
    CHECK(room("kms:Decrypt", "arn:aws:kms:eu-west-1:111111111111:key/1",
               {{"kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"}}));
    CHECK_FALSE(room("kms:Decrypt", "arn:aws:kms:eu-west-1:111111111111:key/1"));
    CHECK(room("s3:GetObject", "arn:aws:s3:::files/x"));
    CHECK_FALSE(room("s3:GetObject", "arn:aws:s3:::others/x"));
    CHECK(room("sqs:CreateQueue", "arn:aws:sqs:eu-west-1:111111111111:q"));
    CHECK(iam::allows(role(dev, Identity::infra).statements, "sqs:CreateQueue", "arn:aws:sqs:eu-west-1:1:q"));
    CHECK_FALSE(room("organizations:LeaveOrganization", "*"));
}

TEST_CASE("permissions that would give every other are refused") {
    const auto refused = [](const std::string& manifest) { return scenes::modelled(manifest).messages(); };
    const auto service = [](const std::string& action, const std::string& resource) {
        return scenes::two(", permissions: [ { actions: [\"" + action + "\"], resources: [\"" + resource + "\"] } ]");
    };
    const std::string role = "arn:aws:iam::111111111111:role/";
    for (const char* const action : {"iam:*", "IAM:Create*", "iam:CreateUser", "iam:CreateAccessKey",
                                     "iam:DeleteRolePermissionsBoundary", "iam:CreatePolicyVersion"}) {
        CAPTURE(action);
        CHECK(refused(scenes::two("", "", kInfra + "[\"" + action + "\"] }\n")).find("PW0219") != std::string::npos);
    }
    CHECK(refused(scenes::two("", "", kInfra + "[\"iam:GetUser\", \"sqs:*\", \"iam:PutRolePolicy\"] }\n")).empty());
    CHECK(refused(service("iam:*", "*")).find("PW0219") != std::string::npos);
    CHECK(refused(service("iam:CreateRole", role + "x")).find("PW0219") != std::string::npos);
    CHECK(refused(service("iam:PassRole", "*")).find("PW0219") != std::string::npos);
    CHECK(refused(service("iam:PassRole", role + "shop-*")).find("PW0219") != std::string::npos);
    CHECK(refused(service("iam:PassRole", role + "shop-dev-aws-infra")).find("PW0219") != std::string::npos);
    CHECK(refused(service("iam:PassRole", role + "batch-job")).empty());
    CHECK(refused(service("s3:*", "arn:aws:s3:::files/*")).empty());
    // The language knows no such actions; whoever makes a project otherwise gets them no more than others.
    Project project = scenes::project_of(scenes::two());
    project.infrastructure.permissions = {"*:*"};
    project.environments.front().targets.front().services.front().permissions = {{{"*:Get"}, {"*"}, {}}};
    CHECK(infrastructure::refused_permissions(project, project.first().targets.front()).size() == 2);
}

TEST_CASE("targets whose names begin alike don't reach each other's") {
    const scenes::Modelled made =
        scenes::modelled("pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts:\n  github: " + scenes::kPublic +
                         "\nservices:\n  api: { path: api, port: 8000 }\n  x-api: { path: x, port: 8001, routes: [] }\n"
                         "stacks:\n  aws: { runtime: ecs-fargate }\n  aws-2: { runtime: ecs-fargate }\n"
                         "environments:\n  dev: { deploy_on: { branch: main }, targets: { "
                         "aws: { account: \"111111111111\", region: eu-west-1 }, aws-2: { account: \"111111111111\", "
                         "region: eu-west-1 } "
                         "} }\n");
    const auto& aws = role(made.target("dev", "aws"), Identity::infra).statements;
    const auto& aws2 = role(made.target("dev", "aws-2"), Identity::infra).statements;
    CHECK(iam::allows(aws, "iam:DeleteRole", kRoles + "api-task"));
    CHECK(iam::allows(aws, "iam:DeleteRole", kRoles + "x-api-exec"));
    CHECK_FALSE(iam::allows(aws, "iam:DeleteRole", kRoles + "2-api-task"));
    CHECK_FALSE(iam::allows(aws, "ecs:TagResource", kEcs + "task-definition/shop-dev-aws-2-api:1"));
    CHECK_FALSE(iam::allows(aws, "iam:PassRole", kRoles + "2-api-task"));
    CHECK(iam::allows(aws2, "iam:DeleteRole", kRoles + "2-api-task"));
    CHECK_FALSE(iam::allows(aws2, "iam:DeleteRole", kRoles + "api-task"));
}
