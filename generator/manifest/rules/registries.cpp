#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A registry that workloads can pull from.
void registries(const Subject& subject) {
    const Field<written::Registry>& from = subject.written.registry;
    const Registry& registry = subject.project.registry;
    const int kinds =
        from->kind.given() + from->ghcr.given() + from->gitlab.given() + from->dockerhub.given() + from->ecr.given();
    if (!sound(from) || kinds > 1) return;
    if (registry.kind == RegistryKind::ecr) {
        each_target(subject, [&](const At& at) {
            if (at.target.cloud != Cloud::gcp) return;
            subject.report_once(Code::not_applicable, from->ecr.key,
                                at.shown() + " is on Google Cloud, from where nothing can sign in to ECR",
                                "take registry: native, or one outside both clouds with a pull_secret");
        });
    }
    const bool shared = registry.kind == RegistryKind::ghcr || registry.kind == RegistryKind::gitlab ||
                        registry.kind == RegistryKind::dockerhub;
    if (!shared || !registry.pull_secret.empty()) return;
    subject.report(Code::public_pull, registry.span, "workloads pull from this registry without signing in",
                   "that works for public images alone; pull_secret: NAME names a secret {username, password} in each "
                   "target's store");
}

}  // namespace pipewright::manifest::rules
