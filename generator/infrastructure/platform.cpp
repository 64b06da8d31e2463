// The root of a target's platform: network, balancer, and what the runtime adds.
#include <algorithm>
#include <stdexcept>

#include "generator/infrastructure/resources.h"
#include "generator/infrastructure/roots.h"
#include "generator/project/names.h"

namespace pipewright::infrastructure {

namespace {

Call network(const Project& project, const Target& target, Origin origin) {
    const Network& from = target.network;
    Call call{.name = "network", .origin = origin};
    if (from.mode == "existing") {
        call.module = "aws/existing-network";
        call.about = "The network that the manifest names; nothing of it is changed.";
        call.arguments = {{"vpc_id", from.vpc},
                          {"private_subnet_ids", from.private_subnets},
                          {"public_subnet_ids", from.public_subnets}};
        return call;
    }
    call.module = "aws/network";
    call.about = "A network of its own: everything runs in private subnets.";
    call.arguments = {{"name", names::stem(project, target)},
                      {"cidr", from.cidr},
                      {"zones", from.zones},
                      {"nat", from.nat},
                      {"flow_log_group", names::flow_log_group(project, target)},
                      {"flow_log_role_name", names::flow_log_role(project, target)},
                      {"log_retention_days", target.observability.log_retention_days}};
    // Without roles there is nobody whom a boundary would bound.
    if (!project.static_keys(target)) call.arguments.push_back({"boundary_arn", boundary_arn(project, target)});
    if (!from.endpoints.empty()) call.arguments.push_back({"endpoints", from.endpoints});
    return call;
}

// A balancer asks in any case; where the manifest takes the check away, whatever answers is healthy.
const Health& health_of(const Service& service) {
    static const Health lenient{"/", "200-499", 15, 5, 2, 3, 60};
    return service.health ? *service.health : lenient;
}

// What is compared: "/x/*" is as specific as "/x" and stands behind it.
std::size_t literal(const std::string& route) { return route.ends_with("/*") ? route.size() - 2 : route.size(); }

// The routes of all services, the most specific first: a balancer takes the first that matches.
List routes_of(const Project& project, const std::vector<const Running*>& services) {
    struct Route {
        std::string path, service;
    };
    std::vector<Route> routes;
    for (const Running* running : services) {
        for (const std::string& path : project.service(running->service)->routes)
            routes.push_back({path, running->service});
    }
    std::stable_sort(routes.begin(), routes.end(), [](const Route& a, const Route& b) {
        if (literal(a.path) != literal(b.path)) return literal(a.path) > literal(b.path);
        return !a.path.ends_with("/*") && b.path.ends_with("/*");
    });
    List list;
    for (const Route& one : routes) list.emplace_back(Object{{"path", one.path}, {"service", one.service}});
    return list;
}

Call load_balancer(const Project& project, const Target& target, const std::vector<const Running*>& services,
                   Origin origin) {
    Object behind;
    for (const Running* running : services) {
        const Service& service = *project.service(running->service);
        const Health& health = health_of(service);
        behind.push_back({service.name, Object{{"port", *service.port},
                                               {"health", Object{{"path", health.path},
                                                                 {"codes", health.codes},
                                                                 {"interval", health.interval},
                                                                 {"timeout", health.timeout},
                                                                 {"healthy", health.healthy},
                                                                 {"unhealthy", health.unhealthy}}}}});
    }
    Call call{.name = "load_balancer",
              .module = "aws/load-balancer",
              .arguments = {{"name", names::load_balancer(project, target)},
                            {"vpc_id", OutputOf{"network", "vpc_id"}},
                            {"subnet_ids",
                             OutputOf{"network", target.ingress.internal ? "private_subnet_ids" : "public_subnet_ids"}},
                            {"internal", target.ingress.internal},
                            {"deletion_protection", target.protect}},
              .about = "Which requests from outside go to which service.",
              .origin = origin};
    if (!target.ingress.allow.empty()) call.arguments.push_back({"allow", target.ingress.allow});
    if (target.ingress.https) {
        call.arguments.push_back({"https", Object{{"certificate_arn", target.ingress.https->certificate},
                                                  {"domain", target.ingress.https->domain}}});
    }
    call.arguments.push_back({"services", std::move(behind)});
    call.arguments.push_back({"routes", routes_of(project, services)});
    return call;
}

}  // namespace

Root platform_root(const Project& project, const Target& target, Origins& origins) {
    const AddWorkload add_workload = workload_of(target.runtime);
    if (add_workload == nullptr) throw std::logic_error("no modules for " + target.runtime);
    Root root;
    root.kind = RootKind::platform;
    root.path = names::platform_root(project, target);
    root.about = {"What " + target.environment + " on " + target.stack +
                      " runs on. The pipeline plans and applies it; which image runs is not decided here.",
                  "Terraform of your own goes into files custom_*.tf beside this one, which nobody else touches."};
    root.origin = origins.intern(target.span, "platform root of a target");
    root.providers = {provider(project, target)};
    root.backend = backend(project, target, names::state_key(project, target, "platform"));
    root.calls.push_back(network(project, target, root.origin));
    root.outputs = {
        {"vpc_id", "The network.", OutputOf{"network", "vpc_id"}},
        {"private_subnet_ids", "The subnets in which services run.", OutputOf{"network", "private_subnet_ids"}},
        {"public_subnet_ids", "The subnets that the internet reaches.", OutputOf{"network", "public_subnet_ids"}}};
    if (const std::vector<const Running*> services = behind_ingress(project, target); !services.empty()) {
        root.calls.push_back(load_balancer(project, target, services, root.origin));
        root.outputs.insert(root.outputs.begin(),
                            {"url", "Where the services are reached.", OutputOf{"load_balancer", "url"}});
        root.outputs.push_back(
            {"alb_dns_name", "The load balancer's own name in the DNS.", OutputOf{"load_balancer", "dns_name"}});
        root.outputs.push_back({"target_group_arns", "The target group of each service behind the load balancer.",
                                OutputOf{"load_balancer", "target_group_arns"}});
    }
    add_workload(project, target, root.origin, root);
    return root;
}

}  // namespace pipewright::infrastructure
