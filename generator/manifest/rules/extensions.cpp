#include <algorithm>
#include <array>

#include "generator/manifest/rules/rules.h"
#include "generator/project/names.h"

namespace pipewright::manifest::rules {

namespace {

// What a job with an identity is told, and what would change the shell that runs its script before the user's commands.
constexpr std::string_view kOwn[] = {
    "BASHOPTS",
    "BASH_ENV",
    "CDPATH",
    "CLOUD",
    "COMMANDS",
    "COMMANDS_DIR",
    "COMMIT",
    "CONTENT_DIR",
    "ENV",
    "ENVIRONMENT",
    "EXPECT_REF",
    "GLOBIGNORE",
    "HOME",
    "HOST",
    "IFS",
    "JOB",
    "LEASE_KEY",
    "LEASE_SECONDS",
    "LEASE_WAIT_MINUTES",
    "OUTPUT_FILE",
    "PATH",
    "PLATFORM",
    "PROJECT",
    "RECORD",
    "REGISTRY",
    "RUNTIME",
    "RUN_URL",
    "SHELLOPTS",
    "STACK",
    "STATE_BUCKET",
};
constexpr std::string_view kClouds[] = {"AWS_", "CLOUDSDK_", "GCP_", "GOOGLE_", "LD_", "REGISTRY_"};
// Those that the hosts keep for themselves, and the form's.
constexpr std::string_view kHosts[] = {"ACTIONS_", "CI_", "FORM_", "GITHUB_", "GITLAB_", "RUNNER_"};

// Long-lived keys of clouds, by their usual names.
constexpr std::string_view kKeys[] = {
    "AWS_ACCESS_KEY_ID",  "AWS_SECRET_ACCESS_KEY",         "AWS_SESSION_TOKEN", "GCLOUD_SERVICE_KEY", "GCP_SA_KEY",
    "GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS"};

template <class List>
bool has(const List& all, std::string_view one) {
    return std::find(std::begin(all), std::end(all), one) != std::end(all);
}

template <class List>
bool begins(const List& all, std::string_view one) {
    return std::any_of(std::begin(all), std::end(all), [&](std::string_view start) { return one.starts_with(start); });
}

void variables(const Subject& subject, const ExtraJob& job, const written::ExtraJob& written) {
    const auto look = [&](const std::string& name, const Span& span) {
        const bool reserved = job.identity == ExtraIdentity::none ? begins(kHosts, name) : is_reserved_variable(name);
        if (!reserved) return;
        subject.report(Code::reserved_name, span, "the job '" + job.name + "' has a variable '" + name + "' of its own",
                       "give yours another name");
    };
    for (const Named<std::string>& one : *written.env) look(one.name, one.field.key);
    for (const Field<std::string>& one : *written.secrets) {
        if (has(kKeys, *one)) {
            subject.report(Code::reserved_name, one.place(), "'" + *one + "' would be a long-lived key of a cloud",
                           "a job gets into the cloud by its 'identity', with nothing that could leak");
            continue;
        }
        look(*one, one.place());
        for (const Named<std::string>& plain : *written.env) {
            if (plain.name != *one || plain.field.state == State::removed) continue;
            subject.report(Code::exclusive_keys, one.place(),
                           "'" + *one + "' stands in both env and secrets of '" + job.name + "'", "keep one");
        }
    }
}

// GitLab lets a job wait for 50 others. What comes after an environment waits for its deploys and its jobs, and for a
// few of its own.
void needs(const Subject& subject, const Environment& environment, const Environment& after) {
    constexpr std::size_t kMost = 44;
    std::size_t count = environment.targets.size();
    for (const ExtraJob& job : subject.project.extensions.jobs) {
        if (job.after != environment.name) continue;
        count += names::extra_jobs(subject.project, job).size();
        if (count <= kMost) continue;
        subject.report(Code::out_of_bounds, job.span,
                       "'" + after.name + "' would wait for more than " + std::to_string(kMost) + " jobs of '" +
                           environment.name + "', and GitLab lets a job wait for 50",
                       "put the commands of several jobs into one");
        return;
    }
}

}  // namespace

bool is_reserved_variable(std::string_view name) {
    return has(kOwn, name) || begins(kClouds, name) || begins(kHosts, name);
}

void extensions(const Subject& subject) {
    const Map<written::ExtraJob>& written = *subject.written.extend->jobs;
    for (std::size_t i = 0; i < subject.project.extensions.jobs.size(); ++i) {
        const written::ExtraJob& one = *written[i].field;
        if (sound(one.identity, one.env, one.secrets)) variables(subject, subject.project.extensions.jobs[i], one);
    }
    if (!subject.project.gitlab) return;
    for (const Environment& environment : subject.project.environments) {
        if (environment.trigger.kind != TriggerKind::after || !environment.on_gitlab) continue;
        const Environment* before = subject.project.environment(environment.trigger.value);
        if (before != nullptr) needs(subject, *before, environment);
    }
}

}  // namespace pipewright::manifest::rules
