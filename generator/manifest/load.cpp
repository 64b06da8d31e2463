#include "generator/manifest/load.h"

#include "generator/manifest/effective.h"
#include "generator/manifest/resolve.h"
#include "generator/manifest/rules/rules.h"
#include "generator/yaml/read.h"

namespace pipewright::manifest {

namespace {

// Another version of the language may have other keys: then nothing else that could be said would be of use.
bool of_another_version(const yaml::Node& node, Diagnostics& diagnostics) {
    const yaml::Node* version = node.find("pipewright");
    if (version == nullptr || version->kind != yaml::Kind::scalar || version->quoted || version->text == "1" ||
        yaml::implied(version->text) != yaml::Implied::integer)
        return false;
    diagnostics.report(Code::out_of_bounds, version->span, "'pipewright' must be 1, but this is " + version->text,
                       "this program reads version 1 of the language alone");
    return true;
}

}  // namespace

std::optional<Project> load(const Sources& sources, SourceId source, const Place& place, Diagnostics& diagnostics,
                            Effective* effective) {
    const std::size_t before = diagnostics.errors();
    const std::optional<yaml::Node> node = yaml::read_mended(sources, source, diagnostics);
    if (!node || of_another_version(*node, diagnostics)) return std::nullopt;

    Field<written::Manifest> manifest;
    Reading reading{diagnostics, {}, false, &written::kManifest};
    read(written::kManifest, *node, manifest, reading);
    if (manifest.state == State::removed) {
        diagnostics.report(Code::empty_document, node->span, "the manifest is empty", "start with pipewright: 1");
    }
    if (!manifest.given()) return std::nullopt;

    Effective filled = effective_of(manifest);
    Project project = resolve(filled, place);
    rules::check_all({project, filled, *filled.manifest, diagnostics});
    if (effective != nullptr) *effective = std::move(filled);
    if (diagnostics.errors() > before) return std::nullopt;
    return project;
}

std::vector<NamedPath> named_paths(const Project& project, const Effective& effective) {
    std::vector<NamedPath> paths;
    for (std::size_t i = 0; i < project.services.size(); ++i) {
        const Service& service = project.services[i];
        const written::Service& written = *effective.manifest->services->at(i).field;
        const auto add = [&](std::string path, const FieldBase& field, const std::string& what) {
            paths.push_back({std::move(path), field.given() ? field.place() : service.span,
                             what + " of service '" + service.name + "'"});
        };
        if (service.is_built()) {
            const Content& content = service.content;
            add(content.path, written.path, "the folder");
            const std::string below = content.path == "." ? "" : content.path + "/";
            add(below + content.dockerfile, written.dockerfile, "the Dockerfile");
            for (std::size_t k = 0; k < content.inputs.size(); ++k)
                add(content.inputs[k], written.build->inputs->at(k), "an input");
        }
        if (service.test) add(service.test->directory, written.test->dir, "the folder of the tests");
    }
    return paths;
}

}  // namespace pipewright::manifest
