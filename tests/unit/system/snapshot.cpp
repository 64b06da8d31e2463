#include "generator/system/snapshot.h"

#include <doctest/doctest.h>

#include "generator/system/memory_disk.h"
#include "tests/unit/system/scene.h"

using namespace pipewright;
using namespace pipewright::system;
using files::Kind;
using scene::file;
using scene::tree_of;

TEST_CASE("a snapshot holds what stands at the paths and above them, and follows no link") {
    MemoryDisk disk;
    disk.put("/repo/a/b", "1", files::Mode::executable);
    disk.put("/repo/unasked", "x");
    disk.put("/repo/seed", "huge");
    disk.put("/elsewhere/f", "secret");
    disk.put_link("/repo/link", "/elsewhere");
    disk.put_link("/repo/target", "/elsewhere/f");
    disk.put("/repo/orphan", "2");
    disk.put("/repo/kept", "3");
    disk.put_other("/repo/pipe");
    const files::FileTree tree = tree_of({{"a/b", file("")},
                                          {"link/f", file("")},
                                          {"missing/x/y", file("")},
                                          {"pipe", file("")},
                                          {"seed", file("", files::Mode::regular, files::Ownership::seeded)},
                                          {"target", file("")}});
    const files::Lock lock =
        files::make_lock(tree_of({{"kept", file("", files::Mode::regular, files::Ownership::seeded)},
                                  {"orphan", file("")},
                                  {"a", file("")}}),
                         "0.1.0", {});
    Diagnostics diagnostics;
    const auto view = snapshot(disk, "/repo", tree, &lock, "pipewright.lock", diagnostics);
    REQUIRE(view);
    const auto kind = [&](const char* path) { return view->at(path).kind; };
    CHECK(kind("a") == Kind::folder);
    CHECK(kind("a/b") == Kind::file);
    CHECK(view->at("a/b").bytes == "1");
    CHECK(view->at("a/b").executable);
    CHECK(kind("link") == Kind::symlink);
    CHECK(!view->contains("link/f"));
    CHECK(kind("target") == Kind::symlink);
    CHECK(view->at("target").bytes == "");
    CHECK(kind("missing") == Kind::absent);
    CHECK(kind("pipe") == Kind::other);
    CHECK(view->at("orphan").bytes == "2");
    CHECK(view->at("seed").bytes == "");
    CHECK(view->at("kept").bytes == "");
    CHECK(kind("pipewright.lock") == Kind::absent);
    CHECK(!view->contains("unasked"));
    CHECK(disk.changes() == 0);
}

TEST_CASE("a file of ours that stands where a folder is wanted is read as well") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    REQUIRE(scene::generate(disk, "/repo", tree_of({{"ci", file("1")}})).applied.done);
    const scene::Outcome outcome = scene::generate(disk, "/repo", tree_of({{"ci/x", file("2")}}));
    CHECK(outcome.message() == "'ci/x' can't be written: 'ci' is a file where a folder is needed");
    REQUIRE(outcome.changes.files.size() == 2);
    CHECK(outcome.changes.files[0].verdict == files::Verdict::remove);
}

TEST_CASE("a file that can't be read is an error, but not one that need not be") {
    MemoryDisk disk;
    disk.put("/repo/ours", "1");
    disk.put("/repo/seed", "2");
    disk.deny_reading("/repo/seed");
    const files::FileTree tree =
        tree_of({{"ours", file("1")}, {"seed", file("", files::Mode::regular, files::Ownership::seeded)}});
    CHECK(scene::generate(disk, "/repo", tree).applied.done);
    disk.deny_reading("/repo/ours");
    const scene::Outcome outcome = scene::compare(disk, "/repo", tree);
    CHECK(!outcome.looked);
    CHECK(outcome.code() == Code::cannot_read);
    CHECK(outcome.message() == "can't read '/repo/ours': Permission denied");
}

TEST_CASE("reading the lock") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    const auto read = [&](Diagnostics& diagnostics, const char* path = "pipewright.lock") {
        Sources sources;
        return read_lock(disk, "/repo", path, sources, diagnostics);
    };
    Diagnostics none;
    CHECK(!read(none));
    disk.put_folder("/repo/folder.lock");
    CHECK(!read(none, "folder.lock"));
    disk.put("/elsewhere", "format 1\nprogram 1\n");
    disk.put_link("/repo/link.lock", "/elsewhere");
    CHECK(!read(none, "link.lock"));
    CHECK(!none.has_errors());

    disk.put("/repo/pipewright.lock", "format 1\nprogram 1\n");
    REQUIRE(read(none));
    CHECK(read(none)->program == "1");
    disk.put("/repo/pipewright.lock", "junk\n");
    Diagnostics bad;
    CHECK(!read(bad));
    CHECK(bad.sorted().at(0).code == Code::bad_lock);
    disk.deny_reading("/repo/pipewright.lock");
    Diagnostics unreadable;
    CHECK(!read(unreadable));
    CHECK(unreadable.sorted().at(0).code == Code::cannot_read);
}
