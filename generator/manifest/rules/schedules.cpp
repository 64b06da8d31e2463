#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A scheduled service runs its command at its times and is gone in between: it takes no traffic and doesn't scale.
void schedules(const Subject& subject) {
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (!written.schedule.given()) return;
        const auto exclude = [&](const FieldBase& field, std::string_view key) {
            if (!field.given()) return;
            subject.report(
                Code::exclusive_keys, field.key,
                "'" + std::string(key) + "' and 'schedule' exclude each other in service '" + service.name + "'",
                "a scheduled service runs its command at its times, and nothing else");
        };
        exclude(written.port, "port");
        exclude(written.health, "health");
        exclude(written.smoke, "smoke");
        exclude(written.routes, "routes");
        exclude(written.open_routes, "public");
        exclude(written.scaling, "scaling");
    });
}

}  // namespace pipewright::manifest::rules
