#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

void networks(const Subject& subject) {
    for (const Environment& environment : subject.project.environments) {
        for (const Target& target : environment.targets) {
            const Network& network = target.network;
            if (network.ssh_from == "0.0.0.0/0" || network.ssh_from == "::/0") {
                subject.report(
                    Code::open_ssh, target.span,
                    "port 22 of '" + target.environment + "' on '" + target.stack + "' would be open to the world",
                    "name your own address, as in 203.0.113.7/32, or take ssh_from away: EC2 Instance Connect needs no "
                    "open "
                    "port");
            }
            const bool lacks = network.mode == "existing" && (network.vpc.empty() || network.private_subnets.empty() ||
                                                              network.public_subnets.empty());
            if (lacks) {
                subject.report(Code::needed_together, target.span,
                               "network mode 'existing' needs vpc, private_subnets and public_subnets in '" +
                                   target.environment + "'");
            }
            const bool outside = subject.project.registry.kind != RegistryKind::native &&
                                 subject.project.registry.kind != RegistryKind::ecr;
            if (network.mode == "create" && network.nat == "none" && outside) {
                subject.report(Code::not_applicable, target.span,
                               "without NAT '" + target.environment + "' on '" + target.stack +
                                   "' can't reach a registry outside the cloud",
                               "take registry: native, or nat: single");
            }
        }
    }
}

}  // namespace pipewright::manifest::rules
