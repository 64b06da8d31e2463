#include "generator/manifest/types/infrastructure.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kPrefix = text_type(forms::bucket_prefix);
constexpr std::string_view kLocks[] = {"native", "dynamodb"};
constexpr Type kLock = choice_type(kLocks);
constexpr Row kStateRows[] = {
    derived<&State::bucket>("bucket", kPrefix, "PROJECT-tfstate", "The prefix of the state buckets' names."),
    row<&State::lock>("lock", kLock, "native", "How states are locked."),
    derived<&State::table>("table", kPrefix, "as bucket", "The prefix of the lock tables' names."),
};
constexpr Type kState = record_type<State>(kStateRows);
constexpr std::string_view kKinds[] = {"oidc", "static-keys"};
constexpr std::string_view kGcpKinds[] = {"oidc"};
constexpr Type kKind = choice_type(kKinds);
constexpr Type kGcpKind = choice_type(kGcpKinds);
constexpr Row kIdentityRows[] = {
    hidden<&IdentityKinds::all>("all", kKind),
    row<&IdentityKinds::aws>("aws", kKind, "", "How jobs sign in to AWS."),
    row<&IdentityKinds::gcp>("gcp", kGcpKind, "", "How jobs sign in to Google Cloud."),
};
constexpr Type kIdentity = record_type<IdentityKinds>(kIdentityRows, "all");
constexpr std::string_view kTools[] = {"terraform", "opentofu"};
constexpr std::string_view kApplies[] = {"gated", "manual"};
constexpr Type kTool = choice_type(kTools);
constexpr Type kApply = choice_type(kApplies);
constexpr Type kExact = text_type(forms::version);
constexpr Type kPath = text_type(forms::relative_path);
constexpr Type kAction = text_type(forms::action);
constexpr Type kActions = list_type<std::string>(kAction, 0, 200);
constexpr Row kRows[] = {
    row<&Infrastructure::tool>("tool", kTool, "terraform", "The program that changes the infrastructure."),
    derived<&Infrastructure::version>("version", kExact, "the newest that the program knows", "Its exact version."),
    row<&Infrastructure::directory>("directory", kPath, "infra", "Where the Terraform stands."),
    row<&Infrastructure::state>("state", kState, "", "Where states are kept."),
    row<&Infrastructure::apply>("apply", kApply, "gated",
                                "gated: in the delivery run before a deploy; manual: by the form."),
    row<&Infrastructure::identity>("identity", kIdentity, "", "How jobs sign in to the clouds."),
    row<&Infrastructure::permissions>("permissions", kActions, "[]", "Actions that a user's own Terraform needs."),
};
}  // namespace

constexpr Type kInfrastructure = record_type<Infrastructure>(kRows);

}  // namespace pipewright::manifest::written
