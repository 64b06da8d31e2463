#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A secret can only come from a database or a cache that the target has.
void secret_sources(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        for (const EffectiveService& service : at.fields.services) {
            for (const Named<std::string>& secret : *service.settings->secrets) {
                const std::string& source = *secret.field;
                const bool database = source.starts_with("database.");
                const bool cache = source.starts_with("cache.");
                if (secret.field.doubtful || secret.field.state == State::removed || (!database && !cache)) continue;
                const FieldBase& wanted =
                    database ? static_cast<const FieldBase&>(at.settings.database) : at.settings.cache;
                if (wanted.given() || !sound(wanted)) continue;
                const std::string what = database ? "database" : "cache";
                subject.report_once(Code::unknown_reference, secret.field.place(),
                                    "stack '" + at.target.stack + "' has no " + what + " in '" + at.environment.name +
                                        "' from which '" + secret.name + "' could come",
                                    "give the stack a " + what + ", or take the secret from secret:NAME");
            }
        }
    });
}

}  // namespace pipewright::manifest::rules
