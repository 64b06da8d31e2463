#include <map>

#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

void existing(const Subject& subject, const At& at) {
    const written::Network& network = *at.settings.network;
    if (*network.mode != "existing") return;
    Names lacks;
    const auto need = [&](const FieldBase& field, const char* key) {
        if (!field.given() && sound(field)) lacks.emplace_back(key);
    };
    need(network.vpc, "vpc");
    need(network.private_subnets, "private_subnets");
    need(network.public_subnets, "public_subnets");
    if (!lacks.empty()) {
        subject.report_once(Code::needed_together, network.mode.place(),
                            "network mode 'existing' needs " + listing(lacks) + " in " + at.shown(),
                            "give them here or in the target");
    }
    const bool internal = *at.settings.ingress->internal;
    const Field<List<std::string>>& outer = internal ? network.private_subnets : network.public_subnets;
    if (outer.given() && sound(outer, at.settings.ingress) && outer->size() < 2 &&
        at.target.ingress.kind == IngressKind::load_balancer) {
        subject.report_once(Code::network_impossible, outer.place(),
                            std::string("a load balancer stands in two subnets, and ") +
                                (internal ? "private_subnets" : "public_subnets") + " names one",
                            "name a second one, in another zone");
    }
}

// Without NAT a workload reaches the services of its cloud through endpoints, and nothing else.
void ways_out(const Subject& subject, const At& at) {
    const RegistryKind kind = subject.project.registry.kind;
    const bool outside = kind != RegistryKind::native && kind != RegistryKind::ecr;
    const Field<std::string>& nat = at.settings.network->nat;
    const bool closed = *at.settings.network->mode == "create" && *nat == "none";
    if (!outside || !closed || !sound(nat, at.settings.network->mode, subject.written.registry)) return;
    subject.report_once(Code::network_impossible, nat.place(),
                        "without NAT the services can't reach a registry outside the cloud",
                        "take registry: native, or nat: single");
}

}  // namespace

void networks(const Subject& subject) {
    std::map<std::string, std::string> homes;  // of each existing network: its account or project, and its region
    each_target(subject, [&](const At& at) {
        existing(subject, at);
        ways_out(subject, at);
        const Field<std::string>& vpc = at.settings.network->vpc;
        if (at.target.cloud != Cloud::aws || *at.settings.network->mode != "existing" || !vpc.given()) return;
        if (!at.settings.network->private_subnets.given() || !at.settings.network->public_subnets.given()) return;
        if (!sound(at.written.field->account, at.written.field->region)) return;
        const std::string home = at.target.account + " in " + at.target.region;
        const auto [found, added] = homes.try_emplace(*vpc, home);
        if (added || found->second == home) return;
        subject.report_once(Code::contradiction, vpc.place(),
                            "'" + *vpc + "' can't be a network of " + found->second + " and of " + home,
                            "give vpc and its subnets in each target");
    });
}

}  // namespace pipewright::manifest::rules
