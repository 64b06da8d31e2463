#include "generator/manifest/types/environment.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kBranchName = text_type(forms::branch);
constexpr Type kPattern = text_type(forms::tag_pattern);
constexpr Type kEnvironmentName = text_type(forms::name);
constexpr Type kSwitch = boolean_type();
constexpr Row kTriggerRows[] = {
    row<&Trigger::branch>("branch", kBranchName, "", "A push to this branch."),
    row<&Trigger::tag>("tag", kPattern, "", "A push of a tag of this pattern."),
    row<&Trigger::after>("after", kEnvironmentName, "", "In the same run, once that environment passed."),
    row<&Trigger::manual>("manual", kSwitch, "", "The operators' form alone."),
};
constexpr Type kTrigger = record_type<Trigger>(kTriggerRows);

constexpr Type kApprover = text_type(forms::approver);
constexpr Type kApproverList = list_type<std::string>(kApprover, 1, 6);
constexpr Row kApproverRows[] = {
    hidden<&Approvers::all>("all", kApproverList),
    row<&Approvers::github>("github", kApproverList, "", "Users, and teams as org/team."),
    row<&Approvers::gitlab>("gitlab", kApproverList, "", "Users, and groups as group/path."),
};
constexpr Type kApprovers = record_type<Approvers>(kApproverRows, "all");
constexpr std::string_view kGates[] = {"none", "manual", "release"};
constexpr Type kGateKind = choice_type(kGates);
constexpr Type kWait = integer_type(1, 43200);
constexpr Row kGateRows[] = {
    derived<&Gate::type>("type", kGateKind, "for production: release on a tag, else manual; for others none",
                         "What must happen before the environment may change."),
    row<&Gate::approvers>("approvers", kApprovers, "", "Who may let it through."),
    row<&Gate::wait_minutes>("wait_minutes", kWait, "", "How long GitHub waits before it asks."),
};
constexpr Type kGate = record_type<Gate>(kGateRows, "type");

constexpr Type kAccount = text_type(forms::account);
constexpr Type kRegion = text_type(forms::region);
constexpr Type kGcpProject = text_type(forms::gcp_project);
constexpr Type kDigits = text_type(forms::digits);
constexpr Type kAnyText = text_type(forms::any);
constexpr Row kStateRows[] = {
    row<&TargetState::bucket>("bucket", kAnyText, "", "An existing bucket for the state."),
    row<&TargetState::table>("table", kAnyText, "", "An existing lock table."),
};
constexpr Type kState = record_type<TargetState>(kStateRows);
constexpr std::string_view kProviders[] = {"create", "existing"};
constexpr Type kProvider = choice_type(kProviders);
constexpr Row kTargetRows[] = {
    row<&Target::account>("account", kAccount, "", "AWS: the account, twelve digits in quotes."),
    row<&Target::region>("region", kRegion, "", "The region."),
    row<&Target::project>("project", kGcpProject, "", "GCP: the project's id."),
    row<&Target::project_number>("project_number", kDigits, "", "GCP: the project's number."),
    derived<&Target::protect>("protect", kSwitch, "true for production", "Whether destroy is refused."),
    row<&Target::state>("state", kState, "", "Existing places for the state."),
    row<&Target::oidc_provider>("oidc_provider", kProvider, "create",
                                "existing: another project made the identity provider in that account."),
};
constexpr Type kTarget = record_type_on<Target, Stack>(kStack, kTargetRows);
constexpr Type kTargets = map_type<Target>(kTarget, forms::name, 1, 16);
constexpr Type kOverrides = map_type<ServiceOverride>(kServiceOverride, forms::name, 0, 64);
constexpr Row kRows[] = {
    required<&Environment::deploy_on>(
        "deploy_on", kTrigger,
        "give one of { branch: NAME }, { tag: PATTERN }, { after: ENVIRONMENT }, { manual: true }"),
    row<&Environment::gate>("gate", kGate, "", "What must happen before the environment may change."),
    derived<&Environment::production>("production", kSwitch, "true for prod, production and live",
                                      "Whether it is production."),
    row<&Environment::ungated_production>("ungated_production", kSwitch, "false", "Allows gate: none on production."),
    required<&Environment::targets>("targets", kTargets, "map each stack that the environment has to its place"),
    row<&Environment::services>("services", kOverrides, "{}", "What differs for a service here."),
    row<&Environment::env>("env", kStringMap, "{}", "Added to every service of this environment."),
    derived<&Environment::promote_from>("promote_from", kEnvironmentName,
                                        "the after environment, else the one before it",
                                        "Whose passed image is promoted here."),
};
}  // namespace

constexpr Type kEnvironment = record_type<Environment>(kRows);

}  // namespace pipewright::manifest::written
