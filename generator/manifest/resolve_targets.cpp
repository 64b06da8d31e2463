#include <algorithm>

#include "generator/manifest/resolve.h"
#include "generator/runtimes/runtime.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest {

namespace {

template <class T>
const Named<T>* find(const Field<Map<T>>& map, std::string_view name) {
    const auto found = std::find_if(map->begin(), map->end(), [&](const Named<T>& one) { return one.name == name; });
    return found == map->end() ? nullptr : &*found;
}

Ingress ingress_of(const written::Ingress& from) {
    Ingress ingress;
    ingress.kind = *from.type == "api-gateway" ? IngressKind::api_gateway
                   : *from.type == "none"      ? IngressKind::none
                                               : IngressKind::load_balancer;
    if (from.https.given()) {
        ingress.https = Https{*from.https->domain, *from.https->zone, *from.https->zone_role, *from.https->certificate};
    }
    ingress.allow = texts(from.allow);
    ingress.internal = *from.internal;
    ingress.api_key = *from.api_key;
    ingress.clients = texts(from.clients);
    ingress.per_second = *from.rate->per_second;
    ingress.burst = *from.rate->burst;
    ingress.per_day = *from.rate->per_day;
    ingress.waf = *from.waf;
    return ingress;
}

Network network_of(const written::Network& from) {
    return {*from.mode,
            *from.cidr,
            *from.nat,
            *from.zones,
            texts(from.endpoints),
            *from.vpc,
            texts(from.private_subnets),
            texts(from.public_subnets),
            *from.ssh_from,
            *from.ssh_key};
}

void take_stack(const written::Stack& from, const Runtime& runtime, Target& to) {
    to.ingress = ingress_of(*from.ingress);
    to.network = network_of(*from.network);
    if (from.database.given()) {
        const written::Database& one = *from.database;
        to.database = Database{*one.engine, *one.version,    *one.type,        *one.name,
                               *one.user,   *one.storage_gb, *one.backup_days, *one.multi_zone};
    }
    if (from.cache.given()) to.cache = Cache{*from.cache->engine, *from.cache->type, *from.cache->replicas};
    to.instance_type = from.instance->type.given() ? *from.instance->type : std::string(runtime.instance_type);
    to.instance_count = *from.instance->count;
    to.spot_percent = *from.spot_percent;
    to.rollout.kind = *from.rollout->type == "blue-green" ? RolloutKind::blue_green
                      : *from.rollout->type == "canary"   ? RolloutKind::canary
                                                          : RolloutKind::rolling;
    to.rollout.percent = *from.rollout->percent;
    to.rollout.bake_minutes = *from.rollout->bake_minutes;
    const written::Observability& seen = *from.observability;
    to.observability = {*seen.log_retention_days, *seen.insights, *seen.dashboard, *seen.alarm_email};
}

void take_place(const Field<written::Target>& from, Target& to, Diagnostics& diagnostics) {
    const auto need = [&](const FieldBase& field, std::string_view key, std::string_view example) {
        if (field.given()) return;
        diagnostics.report(
            Code::missing_key, from.key,
            "target '" + to.environment + "' on '" + to.stack + "' has no key '" + std::string(key) + "'",
            "as in " + std::string(example));
    };
    const auto refuse = [&](const FieldBase& field, std::string_view key) {
        if (!field.given()) return;
        diagnostics.report(
            Code::not_applicable, field.key,
            "'" + std::string(key) + "' does not apply to a target on " + std::string(to_string(to.cloud)));
    };
    need(from->region, "region", to.cloud == Cloud::aws ? "region: eu-west-1" : "region: asia-south1");
    if (to.cloud == Cloud::aws) {
        need(from->account, "account", "account: \"123456789012\", with the quotes");
        refuse(from->project, "project");
        refuse(from->project_number, "project_number");
    } else {
        need(from->project, "project", "project: acme-shop-dev");
        need(from->project_number, "project_number", "project_number: \"100000000001\", with the quotes");
        refuse(from->account, "account");
    }
    to.account = *from->account;
    to.region = *from->region;
    to.project = *from->project;
    to.project_number = *from->project_number;
    to.state_bucket = *from->state->bucket;
    to.state_table = *from->state->table;
    to.existing_oidc_provider = *from->oidc_provider == "existing";
}

// Whether a route of an ingress leads to a path: "/x/*" also matches "/x".
bool matches(std::string_view route, std::string_view path) {
    path = path.substr(0, path.find('?'));
    if (!route.ends_with("/*")) return route == path;
    const std::string_view stem = route.substr(0, route.size() - 2);
    return path == stem || (path.starts_with(stem) && path.size() > stem.size() && path[stem.size()] == '/');
}

bool any_route(const Names& routes, std::string_view path) {
    return std::any_of(routes.begin(), routes.end(), [&](const std::string& route) { return matches(route, path); });
}

// What the smoke test asks: as given, else health's path where the ingress leads there and lets a runner in.
std::optional<Smoke> smoke_of(const written::Service& from, const Service& service, const Target& target,
                              Diagnostics& diagnostics) {
    if (!service.port || from.smoke.state == State::removed) return std::nullopt;
    Smoke smoke;
    smoke.status = from.smoke->status.given() ? *from.smoke->status : 0;
    smoke.contains = *from.smoke->contains;
    if (from.smoke->path.given()) {
        smoke.path = *from.smoke->path;
        return smoke;
    }
    if (!service.health) return std::nullopt;
    smoke.path = service.health->path;
    if (from.smoke.given()) return smoke;
    const bool needs_key = target.ingress.kind == IngressKind::api_gateway && target.ingress.api_key &&
                           !any_route(service.open_routes, smoke.path);
    if (target.ingress.open_to_runners() && !needs_key && any_route(service.routes, smoke.path)) return smoke;
    if (!service.routes.empty()) {
        const std::string why = !target.ingress.open_to_runners() ? "the runners can't reach the ingress"
                                : needs_key                       ? "its path needs a key"
                                                                  : "none of its routes leads to " + smoke.path;
        diagnostics.report(Code::no_smoke, service.span,
                           "'" + service.name + "' gets no smoke test in '" + target.environment + "': " + why,
                           "the rollout's own health check decides there");
    }
    return std::nullopt;
}

// The scaling of one service in one target, from weak to strong: stack, service, target, the environment's service.
// Where instances are counted, the count stands for both ends until either is given.
Scaling scaling_of(const Field<written::Scaling>& from, const Target& target, const Runtime& runs) {
    Scaling scaling{*from->min, *from->max, *from->cpu_percent};
    const bool counts = !runs.sizes && runs.cloud == Cloud::gcp;
    if (counts && !from->min.given() && !from->max.given()) scaling.min = scaling.max = target.instance_count;
    if (!from->max.given()) scaling.max = std::max(scaling.max, scaling.min);
    return scaling;
}

// One service in one target, and all that is written about it.
struct Written {
    const written::Stack& stack;
    const written::Service& service;
    const written::Environment& environment;
    const written::Target& target;
    const Field<written::ServiceOverride>* override_here;  // null where the environment says nothing of the service
};

template <class T>
const T& stronger(const Field<T>& service, const Written& from, Field<T> written::ServiceOverride::*member) {
    if (from.override_here == nullptr) return *service;
    const Field<T>& here = from.override_here->value.*member;
    return here.given() ? *here : *service;
}

Running running_of(const Written& from, const Service& service, const Target& target, const Runtime& runs,
                   Diagnostics& diagnostics) {
    using Override = written::ServiceOverride;
    Running running;
    running.service = service.name;
    running.cpu = stronger(from.service.cpu, from, &Override::cpu);
    running.memory = stronger(from.service.memory, from, &Override::memory);

    Field<List<std::string>> command = from.service.command;
    Field<List<written::Permission>> permissions = from.service.permissions;
    Field<Map<std::string>> env = from.service.env;
    Field<Map<std::string>> secrets = from.service.secrets;
    Field<written::Scaling> scaling = from.stack.scaling;
    overlay(written::kStringMap, env, from.environment.env);
    overlay(written::kScaling, scaling, from.service.scaling);
    overlay(written::kScaling, scaling, from.target.scaling);
    if (from.override_here != nullptr) {
        const Override& here = **from.override_here;
        overlay(written::kCommand, command, here.command);
        overlay(written::kPermissions, permissions, here.permissions);
        overlay(written::kStringMap, env, here.env);
        overlay(written::kSecretSources, secrets, here.secrets);
        overlay(written::kScaling, scaling, here.scaling);
    }
    running.command = texts(command);
    for (const Field<written::Permission>& one : *permissions) {
        running.permissions.push_back({texts(one->actions), texts(one->resources), texts(one->roles)});
    }
    running.env = pairs(env);
    running.secrets = pairs(secrets);
    running.scaling = scaling_of(scaling, target, runs);
    if (running.scaling.min > running.scaling.max) {
        diagnostics.report(Code::out_of_bounds, scaling.place(),
                           "scaling of '" + service.name + "' in '" + target.environment + "' has a min of " +
                               std::to_string(running.scaling.min) + " above its max of " +
                               std::to_string(running.scaling.max));
    }
    running.smoke = smoke_of(from.service, service, target, diagnostics);
    return running;
}

// A target without its services: place, and the stack with what the target overrides.
std::optional<Target> target_of(const Named<written::Target>& named, const Named<written::Stack>& stack,
                                const Environment& environment, Diagnostics& diagnostics) {
    const Runtime* runs = stack.field->runtime.given() ? runtime(*stack.field->runtime) : nullptr;
    if (runs == nullptr) {
        diagnostics.report(Code::missing_key, stack.field.key, "stack '" + stack.name + "' has no key 'runtime'",
                           "one of ecs-fargate, ec2-compose and compute-mig");
        return std::nullopt;
    }
    Target target;
    target.environment = environment.name;
    target.stack = named.name;
    target.span = named.field.key;
    target.runtime = std::string(runs->name);
    target.cloud = runs->cloud;
    const auto fixed = [&](const FieldBase& field, std::string_view key) {
        if (!field.given()) return;
        diagnostics.report(Code::not_overridable, field.key,
                           "'" + std::string(key) + "' can't be overridden in a target",
                           "another runtime is another stack");
    };
    fixed(named.field->cloud, "cloud");
    fixed(named.field->runtime, "runtime");
    if (stack.field->cloud.given() && *stack.field->cloud != to_string(runs->cloud)) {
        diagnostics.report(
            Code::not_applicable, stack.field->cloud.place(),
            "'" + std::string(runs->name) + "' runs on " + std::string(to_string(runs->cloud)) + " alone");
    }
    Field<written::Stack> effective = stack.field;
    Field<written::Stack> over;
    over.state = State::given;
    over.value = static_cast<const written::Stack&>(*named.field);
    overlay(written::kStack, effective, over);
    take_stack(*effective, *runs, target);
    take_place(named.field, target, diagnostics);
    target.protect = named.field->protect.given() ? *named.field->protect : environment.production;
    return target;
}

void check_overrides(const written::Environment& from, const Project& project, Diagnostics& diagnostics) {
    Names known;
    for (const Service& service : project.services) known.push_back(service.name);
    for (const Named<written::ServiceOverride>& one : *from.services) {
        if (project.service(one.name) != nullptr) continue;
        diagnostics.report(Code::unknown_reference, one.field.key, "there is no service '" + one.name + "'",
                           suggestion(one.name, known));
    }
}

}  // namespace

