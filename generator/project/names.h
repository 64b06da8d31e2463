// The names of what a target has in its cloud: decided here once, for the jobs that use them, the identities that may
// and the Terraform that makes them. Every name fits its cloud's limit for any legal manifest.
#pragma once

#include <string>
#include <string_view>

#include "generator/project/project.h"

namespace pipewright::names {

// The text, or, where it is longer than limit (at least 12), its beginning with "-" and eight hex digits of its
// SHA-256: the same text always gives the same name, and two texts give two.
std::string fit(std::string_view text, std::size_t limit);

// project-environment-stack, the stem of most names.
std::string stem(const Project& project, const Target& target);

// What a job may do, and so which role it takes.
enum class Identity { build, plan, infra, deploy };
std::string_view to_string(Identity identity);

// An IAM role (at most 64 characters, IAM's limit) and its ARN.
std::string role(const Project& project, const Target& target, Identity identity);
std::string role_arn(const Project& project, const Target& target, Identity identity);

// The ECS cluster (at most 255), the task family of a service (at most 255), the load balancer (at most 32, ELB's
// limit).
std::string cluster(const Project& project, const Target& target);
std::string family(const Project& project, const Target& target, std::string_view service);
std::string load_balancer(const Project& project, const Target& target);

// The address of a service's repository in the target's own registry, without a tag.
std::string native_repository(const Project& project, const Target& target, std::string_view service);

// The bucket that holds a target's states and lease: PREFIX-ACCOUNT-REGION or PREFIX-PROJECT (at most 63, S3's and
// GCS's limit), or the existing one that the manifest names.
std::string state_bucket(const Project& project, const Target& target);

// The key of a target's lease in that bucket.
std::string lease(const Project& project, const Target& target);

// The SSM parameter that holds a target's record.
std::string record(const Project& project, const Target& target);

// The tag under which an image that passed a target stands: passed_ENVIRONMENT_STACK_ and the content's key. Names hold
// no underscore, so that no two targets share one.
std::string passed_prefix(const Target& target);

}  // namespace pipewright::names
