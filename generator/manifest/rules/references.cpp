#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

Names service_names(const Project& project) {
    Names names;
    for (const Service& one : project.services) names.push_back(one.name);
    return names;
}

void known(const Subject& subject, const Field<std::string>& field, const Names& names, std::string_view what) {
    for (const std::string& name : names) {
        if (name == *field) return;
    }
    subject.report(Code::unknown_reference, field.place(), "there is no " + std::string(what) + " '" + *field + "'",
                   suggestion(*field, names));
}

void same_image(const Subject& subject, const Field<std::string>& field, const std::string& service) {
    if (!field.given()) return;
    const Service* other = subject.project.service(*field);
    if (other == nullptr) return;
    if (other->name == service || !other->has_own_image()) {
        subject.report(
            Code::unknown_reference, field.place(), "'" + *field + "' has no image of its own to share",
            other->name == service ? "name another service" : "name '" + other->image_of + "', whose image it runs");
    }
}

void sources(const Subject& subject, const Target& target, const Running& running) {
    for (const auto& [name, source] : running.secrets) {
        const bool database = source.starts_with("database.") && !target.database;
        const bool cache = source.starts_with("cache.") && !target.cache;
        if (!database && !cache) continue;
        subject.report(Code::unknown_reference, subject.project.service(running.service)->span,
                       "'" + running.service + "' takes " + name + " from " + source + ", but stack '" + target.stack +
                           "' has no " + (database ? "database" : "cache") + " in '" + target.environment + "'",
                       std::string("give the stack a ") + (database ? "database" : "cache") +
                           ", or take the secret from secret:NAME");
    }
}

}  // namespace

void references(const Subject& subject) {
    const Names services = service_names(subject.project);
    for (const Named<written::Service>& named : *subject.written.services) {
        const written::Service& one = *named.field;
        for (const Field<std::string>& stack : *one.stacks) known(subject, stack, subject.project.stacks, "stack");
        for (const Field<std::string>& call : *one.calls) {
            known(subject, call, services, "service");
            const Service* called = subject.project.service(*call);
            if (called != nullptr && !called->port) {
                subject.report(Code::unknown_reference, call.place(),
                               "'" + *call + "' listens on no port that '" + named.name + "' could call",
                               "give it a port; routes: [] keeps it internal");
            }
        }
        if (one.same_image_as.given()) known(subject, one.same_image_as, services, "service");
        same_image(subject, one.same_image_as, named.name);
    }
    for (const Environment& environment : subject.project.environments) {
        for (const Target& target : environment.targets) {
            for (const Running& running : target.services) sources(subject, target, running);
        }
    }
}

}  // namespace pipewright::manifest::rules
