// A repository with generated files, and one run of `generate` on it, for the tests of this folder.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "generator/files/compare.h"
#include "generator/files/lock.h"
#include "generator/files/tree.h"
#include "generator/system/apply.h"
#include "generator/system/disk.h"
#include "generator/system/snapshot.h"

namespace pipewright::scene {

inline files::File file(std::string bytes, files::Mode mode = files::Mode::regular,
                        files::Ownership owner = files::Ownership::ours) {
    files::File made;
    made.bytes = std::move(bytes);
    made.mode = mode;
    made.owner = owner;
    made.made_by = "a test";
    return made;
}

inline files::FileTree tree_of(const std::map<std::string, files::File>& all) {
    files::FileTree tree;
    Diagnostics diagnostics;
    for (const auto& [path, made] : all) tree.add(path, made, diagnostics);
    REQUIRE(!diagnostics.has_errors());
    return tree;
}

struct Outcome {
    bool looked = false;  // the snapshot could be taken
    files::Changes changes;
    system::Applied applied;
    Diagnostics diagnostics;

    std::string message() const {
        REQUIRE(diagnostics.sorted().size() == 1);
        return diagnostics.sorted()[0].message;
    }
    std::string help() const { return diagnostics.sorted().at(0).help; }
    Code code() const { return diagnostics.sorted().at(0).code; }
};

// What lies before writing: reading the lock, looking, comparing.
inline Outcome compare(system::Disk& disk, const std::string& root, const files::FileTree& wanted,
                       const std::string& lock_path = "pipewright.lock") {
    Outcome outcome;
    Sources sources;
    const auto lock = system::read_lock(disk, root, lock_path, sources, outcome.diagnostics);
    const files::Lock* known = lock ? &*lock : nullptr;
    const auto view = system::snapshot(disk, root, wanted, known, lock_path, outcome.diagnostics);
    outcome.looked = view.has_value();
    if (view) outcome.changes = files::compare(wanted, files::make_lock(wanted, "0.1.0", {}), known, *view, lock_path);
    return outcome;
}

inline Outcome generate(system::Disk& disk, const std::string& root, const files::FileTree& wanted,
                        const std::string& lock_path = "pipewright.lock") {
    Outcome outcome = compare(disk, root, wanted, lock_path);
    if (outcome.looked) outcome.applied = system::apply(disk, root, outcome.changes, wanted, outcome.diagnostics);
    return outcome;
}

}  // namespace pipewright::scene
