// Every operation of apply fails once, alone and with all after it: no file may ever be lost or half written.
#include <doctest/doctest.h>

#include "generator/system/memory_disk.h"
#include "tests/unit/system/scene.h"

using namespace pipewright;
using namespace pipewright::system;
using scene::file;
using scene::tree_of;

namespace {

using Contents = std::map<std::string, std::string>;

files::FileTree before_tree() {
    return tree_of({{"a", file("a, old content")},
                    {"ci/1.sh", file("1 old", files::Mode::executable)},
                    {"ci/2.sh", file("2")},
                    {"gone/deep/x", file("x")},
                    {"gone/y", file("y")},
                    {"same", file("same")},
                    {"seed", file("seed", files::Mode::regular, files::Ownership::seeded)}});
}

files::FileTree after_tree() {
    return tree_of({{"a", file("a, new content")},
                    {"ci/1.sh", file("1 new", files::Mode::executable)},
                    {"ci/2.sh", file("2", files::Mode::executable)},
                    {"new/deep/b", file("b")},
                    {"new/c", file("c")},
                    {"same", file("same")},
                    {"seed", file("seed 2", files::Mode::regular, files::Ownership::seeded)}});
}

void set_scene(MemoryDisk& disk) {
    disk.put_folder("/repo");
    REQUIRE(scene::generate(disk, "/repo", before_tree()).applied.done);
    disk.put("/repo/seed", "the user's");
    disk.put("/repo/mine", "mine");
    disk.put("/repo/ci/mine", "mine too");
}

Contents contents_after() {
    MemoryDisk disk;
    set_scene(disk);
    REQUIRE(scene::generate(disk, "/repo", after_tree()).applied.done);
    return disk.contents();
}

Contents without_temporaries(Contents contents) {
    std::erase_if(contents, [](const auto& entry) { return entry.first.find("/.pipewright-") != std::string::npos; });
    return contents;
}

// Every file has its whole old or its whole new content; a file of one side alone may also be absent.
void check_whole(const Contents& now, const Contents& before, const Contents& after) {
    for (const auto& [path, bytes] : without_temporaries(now)) {
        CAPTURE(path);
        const auto old = before.find(path);
        const auto fresh = after.find(path);
        const bool is_old = old != before.end() && old->second == bytes;
        const bool is_new = fresh != after.end() && fresh->second == bytes;
        CHECK((is_old || is_new));
    }
    for (const auto& [path, bytes] : before) {
        CAPTURE(path);
        if (after.contains(path)) CHECK(now.contains(path));
    }
}

// How many operations an undisturbed apply takes.
std::size_t count_operations() {
    MemoryDisk disk;
    set_scene(disk);
    scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
    const std::size_t start = disk.operations();
    REQUIRE(apply(disk, "/repo", outcome.changes, after_tree(), outcome.diagnostics).done);
    return disk.operations() - start;
}

void check_second_run(MemoryDisk& disk, const Contents& after) {
    disk.without_faults();
    const scene::Outcome outcome = scene::generate(disk, "/repo", after_tree());
    CHECK(outcome.applied.done);
    CHECK(!outcome.diagnostics.has_errors());
    CHECK(disk.contents() == after);
    CHECK(disk.is_executable("/repo/ci/2.sh"));
    CHECK(!scene::compare(disk, "/repo", after_tree()).changes.stale());
}

}  // namespace

TEST_CASE("one fault: all or nothing, no temporary without a word, and the next run gets there") {
    const Contents after = contents_after();
    const std::size_t operations = count_operations();
    REQUIRE(operations > 50);
    std::size_t refused = 0;
    for (std::size_t n = 1; n <= operations; ++n) {
        CAPTURE(n);
        MemoryDisk disk;
        set_scene(disk);
        const Contents before = disk.contents();
        const std::set<std::string> folders = disk.folders();
        scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
        disk.fail_at(n);
        const Applied applied = apply(disk, "/repo", outcome.changes, after_tree(), outcome.diagnostics);
        CHECK(applied.stuck.empty());
        if (applied.done) {
            // Only a temporary can be left, and that is said.
            CHECK(without_temporaries(disk.contents()) == after);
            if (disk.contents() != after) CHECK(outcome.code() == Code::cannot_write);
        } else {
            ++refused;
            CHECK(disk.contents() == before);
            CHECK(disk.folders() == folders);
            CHECK(outcome.code() == Code::cannot_write);
            CHECK(outcome.message().starts_with("can't "));
            CHECK(outcome.message().ends_with(": Input/output error"));
            CHECK(outcome.help() == "nothing was changed");
            CHECK(applied.created.empty());
            CHECK(applied.updated.empty());
            CHECK(applied.removed.empty());
        }
        check_second_run(disk, after);
    }
    CHECK(refused > 30);
}

