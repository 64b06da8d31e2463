#include "generator/manifest/resolve.h"

namespace pipewright::manifest {

Project resolve(const Effective& effective, const Place& place) {
    const written::Manifest& from = *effective.manifest;
    Project project;
    project.folder = place.folder;
    project.manifest_path = place.manifest_path;
    resolve_hosts(from, project);
    resolve_settings(from, project);
    resolve_services(from, project);
    resolve_environments(from, project);
    for (std::size_t i = 0; i < project.environments.size(); ++i) {
        Environment& environment = project.environments[i];
        const written::Environment& written = *from.environments->at(i).field;
        for (const EffectiveTarget& target : effective.environments[i].targets) {
            environment.targets.push_back(
                resolve_target(from, target, environment, written.targets->at(target.target)));
        }
    }
    return project;
}

Names texts(const Field<List<std::string>>& list) {
    Names all;
    for (const Field<std::string>& one : *list) all.push_back(*one);
    return all;
}

StringMap pairs(const Field<Map<std::string>>& map) {
    StringMap all;
    for (const Named<std::string>& one : *map) {
        if (one.field.state != State::removed) all.emplace_back(one.name, *one.field);
    }
    return all;
}

}  // namespace pipewright::manifest
