#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

void static_keys(const Subject& subject) {
    const written::IdentityKinds& kinds = *subject.written.infrastructure->identity;
    const Field<std::string>& aws = kinds.aws.given() ? kinds.aws : kinds.all;
    if (!aws.given() || *aws != "static-keys") return;
    subject.report(Code::static_keys, aws.place(), "jobs sign in to AWS with long-lived keys",
                   "oidc needs no key that could leak, and expires by itself");
}

}  // namespace pipewright::manifest::rules
