#include <algorithm>

#include "generator/manifest/rules/rules.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::manifest::rules {

namespace {

template <class T>
bool has(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// A size that no stack of the service uses would be ignored; an ignored key is a mistake.
void unused_sizes(const Subject& subject, const Named<written::Service>& named) {
    const Service& service = *subject.project.service(named.name);
    bool sizes = false;
    bool scales = false;
    for (const Environment& environment : subject.project.environments) {
        for (const Target& target : environment.targets) {
            if (target.running(service.name) == nullptr) continue;
            const Runtime* one = runtime(target.runtime);
            sizes = sizes || one->sizes;
            scales = scales || one->sizes || one->cloud == Cloud::gcp;
        }
    }
    const auto refuse = [&](const FieldBase& field, std::string_view key, bool used) {
        if (!field.given() || used) return;
        subject.report(Code::not_applicable, field.key,
                       "'" + std::string(key) + "' of '" + named.name + "' is used by none of its stacks",
                       "take it away, or run the service on ecs-fargate");
    };
    refuse(named.field->cpu, "cpu", sizes);
    refuse(named.field->memory, "memory", sizes);
    refuse(named.field->scaling, "scaling", scales);
}

}  // namespace

void runtime_fit(const Subject& subject) {
    for (const Named<written::Service>& named : *subject.written.services) unused_sizes(subject, named);
    for (const Environment& environment : subject.project.environments) {
        for (const Target& target : environment.targets) {
            const Runtime& one = *runtime(target.runtime);
            const auto refuse = [&](bool wrong, const std::string& what, const std::string& help) {
                if (!wrong) return;
                subject.report(Code::not_applicable, target.span,
                               what + " does not go with " + target.runtime + " ('" + target.environment + "' on '" +
                                   target.stack + "')",
                               help);
            };
            refuse(!has(one.ingresses, target.ingress.kind), "this ingress",
                   "take another ingress, or another runtime");
            refuse(!has(one.rollouts, target.rollout.kind), "this rollout",
                   "only ecs-fargate has blue-green and canary");
            refuse(!has(one.network_modes, std::string_view(target.network.mode)),
                   "network mode '" + target.network.mode + "'", "take create or existing");
            refuse(!one.any_spot && target.spot_percent != 0 && target.spot_percent != 100,
                   "a spot_percent of " + std::to_string(target.spot_percent), "only 0 and 100 are possible there");
            refuse(!target.network.ssh_from.empty() && one.name != "ec2-compose", "ssh_from",
                   "no machine there has port 22");
            refuse(target.rollout.kind != RolloutKind::rolling && target.ingress.kind != IngressKind::load_balancer,
                   "blue-green or canary without a load balancer", "take rollout: rolling, or ingress: load-balancer");
        }
    }
}

}  // namespace pipewright::manifest::rules
