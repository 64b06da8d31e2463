// What a Compose file says: https://github.com/compose-spec/compose-spec.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/init/tree.h"
#include "generator/project/project.h"

namespace pipewright::init {

struct ComposeService {
    std::string name;
    std::string image;
    bool built = false;
    std::string path, dockerfile,
        target;                           // of a build: the folder, the Dockerfile in it (empty: Dockerfile), the stage
    std::vector<std::int64_t> published;  // the container's side of ports
    std::vector<std::int64_t> exposed;
    std::string health;  // the path that its healthcheck asks
    Names command;
    StringMap env;  // values are looked at to see what they point to; no value of one is ever written
    Names depends_on;
};

struct Compose {
    std::string file;  // its name: "docker-compose.yml"
    std::vector<ComposeService> services;
    Names remarks;
};

// The Compose file at the top of the tree, by the names that Compose looks for. Services that only run under a profile
// are left out. Nothing where there is none; without services where it can't be read, which a remark says.
std::optional<Compose> read_compose(const Tree& tree);

}  // namespace pipewright::init
