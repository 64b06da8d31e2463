#include "generator/manifest/types/environment.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kBranchName = text_type(forms::branch);
constexpr Type kPattern = text_type(forms::tag_pattern);
constexpr Type kEnvironmentName = text_type(forms::name);
constexpr Type kSwitch = boolean_type();
constexpr Type kYes = true_type();
constexpr Row kTriggerRows[] = {
    derived<&Trigger::branch>("branch", kBranchName, "none", "A push to this branch.", "main"),
    derived<&Trigger::tag>("tag", kPattern, "none",
                           "A push of a tag that this pattern matches: literals and *, which does not cross /.",
                           "\"v*\""),
    derived<&Trigger::after>("after", kEnvironmentName, "none",
                             "In the same run, once every target of that environment passed.", "dev"),
    derived<&Trigger::manual>("manual", kYes, "none", "Only true: the operators' form alone.", "true"),
};
constexpr std::string_view kEvents[] = {"branch", "tag", "after", "manual"};
constexpr Relation kTriggerRelations[] = {
    {Relation::Kind::exactly_one,
     "",
     kEvents,
     {},
     "one of { branch: NAME }, { tag: PATTERN }, { after: ENVIRONMENT }, { manual: true }"},
};
constexpr std::string_view kTriggerExamples[] = {R"(
environments:
  dev:
    deploy_on: { branch: main }
  prod:
    deploy_on: { after: dev }
)",
                                                 R"(
environments:
  live:
    deploy_on: { tag: "v*" }
    targets:
      aws: { account: "333333333333", region: eu-west-1 }
)",
                                                 R"(
environments:
  training:
    deploy_on: { manual: true }
    targets:
      aws: { account: "333333333333", region: eu-west-1 }
)"};
constexpr Type kTrigger =
    described(related(record_type<Trigger>(kTriggerRows), kTriggerRelations),
              "Exactly one of these keys. The first environment is on a branch or a tag: that event starts the build.",
              kTriggerExamples);

constexpr Type kApprover = text_type(forms::approver);
constexpr Type kApproverList = set_type<std::string>(kApprover, 1, 6);
constexpr Row kApproverRows[] = {
    hidden<&Approvers::all>("all", kApproverList),
    derived<&Approvers::github>("github", kApproverList, "none", "On GitHub: users, and teams as org/team.",
                                "[acme/owners, octocat]"),
    derived<&Approvers::gitlab>("gitlab", kApproverList, "none", "On GitLab: users, and groups as group/path.",
                                "[acme/platform/owners]"),
};
constexpr std::string_view kApproverExamples[] = {R"(
environments:
  prod:
    gate: { type: manual, approvers: [acme/owners, octocat] }
)",
                                                  R"(
hosts:
  github: { deploys: [dev, prod] }
  gitlab: { plan: premium, deploys: [dev, prod] }
environments:
  prod:
    gate: { type: manual, approvers: { github: [acme/owners], gitlab: [acme/platform/owners] } }
)"};
constexpr Type kApprovers = described(
    record_type<Approvers>(kApproverRows, "all"),
    "A list where one host deploys the environment, else a list for each host. With / a team or group, without it a "
    "user. What enforces them: GitHub in a public repository or on Enterprise Cloud asks them (required for manual); "
    "in "
    "other private repositories the clouds' trust names them, so users only; GitLab from premium on has approval "
    "rules; "
    "on GitLab's free plan nothing does, which is a warning.",
    kApproverExamples);

constexpr Choice kGates[] = {
    {"none", "nothing holds it back"},
    {"manual", "a person lets it through"},
    {"release", "pushing the protected tag is the human act; with a tag only"},
};
constexpr Type kGateKind = choice_type(kGates);
constexpr Type kWait = integer_type(1, 43200);
constexpr Row kGateRows[] = {
    derived<&Gate::type>("type", kGateKind,
                         "production: release on a tag, else manual; others, and with ungated_production: none",
                         "What must happen before the environment may change.", "manual"),
    derived<&Gate::approvers>("approvers", kApprovers, "none", "Who may let it through.", "[acme/owners]"),
    derived<&Gate::wait_minutes>("wait_minutes", kWait, "none",
                                 "How long GitHub waits before it asks: for manual in a public repository or on "
                                 "Enterprise Cloud, elsewhere an error.",
                                 "5"),
};
constexpr std::string_view kGateExamples[] = {R"(
environments:
  live:
    deploy_on: { tag: "v*" }
    gate: release
    targets:
      aws: { account: "333333333333", region: eu-west-1 }
)",
                                              R"(
environments:
  prod:
    gate: { type: manual, approvers: [acme/owners], wait_minutes: 5 }
)"};
constexpr Type kGate = described(record_type<Gate>(kGateRows, "type"),
                                 "A word alone stands for { type: … }. On production, none is an error unless "
                                 "ungated_production: true stands beside it.",
                                 kGateExamples);

