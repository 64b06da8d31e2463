#include <algorithm>

#include "generator/manifest/resolve.h"

namespace pipewright::manifest {

namespace {

Trigger trigger_of(const Field<written::Trigger>& from) {
    Trigger trigger;
    trigger.span = from.place();
    const auto take = [&](const FieldBase& field, TriggerKind kind, const std::string& value) {
        if (!field.given()) return;
        trigger.kind = kind;
        trigger.value = value;
        trigger.span = field.place();
    };
    take(from->branch, TriggerKind::branch, *from->branch);
    take(from->tag, TriggerKind::tag, *from->tag);
    take(from->after, TriggerKind::after, *from->after);
    take(from->manual, TriggerKind::manual, "");
    return trigger;
}

Gate gate_of(const Field<written::Gate>& from, const Span& environment) {
    Gate gate;
    gate.span = from.given() ? from.place() : environment;
    gate.given = from->type.given();
    const std::string& type = *from->type;
    gate.kind = type == "manual" ? GateKind::manual : type == "release" ? GateKind::release : GateKind::none;
    const written::Approvers& approvers = *from->approvers;
    // A list is for the one host that deploys; both hosts deploying is an error that the rule of the gates reports.
    gate.github_approvers = texts(approvers.all.given() ? approvers.all : approvers.github);
    gate.gitlab_approvers = texts(approvers.all.given() ? approvers.all : approvers.gitlab);
    gate.wait_minutes = *from->wait_minutes;
    return gate;
}

bool listed(const Field<List<std::string>>& deploys, const std::string& environment) {
    return std::any_of(deploys->begin(), deploys->end(),
                       [&](const Field<std::string>& one) { return *one == environment; });
}

}  // namespace

void resolve_environments(const written::Manifest& from, Project& to) {
    for (const Named<written::Environment>& named : *from.environments) {
        Environment environment;
        environment.name = named.name;
        environment.span = named.field.key;
        environment.trigger = trigger_of(named.field->deploy_on);
        environment.production = *named.field->production;
        environment.gate = gate_of(named.field->gate, environment.span);
        environment.promote_from = *named.field->promote_from;
        environment.on_github = to.github && listed(from.hosts->github->deploys, named.name);
        environment.on_gitlab = to.gitlab && listed(from.hosts->gitlab->deploys, named.name);
        to.environments.push_back(std::move(environment));
    }
}

}  // namespace pipewright::manifest
