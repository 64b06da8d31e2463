#include "generator/project/names.h"

#include "generator/files/sha256.h"

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

std::string cluster(const Project& project, const Target& target) { return fit(stem(project, target), 255); }

std::string family(const Project& project, const Target& target, std::string_view service) {
    return fit(stem(project, target) + "-" + std::string(service), 255);
}

std::string load_balancer(const Project& project, const Target& target) { return fit(stem(project, target), 32); }

std::string native_repository(const Project& project, const Target& target, std::string_view service) {
    const std::string path = joined({project.name, target.environment, target.stack, service}, '/');
    if (target.cloud == Cloud::aws) return target.account + ".dkr.ecr." + target.region + ".amazonaws.com/" + path;
    return target.region + "-docker.pkg.dev/" + target.project + "/" + stem(project, target) + "/" +
           std::string(service);
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

std::string record(const Project& project, const Target& target) {
    return "/" + joined({project.name, target.environment, target.stack, "record"}, '/');
}

std::string passed_prefix(const Target& target) { return "passed_" + target.environment + "_" + target.stack + "_"; }

}  // namespace pipewright::names
