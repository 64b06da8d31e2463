#include "generator/manifest/types/common.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kValue = text_type(forms::value);
constexpr Type kWord = text_type(forms::value);
constexpr Type kAction = text_type(forms::action);
constexpr Type kActions = set_type<std::string>(kAction, 1, 200);
constexpr Type kArn = text_type(forms::arn);
constexpr Type kArns = set_type<std::string>(kArn, 1, 200);
constexpr Type kRole = text_type(forms::gcp_role);
constexpr Type kRoles = set_type<std::string>(kRole, 1, 200);
constexpr Type kSource = text_type(forms::secret_source);
constexpr Type kCopies = integer_type(0, 1000);
constexpr Type kCopiesAtMost = integer_type(1, 1000);
constexpr Type kPercent = integer_type(10, 95);

constexpr Row kScalingRows[] = {
    row<&Scaling::min>("min", kCopies, "1", "The fewest copies that run.", "2"),
    row<&Scaling::max>("max", kCopiesAtMost, "1", "The most copies that run; where only min is given, at least min.",
                       "6"),
    row<&Scaling::cpu_percent>("cpu_percent", kPercent, "60", "The average CPU load, in percent, that scaling aims at.",
                               "70"),
};
constexpr std::string_view kScalingExamples[] = {R"(
services:
  api:
    scaling: { min: 2, max: 6, cpu_percent: 70 }
)"};

constexpr Row kPermissionRows[] = {
    derived<&Permission::actions>("actions", kActions, "none", "AWS: the actions that the running service may call.",
                                  "[s3:GetObject, s3:PutObject]"),
    derived<&Permission::resources>("resources", kArns, "none", "AWS: the ARNs on which it may call them.",
                                    "[\"arn:aws:s3:::acme-uploads/*\"]"),
    derived<&Permission::roles>("roles", kRoles, "none", "GCP: the roles that the running service has.",
                                "[roles/storage.objectViewer]"),
};
constexpr std::string_view kEither[] = {"actions", "roles"};
constexpr std::string_view kWithActions[] = {"resources"};
constexpr std::string_view kWithResources[] = {"actions"};
constexpr Relation kPermissionRelations[] = {
    {Relation::Kind::at_least_one, "", kEither, {}, "{ actions: […], resources: […] } on AWS, { roles: […] } on GCP"},
    {Relation::Kind::needs, "actions", kWithActions, {}, "say on which ARNs the actions are allowed"},
    {Relation::Kind::needs, "resources", kWithResources, {}, "say which actions are allowed on them"},
};
constexpr std::string_view kPermissionExamples[] = {R"(
services:
  api:
    permissions:
      - actions: [s3:GetObject, s3:PutObject]
        resources: ["arn:aws:s3:::acme-uploads/*"]
)",
                                                    R"(
services:
  api:
    permissions:
      - roles: [roles/storage.objectViewer]
stacks:
  gcp: { runtime: compute-mig }
environments:
  dev:
    targets:
      gcp: { project: acme-shop-dev, project_number: "100000000001", region: europe-west1 }
)"};
constexpr Type kPermission = described(
    related(record_type<Permission>(kPermissionRows), kPermissionRelations),
    "What the running service itself may do in the cloud, beside what every service may. An entry with actions and "
    "resources counts on AWS, one with roles on GCP.",
    kPermissionExamples);
}  // namespace

constexpr Type kCommand = list_type<std::string>(kWord, 1, 100);
constexpr Type kStringMap = overlay_type<std::string>(kValue, forms::environment_variable, 0, 200, "VARIABLE");
constexpr Type kScaling = described(overlaid(record_type<Scaling>(kScalingRows)),
                                    "How many copies of a service run. From weak to strong: default, stack, service, "
                                    "target, the environment's service.",
                                    kScalingExamples);
constexpr Type kPermissions = list_type<Permission>(kPermission, 0, 50);
constexpr Type kSecretSources = overlay_type<std::string>(kSource, forms::environment_variable, 0, 200, "VARIABLE");

}  // namespace pipewright::manifest::written
