// What `pipewright diff` prints is what `git apply` takes: git itself makes the wanted tree of it.
#include <doctest/doctest.h>

#include <cstdlib>

#include "generator/files/diff.h"
#include "generator/system/real_disk.h"
#include "tests/unit/system/folder.h"
#include "tests/unit/system/scene.h"

using namespace pipewright;
using scene::file;
using scene::tree_of;

TEST_CASE("git applies a diff of ours, and nothing is left to generate") {
    const scene::Folder folder;
    system::RealDisk disk;
    const files::Mode script = files::Mode::executable;
    const auto before = tree_of({{"a b.txt", file("1\n2\n3")},
                                 {"ci/x.sh", file("#!/bin/sh\n")},
                                 {"gone/deep", file("x\n")},
                                 {"gone/empty", file("")},
                                 {"q\"uote", file("1\n")},
                                 {"ü", file("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n")}});
    const auto after = tree_of({{"a b.txt", file("1\ntwo\n3\n", script)},
                                {"ci/x.sh", file("#!/bin/sh\n", script)},
                                {"new/empty", file("", script)},
                                {"new/no end", file("x")},
                                {"q\"uote", file("2\n")},
                                {"ü", file("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n")}});
    REQUIRE(scene::generate(disk, folder.path(), before).applied.done);

    Sources sources;
    Diagnostics diagnostics;
    const auto lock = system::read_lock(disk, folder.path(), "pipewright.lock", sources, diagnostics);
    REQUIRE(lock);
    const auto view = system::snapshot(disk, folder.path(), after, &*lock, "pipewright.lock", diagnostics);
    REQUIRE(view);
    const files::Changes changes = files::compare(after, files::make_lock(after, "0.1.0", {}), &*lock, *view);
    const scene::Folder elsewhere;
    scene::write(elsewhere / "patch", files::diff(changes, after, *view));

    const std::string git = "cd '" + folder.path() + "' && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git ";
    REQUIRE(std::system((git + "init --quiet 2>/dev/null").c_str()) == 0);
    REQUIRE(std::system((git + "apply '" + (elsewhere / "patch") + "'").c_str()) == 0);
    CHECK(!scene::compare(disk, folder.path(), after).changes.stale());
    CHECK(scene::read(folder / "new/no end") == "x");
    CHECK(disk.status(folder / "gone/deep").value().kind == files::Kind::absent);
}
