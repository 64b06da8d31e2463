#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// An environment that no host deploys, or that waits for what never happens, is a mistake that nobody would notice.
void never_deployed(const Subject& subject) {
    const bool form = *subject.written.delivery->operations;
    const bool form_known = sound(subject.written.delivery->operations) && !subject.written.delivery.bad();
    const bool hosts_known = deployers_known(subject) && (subject.project.github || subject.project.gitlab);
    each_environment(subject, [&](const Environment& one, const written::Environment& written) {
        if (hosts_known && !one.on_github && !one.on_gitlab) {
            subject.report(Code::never_deployed, one.span, "no host deploys '" + one.name + "'",
                           "list it in the deploys of a host");
        }
        if (!sound(written.deploy_on)) return;
        const bool manual = one.trigger.kind == TriggerKind::manual && written.deploy_on->manual.given();
        if (manual && !form && form_known) {
            subject.report(Code::never_deployed, one.trigger.span,
                           "'" + one.name + "' is deployed by the operators' form alone, and there is none",
                           "take 'operations: false' away, or give the environment a branch, a tag or after");
        }
        const Environment* before = subject.project.environment(one.trigger.value);
        if (one.trigger.kind != TriggerKind::after || before == nullptr || before == &one) return;
        const auto index = static_cast<std::size_t>(before - subject.project.environments.data());
        const written::Environment& there = *subject.written.environments->at(index).field;
        if (index == 0 || before->trigger.kind != TriggerKind::manual || !sound(there.deploy_on) ||
            !there.deploy_on->manual.given())
            return;
        subject.report(
            Code::never_deployed, one.trigger.span,
            "'" + one.name + "' would come after '" + before->name +
                "', which the operators' form alone deploys: no run goes on from there",
            "write deploy_on: { manual: true } here as well, or let '" + before->name + "' come by a branch or a tag");
    });
    const Field<std::string>& apply = subject.written.infrastructure->apply;
    if (apply.given() && *apply == "manual" && !form && form_known) {
        subject.report(Code::needed_together, apply.place(),
                       "'apply: manual' needs the operators' form, and there is none",
                       "take 'operations: false' away, or write apply: gated");
    }
}

}  // namespace pipewright::manifest::rules
