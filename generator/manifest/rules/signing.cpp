#include "generator/project/signing.h"

#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// The first environment that GitLab deploys.
const Environment* on_gitlab(const Project& project) {
    const auto found = std::find_if(project.environments.begin(), project.environments.end(),
                                    [](const Environment& one) { return one.on_gitlab; });
    return found == project.environments.end() ? nullptr : &*found;
}

}  // namespace

// GitHub attests for public repositories, and for private ones on the enterprise plan; sigstore's public authority
// gives certificates to jobs of GitHub and of GitLab.com.
void signing(const Subject& subject) {
    const Field<std::string>& sign = subject.written.delivery->sign;
    if (!sign.given() || !sound(subject.written.hosts) || !sound(subject.written.environments)) return;
    const Environment* gitlab = on_gitlab(subject.project);
    if (*sign == kCosign && gitlab != nullptr && subject.project.gitlab->url != "https://gitlab.com") {
        subject.report(
            Code::not_applicable, sign.place(),
            "sigstore's authority gives certificates to GitLab.com, and not to " + subject.project.gitlab->url,
            "let GitHub deploy, or leave 'sign' out");
    }
    if (*sign != kAttestation) return;
    if (!subject.project.github) {
        subject.report(Code::not_applicable, sign.place(), "only GitHub attests, and no pipeline runs there",
                       "take sign: cosign, which works on both hosts");
    } else if (gitlab != nullptr) {
        subject.report(Code::not_applicable, sign.place(),
                       "GitLab deploys '" + gitlab->name + "' too, and only GitHub attests",
                       "take sign: cosign, which works on both hosts");
    } else if (!subject.project.github->reviewers()) {
        subject.report(Code::not_applicable, sign.place(),
                       "GitHub does not attest for a private repository on this plan",
                       "take sign: cosign; attestation needs a public repository or the enterprise plan");
    }
}

}  // namespace pipewright::manifest::rules
