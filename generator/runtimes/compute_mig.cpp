#include "generator/runtimes/runtime.h"

namespace pipewright {

const Runtime& compute_mig() {
    static const Runtime one{.name = "compute-mig",
                             .cloud = Cloud::gcp,
                             .ingresses = {IngressKind::load_balancer, IngressKind::none},
                             .rollouts = {RolloutKind::rolling},
                             .instance_type = "e2-small",
                             .network_modes = {"create", "existing"},
                             .lib = "",
                             .cluster_kind = "the managed instance groups"};
    return one;
}

}  // namespace pipewright
