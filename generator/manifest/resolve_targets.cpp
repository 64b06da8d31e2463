#include "generator/manifest/resolve.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::manifest {

namespace {

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

void take_stack(const written::Stack& from, Target& to) {
    to.ingress = ingress_of(*from.ingress);
    to.network = network_of(*from.network);
    if (from.database.given()) {
        const written::Database& one = *from.database;
        to.database = Database{*one.engine, *one.version,    *one.type,        *one.name,
                               *one.user,   *one.storage_gb, *one.backup_days, *one.multi_zone};
    }
    if (from.cache.given()) to.cache = Cache{*from.cache->engine, *from.cache->type, *from.cache->replicas};
    to.instance_type = *from.instance->type;
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

Running running_of(const EffectiveService& from, const std::string& name) {
    const written::ServiceOverride& settings = *from.settings;
    Running running;
    running.service = name;
    running.command = texts(settings.command);
    running.cpu = *settings.cpu;
    running.memory = *settings.memory;
    running.scaling = {*settings.scaling->min, *settings.scaling->max, *settings.scaling->cpu_percent};
    running.env = pairs(settings.env);
    running.secrets = pairs(settings.secrets);
    for (const Field<written::Permission>& one : *settings.permissions) {
        running.permissions.push_back({texts(one->actions), texts(one->resources), texts(one->roles)});
    }
    if (from.smoke.present() && from.smoke->path.present()) {
        running.smoke = Smoke{*from.smoke->path, *from.smoke->status, *from.smoke->contains};
    }
    return running;
}

}  // namespace

Target resolve_target(const written::Manifest& from, const EffectiveTarget& effective, const Environment& environment,
                      const Named<written::Target>& named) {
    const written::Target& written = *named.field;
    Target target;
    target.environment = environment.name;
    target.stack = named.name;
    target.span = named.field.key;
    target.runtime = std::string(effective.runtime->name);
    target.cloud = effective.runtime->cloud;
    take_stack(*effective.settings, target);
    target.account = *written.account;
    target.region = *written.region;
    target.project = *written.project;
    target.project_number = *written.project_number;
    target.state_bucket = *written.state->bucket;
    target.state_table = *written.state->table;
    target.existing_oidc_provider = *written.oidc_provider == "existing";
    target.protect = *written.protect;
    for (const EffectiveService& service : effective.services) {
        target.services.push_back(running_of(service, from.services->at(service.service).name));
    }
    return target;
}

}  // namespace pipewright::manifest
