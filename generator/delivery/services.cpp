#include "generator/delivery/services.h"

#include <nlohmann/json.hpp>

#include "generator/project/registry.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::delivery {

namespace {

using Json = nlohmann::ordered_json;

Json strings(const Names& names) {
    Json list = Json::array();
    for (const std::string& one : names) list.push_back(one);
    return list;
}

// What a service in the root of the repository does not consist of: what we generate, and the manifest (delivery.md,
// key).
Json excluded(const Project& project, const Content& content) {
    const std::string root = project.folder.empty() ? "." : project.folder;
    if (content.path != root) return Json::array();
    const std::string top = project.infrastructure.directory.substr(0, project.infrastructure.directory.find('/'));
    Json list = {"pipewright.yaml", "pipewright.lock", "DELIVERY.md", "ci", ".github", ".gitlab*"};
    list.push_back(top);
    return list;
}

// What is empty is left out: scripts take it so, and a reviewer sees what there is.
Json content_of(const Project& project, const Content& content) {
    Json json;
    if (!content.image.empty()) {
        json["image"] = content.image;
        return json;
    }
    json["path"] = content.path;
    const Json exclude = excluded(project, content);
    if (!exclude.empty()) json["exclude"] = exclude;
    json["dockerfile"] = content.dockerfile;
    for (const auto& [name, value] : content.args) json["args"][name] = value;
    if (!content.target.empty()) json["target"] = content.target;
    if (!content.inputs.empty()) json["inputs"] = strings(content.inputs);
    json["platforms"] = strings(content.platforms);
    if (!content.salt.empty()) json["salt"] = content.salt;
    for (const BuildSecret& one : content.secrets)
        json["secrets"].push_back({{"id", one.id}, {"variable", "SECRET_" + one.variable}});
    return json;
}

Json smoke_of(const Smoke& smoke) {
    Json json{{"path", smoke.path}};
    if (smoke.status != 0) json["status"] = smoke.status;
    if (!smoke.contains.empty()) json["contains"] = smoke.contains;
    return json;
}

}  // namespace

Json image_service(const Project& project, const Target& target, const Service& service) {
    Json json;
    json["name"] = service.name;
    json["repository"] = registries::repository(project, target, service);
    json["content"] = content_of(project, service.content);
    return Json::array({json});
}

Json target_services(const Project& project, const Target& target) {
    const Runtime& runs = *runtime(target.runtime);
    const Target& source = project.source_of(target);
    Json list = Json::array();
    for (const Running& running : target.services) {
        const Service& service = *project.service(running.service);
        const Service& image = *project.service(service.image_of);
        Json json;
        json["name"] = service.name;
        if (!service.has_own_image()) json["image_of"] = service.image_of;
        json["repository"] = registries::repository(project, target, service);
        json["source"] = registries::repository(project, source, service);
        json["content"] = content_of(project, image.content);
        const ServiceInputs inputs = runs.service_inputs(project, target, running);
        for (const auto& [name, value] : inputs.texts) json[name] = value;
        for (const auto& [name, value] : inputs.numbers) json[name] = value;
        if (!service.migrate.empty()) json["migrate"] = strings(service.migrate);
        if (running.smoke) json["smoke"] = smoke_of(*running.smoke);
        list.push_back(std::move(json));
    }
    return list;
}

}  // namespace pipewright::delivery
