#include "generator/project/names.h"
#include "generator/runtimes/runtime.h"

namespace pipewright {

namespace {

StringMap target_inputs(const Project& project, const Target& target) {
    if (target.ingress.https) return {{"BASE_URL", "https://" + target.ingress.https->domain}};
    if (target.ingress.kind != IngressKind::load_balancer) return {};
    return {{"LOAD_BALANCER", names::load_balancer(project, target)}};
}

ServiceInputs service_inputs(const Project& project, const Target& target, const Running& running) {
    return {{{"group", names::instance_group(project, target, running.service)}},
            {{"minimum", running.scaling.min}, {"maximum", running.scaling.max}}};
}

}  // namespace

const Runtime& compute_mig() {
    static const Runtime one{.name = "compute-mig",
                             .cloud = Cloud::gcp,
                             .ingresses = {IngressKind::load_balancer, IngressKind::none},
                             .rollouts = {RolloutKind::rolling},
                             .instance_type = "e2-small",
                             .network_modes = {"create", "existing"},
                             .cluster_kind = "the managed instance groups",
                             .target_inputs = target_inputs,
                             .service_inputs = service_inputs};
    return one;
}

}  // namespace pipewright
