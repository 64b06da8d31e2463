// The modules of ecs-fargate: a cluster, and one service for each of the target's.
#include <algorithm>

#include "generator/infrastructure/resources.h"
#include "generator/infrastructure/roots.h"
#include "generator/project/names.h"
#include "generator/project/registry.h"

namespace pipewright::infrastructure {

namespace {

bool has(const Names& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

// The services of a target that may call a service of it.
Names callers_of(const Project& project, const Target& target, const std::string& called) {
    Names all;
    for (const Running& running : target.services) {
        if (has(project.service(running.service)->calls, called)) all.push_back(running.service);
    }
    return all;
}

bool calls_others(const Project& project, const Target& target, const std::string& service) {
    const Names& calls = project.service(service)->calls;
    return std::any_of(calls.begin(), calls.end(),
                       [&](const std::string& one) { return target.running(one) != nullptr; });
}

// Fargate runs either; an image for both runs on the one that a build makes by default.
std::string architecture_of(const Project& project, const Service& service) {
    const Names& platforms = project.service(service.image_of)->content.platforms;
    return has(platforms, "linux/arm64") && !has(platforms, "linux/amd64") ? "ARM64" : "X86_64";
}

Object secrets_of(const Running& running) {
    Object all;
    for (const auto& [variable, source] : running.secrets) {
        const std::optional<SecretSource> secret = secret_source(source);
        if (!secret) continue;  // of a database or a cache, which have no modules yet
        Object from{{"secret", secret->name}};
        if (!secret->key.empty()) from.push_back({"key", secret->key});
        all.push_back({variable, std::move(from)});
    }
    return all;
}

List permissions_of(const Running& running) {
    List all;
    for (const Permission& one : running.permissions) {
        if (!one.actions.empty()) all.emplace_back(Object{{"actions", one.actions}, {"resources", one.resources}});
    }
    return all;
}

Call call_of(const Project& project, const Target& target, const Running& running, Origin origin) {
    const Service& service = *project.service(running.service);
    Object given{{"name", service.name},
                 {"cluster", OutputOf{"cluster", "name"}},
                 {"family", names::family(project, target, service.name)},
                 {"log_group", names::log_group(project, target, service.name)},
                 {"log_retention_days", target.observability.log_retention_days},
                 {"task_role_name", names::task_role(project, target, service.name)},
                 {"execution_role_name", names::execution_role(project, target, service.name)},
                 {"repository", registries::repository(project, target, service)}};
    if (!project.static_keys(target)) given.insert(given.end() - 1, {"boundary_arn", boundary_arn(project, target)});
    if (registries::is_native(project)) {
        given.push_back({"repository_arn", "arn:aws:ecr:" + target.region + ":" + target.account + ":repository/" +
                                               names::repository(project, target, service.image_of)});
    }
    if (!running.command.empty()) given.push_back({"command", running.command});
    if (service.port) given.push_back({"port", *service.port});
    given.push_back({"cpu", running.cpu});
    given.push_back({"memory", running.memory});
    given.push_back({"architecture", architecture_of(project, service)});
    given.push_back({"read_only", service.read_only});
    given.push_back({"spot_percent", target.spot_percent});
    // Always, so that the number of tasks is the manifest's also where it was another before.
    given.push_back({"scaling", Object{{"min", running.scaling.min},
                                       {"max", running.scaling.max},
                                       {"cpu_percent", running.scaling.cpu_percent}}});
    if (!running.env.empty()) {
        Object environment;
        for (const auto& [name, value] : running.env) environment.push_back({name, value});
        given.push_back({"environment", std::move(environment)});
    }
    if (Object secrets = secrets_of(running); !secrets.empty()) given.push_back({"secrets", std::move(secrets)});
    if (List all = permissions_of(running); !all.empty()) given.push_back({"permissions", std::move(all)});
    given.push_back({"vpc_id", OutputOf{"network", "vpc_id"}});
    given.push_back({"vpc_cidrs", OutputOf{"network", "vpc_cidrs"}});
    given.push_back({"subnet_ids", OutputOf{"network", "private_subnet_ids"}});
    if (const auto behind = behind_ingress(project, target);
        std::find(behind.begin(), behind.end(), &running) != behind.end()) {
        Object balancer{{"security_group_id", OutputOf{"load_balancer", "security_group_id"}},
                        {"target_group_arn", OutputOf{"load_balancer", "target_group_arns", {service.name}}}};
        if (service.health) balancer.push_back({"grace_seconds", service.health->grace_seconds});
        given.push_back({"load_balancer", std::move(balancer)});
    }
    const Names callers = callers_of(project, target, service.name);
    if (!callers.empty() || calls_others(project, target, service.name)) {
        given.push_back({"service_connect", Object{{"namespace_arn", OutputOf{"cluster", "namespace_arn"}}}});
    }
    if (!callers.empty()) {
        Object groups;
        for (const std::string& one : callers)
            groups.push_back({one, OutputOf{service_call(one), "security_group_id"}});
        given.push_back({"callers", std::move(groups)});
    }
    return {.name = service_call(service.name),
            .module = "aws/ecs-service",
            .arguments = std::move(given),
            .origin = origin};
}

}  // namespace

void add_ecs_fargate(const Project& project, const Target& target, Origin origin, Root& root) {
    const bool any_calls = std::any_of(target.services.begin(), target.services.end(),
                                       [&](const Running& one) { return calls_others(project, target, one.service); });
    Call cluster{.name = "cluster",
                 .module = "aws/ecs-cluster",
                 .arguments = {{"name", names::cluster(project, target)}, {"insights", target.observability.insights}},
                 .about = "Where the services run.",
                 .origin = origin};
    if (any_calls) cluster.arguments.push_back({"namespace", names::stem(project, target)});
    root.calls.push_back(std::move(cluster));
    Object services;
    for (const Running& running : target.services) {
        const std::string name = service_call(running.service);
        root.calls.push_back(call_of(project, target, running, origin));
        services.push_back({running.service, Object{{"task_role_arn", OutputOf{name, "task_role_arn"}},
                                                    {"task_role_name", OutputOf{name, "task_role_name"}},
                                                    {"security_group_id", OutputOf{name, "security_group_id"}}}});
    }
    root.outputs.push_back({"services", "Each service's role and security group.", std::move(services)});
}

}  // namespace pipewright::infrastructure
