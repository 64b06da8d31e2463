#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// Stacks that no environment has, and data stores that no service takes anything from.
void unused_stacks(const Subject& subject) {
    for (std::size_t i = 0; i < subject.written.stacks->size(); ++i) {
        const Named<written::Stack>& stack = subject.written.stacks->at(i);
        bool used = false;
        bool database = false;
        bool cache = false;
        bool clear = true;
        each_target(subject, [&](const At& at) {
            if (at.fields.stack != i) return;
            used = true;
            for (const EffectiveService& service : at.fields.services) {
                clear = clear && sound(service.settings);
                for (const Named<std::string>& secret : *service.settings->secrets) {
                    database = database || secret.field->starts_with("database.");
                    cache = cache || secret.field->starts_with("cache.");
                    clear = clear && sound(secret.field);
                }
            }
        });
        if (!used) {
            subject.report(Code::unused, stack.field.key, "no environment has a target on stack '" + stack.name + "'",
                           "give an environment a target there, or take the stack away");
            continue;
        }
        const auto idle = [&](const FieldBase& field, const std::string& what, bool taken) {
            if (!field.given() || taken || !clear) return;
            subject.report(Code::unused, field.key,
                           "no service takes anything from the " + what + " of stack '" + stack.name + "'",
                           "give a service secrets: { NAME: " + what + ".url }, or take the " + what + " away");
        };
        idle(stack.field->database, "database", database);
        idle(stack.field->cache, "cache", cache);
    }
}

}  // namespace

void unused(const Subject& subject) {
    if (!targets_known(subject)) return;
    unused_stacks(subject);
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (!sound(written.stacks)) return;
        // Where none of its stacks has a target, the stacks are told of.
        bool runs = false;
        bool could = false;
        each_target(subject, [&](const At& at) {
            runs = runs || at.target.running(service.name) != nullptr;
            could = could ||
                    std::find(service.stacks.begin(), service.stacks.end(), at.target.stack) != service.stacks.end();
        });
        if (runs || !could) return;
        subject.report(Code::unused, service.span, "'" + service.name + "' runs in no environment",
                       "give an environment a target on one of its stacks, or take the service away");
    });
}

}  // namespace pipewright::manifest::rules
