#include <algorithm>

#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

std::string_view to_string(IngressKind kind) {
    return kind == IngressKind::load_balancer ? "load-balancer"
           : kind == IngressKind::api_gateway ? "api-gateway"
                                              : "none";
}

std::string_view to_string(RolloutKind kind) {
    return kind == RolloutKind::rolling ? "rolling" : kind == RolloutKind::blue_green ? "blue-green" : "canary";
}

std::string_view to_string(std::string_view text) { return text; }

template <class T>
Names words(const std::vector<T>& values) {
    Names all;
    for (const T& one : values) all.emplace_back(to_string(one));
    return all;
}

}  // namespace

// Values that the runtime of a target has.
void runtime_fit(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        const std::string name(at.runtime.name);
        const auto offer = [&](const Field<std::string>& field, const Names& offered, const std::string& what) {
            if (!sound(field) || std::find(offered.begin(), offered.end(), *field) != offered.end()) return;
            subject.report_once(Code::not_applicable, place(field, at.target.span),
                                name + " has no " + what + " '" + *field + "'", "it has " + listing(offered));
        };
        offer(at.settings.ingress->type, words(at.runtime.ingresses), "ingress");
        offer(at.settings.rollout->type, words(at.runtime.rollouts), "rollout");
        offer(at.settings.network->mode, words(at.runtime.network_modes), "network mode");

        const Field<std::int64_t>& spot = at.settings.spot_percent;
        if (sound(spot) && !at.runtime.any_spot && *spot != 0 && *spot != 100) {
            subject.report_once(
                Code::not_applicable, place(spot, at.target.span),
                name + " can't run " + std::to_string(*spot) + " percent of its machines on spot capacity",
                "only 0 and 100 are possible there");
        }
        const Field<std::string>& ssh = at.settings.network->ssh_from;
        if (ssh.given() && at.runtime.name != "ec2-compose") {
            subject.report_once(Code::not_applicable, ssh.key, "no machine of " + name + " has a port 22",
                                "take ssh_from away");
        }
        const Field<std::string>& rollout = at.settings.rollout->type;
        if (sound(rollout, at.settings.ingress->type) && at.target.rollout.kind != RolloutKind::rolling &&
            at.target.ingress.kind != IngressKind::load_balancer) {
            subject.report_once(Code::not_applicable, place(rollout, at.target.span),
                                "'" + *rollout + "' needs a load balancer, which shifts the requests",
                                "take rollout: rolling, or ingress: load-balancer");
        }
    });
}

}  // namespace pipewright::manifest::rules
