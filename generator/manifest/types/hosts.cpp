#include "generator/manifest/types/hosts.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Choice kVisibilities[] = {
    {"public", "everybody can see it; reviewers can hold back an environment on every plan"},
    {"private", "only members can see it; what can hold back an environment depends on the plan"},
};
constexpr Choice kGitHubPlans[] = {
    {"free", "GitHub Free: in a private repository nothing protects an environment or a tag"},
    {"team", "GitHub Team: environments can be bound to branches and tags, and tags be protected"},
    {"enterprise", "Enterprise Cloud: reviewers and wait timers in private repositories too"},
};
constexpr Choice kGitLabPlans[] = {
    {"free", "a manual job on a protected branch or tag is the gate; approvers can't be enforced"},
    {"premium", "protected environments with approvals"},
    {"ultimate", "as premium"},
};
constexpr Choice kSubjects[] = {
    {"classic", "repo:OWNER/NAME:…, which a renamed or recreated repository can take over"},
    {"immutable", "with the ids of owner and repository in it"},
    {"both", "either of them is trusted, for the time in which a repository changes over"},
};
constexpr Choice kBuilders[] = {
    {"docker", "docker-in-docker, for which runners must be privileged"},
    {"buildah", "without any privilege"},
};
constexpr Type kVisibility = choice_type(kVisibilities);
constexpr Type kGitHubPlan = choice_type(kGitHubPlans);
constexpr Type kGitLabPlan = choice_type(kGitLabPlans);
constexpr Type kSubject = choice_type(kSubjects);
constexpr Type kBuilder = choice_type(kBuilders);
constexpr Type kDigits = text_type(forms::digits);
constexpr Type kUrl = text_type(forms::https_url);
constexpr Type kLabel = text_type(forms::line);
constexpr Type kRunner = set_type<std::string>(kLabel, 1, 20, true);
constexpr Type kTags = set_type<std::string>(kLabel, 0, 20);
constexpr Type kBranchName = text_type(forms::branch);
constexpr Type kRepositoryPath = text_type(forms::repository);
constexpr Type kEnvironmentName = text_type(forms::name);
constexpr Type kDeploys = set_type<std::string>(kEnvironmentName, 0, 16);
constexpr Type kSwitch = boolean_type();
constexpr Type kJobImage = text_type(forms::pinned_image);

constexpr std::string_view kDeploysMeaning =
    "The environments that this host deploys; for the others it only tests, scans and plans, and one that does not "
    "deploy the first environment pushes no image.";
constexpr std::string_view kDefaultBranchMeaning = "The repository's default branch, on which scheduled jobs run.";