constexpr Type kAccount = text_type(forms::account);
constexpr Type kRegion = text_type(forms::region);
constexpr Type kGcpProject = text_type(forms::gcp_project);
constexpr Type kDigits = text_type(forms::digits);
constexpr Type kBucket = text_type(forms::bucket);
constexpr Type kTable = text_type(forms::table);
constexpr Row kStateRows[] = {
    derived<&TargetState::bucket>("bucket", kBucket, "one that is made", "An existing bucket for the state.",
                                  "acme-terraform-state"),
    derived<&TargetState::table>("table", kTable, "one that is made, with lock: dynamodb", "An existing lock table.",
                                 "acme-terraform-locks"),
};
constexpr std::string_view kStateExamples[] = {R"(
infrastructure: { state: { lock: dynamodb } }
environments:
  prod:
    targets:
      aws: { state: { bucket: acme-terraform-state, table: acme-terraform-locks } }
)"};
constexpr Type kState = described(record_type<TargetState>(kStateRows), "", kStateExamples);
constexpr Choice kProviders[] = {
    {"create", "this project makes the account's identity provider for the host"},
    {"existing", "another project made it in that account"},
};
constexpr Type kProvider = choice_type(kProviders);
constexpr Row kTargetRows[] = {
    derived<&Target::account>("account", kAccount, "required on AWS", "AWS: the account, twelve digits in quotes.",
                              "\"111111111111\""),
    required<&Target::region>("region", kRegion, "The region.", "eu-west-1"),
    derived<&Target::project>("project", kGcpProject, "required on GCP", "GCP: the project's id.", "acme-shop-dev"),
    derived<&Target::project_number>("project_number", kDigits, "required on GCP",
                                     "GCP: the project's number, in quotes.", "\"100000000001\""),
    derived<&Target::protect>("protect", kSwitch, "true for production", "Whether destroying it is refused.", "true"),
    derived<&Target::state>("state", kState, "places that are made", "Existing places for the Terraform state.",
                            "{ bucket: acme-terraform-state }"),
    row<&Target::oidc_provider>("oidc_provider", kProvider, "create",
                                "Who makes the account's identity provider for the host.", "existing"),
};
constexpr std::string_view kTargetExamples[] = {R"(
environments:
  prod:
    targets:
      aws:
        account: "222222222222"
        region: eu-west-1
        protect: true
        state: { bucket: acme-terraform-state }
        oidc_provider: existing
        network: { nat: per-zone }
        scaling: { min: 2, max: 6 }
        spot_percent: null
)",
                                                R"(
stacks:
  gcp: { runtime: compute-mig }
environments:
  dev:
    targets:
      gcp: { project: acme-shop-dev, project_number: "100000000001", region: europe-west1 }
)"};
}  // namespace

constexpr Type kTarget = described(
    record_type_on<Target, Stack>(kStack, kTargetRows),
    "One environment on one stack: its place, and whatever differs from the stack there. Any key of the stack but "
    "cloud "
    "and runtime can stand beside these and is laid over the stack's: maps merge by key, lists and single values "
    "replace, null takes away what the stack says, so that the default holds again.",
    kTargetExamples);

namespace {
constexpr Type kTargets = map_type<Target>(kTarget, forms::name, 1, 16, "STACK");
constexpr Type kOverrides = overlay_type<ServiceOverride>(kServiceOverride, forms::name, 0, 64, "SERVICE");
constexpr Row kRows[] = {
    required<&Environment::deploy_on>("deploy_on", kTrigger, "What deploys it.", "{ branch: main }"),
    derived<&Environment::gate>("gate", kGate,
                                "production: release on a tag, else manual; others, and with ungated_production: none",
                                "What must happen before the environment may change.", "manual"),
    derived<&Environment::production>("production", kSwitch, "true for prod, production and live",
                                      "Whether it is production.", "true"),
    row<&Environment::ungated_production>("ungated_production", kSwitch, "false", "Allows gate: none on production.",
                                          "true"),
    required<&Environment::targets>("targets", kTargets,
                                    "The stacks that the environment has, each with its place and what differs there.",
                                    "{ aws: { account: \"111111111111\", region: eu-west-1 } }"),
    row<&Environment::services>("services", kOverrides, "{}", "What differs for a service in this environment.",
                                "{ api: { scaling: { min: 2 } } }"),
    removable(row<&Environment::env>(
        "env", kStringMap, "{}",
        "Variables for every service of this environment, laid over the service's own; null removes "
        "one.",
        "{ API_STAGE: prod }")),
    derived<&Environment::promote_from>(
        "promote_from", kEnvironmentName, "the after environment, else the one written before it",
        "The environment whose passed image is promoted here, target by target: from the same stack there, or from its "
        "first target where it lacks that stack.",
        "dev"),
};
constexpr std::string_view kExamples[] = {R"(
environments:
  dev:
    deploy_on: { branch: main }
    targets:
      aws: { account: "111111111111", region: eu-west-1 }
  live:
    deploy_on: { tag: "v*" }
    gate: release
    production: true
    targets:
      aws: { account: "222222222222", region: eu-west-1, scaling: { min: 2, max: 6 } }
    services:
      api: { cpu: 512, memory: 1024 }
    env: { API_STAGE: live }
    promote_from: dev
)",
                                          R"(
environments:
  prod:
    gate: none
    ungated_production: true
)"};
}  // namespace

constexpr Type kEnvironment = described(record_type<Environment>(kRows),
                                        "A step of the promotion order: what triggers it, what gates it, and where it "
                                        "is. The same image, by its digest, goes from one to the next; it is never "
                                        "rebuilt.",
                                        kExamples);

}  // namespace pipewright::manifest::written
