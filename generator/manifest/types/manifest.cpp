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
    required<&Manifest::pipewright>("pipewright", kLanguage, "the version of this language: pipewright: 1"),
    required<&Manifest::project>("project", kProjectName, "the prefix of every cloud resource's name"),
    required<&Manifest::repository>("repository", kRepositoryPath, "owner/name, or group/sub/name on GitLab"),
    required<&Manifest::hosts>("hosts", kHosts, "github, gitlab or both"),
    row<&Manifest::registry>("registry", kRegistry, "native", "Where images live."),
    required<&Manifest::services>("services", kServices, "what is built and run"),
    required<&Manifest::stacks>("stacks", kStacks, "the shapes of infrastructure"),
    required<&Manifest::environments>("environments", kEnvironments, "the steps of promotion, in order"),
    row<&Manifest::delivery>("delivery", kDelivery, "", "Scans, smoke tests, notifications, the form."),
    row<&Manifest::infrastructure>("infrastructure", kInfrastructure, "",
                                   "The Terraform tool, state, and how it is applied."),
    row<&Manifest::extend>("extend", kExtend, "", "Your own steps and jobs."),
};
}  // namespace

constexpr Type kManifest = record_type<Manifest>(kRows);

}  // namespace pipewright::manifest::written