TEST_CASE("the power is cut: every file is whole, and the next run gets there without being asked") {
    const Contents after = contents_after();
    const std::size_t operations = count_operations();
    std::size_t in_between = 0;
    for (std::size_t n = 1; n <= operations; ++n) {
        CAPTURE(n);
        MemoryDisk disk;
        set_scene(disk);
        const Contents before = disk.contents();
        scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
        disk.fail_from(n);
        const Applied applied = apply(disk, "/repo", outcome.changes, after_tree(), outcome.diagnostics);
        const Contents now = disk.contents();
        check_whole(now, before, after);
        CHECK(outcome.diagnostics.has_errors());
        // What is said is what is the case.
        if (applied.done) CHECK(without_temporaries(now) == after);
        if (!applied.done && applied.stuck.empty()) CHECK(without_temporaries(now) == before);
        if (!applied.stuck.empty()) {
            ++in_between;
            Contents expected = before;
            for (const std::string& path : applied.stuck) {
                expected.erase("/repo/" + path);
                if (after.contains("/repo/" + path)) expected["/repo/" + path] = after.at("/repo/" + path);
            }
            CHECK(without_temporaries(now) == expected);
        }
        check_second_run(disk, after);
    }
    CHECK(in_between >= 7);
}

TEST_CASE("two faults: every file is whole, and the next run gets there") {
    const Contents after = contents_after();
    const std::size_t operations = count_operations();
    std::size_t stuck = 0;
    for (std::size_t n = 1; n <= operations; ++n) {
        for (std::size_t m = n + 1; m <= operations + 20; ++m) {
            CAPTURE(n);
            CAPTURE(m);
            MemoryDisk disk;
            set_scene(disk);
            const Contents before = disk.contents();
            scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
            disk.fail_at(n);
            disk.fail_at(m);
            const Applied applied = apply(disk, "/repo", outcome.changes, after_tree(), outcome.diagnostics);
            check_whole(disk.contents(), before, after);
            stuck += applied.stuck.size();
            if (!applied.done) CHECK(outcome.diagnostics.has_errors());
            const bool exact = disk.contents() == (applied.done ? after : before);
            if (!exact) CHECK(outcome.diagnostics.has_errors());
            check_second_run(disk, after);
        }
    }
    CHECK(stuck > 0);
}

TEST_CASE("the disk is full: nothing is changed before all fits") {
    const Contents after = contents_after();
    bool done = false;
    for (std::size_t room = 0; !done; ++room) {
        REQUIRE(room < 10000);
        for (const bool links : {true, false}) {
            CAPTURE(room);
            CAPTURE(links);
            MemoryDisk disk;
            set_scene(disk);
            if (!links) disk.without_links();
            const Contents before = disk.contents();
            scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
            disk.fail_writes_beyond(room);
            done = apply(disk, "/repo", outcome.changes, after_tree(), outcome.diagnostics).done;
            CHECK(disk.contents() == (done ? after : before));
            if (!done) CHECK(outcome.message().ends_with(": No space left on device"));
        }
    }
}

TEST_CASE("a file system without links works the same") {
    const Contents after = contents_after();
    const std::size_t operations = count_operations() + 10;
    for (std::size_t n = 1; n <= operations; ++n) {
        CAPTURE(n);
        MemoryDisk disk;
        set_scene(disk);
        disk.without_links();
        const Contents before = disk.contents();
        scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
        disk.fail_at(n);
        const bool done = apply(disk, "/repo", outcome.changes, after_tree(), outcome.diagnostics).done;
        CHECK(without_temporaries(disk.contents()) == (done ? after : before));
        CHECK(disk.is_executable("/repo/ci/1.sh"));
        check_second_run(disk, after);
    }
}

TEST_CASE("a folder that can't be changed stops everything") {
    for (const char* folder : {"/repo", "/repo/ci", "/repo/gone/deep"}) {
        CAPTURE(folder);
        MemoryDisk disk;
        set_scene(disk);
        const Contents before = disk.contents();
        disk.deny_changes_in(folder);
        const scene::Outcome outcome = scene::generate(disk, "/repo", after_tree());
        CHECK(!outcome.applied.done);
        CHECK(outcome.message().ends_with(": Permission denied"));
        CHECK(disk.contents() == before);
        check_second_run(disk, contents_after());
    }
}

TEST_CASE("faults while looking are reported, and nothing is written") {
    for (std::size_t n = 1; n < 200; ++n) {
        CAPTURE(n);
        MemoryDisk disk;
        set_scene(disk);
        const Contents before = disk.contents();
        disk.fail_at(n);
        const scene::Outcome outcome = scene::compare(disk, "/repo", after_tree());
        CHECK(disk.contents() == before);
        if (!outcome.looked) {
            CHECK(outcome.code() == Code::cannot_read);
            CHECK(outcome.message().ends_with(": Input/output error"));
        } else if (outcome.diagnostics.has_errors()) {
            // The lock could not be read, so nothing may be written on its word.
            CHECK(outcome.changes.refused());
        }
    }
}