void resolve_targets(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < to.environments.size(); ++i) {
        Environment& environment = to.environments[i];
        const written::Environment& written = *from.environments->at(i).field;
        check_overrides(written, to, diagnostics);
        for (const Named<written::Target>& named : *written.targets) {
            if (!named.field.given()) continue;
            const Named<written::Stack>* stack = find(from.stacks, named.name);
            if (stack == nullptr) {
                diagnostics.report(Code::unknown_reference, named.field.key, "there is no stack '" + named.name + "'",
                                   suggestion(named.name, to.stacks));
                continue;
            }
            std::optional<Target> target = target_of(named, *stack, environment, diagnostics);
            if (!target) continue;
            for (std::size_t s = 0; s < to.services.size(); ++s) {
                const Service& service = to.services[s];
                if (std::find(service.stacks.begin(), service.stacks.end(), target->stack) == service.stacks.end())
                    continue;
                const Named<written::ServiceOverride>* here = find(written.services, service.name);
                const Written all{*stack->field, *from.services->at(s).field, written, *named.field,
                                  here != nullptr && here->field.given() ? &here->field : nullptr};
                target->services.push_back(running_of(all, service, *target, *runtime(target->runtime), diagnostics));
            }
            environment.targets.push_back(std::move(*target));
        }
        if (environment.targets.empty() && !diagnostics.has_errors()) {
            diagnostics.report(Code::empty_value, environment.span, "'" + environment.name + "' has no target",
                               "map at least one stack to its place");
        }
    }
}

}  // namespace pipewright::manifest
