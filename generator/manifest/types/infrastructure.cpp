#include "generator/manifest/types/infrastructure.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kPrefix = text_type(forms::bucket_prefix);
constexpr Choice kLocks[] = {
    {"native", "a lock file beside the state, in the same bucket"},
    {"dynamodb", "a DynamoDB table, for AWS targets"},
};
constexpr Type kLock = choice_type(kLocks);
constexpr Row kStateRows[] = {
    derived<&State::bucket>("bucket", kPrefix, "PROJECT-tfstate",
                            "The prefix of the buckets' names: PREFIX-ACCOUNT-REGION on AWS, PREFIX-PROJECT on GCP.",
                            "acme-tfstate"),
    row<&State::lock>("lock", kLock, "native", "How states are locked.", "dynamodb"),
    derived<&State::table>("table", kPrefix, "as bucket",
                           "The name of the lock tables, one in each account and region.", "acme-tflocks"),
};
constexpr std::string_view kStateExamples[] = {R"(
infrastructure:
  state: { bucket: acme-tfstate, lock: dynamodb, table: acme-tflocks }
)"};
constexpr Type kState =
    described(record_type<State>(kStateRows),
              "A target's own state: { bucket, table } takes places that are there already.", kStateExamples);

constexpr Choice kKinds[] = {
    {"oidc", "a short-lived token of the job, for which the cloud gives a role; nothing is stored"},
    {"static-keys",
     "AWS only, with a warning: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION as protected, masked "
     "variables; scoped to the environment on GitLab, with the prefix ENV_ on GitHub"},
};
constexpr Choice kGcpKinds[] = {{"oidc", "a short-lived token of the job, for which the cloud gives an account"}};
constexpr Type kKind = choice_type(kKinds);
constexpr Type kGcpKind = choice_type(kGcpKinds);
constexpr Row kIdentityRows[] = {
    hidden<&IdentityKinds::all>("all", kKind),
    row<&IdentityKinds::aws>("aws", kKind, "oidc", "How jobs sign in to AWS.", "static-keys"),
    row<&IdentityKinds::gcp>("gcp", kGcpKind, "oidc", "How jobs sign in to Google Cloud.", "oidc"),
};
constexpr std::string_view kIdentityExamples[] = {R"(
infrastructure:
  identity: oidc
)",
                                                  R"(
infrastructure:
  identity: { aws: static-keys, gcp: oidc }
)"};
constexpr Type kIdentity = described(record_type<IdentityKinds>(kIdentityRows, "all"),
                                     "A word for both clouds, or a map with a word for each.", kIdentityExamples);

constexpr Choice kTools[] = {
    {"terraform", "HashiCorp's Terraform"},
    {"opentofu", "OpenTofu, with the same modules"},
};
constexpr Choice kApplies[] = {
    {"gated", "in the delivery run, behind the environment's own gate, before its deploy"},
    {"manual", "only by the operators' form"},
};
constexpr Type kTool = choice_type(kTools);
constexpr Type kApply = choice_type(kApplies);
constexpr Type kExact = text_type(forms::version);
constexpr Type kPath = text_type(forms::relative_path);
constexpr Type kAction = text_type(forms::action);
constexpr Type kActions = set_type<std::string>(kAction, 0, 200);
constexpr Row kRows[] = {
    row<&Infrastructure::tool>("tool", kTool, "terraform", "The program that changes the infrastructure.", "opentofu"),
    derived<&Infrastructure::version>("version", kExact, "the newest that this program knows", "Its exact version.",
                                      "1.11.4"),
    row<&Infrastructure::directory>("directory", kPath, "infra", "Where the Terraform stands in the repository.",
                                    "infra"),
    row<&Infrastructure::state>("state", kState, "{}",
                                "Where states are kept and how they are "
                                "locked.",
                                "{ bucket: acme-tfstate }"),
    row<&Infrastructure::apply>("apply", kApply, "gated", "When infrastructure is changed.", "manual"),
    row<&Infrastructure::identity>("identity", kIdentity, "oidc", "How jobs sign in to the clouds.", "oidc"),
    row<&Infrastructure::permissions>("permissions", kActions, "[]",
                                      "Actions that your own Terraform needs beyond those of the modules; they widen "
                                      "the infra identities and their boundary.",
                                      "[sqs:CreateQueue, sqs:DeleteQueue]"),
};
constexpr std::string_view kExamples[] = {R"(
infrastructure:
  tool: terraform
  version: 1.11.4
  directory: infra
  state: { bucket: acme-tfstate, lock: native }
  apply: gated
  identity: oidc
  permissions: [sqs:CreateQueue, sqs:DeleteQueue]
)"};
}  // namespace

constexpr Type kInfrastructure = described(
    record_type<Infrastructure>(kRows),
    "Your own Terraform goes into DIRECTORY/STACK/ENVIRONMENT/platform/custom_*.tf: files of that name are never "
    "written or removed. They may rely on the outputs of that root: url, vpc_id, private_subnet_ids, "
    "public_subnet_ids, alb_dns_name, target_group_arns, and per service its role and security group.",
    kExamples);

}  // namespace pipewright::manifest::written
