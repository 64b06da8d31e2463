#include "generator/files/compare.h"

#include <doctest/doctest.h>

#include "generator/files/advice.h"

using namespace pipewright;
using namespace pipewright::files;

namespace {

File file(std::string bytes, Mode mode = Mode::regular, Ownership owner = Ownership::ours) {
    File made;
    made.bytes = std::move(bytes);
    made.mode = mode;
    made.owner = owner;
    made.made_by = "a test";
    return made;
}

using Files = std::map<std::string, File>;

FileTree tree_of(const Files& files) {
    FileTree tree;
    Diagnostics diagnostics;
    for (const auto& [path, made] : files) tree.add(path, made, diagnostics);
    REQUIRE(!diagnostics.has_errors());
    return tree;
}

Seen on_disk(std::string bytes, bool executable = false) { return {Kind::file, std::move(bytes), executable}; }

// What was generated before, what is wanted now, and what is on the disk.
struct Scene {
    std::optional<Files> before;  // none: there was no lock
    Files wanted;
    View view;
    std::string program_before = "0.1.0";
    std::vector<Pin> pins_before = {};
    std::vector<Pin> pins = {};

    Changes changes() const {
        const FileTree now = tree_of(wanted);
        const Lock wanted_lock = make_lock(now, "0.1.0", pins);
        if (!before) return compare(now, wanted_lock, nullptr, view);
        const Lock lock = make_lock(tree_of(*before), program_before, pins_before);
        View all = view;
        all[std::string(kLockName)] = on_disk(print(lock));
        return compare(now, wanted_lock, &lock, all);
    }
};

// "path verdict reason" of all that isn't unchanged, the lock's last.
std::string summary(const Changes& changes) {
    std::string text;
    const auto one = [&](const Change& change) {
        if (change.verdict == Verdict::unchanged) return;
        text += change.path + " " + std::string(to_string(change.verdict));
        if (change.reason) text += " " + std::string(to_string(*change.reason));
        text += "\n";
    };
    for (const Change& change : changes.files) one(change);
    one(changes.lock);
    return text;
}

std::vector<Diagnostic> messages(const Changes& changes) {
    Diagnostics diagnostics;
    report(changes, diagnostics);
    return diagnostics.sorted();
}

}  // namespace

TEST_CASE("nothing on the disk: everything is created") {
    const Changes changes = Scene{std::nullopt, {{"a", file("1")}, {"b/c", file("2")}}, {}}.changes();
    CHECK(summary(changes) == "a create missing\nb/c create missing\npipewright.lock create missing\n");
    CHECK(changes.stale());
    CHECK(!changes.refused());
    CHECK(messages(changes).empty());
}

TEST_CASE("everything as it was left: nothing to do") {
    const Files files = {{"a", file("1")}, {"b/c", file("2", Mode::executable)}};
    const Changes changes =
        Scene{files, files, {{"a", on_disk("1")}, {"b", {Kind::folder, {}, false}}, {"b/c", on_disk("2", true)}}}
            .changes();
    CHECK(summary(changes) == "");
    CHECK(!changes.stale());
    CHECK(changes.files.size() == 2);
    CHECK(explain(changes, changes.files[0]) == "up to date");
}

TEST_CASE("a file of ours is updated, and its digest kept for the one who does it") {
    const Changes changes = Scene{Files{{"a", file("1")}}, {{"a", file("2")}}, {{"a", on_disk("1")}}}.changes();
    CHECK(summary(changes) == "a update manifest_changed\npipewright.lock update manifest_changed\n");
    CHECK(changes.files[0].found_sha256 == make_lock(tree_of({{"a", file("1")}}), "", {}).files.at("a").sha256);
    CHECK(explain(changes, changes.files[0]) == "stale: the manifest changed");
}

