#include <algorithm>

#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

// An override of a service that doesn't run there would be ignored; an ignored key is a mistake.
bool runs_in(const Environment& environment, const std::string& service) {
    return std::any_of(environment.targets.begin(), environment.targets.end(),
                       [&](const Target& target) { return target.running(service) != nullptr; });
}

}  // namespace

void overrides(const Subject& subject) {
    if (subject.written.services.bad()) return;
    const Names services = service_names(subject.project);
    each_environment(subject, [&](const Environment& environment, const written::Environment& written) {
        for (const Named<written::ServiceOverride>& one : *written.services) {
            const Service* service = subject.project.service(one.name);
            if (service == nullptr) {
                subject.report(Code::unknown_reference, one.field.key, "there is no service '" + one.name + "'",
                               suggestion(one.name, services));
                continue;
            }
            const auto at = static_cast<std::size_t>(service - subject.project.services.data());
            if (one.field.state == State::removed) continue;  // it is taken out here
            const bool told =
                sound(subject.written.services->at(at).field->stacks) && targets_known(subject, &environment);
            if (!told || runs_in(environment, one.name)) continue;
            subject.report(Code::not_applicable, one.field.key,
                           "'" + one.name + "' does not run in '" + environment.name + "'",
                           "its stacks are " + listing(service->stacks) + ", and no target here is one of them");
        }
    });
}

}  // namespace pipewright::manifest::rules
