#include "generator/system/apply.h"

#include <doctest/doctest.h>

#include "generator/system/memory_disk.h"
#include "tests/unit/system/scene.h"

using namespace pipewright;
using namespace pipewright::system;
using scene::file;
using scene::generate;
using scene::tree_of;

namespace {

using Paths = std::vector<std::string>;

const files::Mode kScript = files::Mode::executable;

files::FileTree first_tree() {
    return tree_of({{"a", file("a1")},
                    {"ci/lib.sh", file("lib", kScript)},
                    {"old/deep/gone", file("gone")},
                    {"same", file("same")},
                    {"seed", file("seed", files::Mode::regular, files::Ownership::seeded)}});
}

files::FileTree second_tree() {
    return tree_of({{"a", file("a2")},
                    {"ci/lib.sh", file("lib")},
                    {"new/deep/b", file("b", kScript)},
                    {"same", file("same")},
                    {"seed", file("other", files::Mode::regular, files::Ownership::seeded)}});
}

}  // namespace

TEST_CASE("generate writes all, says what, and the second time nothing") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    disk.put("/repo/mine", "mine");
    const scene::Outcome first = generate(disk, "/repo", first_tree());
    CHECK(first.applied.done);
    CHECK(!first.diagnostics.has_errors());
    CHECK(first.applied.created == Paths{"a", "ci/lib.sh", "old/deep/gone", "same", "seed", "pipewright.lock"});
    CHECK(first.applied.updated.empty());
    CHECK(*disk.bytes("/repo/a") == "a1");
    CHECK(disk.is_executable("/repo/ci/lib.sh"));
    CHECK(!disk.is_executable("/repo/a"));
    CHECK(*disk.bytes("/repo/pipewright.lock") == files::print(files::make_lock(first_tree(), "0.1.0", {})));
    CHECK(disk.contents().size() == 7);

    const std::size_t changes = disk.changes();
    const scene::Outcome again = generate(disk, "/repo", first_tree());
    CHECK(again.applied.done);
    CHECK(again.applied.created.empty());
    CHECK(disk.changes() == changes);

    disk.put("/repo/seed", "mine now");
    const scene::Outcome second = generate(disk, "/repo", second_tree());
    CHECK(second.applied.done);
    CHECK(second.applied.created == Paths{"new/deep/b"});
    CHECK(second.applied.updated == Paths{"a", "ci/lib.sh", "pipewright.lock"});
    CHECK(second.applied.removed == Paths{"old/deep/gone"});
    CHECK(disk.is_executable("/repo/new/deep/b"));
    CHECK(!disk.is_executable("/repo/ci/lib.sh"));
    CHECK(*disk.bytes("/repo/seed") == "mine now");
    CHECK(*disk.bytes("/repo/mine") == "mine");
    CHECK(!disk.exists("/repo/old"));
    CHECK(disk.contents().size() == 7);
}

TEST_CASE("a folder goes with its last file, and not while something else is in it") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    generate(disk, "/repo", tree_of({{"x/y/1", file("1")}, {"x/y/2", file("2")}, {"z/1", file("3")}}));
    disk.put("/repo/z/mine", "mine");
    CHECK(generate(disk, "/repo", tree_of({{"x/y/2", file("2")}})).applied.done);
    CHECK(disk.folders() == std::set<std::string>{"/", "/repo", "/repo/x", "/repo/x/y", "/repo/z"});
    CHECK(generate(disk, "/repo", tree_of({})).applied.done);
    CHECK(disk.folders() == std::set<std::string>{"/", "/repo", "/repo/z"});
}

TEST_CASE("nothing at all is written when a person's work would be lost") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    generate(disk, "/repo", first_tree());
    const auto stopped = [&](Code code) {
        const auto before = disk.contents();
        const std::size_t changes = disk.changes();
        const scene::Outcome outcome = generate(disk, "/repo", second_tree());
        CHECK(!outcome.applied.done);
        CHECK(outcome.code() == code);
        CHECK(disk.changes() == changes);
        CHECK(disk.contents() == before);
    };
    disk.put("/repo/a", "edited");
    stopped(Code::hand_edit);
    disk.put("/repo/a", "a1");
    disk.put("/repo/old/deep/gone", "edited");
    stopped(Code::edited_orphan);
    disk.put("/repo/old/deep/gone", "gone");
    disk.put("/repo/new/deep/b", "foreign");
    stopped(Code::foreign_file);
    disk.drop("/repo/new");
    disk.put_folder("/elsewhere");
    disk.put_link("/repo/new", "/elsewhere");
    stopped(Code::blocked_path);
    disk.drop("/repo/new");
    disk.put("/repo/pipewright.lock", "<<<<<<< HEAD\n");
    stopped(Code::bad_lock);
    disk.put("/repo/pipewright.lock", files::print(files::make_lock(first_tree(), "0.1.0", {})));
    CHECK(generate(disk, "/repo", second_tree()).applied.done);
}

