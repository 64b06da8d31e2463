#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

bool holds(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

const written::Service& written_of(const Subject& subject, const Service& service) {
    const auto at = static_cast<std::size_t>(&service - subject.project.services.data());
    return *subject.written.services->at(at).field;
}

// A call stays inside one target, so the other must run wherever the caller does.
void shares_stacks(const Subject& subject, const Field<std::string>& call, const Service& caller,
                   const Service& called) {
    for (const std::string& stack : caller.stacks) {
        if (!holds(subject.project.stacks, stack) || holds(called.stacks, stack)) continue;
        subject.report(
            Code::unknown_reference, call.place(),
            "'" + called.name + "' does not run on stack '" + stack + "', where '" + caller.name + "' would call it",
            "add '" + stack + "' to its stacks, or take the call away");
        return;
    }
}

}  // namespace

void calls(const Subject& subject) {
    const Names services = service_names(subject.project);
    each_service(subject, [&](const Service& service, const written::Service& written) {
        for (const Field<std::string>& call : *written.calls) {
            if (!known(subject, call, services, "service") || call.doubtful) continue;
            const Service& called = *subject.project.service(*call);
            const written::Service& there = written_of(subject, called);
            if (called.name == service.name) {
                subject.report(Code::not_applicable, call.place(), "'" + service.name + "' need not call itself",
                               "take it away: a container reaches itself at localhost");
            } else if (sound(there.port) && !there.port.given() && there.schedule.state == State::absent) {
                subject.report(Code::unknown_reference, call.place(),
                               "'" + *call + "' listens on no port that '" + service.name + "' could call",
                               "give it a port; routes: [] keeps it internal");
            } else if (!there.schedule.given() && sound(written.stacks, there.stacks)) {
                shares_stacks(subject, call, service, called);
            } else if (there.schedule.given()) {
                subject.report(Code::unknown_reference, call.place(),
                               "'" + *call + "' runs on a schedule and answers no calls",
                               "take it away, or let that service run all the time");
            }
        }
    });
}

}  // namespace pipewright::manifest::rules
