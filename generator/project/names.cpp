#include "generator/project/names.h"

#include <algorithm>

#include "generator/files/sha256.h"
#include "generator/text/case.h"

namespace pipewright::names {

namespace {

std::string joined(std::initializer_list<std::string_view> parts, char separator) {
    std::string text;
    for (const std::string_view part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

}  // namespace

std::string fit(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string(text);
    constexpr std::size_t kDigits = 8;
    std::string_view head = text.substr(0, limit - kDigits - 1);
    while (!head.empty() && head.back() == '-') head.remove_suffix(1);
    return std::string(head) + "-" + files::sha256(text).substr(0, kDigits);
}

std::string stem(const Project& project, const Target& target) {
    return joined({project.name, target.environment, target.stack}, '-');
}

std::string_view to_string(Identity identity) {
    switch (identity) {
        case Identity::build: return "build";
        case Identity::plan: return "plan";
        case Identity::infra: return "infra";
        case Identity::deploy: return "deploy";
        case Identity::pull: return "pull";
    }
    return "deploy";
}

std::string role(const Project& project, const Target& target, Identity identity) {
    constexpr std::size_t kLimit = 64;
    const std::string kind(to_string(identity));
    return fit(stem(project, target), kLimit - 1 - kind.size()) + "-" + kind;
}

std::string role_arn(const Project& project, const Target& target, Identity identity) {
    return "arn:aws:iam::" + target.account + ":role/" + role(project, target, identity);
}

std::string principal(const Project& project, const Target& target, Identity identity) {
    if (target.cloud == Cloud::aws) return role_arn(project, target, identity);
    return service_account(project, target, identity) + "@" + target.project + ".iam.gserviceaccount.com";
}

std::string service_account(const Project& project, const Target& target, Identity identity) {
    constexpr std::size_t kLimit = 30, kLongestKind = 6;
    return fit(stem(project, target), kLimit - 1 - kLongestKind) + "-" + std::string(to_string(identity));
}

std::string identity_pool(const Project& project) { return "ci-" + project.name; }

std::string identity_provider(const Target& target, Host host, Identity identity) {
    constexpr std::size_t kLimit = 32, kLongestKind = 6;
    const std::string where = joined({pipewright::to_string(host), target.environment, target.stack}, '-');
    return fit(where, kLimit - 1 - kLongestKind) + "-" + std::string(to_string(identity));
}

std::string identity_provider_path(const Project& project, const Target& target, Host host, Identity identity) {
    return "projects/" + target.project_number + "/locations/global/workloadIdentityPools/" + identity_pool(project) +
           "/providers/" + identity_provider(target, host, identity);
}

std::string instance_group(const Project& project, const Target& target, std::string_view service) {
    return fit(stem(project, target) + "-" + std::string(service), 58);
}

std::string migration(const Project& project, const Target& target, std::string_view service) {
    return "migrate-" + fit(instance_group(project, target, service), 55);
}

std::string workload_account(const Project& project, const Target& target, std::string_view service) {
    return fit(stem(project, target) + "-" + std::string(service), 26) + "-run";
}

std::string cluster(const Project& project, const Target& target) { return fit(stem(project, target), 255); }

std::string family(const Project& project, const Target& target, std::string_view service) {
    return fit(stem(project, target) + "-" + std::string(service), 255);
}

std::string load_balancer(const Project& project, const Target& target) {
    const std::string name = stem(project, target);
    if (target.cloud == Cloud::gcp) return fit(name, 63);
    // ELB keeps names that begin with "internal-" to itself.
    return fit(name.starts_with("internal-") ? "lb-" + name : name, 32);
}

std::string instance_group(const Project& project, const Target& target) { return fit(stem(project, target), 255); }

std::string rest_api(const Project& project, const Target& target) { return stem(project, target); }

std::string target_group_prefix(const Project& project, const Target& target) {
    return files::sha256(load_balancer(project, target)).substr(0, 5) + "-";
}

std::string state_bucket(const Project& project, const Target& target) {
    constexpr std::size_t kLimit = 63;
    if (!target.state_bucket.empty()) return target.state_bucket;
    const std::string& prefix = project.infrastructure.state_bucket;
    if (target.cloud == Cloud::gcp) return fit(prefix + "-" + target.project, kLimit);
    return fit(joined({prefix, target.account, target.region}, '-'), kLimit);
}

std::string lease(const Project& project, const Target& target) {
    return joined({project.name, target.stack, target.environment, "lease.json"}, '/');
}

std::string record_bucket(const Project& project, const Target& target) {
    return fit(joined({project.name, "records", target.project}, '-'), 63);
}

namespace {

// An object in the bucket of records, as its address.
std::string recorded(const Project& project, const Target& target, std::string_view object) {
    return "gs://" +
           joined({record_bucket(project, target), project.name, target.environment, target.stack, object}, '/');
}

}  // namespace

std::string record(const Project& project, const Target& target) {
    if (target.cloud == Cloud::gcp) return recorded(project, target, "record");
    return "/" + joined({project.name, target.environment, target.stack, "record"}, '/');
}

std::string platform(const Project& project, const Target& target) {
    if (target.cloud == Cloud::gcp) return recorded(project, target, "platform.json");
    return "/" + joined({project.name, target.environment, target.stack, "platform"}, '/');
}

std::string state_key(const Project& project, const Target& target, std::string_view root) {
    return joined({project.name, target.stack, target.environment, root}, '/');
}

std::string account_state_key(const Project& project, const Target& target) {
    return joined({project.name, "accounts", target.cloud == Cloud::aws ? target.account : target.project}, '/');
}

std::string state_table(const Project& project, const Target& target) {
    if (project.infrastructure.lock != "dynamodb") return {};
    return target.state_table.empty() ? project.infrastructure.state_table : target.state_table;
}

std::string repository(const Project& project, const Target& target, std::string_view service) {
    return joined({project.name, target.environment, target.stack, service}, '/');
}

namespace {

// A service's name has at most 20 characters; with two hyphens and four letters 38 are left for the stem.
std::string service_role(const Project& project, const Target& target, std::string_view service,
                         std::string_view kind) {
    return joined({fit(stem(project, target), 64 - 20 - 6), service, kind}, '-');
}

}  // namespace

std::string task_role(const Project& project, const Target& target, std::string_view service) {
    return service_role(project, target, service, "task");
}

std::string execution_role(const Project& project, const Target& target, std::string_view service) {
    return service_role(project, target, service, "exec");
}

std::string flow_log_role(const Project& project, const Target& target) {
    constexpr std::string_view kEnd = "-flow-logs";
    return fit(stem(project, target), 64 - kEnd.size()) + std::string(kEnd);
}

std::string boundary(const Project& project, const Target& target) { return stem(project, target) + "-boundary"; }

std::string log_group(const Project& project, const Target& target, std::string_view service) {
    return "/" + joined({project.name, target.environment, target.stack, service}, '/');
}

std::string flow_log_group(const Project& project, const Target& target) {
    return log_group(project, target, "flow_logs");
}

std::string modules_folder(const Project& project) {
    return under(project, project.infrastructure.directory + "/modules");
}

std::string platform_root(const Project& project, const Target& target) {
    return under(project,
                 joined({project.infrastructure.directory, target.stack, target.environment, "platform"}, '/'));
}

std::string bootstrap_root(const Project& project, const Target& target) {
    return under(project,
                 joined({project.infrastructure.directory, target.stack, target.environment, "bootstrap"}, '/'));
}

std::string account_root(const Project& project, const Target& target) {
    return under(project, joined({project.infrastructure.directory, "accounts",
                                  target.cloud == Cloud::aws ? target.account : target.project},
                                 '/'));
}

std::string passed_prefix(const Target& target) { return "passed_" + target.environment + "_" + target.stack + "_"; }

std::string environment_secret(std::string_view environment, std::string_view name) {
    return variable_word(environment) + "_" + std::string(name);
}

std::string extra_job(const Project& project, const ExtraJob& job, const Target& target) {
    const Environment* environment = project.environment(job.after);
    const bool several = environment != nullptr && environment->targets.size() > 1;
    return job.identity != ExtraIdentity::none && several ? job.name + "-" + target.stack : job.name;
}

std::vector<std::string> extra_jobs(const Project& project, const ExtraJob& job) {
    std::vector<std::string> all;
    const Environment* environment = project.environment(job.after);
    if (environment == nullptr) return all;
    for (const Target& target : environment->targets) {
        std::string name = extra_job(project, job, target);
        if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(std::move(name));
    }
    return all;
}

}  // namespace pipewright::names
