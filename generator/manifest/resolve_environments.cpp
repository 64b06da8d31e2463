#include <algorithm>

#include "generator/manifest/resolve.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest {

namespace {

Trigger trigger_of(const Named<written::Environment>& named, Diagnostics& diagnostics) {
    const Field<written::Trigger>& from = named.field->deploy_on;
    Trigger trigger;
    trigger.span = from.place();
    int given = 0;
    const auto take = [&](const Field<std::string>& field, TriggerKind kind) {
        if (!field.given()) return;
        ++given;
        trigger.kind = kind;
        trigger.value = *field;
        trigger.span = field.place();
    };
    take(from->branch, TriggerKind::branch);
    take(from->tag, TriggerKind::tag);
    take(from->after, TriggerKind::after);
    if (from->manual.given()) {
        ++given;
        trigger.kind = TriggerKind::manual;
        trigger.span = from->manual.place();
        if (!*from->manual) {
            diagnostics.report(Code::unknown_value, from->manual.place(), "'manual' can only be true",
                               "leave it away and give branch, tag or after");
        }
    }
    if (given != 1) {
        diagnostics.report(Code::exclusive_keys, from.place(),
                           "'deploy_on' of '" + named.name + "' must hold exactly one event",
                           "one of { branch: NAME }, { tag: PATTERN }, { after: ENVIRONMENT }, { manual: true }");
    }
    return trigger;
}

Gate gate_of(const written::Environment& from, const Environment& environment) {
    Gate gate;
    gate.span = from.gate.given() ? from.gate.place() : environment.span;
    gate.given = from.gate->type.given();
    if (gate.given) {
        const std::string& type = *from.gate->type;
        gate.kind = type == "manual" ? GateKind::manual : type == "release" ? GateKind::release : GateKind::none;
    } else if (environment.production && !*from.ungated_production) {
        gate.kind = environment.trigger.kind == TriggerKind::tag ? GateKind::release : GateKind::manual;
    }
    const written::Approvers& approvers = *from.gate->approvers;
    if (approvers.all.given()) {
        // A list is for the one host that deploys; both hosts deploying is an error that the gates rule reports.
        gate.github_approvers = texts(approvers.all);
        gate.gitlab_approvers = texts(approvers.all);
    } else {
        gate.github_approvers = texts(approvers.github);
        gate.gitlab_approvers = texts(approvers.gitlab);
    }
    gate.wait_minutes = *from.gate->wait_minutes;
    return gate;
}

bool listed(const Field<List<std::string>>& deploys, const std::string& environment) {
    const auto same = [&](const Field<std::string>& one) { return *one == environment; };
    return !deploys.given() || std::any_of(deploys->begin(), deploys->end(), same);
}

void check_deploys(const Field<List<std::string>>& deploys, const Names& known, Diagnostics& diagnostics) {
    if (!deploys.given()) return;
    for (const Field<std::string>& one : *deploys) {
        if (std::find(known.begin(), known.end(), *one) != known.end()) continue;
        diagnostics.report(Code::unknown_reference, one.place(), "there is no environment '" + *one + "'",
                           suggestion(*one, known));
    }
}

// Which host deploys what; without deploys on both, two hosts would.
void resolve_deployers(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    Names known;
    for (const Environment& environment : to.environments) known.push_back(environment.name);
    const Field<List<std::string>>& github = from.hosts->github->deploys;
    const Field<List<std::string>>& gitlab = from.hosts->gitlab->deploys;
    check_deploys(github, known, diagnostics);
    check_deploys(gitlab, known, diagnostics);
    const bool both_say = github.given() && gitlab.given();
    for (Environment& environment : to.environments) {
        environment.on_github = to.github && listed(github, environment.name);
        environment.on_gitlab = to.gitlab && listed(gitlab, environment.name);
        if (environment.on_github && environment.on_gitlab && !both_say) {
            diagnostics.report(Code::deploys_clash, environment.span,
                               "both hosts would deploy '" + environment.name + "'",
                               "give 'deploys' on both hosts; list '" + environment.name +
                                   "' on both if that is meant: they then deploy one after the other");
        }
    }
}

// Where each environment's image comes from, and that promotion goes forward only.
void resolve_promotion(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    Names before;
    for (std::size_t i = 0; i < to.environments.size(); ++i) {
        Environment& environment = to.environments[i];
        const Field<std::string>& given = from.environments->at(i).field->promote_from;
        const auto look_up = [&](const std::string& name, const Span& span, std::string_view what) {
            if (std::find(before.begin(), before.end(), name) != before.end()) return;
            const bool later = std::any_of(to.environments.begin(), to.environments.end(),
                                           [&](const Environment& one) { return one.name == name; });
            diagnostics.report(later ? Code::promotion_circle : Code::unknown_reference, span,
                               !later                     ? "there is no environment '" + name + "'"
                               : name == environment.name ? "'" + name + "' can't come after itself"
                                                          : "'" + environment.name + "' can't come after '" + name +
                                                                "', which stands behind it",
                               later ? "environments are written in the order of promotion; " + std::string(what) +
                                           " names one further up"
                                     : suggestion(name, before));
        };
        if (environment.trigger.kind == TriggerKind::after)
            look_up(environment.trigger.value, environment.trigger.span, "after");
        if (i == 0) {
            if (given.given()) {
                diagnostics.report(Code::promotion_source, given.key,
                                   "'" + environment.name + "' is the first environment and promotes from none",
                                   "the first environment gets what is built");
            }
            if (environment.trigger.kind != TriggerKind::branch && environment.trigger.kind != TriggerKind::tag) {
                diagnostics.report(
                    Code::first_trigger, environment.trigger.span,
                    "the first environment, '" + environment.name + "', must be deployed on a branch or a tag",
                    "that event starts the build");
            }
        } else if (given.given()) {
            environment.promote_from = *given;
            look_up(environment.promote_from, given.place(), "promote_from");
        } else {
            environment.promote_from =
                environment.trigger.kind == TriggerKind::after ? environment.trigger.value : before.back();
        }
        before.push_back(environment.name);
    }
}

}  // namespace

void resolve_environments(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    for (const Named<written::Environment>& named : *from.environments) {
        Environment environment;
        environment.name = named.name;
        environment.span = named.field.key;
        environment.trigger = trigger_of(named, diagnostics);
        const bool by_name = named.name == "prod" || named.name == "production" || named.name == "live";
        environment.production = named.field->production.given() ? *named.field->production : by_name;
        environment.gate = gate_of(*named.field, environment);
        to.environments.push_back(std::move(environment));
    }
    resolve_deployers(from, to, diagnostics);
    resolve_promotion(from, to, diagnostics);
}

}  // namespace pipewright::manifest
