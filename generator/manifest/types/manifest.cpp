#include "generator/manifest/types/manifest.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kLanguage = integer_type(1, 1);
constexpr Type kProjectName = text_type(forms::project);
constexpr Type kRepositoryPath = text_type(forms::repository);
constexpr Type kServices = map_type<Service>(kService, forms::name, 1, 64);
constexpr Type kStacks = map_type<Stack>(kStack, forms::name, 1, 16);
constexpr Type kEnvironments = map_type<Environment>(kEnvironment, forms::name, 1, 16);
constexpr Row kRows[] = {
    required<&Manifest::pipewright>("pipewright", kLanguage, "The version of this language.", "1"),
    required<&Manifest::project>("project", kProjectName, "The prefix of every cloud resource's name.", "shop"),
    required<&Manifest::repository>(
        "repository", kRepositoryPath,
        "owner/name, or group/sub/name on GitLab: it stands in the subjects that the clouds "
        "trust.",
        "acme/shop"),
    required<&Manifest::hosts>("hosts", kHosts, "Where the repository lives: GitHub, GitLab or both.",
                               "{ github: { visibility: public } }"),
    row<&Manifest::registry>("registry", kRegistry, "native", "Where images live.", "native"),
    required<&Manifest::services>("services", kServices, "What is built into images, or taken as ready ones, and run.",
                                  "{ api: { path: api, port: 8000 } }"),
    required<&Manifest::stacks>("stacks", kStacks, "The shapes of infrastructure, each on one cloud.",
                                "{ aws: { runtime: ecs-fargate } }"),
    required<&Manifest::environments>(
        "environments", kEnvironments,
        "The steps of promotion; the order in which they are written is the order of promotion.",
        "{ dev: { deploy_on: { branch: main }, targets: { aws: { account: \"111111111111\", region: eu-west-1 } } } }"),
    row<&Manifest::delivery>("delivery", kDelivery, "{}", "Scans, smoke tests, notifications, the operators' form.",
                             "{ sign: cosign }"),
    row<&Manifest::infrastructure>("infrastructure", kInfrastructure, "{}",
                                   "The Terraform tool, its state, and how it is applied.", "{ tool: opentofu }"),
    row<&Manifest::extend>("extend", kExtend, "{}", "Your own steps and jobs, without editing a generated file.",
                           "{ after_deploy: { run: [./scripts/warm-cache.sh] } }"),
};
constexpr std::string_view kExamples[] = {R"(
pipewright: 1
project: shop
repository: acme/shop

hosts:
  github: { visibility: public, owner_id: "1234567", repository_id: "987654321" }

services:
  api: { path: api, port: 8000, health: /health }

stacks:
  aws: { runtime: ecs-fargate }

environments:
  dev:
    deploy_on: { branch: main }
    targets:
      aws: { account: "111111111111", region: eu-west-1 }
  prod:
    deploy_on: { after: dev }
    gate: { type: manual, approvers: [acme/owners] }
    targets:
      aws: { account: "222222222222", region: eu-west-1 }
)",
                                          R"(
registry: native
delivery: { scan: { fail_on: high } }
infrastructure: { tool: opentofu }
extend:
  after_deploy: { run: [./scripts/warm-cache.sh] }
)"};
}  // namespace

constexpr Type kManifest =
    described(record_type<Manifest>(kRows),
              "Names of services, stacks and environments are lower-case letters and digits in groups joined by single "
              "hyphens, at most 20 characters.",
              kExamples);

}  // namespace pipewright::manifest::written
