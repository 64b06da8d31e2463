#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// One environment has one set of keys on a host: for one account, and one region beside them.
void one_place(const Subject& subject) {
    const Target* first = nullptr;
    each_target(subject, [&](const At& at) {
        if (!subject.project.static_keys(at.target) || !sound(at.written.field->account, at.written.field->region))
            return;
        if (first == nullptr || first->environment != at.target.environment) {
            first = &at.target;
            return;
        }
        if (first->account == at.target.account && first->region == at.target.region) return;
        subject.report(Code::contradiction, at.target.span,
                       at.shown() + " is in another account or region than '" + first->environment + "' on '" +
                           first->stack + "', and an environment has one set of keys",
                       "let jobs sign in by oidc, or make it an environment of its own");
    });
}

// What would stand in front of a gate would hold the keys that open it.
void gates_hold(const Subject& subject) {
    each_environment(subject, [&](const Environment& one, const written::Environment& written) {
        bool keys = false;
        for (const Target& target : one.targets) keys = keys || subject.project.static_keys(target);
        if (!keys || !one.gate.closed() || !sound(written.gate, written.deploy_on)) return;
        if (&one == &subject.project.first()) {
            subject.report(Code::gate_impossible, one.gate.span,
                           "'" + one.name +
                               "' is the first environment: with static keys its builds would hold its keys in "
                               "front of its gate",
                           "put an environment without a gate before it, or let jobs sign in by oidc");
        } else if (one.gate.kind == GateKind::release) {
            subject.report(Code::gate_impossible, one.gate.span,
                           "with static keys nothing locks '" + one.name + "' to its tag: keys trust whoever has them",
                           "take gate: manual, or let jobs sign in by oidc");
        }
    });
}

}  // namespace

void static_keys(const Subject& subject) {
    const written::IdentityKinds& kinds = *subject.written.infrastructure->identity;
    const Field<std::string>& aws = kinds.aws.given() ? kinds.aws : kinds.all;
    if (!aws.given() || *aws != "static-keys") return;
    subject.report(Code::static_keys, aws.place(), "jobs sign in to AWS with long-lived keys",
                   "oidc needs no key that could leak, and expires by itself");
    const Field<List<std::string>>& permissions = subject.written.infrastructure->permissions;
    if (permissions.given() && !permissions->empty()) {
        subject.report(Code::not_applicable, permissions.key,
                       "'permissions' widen the roles of jobs, and with static keys there are none",
                       "give them to the user whose keys they are");
    }
    each_target(subject, [&](const At& at) {
        if (!at.target.existing_oidc_provider || !subject.project.static_keys(at.target)) return;
        subject.report(Code::not_applicable, at.target.span,
                       at.shown() + " names an OIDC provider, and with static keys nothing is trusted through one",
                       "take oidc_provider away");
    });
    one_place(subject);
    gates_hold(subject);
}

}  // namespace pipewright::manifest::rules
