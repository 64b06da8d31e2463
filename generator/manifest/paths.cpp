#include "generator/manifest/paths.h"

#include <algorithm>

namespace pipewright::manifest {

namespace {

std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

void collect_homes(const Type& type, const std::string& path, std::string_view key, std::vector<std::string>& homes) {
    if (type.shape == Shape::list) collect_homes(*type.of, path, key, homes);
    if (type.shape == Shape::map) collect_homes(*type.of, below(path, type.placeholder), key, homes);
    if (type.shape != Shape::record) return;
    for (const Row* row : rows_of(type)) {
        if (row->need == Need::hidden) continue;
        if (row->key == key) homes.push_back(path.empty() ? "the manifest's top level" : path);
        collect_homes(*row->type, below(path, row->key), key, homes);
    }
}

// The next part of a path: up to a dot, or the number in brackets.
std::string_view take_part(std::string_view& path) {
    if (path.starts_with('[')) {
        const std::size_t end = std::min(path.find(']'), path.size() - 1);
        const std::string_view part = path.substr(0, end + 1);
        path.remove_prefix(end + 1);
        if (path.starts_with('.')) path.remove_prefix(1);
        return part;
    }
    const std::size_t end = path.find_first_of(".[");
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end, path.size()));
    if (path.starts_with('.')) path.remove_prefix(1);
    return part;
}

}  // namespace

std::vector<std::string> homes_of(const Type& language, std::string_view key) {
    std::vector<std::string> homes;
    collect_homes(language, "", key, homes);
    return homes;
}

Lookup look_up(const Type& language, std::string_view path) {
    Lookup at;
    at.found.type = &language;
    while (!path.empty()) {
        const std::string part(take_part(path));
        const Type& type = *at.found.type;
        if (type.shape == Shape::map) {
            at.found = {below(at.found.path, type.placeholder), nullptr, type.of};
            continue;
        }
        if (type.shape == Shape::list) {
            at.found = {at.found.path + "[…]", nullptr, type.of};
            if (part.starts_with('[')) continue;
        }
        const Type& record = *at.found.type;
        const Row* next = nullptr;
        if (record.shape == Shape::record) {
            for (const Row* row : rows_of(record)) {
                if (row->need == Need::hidden) continue;
                at.known.emplace_back(row->key);
                if (row->key == part) next = row;
            }
        }
        if (next == nullptr) {
            at.wrong = part;
            at.found.type = nullptr;
            return at;
        }
        at.known.clear();
        at.found = {below(at.found.path, part), next, next->type};
    }
    return at;
}

}  // namespace pipewright::manifest
