#include "generator/manifest/types/extend.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kLine = text_type(forms::command_line);
constexpr Type kLines = list_type<std::string>(kLine, 1, 50);
constexpr Type kEnvironmentName = text_type(forms::name);
constexpr Type kEnvironments = set_type<std::string>(kEnvironmentName, 1, 16);
constexpr Row kHookRows[] = {
    required<&Hook::run>("run", kLines, "The commands, each a line for a shell.", "[./scripts/announce.sh]"),
    derived<&Hook::environments>("environments", kEnvironments, "all environments", "In which environments they run.",
                                 "[prod]"),
};
constexpr std::string_view kBeforeExamples[] = {R"(
extend:
  before_deploy: { run: [./scripts/announce.sh], environments: [dev, prod] }
)"};
constexpr std::string_view kAfterExamples[] = {R"(
extend:
  after_deploy: { run: [./scripts/warm-cache.sh], environments: [prod] }
)"};
constexpr Type kBefore = described(record_type<Hook>(kHookRows), "", kBeforeExamples);
constexpr Type kAfter = described(record_type<Hook>(kHookRows), "", kAfterExamples);

constexpr Type kJobImage = text_type(forms::image);
constexpr Choice kIdentities[] = {
    {"none", "no cloud lets it in"},
    {"plan", "the environment's identity that may read"},
    {"deploy", "the environment's identity that deploys, behind its gate and with the target's lease"},
};
constexpr Type kIdentity = choice_type(kIdentities);
constexpr Type kFree = text_type(forms::value);
constexpr Type kVariables = map_type<std::string>(kFree, forms::environment_variable, 0, 100, "VARIABLE");
constexpr Type kSecretName = text_type(forms::host_secret);
constexpr Type kSecrets = set_type<std::string>(kSecretName, 0, 50);
constexpr Row kJobRows[] = {
    required<&ExtraJob::after>("after", kEnvironmentName, "The environment once which passed the job runs.", "dev"),
    required<&ExtraJob::run>("run", kLines, "The commands, each a line for a shell.", "[./scripts/contract.sh]"),
    derived<&ExtraJob::image>(
        "image", kJobImage, "none",
        "The image in which they run; with an identity it must hold bash, curl, jq and, on AWS, aws.", "\"node:22\""),
    row<&ExtraJob::identity>("identity", kIdentity, "none", "The identity that the job may take in the cloud.", "plan"),
    row<&ExtraJob::env>("env", kVariables, "{}", "Environment variables of the commands.", "{ SUITE: contract }"),
    row<&ExtraJob::secrets>("secrets", kSecrets, "[]",
                            "The host's secrets that the job may read, as variables of its commands.", "[PACT_TOKEN]"),
};
constexpr std::string_view kJobExamples[] = {R"(
extend:
  jobs:
    contract-tests:
      after: dev
      run: [./scripts/contract.sh]
      image: "node:22"
      identity: none
      env: { SUITE: contract }
      secrets: [PACT_TOKEN]
)"};
constexpr Type kJob = described(
    record_type<ExtraJob>(kJobRows),
    "It runs once all targets of the environment have passed, in the manifest's folder; later environments of "
    "the same run wait for it. With an identity it is one job for each target, called NAME-STACK where there "
    "are several. A rollback runs none.",
    kJobExamples);
constexpr Type kJobs = map_type<ExtraJob>(kJob, forms::name, 0, 32);
constexpr Row kRows[] = {
    derived<&Extend::before_deploy>("before_deploy", kBefore, "nothing",
                                    "Commands inside a deploy job, before the rollout.",
                                    "{ run: [./scripts/announce.sh] }"),
    derived<&Extend::after_deploy>("after_deploy", kAfter, "nothing",
                                   "Commands inside a deploy job, after the smoke test and before it has passed.",
                                   "{ run: [./scripts/warm-cache.sh] }"),
    row<&Extend::jobs>("jobs", kJobs, "{}", "Jobs of your own, each after an environment.",
                       "{ contract-tests: { after: dev, run: [./scripts/contract.sh] } }"),
};
constexpr std::string_view kExamples[] = {R"(
extend:
  before_deploy: { run: [./scripts/announce.sh], environments: [dev, prod] }
  after_deploy: { run: [./scripts/warm-cache.sh] }
  jobs:
    contract-tests: { after: dev, run: [./scripts/contract.sh], image: "node:22" }
)"};
}  // namespace

constexpr Type kExtend = described(
    record_type<Extend>(kRows),
    "before_deploy and after_deploy run inside the deploy job, by bash, in the manifest's folder, as the identity that "
    "deploys; where one fails, the deploy fails. A rollback doesn't run them.",
    kExamples);

}  // namespace pipewright::manifest::written
