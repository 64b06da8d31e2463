#include "generator/manifest/load.h"

#include "generator/manifest/resolve.h"
#include "generator/manifest/rules/rules.h"
#include "generator/yaml/read.h"

namespace pipewright::manifest {

std::optional<Project> load(const Sources& sources, SourceId source, const Place& place, Diagnostics& diagnostics) {
    const std::size_t before = diagnostics.errors();
    const std::optional<yaml::Node> node = yaml::read(sources, source, diagnostics);
    if (!node) return std::nullopt;

    Field<written::Manifest> manifest;
    Reading reading{diagnostics, {}};
    read(written::kManifest, *node, manifest, reading);
    if (manifest.state == State::removed) {
        diagnostics.report(Code::empty_document, node->span, "the manifest is empty", "start with pipewright: 1");
    }
    if (diagnostics.errors() > before) return std::nullopt;
    fill(written::kManifest, manifest);

    Project project;
    project.folder = place.folder;
    project.manifest_path = place.manifest_path;
    resolve_hosts(*manifest, project, diagnostics);
    resolve_settings(*manifest, project, diagnostics);
    resolve_services(*manifest, project, diagnostics);
    resolve_environments(*manifest, project, diagnostics);
    if (diagnostics.errors() > before) return std::nullopt;
    resolve_targets(*manifest, project, diagnostics);
    if (diagnostics.errors() > before) return std::nullopt;
    rules::check_all({project, *manifest, diagnostics});
    if (diagnostics.errors() > before) return std::nullopt;
    return project;
}

std::vector<NamedPath> named_paths(const Project& project) {
    std::vector<NamedPath> paths;
    for (const Service& service : project.services) {
        if (!service.is_built()) continue;
        const std::string& path = service.content.path;
        paths.push_back({path, service.span, "the folder of service '" + service.name + "'"});
        const std::string dockerfile =
            path == "." ? service.content.dockerfile : path + "/" + service.content.dockerfile;
        paths.push_back({dockerfile, service.span, "the Dockerfile of service '" + service.name + "'"});
    }
    return paths;
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
