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

// What a job may do, and so which role it takes. pull is the second one of a deploy whose images are in another cloud's
// registry: it reads that registry, and is the source target's.
enum class Identity { build, plan, infra, deploy, pull };
inline constexpr Identity kIdentities[] = {Identity::build, Identity::plan, Identity::infra, Identity::deploy,
                                           Identity::pull};
std::string_view to_string(Identity identity);

// An IAM role (at most 64 characters, IAM's limit) and its ARN.
std::string role(const Project& project, const Target& target, Identity identity);
std::string role_arn(const Project& project, const Target& target, Identity identity);

// As whom a job of that kind acts: the role's ARN on AWS, the service account's e-mail on GCP.
std::string principal(const Project& project, const Target& target, Identity identity);

// The name of a service account (6 to 30 characters, Google's limits), without what follows the "@".
std::string service_account(const Project& project, const Target& target, Identity identity);

// A project's pool of workload identities (4 to 32 characters, and not "gcp-" in front: Google's rules for both ids),
// and its provider for one host and one service account, which lets in the tokens of those jobs alone.
std::string identity_pool(const Project& project);
std::string identity_provider(const Target& target, Host host, Identity identity);

// projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER
std::string identity_provider_path(const Project& project, const Target& target, Host host, Identity identity);

// The managed instance group of a service: at most 58 characters, because its instances' names are five longer and
// end at 63 (Compute Engine's limit).
std::string instance_group(const Project& project, const Target& target, std::string_view service);

// The instance on which a service's migration runs, as rollout-compute-mig.sh calls it (at most 63), and the service
// account of a service's instances (at most 30).
std::string migration(const Project& project, const Target& target, std::string_view service);
std::string workload_account(const Project& project, const Target& target, std::string_view service);

// The ECS cluster (at most 255), the task family of a service (at most 255), the load balancer (at most 32, ELB's
// limit; on GCP the global address and what belongs to it, at most 63).
std::string cluster(const Project& project, const Target& target);
std::string family(const Project& project, const Target& target, std::string_view service);
std::string load_balancer(const Project& project, const Target& target);

// The Auto Scaling group of a target's instances (at most 255), and the REST API of its API gateway.
std::string instance_group(const Project& project, const Target& target);
std::string rest_api(const Project& project, const Target& target);

// How the names of its target groups begin: ELB leaves six characters for it, of which the module load-balancer makes
// five digits of the SHA-256 of the balancer's name and a hyphen.
std::string target_group_prefix(const Project& project, const Target& target);

// The bucket that holds a target's states and lease: PREFIX-ACCOUNT-REGION or PREFIX-PROJECT (at most 63, S3's and
// GCS's limit), or the existing one that the manifest names.
std::string state_bucket(const Project& project, const Target& target);

// The key of a target's lease in that bucket.
std::string lease(const Project& project, const Target& target);

// Where a target's record is: the SSM parameter on AWS; on GCP gs://BUCKET/PREFIX, below which each entry is an object.
std::string record(const Project& project, const Target& target);

// The fingerprint of the platform that was applied last: the SSM parameter, or on GCP gs://BUCKET/OBJECT.
std::string platform(const Project& project, const Target& target);

// The bucket of a GCP target's record and platform (at most 63): apart from the states, which plans may read.
std::string record_bucket(const Project& project, const Target& target);

// Folders of the Terraform, from the root of the repository: the modules, and the roots of a target or an account.
std::string modules_folder(const Project& project);
std::string platform_root(const Project& project, const Target& target);
std::string bootstrap_root(const Project& project, const Target& target);
std::string account_root(const Project& project, const Target& target);

// Keys of states in that bucket: of a root of a target ("platform", "bootstrap"), and of an account's root.
std::string state_key(const Project& project, const Target& target, std::string_view root);
std::string account_state_key(const Project& project, const Target& target);

// The table that holds the locks of states, or the existing one that the manifest names; empty where the backend locks
// in the bucket.
std::string state_table(const Project& project, const Target& target);

// The name of a service's repository in the target's own registry: PROJECT/ENVIRONMENT/STACK/SERVICE.
std::string repository(const Project& project, const Target& target, std::string_view service);

// The roles of a running service and of what starts it (at most 64): STEM-SERVICE-task and -exec, where a stem that is
// too long is cut alike for all services, so that every such role of a target begins alike.
std::string task_role(const Project& project, const Target& target, std::string_view service);
std::string execution_role(const Project& project, const Target& target, std::string_view service);

// The role that writes a network's flow logs (at most 64), and the boundary of all roles that Terraform makes.
std::string flow_log_role(const Project& project, const Target& target);
std::string boundary(const Project& project, const Target& target);

// Log groups: /PROJECT/ENVIRONMENT/STACK/ and a service's name, or flow_logs, which is none.
std::string log_group(const Project& project, const Target& target, std::string_view service);
std::string flow_log_group(const Project& project, const Target& target);

// The tag under which an image that passed a target stands: passed_ENVIRONMENT_STACK_ and the content's key. Names hold
// no underscore, so that no two targets share one.
std::string passed_prefix(const Target& target);

// What GitHub calls a secret that is one environment's: PROD_EU_AWS_ACCESS_KEY_ID. Names of environments hold no
// underscore, so that no two share one.
std::string environment_secret(std::string_view environment, std::string_view name);

// A job of the user's own as the pipelines call it. With an identity it acts in one target: where its environment has
// several it is one job for each, called NAME-STACK.
std::string extra_job(const Project& project, const ExtraJob& job, const Target& target);

// All its jobs.
std::vector<std::string> extra_jobs(const Project& project, const ExtraJob& job);

}  // namespace pipewright::names
