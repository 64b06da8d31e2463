#include "generator/system/locate.h"

#include <algorithm>

#include "generator/system/stream.h"
#include "generator/text/suggest.h"

namespace pipewright::system {

namespace {

// More than the reader takes (yaml/bytes.h), which then says so; the rest of a file without an end is left alone.
constexpr std::size_t kMostBytes = std::size_t{2} << 20;

constexpr std::string_view kAdvice = "name a manifest, or a folder that holds pipewright.yaml";

// As a user would write it: without "./" in front and slashes at the end.
std::string tidy(std::string_view path) {
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    while (path.size() > 2 && path.starts_with("./")) {
        path.remove_prefix(2);
        while (path.size() > 1 && path.front() == '/') path.remove_prefix(1);
    }
    return path.empty() || path == "./" ? "." : std::string(path);
}

std::string parent(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool holds(Disk& disk, const std::string& folder, std::string_view name, bool or_folder) {
    const Result<Status> status = disk.status_behind_links(join_path(folder, name));
    if (!status) return false;
    return status.value().kind == files::Kind::file || (or_folder && status.value().kind == files::Kind::folder);
}

// The real folders from this one up to "/"; empty when the folder has no real path.
std::vector<std::string> upwards(Disk& disk, const std::string& folder) {
    std::vector<std::string> folders;
    if (const Result<std::string> real = disk.real_path(folder)) {
        for (std::string at = real.value();; at = parent(at)) {
            folders.push_back(at);
            if (at == "/" || at == ".") break;
        }
    }
    return folders;
}

std::string advice_in(Disk& disk, const std::string& folder) {
    if (holds(disk, folder, "pipewright.yml", false)) {
        return "there is a pipewright.yml: rename it to pipewright.yaml, or name it";
    }
    const std::vector<std::string> folders = upwards(disk, folder);
    for (std::size_t i = 1; i < folders.size(); ++i) {
        if (holds(disk, folders[i], kManifestName, false)) {
            return "there is one above: '" + join_path(folders[i], kManifestName) + "'";
        }
        if (holds(disk, folders[i], ".git", true)) break;
    }
    return std::string(kAdvice);
}

std::string advice_instead_of(Disk& disk, const std::string& path) {
    const Result<std::vector<std::string>> names = disk.list(parent(path));
    if (!names) return std::string(kAdvice);
    const std::string near = nearest(last_part(path), names.value());
    return near.empty() ? std::string(kAdvice) : "did you mean '" + tidy(join_path(parent(path), near)) + "'?";
}

}  // namespace

std::optional<LocatedManifest> locate(Disk& disk, std::string_view given, Diagnostics& diagnostics) {
    if (given == "-") return LocatedManifest{"<stdin>", {}, ".", true};
    const std::string path = tidy(given);
    const auto status_of = [&](const std::string& at) {
        const Result<Status> status = disk.status_behind_links(at);
        if (!status) diagnostics.report(Code::cannot_read, {}, status.failure().sentence());
        return status;
    };
    const Result<Status> status = status_of(path);
    if (!status) return std::nullopt;
    if (status.value().kind == files::Kind::absent) {
        diagnostics.report(Code::no_manifest, {}, "'" + path + "' does not exist", advice_instead_of(disk, path));
        return std::nullopt;
    }
    if (status.value().kind != files::Kind::folder) return LocatedManifest{path, path, parent(path), false};

    const std::string inside = tidy(join_path(path, kManifestName));
    const Result<Status> manifest = status_of(inside);
    if (!manifest) return std::nullopt;
    if (manifest.value().kind == files::Kind::absent) {
        const std::string where = path == "." ? "in this folder" : "in '" + path + "'";
        diagnostics.report(Code::no_manifest, {}, "there is no pipewright.yaml " + where, advice_in(disk, path));
        return std::nullopt;
    }
    if (manifest.value().kind == files::Kind::folder) {
        diagnostics.report(Code::no_manifest, {}, "'" + inside + "' is a folder", std::string(kAdvice));
        return std::nullopt;
    }
    return LocatedManifest{inside, inside, path, false};
}

std::optional<SourceId> read_manifest(Disk& disk, const LocatedManifest& manifest, Sources& sources,
                                      Diagnostics& diagnostics) {
    Result<std::string> bytes =
        manifest.standard_input ? read_all(kStandardInput, kMostBytes) : disk.read(manifest.path, kMostBytes);
    if (!bytes) {
        diagnostics.report(Code::cannot_read, {}, bytes.failure().sentence());
        return std::nullopt;
    }
    return sources.add(manifest.name, std::move(bytes.value()));
}

std::string find_root(Disk& disk, const std::string& folder) {
    const std::vector<std::string> folders = upwards(disk, folder);
    const auto root = std::find_if(folders.begin(), folders.end(),
                                   [&](const std::string& at) { return holds(disk, at, ".git", true); });
    if (root != folders.end()) return *root;
    return folders.empty() ? folder : folders.front();
}

std::optional<std::string> place_below(Disk& disk, const std::string& root, const std::string& folder) {
    const Result<std::string> real_root = disk.real_path(root);
    const Result<std::string> real_folder = disk.real_path(folder);
    if (!real_root || !real_folder) return std::nullopt;
    if (real_folder.value() == real_root.value()) return std::string();
    const std::string above = real_root.value() == "/" ? "/" : real_root.value() + "/";
    if (!real_folder.value().starts_with(above)) return std::nullopt;
    return real_folder.value().substr(above.size());
}

}  // namespace pipewright::system
