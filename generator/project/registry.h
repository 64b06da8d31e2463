// Where a target's images live, and what a host needs to reach them: decided here once, for the jobs that sign in, the
// identities that may, and the scripts that come along.
#pragma once

#include <string>
#include <string_view>

#include "generator/project/project.h"

namespace pipewright::registries {

// The word of the scripts for the registry that a target's images are in: ecr, artifact-registry, ghcr, gitlab or
// dockerhub.
std::string_view word(const Project& project, const Target& target);

// Whether the cloud's own identities open the registry; else a user name and a token do.
bool by_cloud(const Project& project);

// Whether every target has a registry of its own, so that an image is copied from one to the next.
bool is_native(const Project& project);

// Whether a target's images come out of a registry in another cloud, which its own identities don't open.
bool reads_elsewhere(const Project& project, const Target& target);

// The address of a service's repository for a target, without a tag. A service of the same image has the repository of
// the one that it names.
std::string repository(const Project& project, const Target& target, const Service& service);

// Where a user name and a token for the registry come from on a host.
enum class Credentials {
    none,        // the cloud's own identities open it
    host,        // what the host itself gives each job
    docker_hub,  // the host's secrets DOCKERHUB_USERNAME and DOCKERHUB_TOKEN
    other_host,  // the host's secrets REGISTRY_USERNAME and REGISTRY_TOKEN
};
Credentials credentials(const Project& project, Host host);

// The name in ECR of a service's repository for a target (REPOSITORY of an ARN), and its account and region; "*" for
// the service means all of them.
struct EcrRepository {
    std::string account, region, name;
};
EcrRepository ecr_repository(const Project& project, const Target& target, std::string_view service);

}  // namespace pipewright::registries
