// What a key that was not written follows from. The tables say the same in words, beside each row.
#include <algorithm>

#include "generator/manifest/effective.h"

namespace pipewright::manifest {

namespace {

constexpr std::string_view kNewestTerraform = "1.11.4";
constexpr std::string_view kNewestOpenTofu = "1.12.6";

Field<std::string> filled(std::string value) {
    Field<std::string> field;
    field.value = std::move(value);
    field.state = State::filled;
    return field;
}

template <class T>
List<std::string> names_of(const Field<Map<T>>& map) {
    List<std::string> names;
    for (const Named<T>& one : *map) names.push_back(filled(one.name));
    return names;
}

bool production_by_name(std::string_view name) { return name == "prod" || name == "production" || name == "live"; }

}  // namespace

void derive_hosts(written::Manifest& manifest) {
    const List<std::string> environments = names_of(manifest.environments);
    const Field<std::string>& repository = manifest.repository;
    if (manifest.hosts->github.given()) {
        written::GitHub& github = manifest.hosts->github.value;
        derive(github.repository, *repository, repository);
        derive(github.deploys, environments);
        const bool ids = github.owner_id.given() && github.repository_id.given();
        derive(github.subject, std::string(ids ? "both" : "classic"));
        github.subject.doubtful = github.subject.doubtful || github.owner_id.doubtful || github.repository_id.doubtful;
        derive(github.code_scanning, *github.visibility == "public", github.visibility);
    }
    if (manifest.hosts->gitlab.given()) {
        written::GitLab& gitlab = manifest.hosts->gitlab.value;
        derive(gitlab.repository, *repository, repository);
        derive(gitlab.deploys, environments);
    }
}

void derive_settings(written::Manifest& manifest) {
    written::Infrastructure& infrastructure = manifest.infrastructure.value;
    const std::string_view newest = *infrastructure.tool == "opentofu" ? kNewestOpenTofu : kNewestTerraform;
    derive(infrastructure.version, std::string(newest));
    written::State& state = infrastructure.state.value;
    derive(state.bucket, *manifest.project + "-tfstate", manifest.project);
    derive(state.table, *state.bucket, state.bucket);
    written::Extend& extend = manifest.extend.value;
    for (Field<written::Hook>* hook : {&extend.before_deploy, &extend.after_deploy}) {
        if (hook->given()) derive(hook->value.environments, names_of(manifest.environments), manifest.environments);
    }
}

void derive_services(written::Manifest& manifest) {
    const List<std::string> stacks = names_of(manifest.stacks);
    for (Named<written::Service>& named : manifest.services.value) {
        written::Service& service = named.field.value;
        derive(service.stacks, stacks);
        service.stacks.doubtful = service.stacks.doubtful || manifest.stacks.bad();
        if (service.test.given()) derive(service.test.value.dir, *service.path, service.path);
        if (!service.port.given()) continue;
        if (service.health.state == State::absent) service.health.state = State::filled;
        derive(service.routes, List<std::string>{filled("/*")});
    }
}

void derive_environments(written::Manifest& manifest) {
    std::string before;
    for (Named<written::Environment>& named : manifest.environments.value) {
        written::Environment& environment = named.field.value;
        derive(environment.production, production_by_name(named.name));
        const written::Trigger& trigger = *environment.deploy_on;
        const bool gated = *environment.production && !*environment.ungated_production;
        derive(environment.gate.value.type, std::string(!gated                  ? "none"
                                                        : trigger.tag.present() ? "release"
                                                                                : "manual"));
        Field<written::Gate>& gate = environment.gate;
        if (gate.state == State::absent || gate.state == State::removed) gate.state = State::filled;
        if (gate->type.state == State::filled) {
            gate.doubtful = gate.doubtful || environment.deploy_on.doubtful || environment.production.doubtful ||
                            environment.ungated_production.doubtful;
        }
        // The first environment gets what is built.
        if (!before.empty()) {
            const bool after = trigger.after.given();
            derive(environment.promote_from, after ? *trigger.after : before,
                   after ? static_cast<const FieldBase&>(trigger.after) : FieldBase{});
            environment.promote_from.doubtful = environment.promote_from.doubtful || environment.deploy_on.doubtful;
        }
        for (Named<written::Target>& target : environment.targets.value) {
            derive(target.field.value.protect, *environment.production, environment.production);
        }
        before = named.name;
    }
}

namespace {

// Where instances are counted, the count stands for both ends until either is given; a min alone raises the max.
void derive_scaling(const EffectiveTarget& target, written::Scaling& scaling) {
    const Field<std::int64_t>& count = target.settings->instance->count;
    const bool counts = !target.runtime->sizes && target.runtime->cloud == Cloud::gcp;
    if (counts && !scaling.min.given() && !scaling.max.given()) {
        derive(scaling.min, *count, count);
        derive(scaling.max, *count, count);
    }
    if (scaling.min.given() && *scaling.min > 1) derive(scaling.max, *scaling.min, scaling.min);
}

// What the smoke test asks: as given, else health's path where the ingress leads there and lets a runner in.
void derive_smoke(const written::Service& service, const EffectiveTarget& target, Field<written::Smoke>& smoke) {
    smoke = service.smoke;
    const written::Ingress& ingress = *target.settings->ingress;
    const bool asks = service.port.given() && smoke.state != State::removed && !smoke.bad();
    if (!asks || smoke->path.given()) return;
    const Field<std::string>& path = service.health->path;
    const bool healthy = service.health.present();
    if (smoke.given()) {
        if (healthy) derive(smoke->path, *path, path);
        return;
    }
    const bool gateway = *ingress.type == "api-gateway";
    const bool needs_key = gateway && *ingress.api_key && !any_route_leads_to(service.open_routes, *path);
    const bool open = *ingress.type != "none" && !*ingress.internal && ingress.allow->empty();
    smoke.doubtful = smoke.doubtful || service.port.doubtful || service.health.doubtful || service.routes.doubtful ||
                     service.open_routes.doubtful || target.settings->ingress.doubtful;
    if (!healthy || !open || needs_key || !any_route_leads_to(service.routes, *path)) return;
    smoke.state = State::filled;
    derive(smoke->path, *path, path);
}

}  // namespace

void derive_target(const written::Manifest& manifest, EffectiveTarget& target) {
    written::Stack& settings = target.settings.value;
    derive(settings.cloud, std::string(to_string(target.runtime->cloud)), settings.runtime);
    if (!target.runtime->instance_type.empty()) {
        derive(settings.instance->type, std::string(target.runtime->instance_type));
        if (settings.instance.state == State::absent) settings.instance.state = State::filled;
    }
    for (EffectiveService& service : target.services) {
        derive_scaling(target, service.settings->scaling.value);
        derive_smoke(*manifest.services->at(service.service).field, target, service.smoke);
    }
}

}  // namespace pipewright::manifest
