#include "generator/runtimes/runtime.h"

#include <array>

namespace pipewright {

std::span<const Runtime* const> runtimes() {
    static const std::array<const Runtime*, 3> all{&ecs_fargate(), &ec2_compose(), &compute_mig()};
    return all;
}

const Runtime* runtime(std::string_view name) {
    for (const Runtime* one : runtimes()) {
        if (one->name == name) return one;
    }
    return nullptr;
}

}  // namespace pipewright
