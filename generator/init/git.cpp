#include "generator/init/git.h"

#include <algorithm>

#include "generator/init/small_file.h"
#include "generator/init/words.h"
#include "generator/manifest/forms.h"
#include "generator/text/case.h"

namespace pipewright::init {

namespace {

using manifest::forms::branch;
using manifest::forms::repository;

std::string read_or_empty(system::Disk& disk, const std::string& path) {
    return read_small(disk, path).text.value_or("");
}

std::string against(const std::string& folder, std::string_view path) {
    return path.starts_with('/') ? std::string(path) : system::join_path(folder, path);
}

// Where this clone keeps its own HEAD, and where all of its worktrees keep config and refs.
struct Places {
    std::string own, common;
};

std::optional<Places> places_of(system::Disk& disk, const std::string& root) {
    const std::string dot_git = system::join_path(root, ".git");
    const system::Result<system::Status> status = disk.status_behind_links(dot_git);
    if (!status || status.value().kind == files::Kind::absent) return std::nullopt;
    if (status.value().kind == files::Kind::folder) return Places{dot_git, dot_git};
    const std::string text = read_or_empty(disk, dot_git);
    constexpr std::string_view kPrefix = "gitdir:";
    if (!text.starts_with(kPrefix)) return std::nullopt;
    const std::string own = against(root, trim(std::string_view(text).substr(kPrefix.size())));
    const std::string common = read_or_empty(disk, system::join_path(own, "commondir"));
    return Places{own, common.empty() ? own : against(own, trim(common))};
}

// The value of a line of .git/config: without quotes, and without what follows an unquoted '#' or ';'.
std::string config_value(std::string_view text) {
    std::string value;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && (text[i] == '#' || text[i] == ';')) {
            break;
        } else if (text[i] == '\\' && i + 1 < text.size()) {
            value.push_back(text[++i]);
        } else {
            value.push_back(text[i]);
        }
    }
    return std::string(trim(value));
}

struct Configured {
    std::string name, address;
};

// The remotes of a .git/config with their first url each.
std::vector<Configured> remotes_of(std::string_view text) {
    std::vector<Configured> remotes;
    bool inside = false;
    for (std::string_view line : lines_of(text)) {
        line = trim(line);
        if (line.starts_with('[')) {
            constexpr std::string_view kSection = "[remote \"";
            const std::size_t end = line.rfind("\"]");
            inside = lower_case(line.substr(0, 7)) == "[remote" && line.starts_with(kSection) &&
                     end > kSection.size() && end != std::string_view::npos;
            if (inside) remotes.push_back({std::string(line.substr(kSection.size(), end - kSection.size())), {}});
            continue;
        }
        const std::size_t equals = line.find('=');
        if (!inside || equals == std::string_view::npos || lower_case(trim(line.substr(0, equals))) != "url") continue;
        if (remotes.back().address.empty()) remotes.back().address = config_value(trim(line.substr(equals + 1)));
    }
    return remotes;
}

// What a server is, from its name: GitHub and GitLab themselves, an alias of ~/.ssh/config that is named after one of
// them, an instance of GitLab. GitHub Enterprise Server is none that we can write a manifest for.
void tell_host(Remote& remote, bool has_gitlab_ci) {
    const std::string& server = remote.server;
    const bool alias = server.find('.') == std::string::npos;
    const auto has = [&](std::string_view word) { return server.find(word) != std::string::npos; };
    if (server == "github.com" || (alias && has("github"))) {
        remote.host = Host::github;
    } else if (server == "gitlab.com" || (alias && has("gitlab"))) {
        remote.host = Host::gitlab;
        remote.url = "https://gitlab.com";
    } else if (!alias && !has("github") && (has("gitlab") || has_gitlab_ci)) {
        remote.host = Host::gitlab;
        remote.url = "https://" + server;
        remote.guessed_host = true;
    }
}

// The branch that a symbolic ref names below a prefix; empty for a commit, and for a name that no manifest may hold.
std::string branch_of(std::string_view ref, std::string_view prefix) {
    ref = trim(ref);
    constexpr std::string_view kSymbolic = "ref:";
    if (!ref.starts_with(kSymbolic)) return {};
    ref = trim(ref.substr(kSymbolic.size()));
    if (!ref.starts_with(prefix)) return {};
    ref.remove_prefix(prefix.size());
    return branch.check(ref).empty() ? std::string(ref) : std::string();
}

