#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// vpc-… and subnet-…: 8 hex digits, or 17 since 2016 (Amazon EC2, "Resource IDs").
bool has_id(std::string_view text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return (text.size() == 8 || text.size() == 17) && text.find_first_not_of("0123456789abcdef") == text.npos;
}

void given(const Subject& subject, const written::Network& network) {
    if (network.vpc.given() && sound(network.vpc) && !has_id(*network.vpc, "vpc-")) {
        subject.report_once(Code::malformed, network.vpc.place(), "'" + *network.vpc + "' is no id of a VPC",
                            "as in vpc-0123456789abcdef0");
    }
    const auto ids = [&](const Field<List<std::string>>& subnets) {
        if (!subnets.given() || !sound(subnets)) return;
        for (const Field<std::string>& one : *subnets) {
            if (has_id(*one, "subnet-")) continue;
            subject.report_once(Code::malformed, one.place(), "'" + *one + "' is no id of a subnet",
                                "as in subnet-0123456789abcdef0");
        }
    };
    ids(network.private_subnets);
    ids(network.public_subnets);
    if (!network.private_subnets.given() || !sound(network.private_subnets, network.public_subnets)) return;
    for (const Field<std::string>& one : *network.public_subnets) {
        const bool both = std::any_of(network.private_subnets->begin(), network.private_subnets->end(),
                                      [&](const Field<std::string>& other) { return *other == *one; });
        if (!both) continue;
        subject.report_once(Code::contradiction, one.place(), "the subnet '" + *one + "' can't be private and public",
                            "the internet leads to a public one, and to nothing that runs in a private one");
    }
}

// What gets no interface endpoint with a private name: S3 has its gateway endpoint in any case, and DynamoDB's
// interface endpoint has no private DNS name (Amazon DynamoDB, "AWS PrivateLink").
void endpoints(const Subject& subject, const Field<List<std::string>>& all) {
    if (!all.given() || !sound(all)) return;
    for (const Field<std::string>& one : *all) {
        if (*one == "s3") {
            subject.report_once(Code::not_applicable, one.place(), "S3 has an endpoint in any case", "take it away");
        } else if (*one == "dynamodb") {
            subject.report_once(Code::not_applicable, one.place(),
                                "an endpoint of DynamoDB would have no private DNS name, so that nothing would use it",
                                "make a gateway endpoint in a custom_*.tf beside the platform root");
        }
    }
}

}  // namespace

// Ids of what is given, and endpoints of what is made.
void network_parts(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        const written::Network& network = *at.settings.network;
        if (at.target.cloud != Cloud::aws || !sound(network.mode)) return;
        if (*network.mode == "existing") given(subject, network);
        if (*network.mode == "create") endpoints(subject, network.endpoints);
    });
}

}  // namespace pipewright::manifest::rules
