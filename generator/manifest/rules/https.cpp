#include <map>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// The part of an ARN: arn:partition:service:region:account:rest.
std::string part(const std::string& arn, int wanted) {
    std::size_t at = 0;
    for (int i = 0; i < wanted && at != std::string::npos; ++i)
        at = arn.find(':', at) == std::string::npos ? std::string::npos : arn.find(':', at) + 1;
    if (at == std::string::npos) return {};
    return arn.substr(at, arn.find(':', at) - at);
}

void certificate(const Subject& subject, const At& at, const written::Https& https) {
    const Field<std::string>& arn = https.certificate;
    if (!arn.given() || at.target.cloud != Cloud::aws) return;
    const bool acm = arn->starts_with("arn:") && part(*arn, 2) == "acm";
    if (!acm && !(arn->starts_with("arn:") && part(*arn, 2) == "iam")) {
        subject.report_once(Code::malformed, arn.place(), "'" + *arn + "' is no ARN of a certificate",
                            "as in arn:aws:acm:eu-west-1:123456789012:certificate/…");
        return;
    }
    if (!acm || !sound(at.written.field->account, at.written.field->region)) return;
    if (part(*arn, 3) == at.target.region && part(*arn, 4) == at.target.account) return;
    subject.report_once(Code::contradiction, arn.place(),
                        "the certificate is one of " + part(*arn, 4) + " in " + part(*arn, 3) + ", and " + at.shown() +
                            " is in another place",
                        "give each target a certificate of its own account and region");
}

}  // namespace

// A name that the ingress answers to, with the certificate for it, and no name for two targets.
void https(const Subject& subject) {
    std::map<std::string, std::string> answered;
    each_target(subject, [&](const At& at) {
        const Field<written::Https>& from = at.settings.ingress->https;
        if (!from.given() || !sound(from)) return;
        if (!from->domain.given()) {
            subject.report_once(Code::missing_key, from.place(), "'https' of " + at.shown() + " has no key 'domain'",
                                "as in domain: shop.example.com; the stack or the target can say it");
            return;
        }
        if (!from->zone.given() && !from->certificate.given()) {
            subject.report_once(
                Code::needed_together, from.place(), "'https' needs a zone or a certificate",
                "zone: example.com lets the certificate be made; certificate: ARN takes one that is there");
        }
        if (from->zone_role.given() && !from->zone.given()) {
            subject.report_once(Code::needed_together, from->zone_role.key, "'zone_role' needs a zone",
                                "say which zone is reached through it");
        }
        if (from->zone.given() && *from->domain != *from->zone && !from->domain->ends_with("." + *from->zone)) {
            subject.report_once(Code::contradiction, from->domain.place(),
                                "'" + *from->domain + "' is no name in the zone '" + *from->zone + "'",
                                "name the zone that holds it");
        }
        certificate(subject, at, *from);
        const auto [found, added] = answered.try_emplace(*from->domain, at.shown());
        if (!added) {
            subject.report_once(Code::name_clash, from->domain.place(),
                                found->second + " and " + at.shown() + " would both answer to '" + *from->domain + "'",
                                "give each target a domain of its own: ingress: { https: { domain: … } }");
        }
    });
}

}  // namespace pipewright::manifest::rules
