#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// GitHub attests for public repositories, and for private ones on the enterprise plan.
void signing(const Subject& subject) {
    const Field<std::string>& sign = subject.written.delivery->sign;
    if (!sign.given() || *sign != "attestation" || !sound(subject.written.hosts)) return;
    if (!subject.project.github) {
        subject.report(Code::not_applicable, sign.place(), "only GitHub attests, and no pipeline runs there",
                       "take sign: cosign, which works on both hosts");
    } else if (!subject.project.github->reviewers()) {
        subject.report(Code::not_applicable, sign.place(),
                       "GitHub does not attest for a private repository on this plan",
                       "take sign: cosign; attestation needs a public repository or the enterprise plan");
    }
}

}  // namespace pipewright::manifest::rules