void tell_branch(system::Disk& disk, const Places& places, Git& git) {
    std::vector<std::string> names{"origin"};
    for (const Remote& remote : git.remotes) names.push_back(remote.name);
    for (const std::string& name : names) {
        const std::string ref = "refs/remotes/" + name + "/";
        git.default_branch = branch_of(read_or_empty(disk, system::join_path(places.common, ref + "HEAD")), ref);
        git.branch_where = ref + "HEAD";
        if (!git.default_branch.empty()) return;
    }
    // HEAD may stand on any branch; one of the usual names, where it exists, is the better guess.
    const std::string packed = read_or_empty(disk, system::join_path(places.common, "packed-refs"));
    for (const std::string_view usual : {"main", "master"}) {
        const std::string ref = "refs/heads/" + std::string(usual);
        const system::Result<system::Status> loose = disk.status(system::join_path(places.common, ref));
        const bool there =
            (loose && loose.value().kind == files::Kind::file) || packed.find(" " + ref + "\n") != std::string::npos;
        if (!there) continue;
        git.default_branch = usual;
        git.branch_where = ref;
        return;
    }
    git.default_branch = branch_of(read_or_empty(disk, system::join_path(places.own, "HEAD")), "refs/heads/");
    git.branch_where = ".git/HEAD";
}

}  // namespace

const Remote* Git::on(Host host) const {
    const Remote* found = nullptr;
    for (const Remote& remote : remotes) {
        if (remote.host == host && (found == nullptr || remote.name == "origin")) found = &remote;
    }
    return found;
}

std::optional<Address> read_address(std::string_view text) {
    std::string scheme = "ssh";
    std::string_view rest = text;
    const std::size_t mark = text.find("://");
    if (mark != std::string_view::npos) {
        scheme = lower_case(text.substr(0, mark));
        rest = text.substr(mark + 3);
    } else if (text.find(':') == std::string_view::npos || text.find('/') < text.find(':')) {
        return std::nullopt;
    }
    if (scheme == "file") return std::nullopt;
    // Before the first slash (or, in git@host:path, the colon) stand user, server and port.
    const std::size_t end = mark != std::string_view::npos ? rest.find('/') : rest.find(':');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view authority = rest.substr(0, end);
    std::string_view path = rest.substr(end + 1);
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) authority.remove_prefix(at + 1);
    Address address;
    address.server = lower_case(authority.substr(0, authority.rfind(':')));
    const std::size_t colon = authority.rfind(':');
    const std::string_view port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon + 1);
    // A port of SSH says nothing about the address of the instance.
    if (scheme == "https" && !port.empty() && port != "443") address.server += ":" + std::string(port);
    if (address.server.starts_with("www.")) address.server.erase(0, 4);
    if (address.server == "ssh.github.com") address.server = "github.com";
    if (address.server == "altssh.gitlab.com") address.server = "gitlab.com";
    while (path.starts_with('/')) path.remove_prefix(1);
    while (path.ends_with('/')) path.remove_suffix(1);
    if (path.ends_with(".git")) path.remove_suffix(4);
    const auto in_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':';
    };
    const bool named = !address.server.empty() && std::all_of(address.server.begin(), address.server.end(), in_name);
    if (!named || !repository.check(path).empty()) return std::nullopt;
    address.path = path;
    return address;
}

Git look_at_git(system::Disk& disk, const std::string& root, bool has_gitlab_ci) {
    Git git;
    const std::optional<Places> places = places_of(disk, root);
    if (!places) return git;
    git.there = true;
    for (const Configured& one : remotes_of(read_or_empty(disk, system::join_path(places->common, "config")))) {
        const std::optional<Address> address = read_address(one.address);
        if (!address) continue;
        Remote remote;
        remote.name = one.name;
        remote.server = address->server;
        remote.path = address->path;
        tell_host(remote, has_gitlab_ci);
        // GitHub's repositories have one owner and one name, whatever an address says.
        if (remote.host == Host::github && std::count(remote.path.begin(), remote.path.end(), '/') != 1) continue;
        git.remotes.push_back(std::move(remote));
    }
    tell_branch(disk, *places, git);
    return git;
}

}  // namespace pipewright::init