TEST_CASE("a changed program or pin is the reason before the manifest is") {
    Scene scene{Files{{"a", file("1")}}, {{"a", file("2")}, {"b", file("")}}, {{"a", on_disk("1")}}};
    scene.program_before = "0.0.9";
    CHECK(summary(scene.changes()) ==
          "a update program_changed\nb create program_changed\npipewright.lock update program_changed\n");
    CHECK(explain(scene.changes(), scene.changes().files[0]) == "stale: pipewright 0.0.9 is now 0.1.0");
    CHECK(explain(scene.changes(), scene.changes().files[1]) == "new: pipewright 0.0.9 is now 0.1.0");

    scene.program_before = "0.1.0";
    scene.pins_before = {{"actions/checkout", "v4", "1"}, {"gone", "1", "1"}, {"image", "1", "1"}};
    scene.pins = {{"actions/checkout", "v5", "2"}, {"new", "1", "1"}, {"image", "1", "2"}};
    CHECK(scene.changes().program_note == "pin actions/checkout v4 is now v5, pin image 1 has another value");
    CHECK(summary(scene.changes()).starts_with("a update program_changed\n"));

    // An action that only one of them uses came or went with the manifest.
    scene.pins = {{"actions/checkout", "v4", "1"}, {"new", "1", "1"}};
    CHECK(scene.changes().program_note == "");
    CHECK(summary(scene.changes()).starts_with("a update manifest_changed\n"));

    scene.pins_before = {{"a", "1", "1"}, {"b", "1", "1"}, {"c", "1", "1"}, {"d", "1", "1"}, {"e", "1", "1"}};
    scene.pins = {{"a", "2", "2"}, {"b", "2", "2"}, {"c", "2", "2"}, {"d", "2", "2"}, {"e", "2", "2"}};
    CHECK(scene.changes().program_note == "pin a 1 is now 2, pin b 1 is now 2, pin c 1 is now 2, 2 more pins changed");
}

TEST_CASE("a hand edit is never overwritten") {
    const Changes changes =
        Scene{Files{{"a b", file("1")}}, {{"a b", file("2")}}, {{"a b", on_disk("mine")}}}.changes();
    CHECK(summary(changes) == "a b edited edited\npipewright.lock update manifest_changed\n");
    CHECK(changes.refused());
    const std::vector<Diagnostic> said = messages(changes);
    REQUIRE(said.size() == 1);
    CHECK(said[0].code == Code::hand_edit);
    CHECK(said[0].message == "'a b' was edited since it was generated");
    CHECK(said[0].help.find("'extend'") != std::string::npos);
    CHECK(said[0].help.find("'git checkout -- 'a b''") != std::string::npos);
    // Also when the manifest has not changed.
    CHECK(summary(Scene{Files{{"a", file("1")}}, {{"a", file("1")}}, {{"a", on_disk("mine")}}}.changes()) ==
          "a edited edited\n");
}

TEST_CASE("an edit that ends at what is wanted is no edit") {
    const Changes changes = Scene{Files{{"a", file("1")}}, {{"a", file("2")}}, {{"a", on_disk("2")}}}.changes();
    CHECK(summary(changes) == "pipewright.lock update manifest_changed\n");
}

TEST_CASE("edits whose kind is known get the advice that helps") {
    const auto said = [](const std::string& bytes) {
        const Changes changes =
            Scene{Files{{"a", file("1\n2\n")}}, {{"a", file("3\n")}}, {{"a", on_disk(bytes)}}}.changes();
        return messages(changes).at(0);
    };
    const Diagnostic conflict = said("x\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n");
    CHECK(conflict.message == "'a' was edited since it was generated: it holds conflict markers of git");
    CHECK(conflict.help.starts_with("resolve the manifest, delete this file"));
    const Diagnostic line_ends = said("1\r\n2\r\n");
    CHECK(line_ends.message.ends_with(": only its line ends differ: something turned LF into CRLF"));
    CHECK(line_ends.help.find(".gitattributes") != std::string::npos);
    CHECK(said("1\r\n3\r\n").message == "'a' was edited since it was generated");
}

TEST_CASE("a foreign file is never overwritten, unless its bytes are the wanted ones") {
    const Changes changes =
        Scene{std::nullopt, {{"a", file("1")}, {"b", file("2")}}, {{"a", on_disk("x")}, {"b", on_disk("2")}}}.changes();
    CHECK(summary(changes) == "a foreign\npipewright.lock create missing\n");
    CHECK(changes.refused());
    CHECK(messages(changes).at(0).code == Code::foreign_file);
    CHECK(messages(changes).at(0).message == "'a' is there already, and pipewright did not write it");
    CHECK(summary(Scene{
              Files{{"b", file("2")}}, {{"a", file("1")}, {"b", file("2")}}, {{"a", on_disk("x")}, {"b", on_disk("2")}}}
                      .changes()) == "a foreign\npipewright.lock update manifest_changed\n");
}

