// What a clone says about where it came from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/project/project.h"
#include "generator/system/disk.h"

namespace pipewright::init {

struct Remote {
    std::string name;           // "origin"
    std::string server;         // "github.com", "gitlab.example.com:8443": never with a user or a password
    std::string path;           // "acme/shop"
    std::optional<Host> host;   // nothing for a server that is neither
    std::string url;            // the instance, for GitLab
    bool guessed_host = false;  // the server's name alone doesn't tell what it is
};

struct Git {
    bool there = false;
    std::vector<Remote> remotes;  // as .git/config has them
    std::string default_branch;   // empty where it can't be told
    std::string branch_where;     // "refs/remotes/origin/HEAD"

    // The remote on a host: origin, else the first.
    const Remote* on(Host host) const;
};

// Server and path of a remote's address: https://…, ssh://…, git@host:path. Nothing for a path of the disk, and for
// what has no path of a repository.
struct Address {
    std::string server, path;
};
std::optional<Address> read_address(std::string_view text);

// Reads .git (or where a worktree or submodule keeps it) below the root. has_gitlab_ci tells what an unknown server is.
Git look_at_git(system::Disk& disk, const std::string& root, bool has_gitlab_ci);

}  // namespace pipewright::init
