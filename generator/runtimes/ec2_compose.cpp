#include "generator/project/names.h"
#include "generator/runtimes/runtime.h"

namespace pipewright {

namespace {

StringMap target_inputs(const Project& project, const Target& target) {
    StringMap inputs{{"GROUP", names::instance_group(project, target)}};
    if (target.ingress.https) {
        inputs.emplace_back("BASE_URL", "https://" + target.ingress.https->domain);
    } else if (target.ingress.kind == IngressKind::load_balancer) {
        inputs.emplace_back("LOAD_BALANCER", names::load_balancer(project, target));
    }
    return inputs;
}

// The instances know everything else of their services.
ServiceInputs service_inputs(const Project&, const Target&, const Running&) { return {}; }

Parts parts(const Project& project, const Target& target) {
    return {{"the group of instances", {names::instance_group(project, target)}},
            {"on each instance the program that docs/host-program.md of pipewright describes", {}}};
}

}  // namespace

const Runtime& ec2_compose() {
    static const Runtime one{.name = "ec2-compose",
                             .cloud = Cloud::aws,
                             .ingresses = {IngressKind::load_balancer, IngressKind::none},
                             .rollouts = {RolloutKind::rolling},
                             .instance_type = "t3.micro",
                             .network_modes = {"create", "existing", "default"},
                             .cluster_kind = "the group of instances",
                             .goes_back_one_by_one = true,
                             .target_inputs = target_inputs,
                             .service_inputs = service_inputs,
                             .parts = parts};
    return one;
}

}  // namespace pipewright
