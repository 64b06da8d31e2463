#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// What the targets of a service use of its sizes.
struct Used {
    bool known = true;
    bool runs = false;
    bool sizes = false;
    bool scales = false;
};

Used used(const Subject& subject, const std::string& service, const Environment* only) {
    Used all;
    all.known = targets_known(subject, only);
    each_target(subject, [&](const At& at) {
        if (only != nullptr && only != &at.environment) return;
        if (at.target.running(service) == nullptr) return;
        all.runs = true;
        all.sizes = all.sizes || at.runtime.sizes;
        all.scales = all.scales || at.runtime.sizes || at.runtime.cloud == Cloud::gcp;
    });
    return all;
}

// A size that nothing uses would be ignored; an ignored key is a mistake.
template <class Record>
void refuse(const Subject& subject, const Record& record, const std::string& service, const Used& use,
            const std::string& where) {
    if (!use.known || !use.runs) return;
    const auto look = [&](const FieldBase& field, std::string_view key, bool applies) {
        if (!field.given() || applies) return;
        subject.report(Code::not_applicable, field.key,
                       "'" + std::string(key) + "' of '" + service + "' is used by none of its stacks" + where,
                       key == "scaling" ? "take it away: ec2-compose runs one copy on each instance"
                                        : "take it away, or run the service on ecs-fargate");
    };
    look(record.cpu, "cpu", use.sizes);
    look(record.memory, "memory", use.sizes);
    look(record.scaling, "scaling", use.scales);
}

}  // namespace

void service_sizes(const Subject& subject) {
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (sound(written.stacks)) refuse(subject, written, service.name, used(subject, service.name, nullptr), "");
    });
    each_environment(subject, [&](const Environment& environment, const written::Environment& written) {
        for (const Named<written::ServiceOverride>& one : *written.services) {
            refuse(subject, *one.field, one.name, used(subject, one.name, &environment),
                   " in '" + environment.name + "'");
        }
    });
}

}  // namespace pipewright::manifest::rules
