// A project as the manifest means it: every default filled, every override applied, every name looked up. Plain values;
// the spans say where a message about a value should point. Floors above decide with it and change nothing in it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/text/source.h"

namespace pipewright {

enum class Host { github, gitlab };
enum class Cloud { aws, gcp };
enum class Visibility { open, restricted };  // public, private (both are words of C++)
enum class GitHubPlan { free, team, enterprise };
enum class GitLabPlan { free, premium, ultimate };
enum class SubjectForm { classic, immutable, both };

std::string_view to_string(Host host);
std::string_view to_string(Cloud cloud);

struct GitHubHost {
    Span span;
    std::string repository;  // owner/name
    std::string default_branch;
    Visibility visibility = Visibility::restricted;
    GitHubPlan plan = GitHubPlan::free;
    std::vector<std::string> runner;
    SubjectForm subject = SubjectForm::classic;
    std::string owner_id;       // digits, or empty
    std::string repository_id;  // digits, or empty
    bool code_scanning = false;

    // Whether a job's environment can hold it for reviewers (facts: public, or private on Enterprise Cloud).
    bool reviewers() const { return visibility == Visibility::open || plan == GitHubPlan::enterprise; }
    // Whether environments can restrict the refs that deploy to them.
    bool deployment_refs() const { return visibility == Visibility::open || plan != GitHubPlan::free; }
    // Whether rulesets can keep tags to a few (GitHub, "About rulesets").
    bool rulesets() const { return visibility == Visibility::open || plan != GitHubPlan::free; }
};

struct GitLabHost {
    Span span;
    std::string repository;
    std::string default_branch;
    std::string url;
    GitLabPlan plan = GitLabPlan::free;
    std::vector<std::string> runner_tags;
    std::string image;
    std::string builder;
};

enum class RegistryKind { native, ghcr, gitlab, dockerhub, ecr };

struct Registry {
    RegistryKind kind = RegistryKind::native;
    Span span;
    std::string space;        // dockerhub: the namespace
    std::string account;      // ecr
    std::string region;       // ecr
    std::string pull_secret;  // ghcr, gitlab, dockerhub
};

using Names = std::vector<std::string>;
using StringMap = std::vector<std::pair<std::string, std::string>>;  // in the order written

struct BuildSecret {
    std::string id;        // as the Dockerfile names it
    std::string variable;  // the host's secret
};

struct Health {
    std::string path;
    std::string codes;
    std::int64_t interval = 0, timeout = 0, healthy = 0, unhealthy = 0, grace_seconds = 0;
};

struct Smoke {
    std::string path;
    std::int64_t status = 0;  // 0: any 2xx or 3xx
    std::string contains;
};

struct Scaling {
    std::int64_t min = 1, max = 1, cpu_percent = 60;
};

struct Permission {
    Names actions, resources;  // AWS
    Names roles;               // GCP
};

struct SideContainer {
    std::string name;
    std::string image;
    StringMap env;
};

struct Test {
    Span span;
    std::string image;
    std::string directory;  // from the root of the repository
    StringMap env;
    std::vector<std::string> run;
    std::vector<Span> run_spans;
    std::vector<SideContainer> services;
};

// What makes an image, and so its key. Paths are from the root of the repository.
struct Content {
    std::string path;
    std::string dockerfile;  // relative to path
    StringMap args;
    std::string target;
    Names inputs;
    std::vector<BuildSecret> secrets;
    Names platforms;
    std::string salt;
    std::string image;  // a ready image instead of all the above
};

struct Service {
    std::string name;
    Span span;
    std::string image_of;  // the service whose image it runs: its own name, or same_image_as
    Content content;       // of its own image; empty where image_of is another
    Names command;
    std::optional<std::int64_t> port;
    std::optional<Health> health;
    Names routes;
    Names open_routes;  // "public": behind an API gateway, the routes that need no key
    Names calls;
    std::optional<Test> test;
    std::string schedule;
    Names migrate;
    bool read_only = true;
    Names stacks;

    bool has_own_image() const { return image_of == name; }
    bool is_built() const { return has_own_image() && content.image.empty(); }
};

// A service as it runs in one target.
struct Running {
    std::string service;
    Names command;
    std::int64_t cpu = 0, memory = 0;
    Scaling scaling;
    StringMap env;
    StringMap secrets;
    std::vector<Permission> permissions;
    std::optional<Smoke> smoke;
};

enum class IngressKind { load_balancer, api_gateway, none };
enum class RolloutKind { rolling, blue_green, canary };

struct Https {
    std::string domain, zone, zone_role, certificate;
};

struct Ingress {
    IngressKind kind = IngressKind::load_balancer;
    std::optional<Https> https;
    Names allow;
    bool internal = false;
    bool api_key = true;
    Names clients;
    std::int64_t per_second = 50, burst = 100, per_day = 100000;
    bool waf = false;

