#include "generator/manifest/types/registry.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr std::string_view kKinds[] = {"native", "ghcr", "gitlab"};
constexpr Type kKind = choice_type(kKinds);
constexpr Type kAnyText = text_type(forms::any);
constexpr Type kAccount = text_type(forms::account);
constexpr Type kRegion = text_type(forms::region);
constexpr Row kDockerHubRows[] = {
    required<&DockerHub::space>("namespace", kAnyText, "The namespace on Docker Hub."),
    row<&DockerHub::pull_secret>("pull_secret", kAnyText, "", "A secret {username, password} in each target's store."),
};
constexpr Row kSharedRows[] = {
    row<&SharedRegistry::pull_secret>("pull_secret", kAnyText, "",
                                      "A secret {username, password} in each target's store."),
};
constexpr Row kEcrRows[] = {
    required<&ToolingEcr::account>("account", kAccount, "The account of the registry."),
    required<&ToolingEcr::region>("region", kRegion, "The region of the registry."),
};
constexpr Type kDockerHub = record_type<DockerHub>(kDockerHubRows);
constexpr Type kShared = record_type<SharedRegistry>(kSharedRows);
constexpr Type kEcr = record_type<ToolingEcr>(kEcrRows);
constexpr Row kRows[] = {
    hidden<&Registry::kind>("kind", kKind),
    row<&Registry::ghcr>("ghcr", kShared, "", "GitHub's container registry."),
    row<&Registry::gitlab>("gitlab", kShared, "", "GitLab's container registry."),
    row<&Registry::dockerhub>("dockerhub", kDockerHub, "", "Docker Hub."),
    row<&Registry::ecr>("ecr", kEcr, "", "One ECR in a tooling account."),
};
}  // namespace

constexpr Type kRegistry = record_type<Registry>(kRows, "kind");

}  // namespace pipewright::manifest::written
