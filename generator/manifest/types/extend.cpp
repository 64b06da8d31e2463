#include "generator/manifest/types/extend.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kLine = text_type(forms::command_line);
constexpr Type kLines = list_type<std::string>(kLine, 1, 50);
constexpr Type kEnvironmentName = text_type(forms::name);
constexpr Type kEnvironments = list_type<std::string>(kEnvironmentName, 1, 16);
constexpr Row kHookRows[] = {
    required<&Hook::run>("run", kLines, "The commands, each a line for a shell."),
    derived<&Hook::environments>("environments", kEnvironments, "all", "In which environments they run."),
};
constexpr Type kHook = record_type<Hook>(kHookRows);
constexpr Type kJobImage = text_type(forms::image);
constexpr std::string_view kIdentities[] = {"none", "plan", "deploy"};
constexpr Type kIdentity = choice_type(kIdentities);
constexpr Type kFree = text_type(forms::value);
constexpr Type kVariables = map_type<std::string>(kFree, forms::environment_variable, 0, 100);
constexpr Type kSecretName = text_type(forms::host_secret);
constexpr Type kSecrets = list_type<std::string>(kSecretName, 0, 50);
constexpr Row kJobRows[] = {
    required<&ExtraJob::after>("after", kEnvironmentName, "The environment after which it runs."),
    required<&ExtraJob::run>("run", kLines, "The commands, each a line for a shell."),
    row<&ExtraJob::image>("image", kJobImage, "", "The image in which they run."),
    row<&ExtraJob::identity>("identity", kIdentity, "none", "The identity that the job takes."),
    row<&ExtraJob::env>("env", kVariables, "{}", "Environment of the commands."),
    row<&ExtraJob::secrets>("secrets", kSecrets, "[]", "The host's secrets that the job may read."),
};
constexpr Type kJob = record_type<ExtraJob>(kJobRows);
constexpr Type kJobs = map_type<ExtraJob>(kJob, forms::name, 0, 32);
constexpr Row kRows[] = {
    row<&Extend::before_deploy>("before_deploy", kHook, "", "Commands inside a deploy, before the rollout."),
    row<&Extend::after_deploy>("after_deploy", kHook, "", "Commands inside a deploy, after the smoke test."),
    row<&Extend::jobs>("jobs", kJobs, "{}", "Jobs of your own."),
};
}  // namespace

constexpr Type kExtend = record_type<Extend>(kRows);

}  // namespace pipewright::manifest::written