    // Whether the hosts' runners can reach it.
    bool open_to_runners() const { return kind != IngressKind::none && !internal && allow.empty(); }
};

struct Network {
    std::string mode, cidr, nat;
    std::int64_t zones = 2;
    Names endpoints;
    std::string vpc;
    Names private_subnets, public_subnets;
    std::string ssh_from, ssh_key;
};

struct Database {
    std::string engine, version, type, name, user;
    std::int64_t storage_gb = 20, backup_days = 7;
    bool multi_zone = false;
};

struct Cache {
    std::string engine, type;
    std::int64_t replicas = 0;
};

struct Observability {
    std::int64_t log_retention_days = 30;
    bool insights = true, dashboard = true;
    std::string alarm_email;
};

struct Rollout {
    RolloutKind kind = RolloutKind::rolling;
    std::int64_t percent = 10, bake_minutes = 5;
};

// One environment on one stack.
struct Target {
    std::string environment, stack;
    Span span;
    std::string runtime;
    Cloud cloud = Cloud::aws;
    std::string account;                  // AWS
    std::string project, project_number;  // GCP
    std::string region;
    Ingress ingress;
    Network network;
    std::optional<Database> database;
    std::optional<Cache> cache;
    std::string instance_type;
    std::int64_t instance_count = 1;
    std::int64_t spot_percent = 0;
    Rollout rollout;
    Observability observability;
    bool protect = false;
    std::string state_bucket, state_table;  // existing ones, or empty
    bool existing_oidc_provider = false;
    std::vector<Running> services;

    const Running* running(std::string_view service) const;
};

enum class TriggerKind { branch, tag, after, manual };

struct Trigger {
    TriggerKind kind = TriggerKind::manual;
    std::string value;  // a branch, a tag pattern or an environment
    Span span;
};

enum class GateKind { none, manual, release };

struct Gate {
    GateKind kind = GateKind::none;
    Span span;
    bool given = false;
    Names github_approvers, gitlab_approvers;
    std::int64_t wait_minutes = 0;

    bool closed() const { return kind != GateKind::none; }
};

struct Environment {
    std::string name;
    Span span;
    Trigger trigger;
    Gate gate;
    bool production = false;
    std::string promote_from;  // empty for the first
    std::vector<Target> targets;
    bool on_github = false, on_gitlab = false;  // which hosts deploy it

    bool deployed_by(Host host) const { return host == Host::github ? on_github : on_gitlab; }
    const Target* target(std::string_view stack) const;
};

enum class FailOn { critical, high, medium, none };

struct Delivery {
    bool scan_source = true, scan_image = true;
    FailOn fail_on = FailOn::critical;
    bool sbom = true;
    std::string sign;
    std::int64_t smoke_retries = 10, smoke_delay_seconds = 6;
    std::string slack_secret;
    std::string drift_schedule;
    bool operations = true;
    std::string check_url, check_sha256;
};

struct InfrastructureSettings {
    std::string tool, version, directory;
    std::string state_bucket, state_table, lock;
    bool apply_gated = true;
    bool aws_static_keys = false;
    Names permissions;
};

// Commands of the user's own inside each deploy of some environments: program text, a line each.
struct Hook {
    std::vector<std::string> run;
    Names environments;
};

// What a job of the user's own may take of the environment's identities: nothing but what the manifest names.
enum class ExtraIdentity { none, plan, deploy };

// A job of the user's own, which runs once an environment has passed.
struct ExtraJob {
    std::string name;
    Span span;
    std::string after;  // an environment
    std::vector<std::string> run;
    std::string image;  // empty: what every other job runs in
    ExtraIdentity identity = ExtraIdentity::none;
    StringMap env;
    Names secrets;  // of the host
};

struct Extensions {
    std::optional<Hook> before_deploy, after_deploy;
    std::vector<ExtraJob> jobs;
};

struct Project {
    std::string name;
    Span span;
    std::string folder;         // of the manifest, from the root of the repository: "" or "services/shop"
    std::string manifest_path;  // from the root of the repository
    std::optional<GitHubHost> github;
    std::optional<GitLabHost> gitlab;
    Registry registry;
    std::vector<Service> services;
    Names stacks;
    std::vector<Environment> environments;  // in the order of promotion
    Delivery delivery;
    InfrastructureSettings infrastructure;
    Extensions extensions;

    const Service* service(std::string_view wanted) const;
    const Environment* environment(std::string_view wanted) const;
    const Environment& first() const { return environments.front(); }

    // Where a target's images come from: the same stack in the environment that it is promoted from, or that
    // environment's first target; for the first environment its own first target, into which builds push.
    const Target& source_of(const Target& target) const;

    // Whether jobs sign in to a target with long-lived keys of its environment, and there are no roles.
    bool static_keys(const Target& target) const {
        return target.cloud == Cloud::aws && infrastructure.aws_static_keys;
    }

    // Services that have an image of their own and run in a target, in order.
    std::vector<const Service*> images_of(const Target& target) const;
};

// A path of the manifest's folder, from the root of the repository: under("api") is "services/shop/api".
std::string under(const Project& project, std::string_view path);

}  // namespace pipewright
