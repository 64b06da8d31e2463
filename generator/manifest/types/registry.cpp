#include "generator/manifest/types/registry.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Choice kKinds[] = {
    {"native", "each target's own registry: ECR on AWS, Artifact Registry on GCP; promotion copies the digest"},
    {"ghcr", "GitHub's container registry, for all targets"},
    {"gitlab", "GitLab's container registry, for all targets"},
};
constexpr Type kKind = choice_type(kKinds);
constexpr Type kNamespace = text_type(forms::registry_namespace);
constexpr Type kPullSecret = text_type(forms::store_secret);
constexpr Type kAccount = text_type(forms::account);
constexpr Type kRegion = text_type(forms::region);

constexpr std::string_view kPullSecretMeaning =
    "A secret {username, password} in each target's store, with which workloads pull; without it they pull "
    "anonymously, which only works for public images.";

constexpr Row kDockerHubRows[] = {
    required<&DockerHub::space>("namespace", kNamespace, "The namespace on Docker Hub.", "acme"),
    derived<&DockerHub::pull_secret>("pull_secret", kPullSecret, "none", kPullSecretMeaning, "dockerhub-pull"),
};
constexpr Row kSharedRows[] = {
    derived<&SharedRegistry::pull_secret>("pull_secret", kPullSecret, "none", kPullSecretMeaning, "ghcr-pull"),
};
constexpr Row kEcrRows[] = {
    required<&ToolingEcr::account>("account", kAccount, "The tooling account, twelve digits in quotes.",
                                   "\"333333333333\""),
    required<&ToolingEcr::region>("region", kRegion, "The region of the registry.", "eu-west-1"),
};
constexpr std::string_view kGhcrExamples[] = {R"(
registry: { ghcr: { pull_secret: ghcr-pull } }
)"};
constexpr std::string_view kGitLabExamples[] = {R"(
registry: { gitlab: { pull_secret: gitlab-pull } }
)"};
constexpr std::string_view kDockerHubExamples[] = {R"(
registry: { dockerhub: { namespace: acme, pull_secret: dockerhub-pull } }
)"};
constexpr std::string_view kEcrExamples[] = {R"(
registry: { ecr: { account: "333333333333", region: eu-west-1 } }
)"};
constexpr Type kGhcr = described(record_type<SharedRegistry>(kSharedRows),
                                 "Pushing to it from GitLab needs the host's variables REGISTRY_USERNAME and "
                                 "REGISTRY_TOKEN.",
                                 kGhcrExamples);
constexpr Type kGitLab = described(record_type<SharedRegistry>(kSharedRows),
                                   "Pushing to it from GitHub needs the host's variables REGISTRY_USERNAME and "
                                   "REGISTRY_TOKEN.",
                                   kGitLabExamples);
constexpr Type kDockerHub = described(record_type<DockerHub>(kDockerHubRows),
                                      "Pushing to it needs the host's variables DOCKERHUB_USERNAME and "
                                      "DOCKERHUB_TOKEN.",
                                      kDockerHubExamples);
constexpr Type kEcr = described(record_type<ToolingEcr>(kEcrRows), "", kEcrExamples);
constexpr Row kRows[] = {
    hidden<&Registry::kind>("kind", kKind),
    derived<&Registry::ghcr>("ghcr", kGhcr, "none", "GitHub's container registry, for all targets.",
                             "{ pull_secret: ghcr-pull }"),
    derived<&Registry::gitlab>("gitlab", kGitLab, "none", "GitLab's container registry, for all targets.",
                               "{ pull_secret: gitlab-pull }"),
    derived<&Registry::dockerhub>("dockerhub", kDockerHub, "none", "Docker Hub, for all targets.",
                                  "{ namespace: acme, pull_secret: dockerhub-pull }"),
    derived<&Registry::ecr>("ecr", kEcr, "none", "One ECR in a tooling account, for all targets.",
                            "{ account: \"333333333333\", region: eu-west-1 }"),
};
constexpr std::string_view kOne[] = {"ghcr", "gitlab", "dockerhub", "ecr"};
constexpr Relation kRelations[] = {
    {Relation::Kind::exactly_one,
     "",
     kOne,
     {},
     "native, ghcr, gitlab, { dockerhub: { namespace: NAME } } or { ecr: { account: ID, region: REGION } }"},
};
constexpr std::string_view kExamples[] = {R"(
registry: native
)",
                                          R"(
registry: { ghcr: {} }
)",
                                          R"(
registry: { gitlab: {} }
)",
                                          R"(
registry: { dockerhub: { namespace: acme } }
)",
                                          R"(
registry: { ecr: { account: "333333333333", region: eu-west-1 } }
)"};
}  // namespace

constexpr Type kRegistry = described(related(record_type<Registry>(kRows, "kind"), kRelations),
                                     "Where images live: a word, or a map of exactly one key. A registry outside the "
                                     "cloud is out of reach of a network with nat: none.",
                                     kExamples);

}  // namespace pipewright::manifest::written
