#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A container can't have one variable twice: clouds refuse it, or take either.
void environment_variables(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        for (const EffectiveService& service : at.fields.services) {
            const written::ServiceOverride& settings = *service.settings;
            if (settings.env.bad() || settings.secrets.bad()) continue;
            for (const Named<std::string>& secret : *settings.secrets) {
                for (const Named<std::string>& plain : *settings.env) {
                    if (plain.name != secret.name || plain.field.state == State::removed ||
                        secret.field.state == State::removed)
                        continue;
                    const bool later = plain.field.key.offset > secret.field.key.offset;
                    subject.report_once(Code::exclusive_keys, later ? plain.field.key : secret.field.key,
                                        "'" + secret.name + "' stands in both env and secrets of '" +
                                            subject.written.services->at(service.service).name + "'",
                                        "keep one; null takes an inherited one away");
                }
            }
        }
    });
}

}  // namespace pipewright::manifest::rules
