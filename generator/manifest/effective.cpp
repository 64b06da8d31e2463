#include "generator/manifest/effective.h"

#include <algorithm>

namespace pipewright::manifest {

namespace {

template <class T>
std::optional<std::size_t> index_of(const Field<Map<T>>& map, std::string_view name) {
    const auto found = std::find_if(map->begin(), map->end(), [&](const Named<T>& one) { return one.name == name; });
    if (found == map->end()) return std::nullopt;
    return static_cast<std::size_t>(found - map->begin());
}

bool holds(const Field<List<std::string>>& list, std::string_view wanted) {
    return std::any_of(list->begin(), list->end(), [&](const Field<std::string>& one) { return *one == wanted; });
}

// Whether an environment says null in place of a service.
bool taken_out(const Named<written::Environment>& environment, const std::string& service) {
    const auto here = index_of(environment.field->services, service);
    return here && environment.field->services->at(*here).field.state == State::removed;
}

// A target lays its own values over its stack's. Scaling is no part of that: a service's stands between the two.
Field<written::Stack> settings_of(const Named<written::Stack>& stack, const Named<written::Target>& target) {
    Field<written::Stack> settings = stack.field;
    Field<written::Stack> over;
    over.state = State::given;
    over.value = static_cast<const written::Stack&>(*target.field);
    over->cloud = {};
    over->runtime = {};
    overlay(written::kStack, settings, over);
    fill(written::kStack, settings);
    return settings;
}

// What the tables say is the default of a service's key.
void fill_as_service(written::ServiceOverride& settings) {
    for (const Slot& slot : slots(written::kServiceOverride, &settings)) {
        for (const Row* row : rows_of(written::kService)) {
            if (row->key == slot.row->key) fill(*row, *slot.field);
        }
    }
}

Field<written::ServiceOverride> service_in(const Named<written::Service>& service,
                                           const Named<written::Environment>& environment,
                                           const Named<written::Stack>& stack, const Named<written::Target>& target) {
    Field<written::ServiceOverride> settings;
    settings.state = State::given;
    settings->cpu = service.field->cpu;
    settings->memory = service.field->memory;
    settings->scaling = stack.field->scaling;
    settings->env = service.field->env;
    settings->secrets = service.field->secrets;
    settings->command = service.field->command;
    settings->permissions = service.field->permissions;
    overlay(written::kStringMap, settings->env, environment.field->env);
    overlay(written::kScaling, settings->scaling, service.field->scaling);
    overlay(written::kScaling, settings->scaling, target.field->scaling);
    if (const auto here = index_of(environment.field->services, service.name)) {
        overlay(written::kServiceOverride, settings, environment.field->services->at(*here).field);
    }
    settings.doubtful = settings.doubtful || environment.field->services.bad();
    return settings;
}

}  // namespace

bool route_leads_to(std::string_view route, std::string_view path) {
    path = path.substr(0, path.find('?'));
    if (!route.ends_with("/*")) return route == path;
    const std::string_view stem = route.substr(0, route.size() - 2);
    return path == stem || (path.starts_with(stem) && path.size() > stem.size() && path[stem.size()] == '/');
}

bool any_route_leads_to(const Field<List<std::string>>& routes, std::string_view path) {
    return std::any_of(routes->begin(), routes->end(),
                       [&](const Field<std::string>& route) { return route_leads_to(*route, path); });
}

Effective effective_of(const Field<written::Manifest>& read) {
    Effective all;
    all.manifest = read;
    fill(written::kManifest, all.manifest);
    written::Manifest& manifest = *all.manifest.operator->();
    derive_hosts(manifest);
    derive_settings(manifest);
    derive_services(manifest);
    derive_environments(manifest);
    for (const Named<written::Environment>& environment : *read->environments) {
        EffectiveEnvironment& here = all.environments.emplace_back();
        for (std::size_t i = 0; i < environment.field->targets->size(); ++i) {
            const Named<written::Target>& named = environment.field->targets->at(i);
            const auto stack = index_of(read->stacks, named.name);
            if (!named.field.given() || !stack || !read->stacks->at(*stack).field.given()) continue;
            const Named<written::Stack>& below = read->stacks->at(*stack);
            EffectiveTarget target;
            target.stack = *stack;
            target.target = i;
            target.runtime = below.field->runtime.given() ? runtime(*below.field->runtime) : nullptr;
            if (target.runtime == nullptr) continue;
            target.settings = settings_of(below, named);
            for (std::size_t s = 0; s < read->services->size(); ++s) {
                if (!holds(manifest.services->at(s).field->stacks, named.name)) continue;
                if (taken_out(environment, read->services->at(s).name)) continue;
                EffectiveService service;
                service.service = s;
                service.settings = service_in(read->services->at(s), environment, below, named);
                target.services.push_back(std::move(service));
            }
            derive_target(manifest, target);
            for (EffectiveService& service : target.services) fill_as_service(*service.settings.operator->());
            here.targets.push_back(std::move(target));
        }
    }
    return all;
}

}  // namespace pipewright::manifest
