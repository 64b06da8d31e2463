// The effective manifest as a tree of values that each say where they come from: what validate --effective prints.
#pragma once

#include <string>
#include <vector>

#include "generator/manifest/effective.h"
#include "generator/project/project.h"

namespace pipewright::manifest {

struct ShownEntry;

struct Shown {
    enum class Kind { nothing, text, number, truth, list, map };
    Kind kind = Kind::nothing;
    std::string text;
    std::int64_t number = 0;
    bool truth = false;
    std::vector<Shown> items;         // of a list
    std::vector<ShownEntry> entries;  // of a map, in the order of the tables

    // Where it comes from; of a map, of each of its entries.
    Span span;             // the place in the manifest that says it, or that it follows from; nowhere for a default
    bool said = false;     // whether that place says it; else it only follows from it
    bool removed = false;  // whether that place says null, so that the default holds
    std::string path;      // the key at that place, where it is another than this one's
    std::string reason;    // in words, where no place says it: "default", "true for a public repository"
};

struct ShownEntry {
    std::string key;
    Shown value;
};

// Stacks are not shown: their values stand in each target, which is what they are for. Nor are keys of a target that
// nothing heeds there, unless they were written.
Shown show(const Effective& effective, const Project& project);

}  // namespace pipewright::manifest
