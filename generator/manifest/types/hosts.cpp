#include "generator/manifest/types/hosts.h"

#include "generator/manifest/forms.h"
#include "generator/manifest/types/common.h"

namespace pipewright::manifest::written {

namespace {
constexpr std::string_view kVisibilities[] = {"public", "private"};
constexpr std::string_view kGitHubPlans[] = {"free", "team", "enterprise"};
constexpr std::string_view kGitLabPlans[] = {"free", "premium", "ultimate"};
constexpr std::string_view kSubjects[] = {"classic", "immutable", "both"};
constexpr std::string_view kBuilders[] = {"docker", "buildah"};
constexpr Type kVisibility = choice_type(kVisibilities);
constexpr Type kGitHubPlan = choice_type(kGitHubPlans);
constexpr Type kGitLabPlan = choice_type(kGitLabPlans);
constexpr Type kSubject = choice_type(kSubjects);
constexpr Type kBuilder = choice_type(kBuilders);
constexpr Type kDigits = text_type(forms::digits);
constexpr Type kUrl = text_type(forms::https_url);
constexpr Type kLabel = text_type(forms::any);
constexpr Type kRunner = list_type<std::string>(kLabel, 1, 20, true);
constexpr Type kTags = list_type<std::string>(kLabel, 0, 20);
constexpr Type kBranchName = text_type(forms::branch);
constexpr Type kRepositoryPath = text_type(forms::repository);
constexpr Type kEnvironmentName = text_type(forms::name);
constexpr Type kDeploys = list_type<std::string>(kEnvironmentName, 0, 16);
constexpr Type kSwitch = boolean_type();
constexpr Type kJobImage = text_type(forms::image);

constexpr Row kGitHubRows[] = {
    derived<&GitHub::repository>("repository", kRepositoryPath, "the top level's",
                                 "The repository on GitHub, where it differs."),
    row<&GitHub::default_branch>("default_branch", kBranchName, "main", "Scheduled jobs run there."),
    derived<&GitHub::deploys>("deploys", kDeploys, "all environments", "The environments that this host deploys."),
    row<&GitHub::visibility>("visibility", kVisibility, "private", "Whether everybody can see the repository."),
    row<&GitHub::plan>("plan", kGitHubPlan, "free", "With visibility it decides which gates GitHub enforces."),
    row<&GitHub::runner>("runner", kRunner, "[ubuntu-24.04]", "The label or labels of the runners."),
    derived<&GitHub::subject>("subject", kSubject, "both where the ids are given, else classic",
                              "The form of the OIDC subject that the cloud trusts."),
    row<&GitHub::owner_id>("owner_id", kDigits, "", "The owner's id, which the cloud checks too."),
    row<&GitHub::repository_id>("repository_id", kDigits, "", "The repository's id, which the cloud checks too."),
    derived<&GitHub::code_scanning>("code_scanning", kSwitch, "true for a public repository",
                                    "Whether scan results may be uploaded to code scanning."),
};
constexpr Row kGitLabRows[] = {
    derived<&GitLab::repository>("repository", kRepositoryPath, "the top level's",
                                 "The project's path on GitLab, where it differs."),
    row<&GitLab::default_branch>("default_branch", kBranchName, "main", "Scheduled jobs run there."),
    derived<&GitLab::deploys>("deploys", kDeploys, "all environments", "The environments that this host deploys."),
    row<&GitLab::url>("url", kUrl, "https://gitlab.com",
                      "The instance: issuer of the tokens and stem of their audiences."),
    row<&GitLab::plan>("plan", kGitLabPlan, "free", "Approvals on protected environments need premium."),
    row<&GitLab::runner_tags>("runner_tags", kTags, "[]", "The tags of the runners."),
    derived<&GitLab::image>("image", kJobImage, "a Debian release", "What jobs run in."),
    row<&GitLab::builder>("builder", kBuilder, "docker", "How images are built: docker needs privileged runners."),
};
constexpr Type kGitHub = record_type<GitHub>(kGitHubRows);
constexpr Type kGitLab = record_type<GitLab>(kGitLabRows);
constexpr Row kRows[] = {
    row<&Hosts::github>("github", kGitHub, "", "The project's repository on GitHub."),
    row<&Hosts::gitlab>("gitlab", kGitLab, "", "The project on GitLab."),
};
}  // namespace

constexpr Type kHosts = record_type<Hosts>(kRows);

}  // namespace pipewright::manifest::written
