#include "generator/project/registry.h"

#include "generator/project/names.h"
#include "generator/text/case.h"

namespace pipewright::registries {

namespace {

// GitLab.com's registry is at registry.gitlab.com; that of another instance at the same place below its own name, as
// GitLab's documentation of the registry advises ("Configure container registry under its own domain").
std::string gitlab_registry(const std::string& url) {
    const std::string_view without = std::string_view(url).substr(std::string_view("https://").size());
    return "registry." + std::string(without.substr(0, without.find('/')));
}

}  // namespace

std::string_view word(const Project& project, const Target& target) {
    switch (project.registry.kind) {
        case RegistryKind::native: return target.cloud == Cloud::aws ? "ecr" : "artifact-registry";
        case RegistryKind::ghcr: return "ghcr";
        case RegistryKind::gitlab: return "gitlab";
        case RegistryKind::dockerhub: return "dockerhub";
        case RegistryKind::ecr: return "ecr";
    }
    return "ecr";
}

bool by_cloud(const Project& project) { return is_native(project) || project.registry.kind == RegistryKind::ecr; }

bool is_native(const Project& project) { return project.registry.kind == RegistryKind::native; }

bool reads_elsewhere(const Project& project, const Target& target) {
    return is_native(project) && project.source_of(target).cloud != target.cloud;
}

std::string repository(const Project& project, const Target& target, const Service& service) {
    const std::string& name = service.image_of;
    switch (project.registry.kind) {
        // Names of images have no capitals (the distribution specification's grammar), and those of repositories may.
        case RegistryKind::ghcr:
            return "ghcr.io/" + lower_case(project.github ? project.github->repository : project.gitlab->repository) +
                   "/" + name;
        case RegistryKind::gitlab:
            return gitlab_registry(project.gitlab ? project.gitlab->url : "https://gitlab.com") + "/" +
                   lower_case(project.gitlab ? project.gitlab->repository : project.github->repository) + "/" + name;
        case RegistryKind::dockerhub: return "docker.io/" + project.registry.space + "/" + project.name + "-" + name;
        case RegistryKind::native:
            if (target.cloud == Cloud::gcp)
                return target.region + "-docker.pkg.dev/" + target.project + "/" + names::stem(project, target) + "/" +
                       name;
            break;
        case RegistryKind::ecr: break;
    }
    const EcrRepository one = ecr_repository(project, target, name);
    return one.account + ".dkr.ecr." + one.region + ".amazonaws.com/" + one.name;
}

Credentials credentials(const Project& project, Host host) {
    switch (project.registry.kind) {
        case RegistryKind::native:
        case RegistryKind::ecr: return Credentials::none;
        case RegistryKind::dockerhub: return Credentials::docker_hub;
        case RegistryKind::ghcr: return host == Host::github ? Credentials::host : Credentials::other_host;
        case RegistryKind::gitlab: return host == Host::gitlab ? Credentials::host : Credentials::other_host;
    }
    return Credentials::none;
}

EcrRepository ecr_repository(const Project& project, const Target& target, std::string_view service) {
    if (project.registry.kind == RegistryKind::ecr)
        return {project.registry.account, project.registry.region, project.name + "/" + std::string(service)};
    return {target.account, target.region, names::repository(project, target, service)};
}

}  // namespace pipewright::registries
