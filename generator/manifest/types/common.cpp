#include "generator/manifest/types/common.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kValue = text_type(forms::value);
constexpr Type kWord = text_type(forms::command_word);
constexpr Type kAction = text_type(forms::action);
constexpr Type kActions = list_type<std::string>(kAction, 1, 200);
constexpr Type kAny = text_type(forms::any);
constexpr Type kAnyList = list_type<std::string>(kAny, 1, 200);
constexpr Type kSource = text_type(forms::secret_source);
constexpr Type kReplicas = integer_type(0, 1000);
constexpr Type kReplicasUp = integer_type(1, 1000);
constexpr Type kPercent = integer_type(10, 95);

constexpr Row kScalingRows[] = {
    row<&Scaling::min>("min", kReplicas, "1", "The fewest copies that run."),
    row<&Scaling::max>("max", kReplicasUp, "1", "The most copies that run."),
    row<&Scaling::cpu_percent>("cpu_percent", kPercent, "60",
                               "The average CPU load, in percent, that scaling aims at."),
};
constexpr Row kPermissionRows[] = {
    row<&Permission::actions>("actions", kActions, "", "AWS: the actions that the running service may call."),
    row<&Permission::resources>("resources", kAnyList, "", "AWS: the ARNs on which it may."),
    row<&Permission::roles>("roles", kAnyList, "", "GCP: the roles that the running service has."),
};
constexpr Type kPermission = record_type<Permission>(kPermissionRows);
}  // namespace

constexpr Type kCommand = list_type<std::string>(kWord, 1, 100);
constexpr Type kStringMap = map_type<std::string>(kValue, forms::environment_variable, 0, 200);
constexpr Type kScaling = record_type<Scaling>(kScalingRows);
constexpr Type kPermissions = list_type<Permission>(kPermission, 0, 50);
constexpr Type kSecretSources = map_type<std::string>(kSource, forms::environment_variable, 0, 200);

}  // namespace pipewright::manifest::written