TEST_CASE("a lock below the root, and a root without a name") {
    MemoryDisk disk;
    disk.put_folder("/repo/services/api");
    const files::FileTree tree =
        tree_of({{".github/workflows/api.yml", file("1")}, {"services/api/ci/x.sh", file("2")}});
    CHECK(generate(disk, "/repo", tree, "services/api/pipewright.lock").applied.done);
    CHECK(disk.exists("/repo/services/api/pipewright.lock"));
    CHECK(generate(disk, "/repo", tree_of({}), "services/api/pipewright.lock").applied.done);
    CHECK(disk.contents().size() == 1);
    CHECK(generate(disk, "", tree).applied.done);
    CHECK(*disk.bytes("/.github/workflows/api.yml") == "1");
}

TEST_CASE("a run keeps others out, and says so") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    {
        const auto hold = disk.hold("/repo");
        const scene::Outcome outcome = generate(disk, "/repo", first_tree());
        CHECK(!outcome.applied.done);
        CHECK(outcome.message() == "can't write to '/repo': another run of pipewright is writing there");
        CHECK(disk.contents().empty());
    }
    CHECK(generate(disk, "/repo", first_tree()).applied.done);
    CHECK(generate(disk, "/nowhere", first_tree()).message() == "can't open '/nowhere': No such file or directory");
}

TEST_CASE("what changed after the comparison is not overwritten") {
    const auto meddle = [](const std::string& with, const std::string& bytes, const char* message) {
        MemoryDisk disk;
        disk.put_folder("/repo");
        generate(disk, "/repo", first_tree());
        scene::Outcome outcome = scene::compare(disk, "/repo", second_tree());
        disk.put(with, bytes);
        const auto before = disk.contents();
        outcome.applied = apply(disk, "/repo", outcome.changes, second_tree(), outcome.diagnostics);
        CHECK(!outcome.applied.done);
        CHECK(outcome.message() == message);
        CHECK(outcome.help() == "nothing was changed");
        CHECK(disk.contents() == before);
    };
    meddle("/repo/a", "edited", "can't write 'a': something else changed it at the same moment");
    meddle("/repo/old/deep/gone", "edited",
           "can't remove 'old/deep/gone': something else changed it at the same moment");
    meddle("/repo/new/deep/b", "appeared", "can't write 'new/deep/b': something else changed it at the same moment");
    meddle("/repo/new", "appeared", "can't write 'new/deep/b': 'new' is not a folder any more");
}

TEST_CASE("a link that appears on the path after the comparison is not written through") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    disk.put_folder("/elsewhere");
    scene::Outcome outcome = scene::compare(disk, "/repo", first_tree());
    disk.put_link("/repo/ci", "/elsewhere");
    outcome.applied = apply(disk, "/repo", outcome.changes, first_tree(), outcome.diagnostics);
    CHECK(!outcome.applied.done);
    CHECK(outcome.code() == Code::blocked_path);
    CHECK(disk.contents().empty());
}

TEST_CASE("changes of another tree are refused") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    scene::Outcome outcome = scene::compare(disk, "/repo", first_tree());
    outcome.applied = apply(disk, "/repo", outcome.changes, second_tree(), outcome.diagnostics);
    CHECK(!outcome.applied.done);
    CHECK(outcome.message() == "'old/deep/gone' is not in the tree that was compared");
    CHECK(disk.contents().empty());
}

TEST_CASE("what a killed run left is swept, what only looks like it is not") {
    MemoryDisk disk;
    disk.put_folder("/repo");
    generate(disk, "/repo", first_tree());
    const auto before = disk.contents();
    disk.put("/repo/ci/.pipewright-0123456789abcdef.new", "half");
    disk.put("/repo/.pipewright-0123456789abcdef.old", "old");
    disk.put("/repo/.pipewright-0123456789abcdeg.old", "mine");
    disk.put("/repo/.pipewright-new", "mine");
    CHECK(generate(disk, "/repo", first_tree()).applied.done);
    CHECK(disk.contents().size() == before.size() + 2);
    CHECK(disk.exists("/repo/.pipewright-0123456789abcdeg.old"));
    CHECK(disk.exists("/repo/.pipewright-new"));
}
