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

Parts parts(const Project& project, const Target& target) {
    Names groups, accounts;
    for (const Running& one : target.services) {
        groups.push_back(names::instance_group(project, target, one.service));
        accounts.push_back(names::workload_account(project, target, one.service));
    }
    return {{"the regional managed instance groups", std::move(groups)},
            {"the service accounts of their instances", std::move(accounts)},
            {"on each instance what docs/scripts.md of pipewright asks for (On Google Cloud)", {}}};
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
                             .service_inputs = service_inputs,
                             .parts = parts};
    return one;
}

}  // namespace pipewright