TEST_CASE("a missing file is created again") {
    const Files files = {{"a", file("1")}};
    const Changes changes = Scene{files, files, {}}.changes();
    CHECK(summary(changes) == "a create missing\n");
    CHECK(explain(changes, changes.files[0]) == "missing");
    CHECK(summary(Scene{Files{}, files, {}}.changes()) ==
          "a create manifest_changed\npipewright.lock update manifest_changed\n");
}

TEST_CASE("the executable bit alone") {
    const Files script = {{"a", file("1", Mode::executable)}};
    CHECK(summary(Scene{script, script, {{"a", on_disk("1")}}}.changes()) == "a mode edited\n");
    CHECK(summary(Scene{Files{{"a", file("1")}}, script, {{"a", on_disk("1")}}}.changes()) ==
          "a mode manifest_changed\npipewright.lock update manifest_changed\n");
    CHECK(summary(Scene{std::nullopt, {{"a", file("1")}}, {{"a", on_disk("1", true)}}}.changes()) ==
          "a mode manifest_changed\npipewright.lock create missing\n");
    // New bytes bring their mode along.
    CHECK(summary(Scene{script, {{"a", file("2")}}, {{"a", on_disk("1", true)}}}.changes()) ==
          "a update manifest_changed\npipewright.lock update manifest_changed\n");
}

TEST_CASE("files that are no longer generated") {
    const Files before = {
        {"gone", file("1")}, {"here", file("2")}, {"mine", file("3")}, {"linked", file("4")}, {"x/y", file("5")}};
    const Changes changes = Scene{
        before,
        {},
        {{"here", on_disk("2")},
         {"mine", on_disk("edited")},
         {"linked", {Kind::symlink, {}, false}},
         {"x", {Kind::symlink, {}, false}},
         {"x/y", on_disk("5")}}}.changes();
    CHECK(summary(changes) ==
          "here remove orphaned\nmine edited_orphan orphaned\npipewright.lock update manifest_changed\n");
    CHECK(changes.refused());
    CHECK(messages(changes).at(0).code == Code::edited_orphan);
    CHECK(messages(changes).at(0).message == "'mine' is no longer generated, and was edited since it was");
    CHECK(explain(changes, changes.files[0]) == "no longer generated");
}

TEST_CASE("a seeded file is written where nothing is, and then left alone") {
    const Files seeded = {{"a", file("1", Mode::executable, Ownership::seeded)}};
    CHECK(summary(Scene{std::nullopt, seeded, {}}.changes()).starts_with("a create missing\n"));
    CHECK(summary(Scene{seeded, seeded, {{"a", on_disk("changed")}}}.changes()) == "a kept\n");
    CHECK(!Scene{seeded, seeded, {{"a", on_disk("changed")}}}.changes().stale());
    CHECK(summary(Scene{std::nullopt, seeded, {{"a", on_disk("mine")}}}.changes()).starts_with("a kept\n"));
    CHECK(summary(Scene{std::nullopt, seeded, {{"a", {Kind::symlink, {}, false}}}}.changes()).starts_with("a kept\n"));
    CHECK(
        summary(Scene{std::nullopt, seeded, {{"a", {Kind::folder, {}, false}}}}.changes()).starts_with("a blocked\n"));
    CHECK(summary(Scene{seeded, seeded, {}}.changes()) == "a create missing\n");
    // No longer wanted: not removed.
    CHECK(summary(Scene{seeded, {}, {{"a", on_disk("1")}}}.changes()) == "pipewright.lock update manifest_changed\n");
    // Ours from now on: taken over where it is as we wrote it, foreign otherwise.
    const Files ours = {{"a", file("2")}};
    CHECK(summary(Scene{seeded, ours, {{"a", on_disk("1")}}}.changes()).starts_with("a update manifest_changed\n"));
    const Changes foreign = Scene{seeded, ours, {{"a", on_disk("mine")}}}.changes();
    CHECK(summary(foreign).starts_with("a foreign\n"));
    CHECK(messages(foreign).at(0).help.starts_with("pipewright wrote it once and left it to you"));
}

