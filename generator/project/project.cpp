#include "generator/project/project.h"

#include <algorithm>
#include <stdexcept>

namespace pipewright {

namespace {

template <class T>
const T* by_name(const std::vector<T>& all, std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(Host host) { return host == Host::github ? "github" : "gitlab"; }

std::string_view to_string(Cloud cloud) { return cloud == Cloud::aws ? "aws" : "gcp"; }

const Running* Target::running(std::string_view service) const {
    const auto found =
        std::find_if(services.begin(), services.end(), [&](const Running& one) { return one.service == service; });
    return found == services.end() ? nullptr : &*found;
}

const Target* Environment::target(std::string_view stack) const {
    const auto found =
        std::find_if(targets.begin(), targets.end(), [&](const Target& one) { return one.stack == stack; });
    return found == targets.end() ? nullptr : &*found;
}

const Service* Project::service(std::string_view wanted) const { return by_name(services, wanted); }

const Environment* Project::environment(std::string_view wanted) const { return by_name(environments, wanted); }

const Target& Project::source_of(const Target& target) const {
    const Environment* at = environment(target.environment);
    if (at == nullptr) throw std::logic_error("a target of no environment");
    if (at->promote_from.empty()) return at->targets.front();
    const Environment* from = environment(at->promote_from);
    if (from == nullptr) throw std::logic_error("promotion from no environment");
    const Target* same = from->target(target.stack);
    return same != nullptr ? *same : from->targets.front();
}

std::vector<const Service*> Project::images_of(const Target& target) const {
    std::vector<const Service*> images;
    for (const Service& one : services) {
        const auto runs_it = [&](const Running& running) {
            const Service* service_of = service(running.service);
            return service_of != nullptr && service_of->image_of == one.name;
        };
        if (one.has_own_image() && std::any_of(target.services.begin(), target.services.end(), runs_it)) {
            images.push_back(&one);
        }
    }
    return images;
}

std::string under(const Project& project, std::string_view path) {
    if (project.folder.empty()) return std::string(path);
    if (path == ".") return project.folder;
    return project.folder + "/" + std::string(path);
}

}  // namespace pipewright
