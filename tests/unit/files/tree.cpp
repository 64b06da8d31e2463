#include "generator/files/tree.h"

#include <doctest/doctest.h>

#include "generator/files/path.h"

using namespace pipewright;
using namespace pipewright::files;

namespace {

File file(std::string bytes, std::string made_by) {
    File made;
    made.bytes = std::move(bytes);
    made.made_by = std::move(made_by);
    return made;
}

std::string only_message(const Diagnostics& diagnostics) {
    REQUIRE(diagnostics.sorted().size() == 1);
    return diagnostics.sorted()[0].message;
}

}  // namespace

TEST_CASE("paths that a tree takes, and those that it doesn't") {
    for (const char* fine : {"a", "ci/lib.sh", ".github/workflows/x.yml", ".gitlab-ci.yml", ".gitignore", "a b/ü.txt",
                             "...", "a/.b", "git/x", "C:", "a\"b"}) {
        CAPTURE(fine);
        CHECK(path_problem(fine) == "");
    }
    CHECK(path_problem("") == "is empty");
    CHECK(path_problem("/etc/passwd") == "is absolute");
    CHECK(path_problem("..") == "has a part '..'");
    CHECK(path_problem("a/../b") == "has a part '..'");
    CHECK(path_problem("./a") == "has a part '.'");
    CHECK(path_problem("a//b") == "has an empty part");
    CHECK(path_problem("a/") == "has an empty part");
    CHECK(path_problem("a\\b") == "holds a backslash");
    CHECK(path_problem("a\nb") == "holds a control character");
    CHECK(path_problem(std::string_view("a\0b", 3)) == "holds a control character");
    CHECK(path_problem("a\x7f") == "holds a control character");
    CHECK(path_problem("a\u202e") == "holds a control character");
    CHECK(path_problem("a\xff") == "is not UTF-8");
    CHECK(path_problem(".git/config") == "lies in a folder of git's own");
    CHECK(path_problem("x/.GIT/hooks/pre-commit") == "lies in a folder of git's own");
    CHECK(path_problem("a/" + std::string(255, 'x')) == "");
    CHECK(path_problem("a/" + std::string(256, 'x')) == "has a part of more than 255 bytes");
}

TEST_CASE("the folders above a path") {
    CHECK(folders_above("a").empty());
    CHECK(folders_above("a/b/c") == std::vector<std::string>{"a", "a/b"});
    CHECK(folder_of("a/b/c") == "a/b");
    CHECK(folder_of("a") == "");
    CHECK(fold_case("CI/Äß.SH") == "ci/Äß.sh");
}

TEST_CASE("a tree gives its files in order of the bytes of their paths") {
    FileTree tree;
    Diagnostics diagnostics;
    for (const char* path : {"b", "a/b", "é", "B2", "a-b", "a.b"}) CHECK(tree.add(path, file(path, "x"), diagnostics));
    std::vector<std::string> order;
    for (const auto& [path, made] : tree.files()) {
        order.push_back(path);
        CHECK(made.bytes == path);
    }
    CHECK(order == std::vector<std::string>{"B2", "a-b", "a.b", "a/b", "b", "é"});
    CHECK(!diagnostics.has_errors());
    REQUIRE(tree.find("a/b") != nullptr);
    CHECK(tree.find("a/b")->made_by == "x");
    CHECK(tree.find("a") == nullptr);
}

TEST_CASE("a second maker of a path is named with the first, and changes nothing") {
    FileTree tree;
    Diagnostics diagnostics;
    CHECK(tree.add("ci/lib.sh", file("1", "the scripts"), diagnostics));
    CHECK(!tree.add("ci/lib.sh", file("2", "the GitHub workflows"), diagnostics));
    CHECK(only_message(diagnostics) == "both the scripts and the GitHub workflows want 'ci/lib.sh'");
    CHECK(diagnostics.sorted()[0].code == Code::path_clash);
    CHECK(tree.find("ci/lib.sh")->bytes == "1");
    CHECK(tree.files().size() == 1);
}

TEST_CASE("clashes of case, and of files with folders") {
    FileTree tree;
    REQUIRE([&] {
        Diagnostics none;
        return tree.add("ci/lib.sh", file("", "the scripts"), none) && !none.has_errors();
    }());
    const auto refused = [&](const char* path) {
        Diagnostics diagnostics;
        CHECK(!tree.add(path, file("", "the pages"), diagnostics));
        CHECK(diagnostics.sorted().at(0).code == Code::path_clash);
        return only_message(diagnostics);
    };
    CHECK(refused("ci/Lib.sh") ==
          "the files 'ci/lib.sh' (the scripts) and 'ci/Lib.sh' (the pages) differ only in case");
    CHECK(refused("CI/x") == "the folders 'ci' (the scripts) and 'CI' (the pages) differ only in case");
    CHECK(refused("ci") == "the pages want the file 'ci', where the scripts need the folder 'ci'");
    CHECK(refused("ci/lib.sh/x") ==
          "the pages need a folder 'ci/lib.sh' for 'ci/lib.sh/x', where the scripts have the file 'ci/lib.sh'");
    CHECK(refused("CI/lib.sh") == "the folders 'ci' (the scripts) and 'CI' (the pages) differ only in case");
    CHECK(tree.files().size() == 1);

    Diagnostics diagnostics;
    CHECK(tree.add("ci/other.sh", file("", "the pages"), diagnostics));
    CHECK(tree.add("ci2", file("", "the pages"), diagnostics));
    CHECK(!diagnostics.has_errors());
}

TEST_CASE("a path that can't be is refused as blocked, with its maker") {
    FileTree tree;
    Diagnostics diagnostics;
    CHECK(!tree.add("../x", file("", "the pages"), diagnostics));
    CHECK(only_message(diagnostics) == "the pages would write '../x', a path that has a part '..'");
    CHECK(diagnostics.sorted()[0].code == Code::blocked_path);
    CHECK(tree.files().empty());
}

TEST_CASE("a reserved path is not part of the tree, and nobody gets it") {
    FileTree tree;
    Diagnostics diagnostics;
    CHECK(tree.reserve("pipewright.lock", "the lock", diagnostics));
    CHECK(tree.reserved("pipewright.lock"));
    CHECK(!tree.reserved("pipewright.yaml"));
    CHECK(tree.files().empty());
    CHECK(!tree.add("pipewright.lock", file("", "the pages"), diagnostics));
    CHECK(only_message(diagnostics) == "both the lock and the pages want 'pipewright.lock'");
    CHECK(tree.add("a/b", file("", "x"), diagnostics));
    CHECK(!tree.reserved("a/b"));
    CHECK(!tree.reserved("a"));
}

TEST_CASE("a clash points at the place in the manifest that the file comes from") {
    Sources sources;
    const SourceId source = sources.add("pipewright.yaml", "directory: ci\n");
    Origins origins;
    FileTree tree(&origins);
    Diagnostics diagnostics;
    File second = file("", "the Terraform");
    second.origin = origins.intern({source, 11, 2}, "directory");
    CHECK(tree.add("ci/x", file("", "the scripts"), diagnostics));
    CHECK(!tree.add("ci/x", second, diagnostics));
    CHECK(diagnostics.sorted().at(0).span == Span{source, 11, 2});
}
