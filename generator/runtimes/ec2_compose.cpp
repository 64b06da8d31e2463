#include "generator/runtimes/runtime.h"

namespace pipewright {

const Runtime& ec2_compose() {
    static const Runtime one{.name = "ec2-compose",
                             .cloud = Cloud::aws,
                             .ingresses = {IngressKind::load_balancer, IngressKind::none},
                             .rollouts = {RolloutKind::rolling},
                             .instance_type = "t3.micro",
                             .network_modes = {"create", "existing", "default"},
                             .cluster_kind = "the group of instances"};
    return one;
}

}  // namespace pipewright
