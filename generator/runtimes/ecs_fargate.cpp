#include "generator/project/names.h"
#include "generator/runtimes/runtime.h"

namespace pipewright {

namespace {

StringMap target_inputs(const Project& project, const Target& target) {
    StringMap inputs{{"CLUSTER", names::cluster(project, target)}};
    if (target.ingress.https) {
        inputs.emplace_back("BASE_URL", "https://" + target.ingress.https->domain);
    } else if (target.ingress.kind == IngressKind::load_balancer) {
        inputs.emplace_back("LOAD_BALANCER", names::load_balancer(project, target));
    } else if (target.ingress.kind == IngressKind::api_gateway) {
        inputs.emplace_back("REST_API", names::rest_api(project, target));
    }
    return inputs;
}

ServiceInputs service_inputs(const Project& project, const Target& target, const Running& running) {
    return {{{"family", names::family(project, target, running.service)},
             {"service", running.service},
             {"container", running.service}},
            {{"minimum", running.scaling.min}, {"maximum", running.scaling.max}}};
}

// Jobs may hand on roles of these names alone.
Parts parts(const Project& project, const Target& target) {
    Names roles;
    for (const Running& one : target.services) {
        roles.push_back(names::task_role(project, target, one.service));
        roles.push_back(names::execution_role(project, target, one.service));
    }
    return {{"the ECS cluster", {names::cluster(project, target)}},
            {"its services with their task families and containers", {}},
            {"the roles of its tasks", std::move(roles)}};
}

}  // namespace

const Runtime& ecs_fargate() {
    static const Runtime one{.name = "ecs-fargate",
                             .cloud = Cloud::aws,
                             .ingresses = {IngressKind::load_balancer, IngressKind::api_gateway, IngressKind::none},
                             .rollouts = {RolloutKind::rolling, RolloutKind::blue_green, RolloutKind::canary},
                             .instance_type = "",
                             .network_modes = {"create", "existing"},
                             .sizes = true,
                             .any_spot = true,
                             .cluster_kind = "the ECS cluster",
                             .platform = true,
                             .target_inputs = target_inputs,
                             .service_inputs = service_inputs,
                             .parts = parts};
    return one;
}

}  // namespace pipewright