TEST_CASE("links, folders and files in the way block a path") {
    const Files wanted = {{"a/b/c", file("1")}, {"d", file("2")}};
    const auto blocked = [&](const View& view) {
        const Changes changes = Scene{std::nullopt, wanted, view}.changes();
        CHECK(changes.refused());
        const std::vector<Diagnostic> said = messages(changes);
        REQUIRE(said.size() == 1);
        CHECK(said[0].code == Code::blocked_path);
        CHECK(said[0].help.find("then run 'pipewright generate'") != std::string::npos);
        return said[0].message;
    };
    CHECK(blocked({{"a", {Kind::symlink, {}, false}}}) ==
          "'a/b/c' can't be written: 'a' is a symbolic link, and pipewright writes through none");
    CHECK(blocked({{"a", {Kind::folder, {}, false}}, {"a/b", on_disk("")}}) ==
          "'a/b/c' can't be written: 'a/b' is a file where a folder is needed");
    CHECK(blocked({{"a/b/c", {Kind::folder, {}, false}}}) ==
          "'a/b/c' can't be written: 'a/b/c' is a folder where a file has to stand");
    CHECK(blocked({{"d", {Kind::symlink, {}, false}}}) ==
          "'d' can't be written: 'd' is a symbolic link, and pipewright writes through none");
    CHECK(blocked({{"d", {Kind::other, {}, false}}}) == "'d' can't be written: 'd' is neither a file nor a folder");
    CHECK(blocked({{"pipewright.lock", {Kind::folder, {}, false}}}) ==
          "'pipewright.lock' can't be written: 'pipewright.lock' is a folder where a file has to stand");
}

TEST_CASE("a left-over file that differs only in case from a wanted one is not removed") {
    const Changes changes =
        Scene{Files{{"CI/a", file("1")}}, {{"ci/a", file("1")}}, {{"CI/a", on_disk("1")}, {"ci/a", on_disk("1")}}}
            .changes();
    CHECK(summary(changes) == "CI/a blocked\npipewright.lock update manifest_changed\n");
    CHECK(messages(changes).at(0).message ==
          "'CI/a' can't be written: differs only in case from 'ci/a', which takes its place");
}

TEST_CASE("the lock has no owner to ask, but must have been read") {
    const Files files = {{"a", file("1")}};
    const FileTree tree = tree_of(files);
    const Lock lock = make_lock(tree, "0.1.0", {});
    View view = {{"a", on_disk("1")}, {"x.lock", on_disk("# a comment of mine\n" + print(lock))}};
    CHECK(summary(compare(tree, lock, &lock, view, "x.lock")) == "x.lock update edited\n");
    view["x.lock"] = on_disk(print(lock), true);
    CHECK(summary(compare(tree, lock, &lock, view, "x.lock")) == "x.lock mode edited\n");

    // Unreadable: one mistake, which parse reported; files that differ are not reported as foreign on top.
    view["a"] = on_disk("older");
    const Changes changes = compare(tree, lock, nullptr, view, "x.lock");
    CHECK(summary(changes) == "a foreign\nx.lock unreadable\n");
    CHECK(changes.refused());
    CHECK(messages(changes).empty());
}

TEST_CASE("a lock that lists itself or the manifest gets neither removed") {
    FileTree tree;
    Diagnostics diagnostics;
    tree.reserve("pipewright.yaml", "the manifest", diagnostics);
    Lock lock = make_lock(tree_of({{"pipewright.yaml", file("1")}, {"pipewright.lock", file("2")}}), "0.1.0", {});
    const Changes changes = compare(tree, make_lock(tree, "0.1.0", {}), &lock,
                                    {{"pipewright.yaml", on_disk("1")}, {"pipewright.lock", on_disk("2")}});
    CHECK(summary(changes) == "pipewright.lock update manifest_changed\n");
}

TEST_CASE("verdicts and reasons have names, and refused ones are those that lose work") {
    CHECK(to_string(Verdict::unchanged) == "unchanged");
    CHECK(to_string(Verdict::unreadable) == "unreadable");
    CHECK(to_string(Verdict::edited_orphan) == "edited_orphan");
    CHECK(to_string(Reason::orphaned) == "orphaned");
    for (const Verdict fine :
         {Verdict::unchanged, Verdict::kept, Verdict::create, Verdict::update, Verdict::mode, Verdict::remove}) {
        CHECK(!Change{"", fine, {}, {}, {}, {}}.refused());
    }
}

TEST_CASE("paths as words of a shell") {
    CHECK(shell_word("ci/lib.sh") == "ci/lib.sh");
    CHECK(shell_word("a b") == "'a b'");
    CHECK(shell_word("it's") == "'it'\\''s'");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("$x") == "'$x'");
}
