#include "generator/infrastructure/roots.h"

#include <array>
#include <utility>

#include "generator/project/names.h"

namespace pipewright::infrastructure {

Provider provider(const Project& project, const Target& target) {
    return {.account = target.account,
            .region = target.region,
            .tags = {{"project", project.name}, {"environment", target.environment}, {"managed-by", "pipewright"}}};
}

Backend backend(const Project& project, const Target& target, std::string key) {
    return {.bucket = names::state_bucket(project, target),
            .key = std::move(key),
            .region = target.region,
            .account = target.account,
            .table = names::state_table(project, target)};
}

AddWorkload workload_of(std::string_view runtime) {
    static constexpr std::array<std::pair<std::string_view, AddWorkload>, 1> kRows{{{"ecs-fargate", add_ecs_fargate}}};
    for (const auto& [name, add] : kRows) {
        if (name == runtime) return add;
    }
    return nullptr;
}

std::vector<const Running*> behind_ingress(const Project& project, const Target& target) {
    std::vector<const Running*> all;
    if (target.ingress.kind == IngressKind::none) return all;
    for (const Running& running : target.services) {
        if (!project.service(running.service)->routes.empty()) all.push_back(&running);
    }
    return all;
}

std::string service_call(std::string_view service) {
    std::string name = "service_" + std::string(service);
    for (char& c : name) {
        if (c == '-') c = '_';
    }
    return name;
}

}  // namespace pipewright::infrastructure
