// Paths in the tables: services.NAME.health.path, where NAME stands for a name that a user gives.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/manifest/type.h"

namespace pipewright::manifest {

// The records of the language that have a key of this name: "services.NAME" for port.
std::vector<std::string> homes_of(const Type& language, std::string_view key);

// What a path leads to. The parts of a map that a user names may be any name, "NAME" or "*"; lists may be entered with
// [1] or without.
struct Found {
    std::string path;          // as the language says it: services.NAME.health.path
    const Row* row = nullptr;  // null for the language itself and for an element of a map or list
    const Type* type = nullptr;
};

// Looks a path up. Where it leads nowhere, type is null, path is as far as it led, wrong is the part that doesn't go
// on, and known lists what would.
struct Lookup {
    Found found;
    std::string wrong;
    std::vector<std::string> known;
};
Lookup look_up(const Type& language, std::string_view path);

}  // namespace pipewright::manifest