constexpr Row kGitHubRows[] = {
    derived<&GitHub::repository>("repository", kRepositoryPath, "the top level's",
                                 "The repository on GitHub, where it differs from the top level's.", "acme/shop"),
    row<&GitHub::default_branch>("default_branch", kBranchName, "main", kDefaultBranchMeaning, "main"),
    derived<&GitHub::deploys>("deploys", kDeploys, "all environments", kDeploysMeaning, "[dev, prod]"),
    row<&GitHub::visibility>("visibility", kVisibility, "private",
                             "Who can see the repository; with plan it decides which gates GitHub can enforce.",
                             "public"),
    row<&GitHub::plan>("plan", kGitHubPlan, "free", "The plan of the repository's owner.", "team"),
    row<&GitHub::runner>("runner", kRunner, "[ubuntu-24.04]", "The label of the runners, or a list of labels.",
                         "[self-hosted, linux]"),
    derived<&GitHub::subject>(
        "subject", kSubject, "both where both ids are given, else classic with a warning",
        "The form of the OIDC subject that the clouds trust: repositories created, renamed or moved since 15 July 2026 "
        "send the immutable one.",
        "both"),
    derived<&GitHub::owner_id>("owner_id", kDigits, "none",
                               "The owner's id, in quotes: where it is given, the clouds check it too.", "\"1234567\""),
    derived<&GitHub::repository_id>("repository_id", kDigits, "none",
                                    "The repository's id, in quotes: where it is given, the clouds check it too.",
                                    "\"987654321\""),
    derived<&GitHub::code_scanning>("code_scanning", kSwitch, "true for a public repository",
                                    "Whether what scans find may be uploaded to code scanning.", "true"),
};
constexpr std::string_view kIds[] = {"owner_id", "repository_id"};
constexpr std::string_view kWithIds[] = {"immutable", "both"};
constexpr Relation kGitHubRelations[] = {
    {Relation::Kind::needs, "subject", kIds, kWithIds, "`gh api repos/OWNER/NAME --jq '.owner.id, .id'` prints both"},
};
constexpr std::string_view kGitHubExamples[] = {R"(
hosts:
  github:
    repository: acme/shop
    default_branch: main
    deploys: [dev, prod]
    visibility: public
    plan: free
    runner: [self-hosted, linux]
    subject: both
    owner_id: "1234567"
    repository_id: "987654321"
    code_scanning: true
)"};
constexpr Row kGitLabRows[] = {
    derived<&GitLab::repository>("repository", kRepositoryPath, "the top level's",
                                 "The project's path on GitLab, where it differs from the top level's.",
                                 "acme/platform/shop"),
    row<&GitLab::default_branch>("default_branch", kBranchName, "main", kDefaultBranchMeaning, "main"),
    derived<&GitLab::deploys>("deploys", kDeploys, "all environments", kDeploysMeaning, "[dev, prod]"),
    row<&GitLab::url>("url", kUrl, "https://gitlab.com",
                      "The instance: issuer of the jobs' tokens and stem of their audiences.",
                      "https://gitlab.example.com"),
    row<&GitLab::plan>("plan", kGitLabPlan, "free",
                       "The plan of the group; approvals on protected environments need premium.", "premium"),
    row<&GitLab::runner_tags>("runner_tags", kTags, "[]", "The tags that runners of the jobs must have.",
                              "[linux, docker]"),
    derived<&GitLab::image>("image", kJobImage, "a Debian release",
                            "What jobs run in: a Debian release from 13 on, with an exact version or a digest; tools "
                            "that it lacks are installed.",
                            "debian:13.1-slim"),
    row<&GitLab::builder>("builder", kBuilder, "docker", "How images are built.", "buildah"),
};
constexpr std::string_view kGitLabExamples[] = {R"(
hosts:
  github: { deploys: [dev, prod] }
  gitlab:
    repository: acme/platform/shop
    default_branch: main
    deploys: []
    url: https://gitlab.example.com
    plan: premium
    runner_tags: [linux, docker]
    image: debian:13.1-slim
    builder: buildah
)"};
constexpr Type kGitHub = described(related(record_type<GitHub>(kGitHubRows), kGitHubRelations),
                                   "Where reviewers can't be asked (a private repository below Enterprise Cloud), a "
                                   "gate is a workflow of its own that "
                                   "the approvers start, and the cloud's trust names them.",
                                   kGitHubExamples);
constexpr Type kGitLab = described(record_type<GitLab>(kGitLabRows), "", kGitLabExamples);
constexpr Row kRows[] = {
    derived<&Hosts::github>("github", kGitHub, "none", "The project's repository on GitHub.",
                            "{ visibility: public, plan: free }"),
    derived<&Hosts::gitlab>("gitlab", kGitLab, "none", "The project on GitLab.", "{ plan: premium }"),
};
constexpr std::string_view kHostNames[] = {"github", "gitlab"};
constexpr Relation kRelations[] = {
    {Relation::Kind::at_least_one, "", kHostNames, {}, "write github: {} or gitlab: {}, or both"},
};
constexpr std::string_view kExamples[] = {R"(
hosts:
  github: { visibility: public, deploys: [dev, prod] }
  gitlab: { plan: premium, deploys: [] }
)"};
}  // namespace

constexpr Type kHosts = described(
    related(record_type<Hosts>(kRows), kRelations),
    "With both hosts, both pipelines are generated, and what both deploy they deploy under the same conditions, one "
    "after the other. An environment in reach of both is an error unless deploys stands on both, so that nothing is "
    "deployed twice by chance. An environment after another one is deployed by the host that deploys that one.",
    kExamples);

}  // namespace pipewright::manifest::written
