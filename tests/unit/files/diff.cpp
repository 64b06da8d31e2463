#include "generator/files/diff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "generator/files/lines.h"

using namespace pipewright;
using namespace pipewright::files;

namespace {

std::string changed(std::string_view before, std::string_view after) {
    return diff_file("f", Side{before}, Side{after});
}

// A patch program of our own: what the hunks of a diff make of a text. It trusts nothing: every kept and removed line
// must be the one that stands there.
std::string patch(const std::string& before, const std::string& diff) {
    const std::vector<std::string_view> old_lines = split_lines(before);
    const std::vector<std::string_view> lines = split_lines(diff);
    std::string result;
    std::size_t at = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string line(lines[i]);
        if (line.starts_with("@@ -")) {
            std::size_t used = 0;
            std::size_t start = std::stoul(line.substr(4), &used);
            const bool none = line.substr(4 + used).starts_with(",0 ");
            if (!none) --start;
            REQUIRE(start >= at);
            while (at < start) result += old_lines[at++];
            continue;
        }
        if (line.starts_with("---") || line.starts_with("+++") || line.starts_with("diff ")) continue;
        const char mark = line[0];
        line.erase(0, 1);
        if (i + 1 < lines.size() && lines[i + 1].starts_with("\\")) line.pop_back();
        if (mark == ' ' || mark == '-') {
            REQUIRE(at < old_lines.size());
            REQUIRE(old_lines[at] == line);
            ++at;
        }
        if (mark == ' ' || mark == '+') result += line;
    }
    while (at < old_lines.size()) result += old_lines[at++];
    return result;
}

}  // namespace

TEST_CASE("a changed line with its context") {
    CHECK(changed("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
          "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("changes share a hunk when their contexts touch, and not otherwise") {
    CHECK(changed("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n") ==
          "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
    CHECK(changed("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n") ==
          "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n "
          "7\n-b\n+B\n");
}

TEST_CASE("created and removed files, and modes") {
    CHECK(diff_file("a/b", std::nullopt, Side{"x\ny\n", Mode::executable}) ==
          "diff --git a/a/b b/a/b\nnew file mode 100755\n--- /dev/null\n+++ b/a/b\n@@ -0,0 +1,2 @@\n+x\n+y\n");
    CHECK(diff_file("a/b", Side{"x\n"}, std::nullopt) ==
          "diff --git a/a/b b/a/b\ndeleted file mode 100644\n--- a/a/b\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
    CHECK(diff_file("f", Side{"x\n"}, Side{"x\n", Mode::executable}) ==
          "diff --git a/f b/f\nold mode 100644\nnew mode 100755\n");
    CHECK(diff_file("f", Side{"x\n", Mode::executable}, Side{"y\n"}) ==
          "diff --git a/f b/f\nold mode 100755\nnew mode 100644\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n");
    CHECK(diff_file("f", Side{"x\n"}, Side{"x\n"}) == "");
    CHECK(diff_file("f", std::nullopt, std::nullopt) == "");
    CHECK(diff_file("f", std::nullopt, Side{""}) == "diff --git a/f b/f\nnew file mode 100644\n");
}

TEST_CASE("lines without an end") {
    CHECK(changed("x", "y\n") ==
          "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n");
    CHECK(changed("x\n", "x") ==
          "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+x\n\\ No newline at end of file\n");
    CHECK(changed("a\nx", "b\nx") ==
          "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+b\n x\n\\ No newline at end of file\n");
}

TEST_CASE("bytes that are no text are only said to differ") {
    const std::string_view binary("a\0b", 3);
    CHECK(changed("a\n", binary) == "diff --git a/f b/f\nBinary files a/f and b/f differ\n");
    CHECK(diff_file("f", std::nullopt, Side{binary}) ==
          "diff --git a/f b/f\nnew file mode 100644\nBinary files /dev/null and b/f differ\n");
    CHECK(diff_file("f", Side{binary}, std::nullopt) ==
          "diff --git a/f b/f\ndeleted file mode 100644\nBinary files a/f and /dev/null differ\n");
    CHECK(changed("\xff\n", "\xfe\n") == "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-\xff\n+\xfe\n");
}

TEST_CASE("names with blanks and quotes stand as git writes them") {
    CHECK(diff_file("a b", Side{"x\n"}, Side{"y\n"}) ==
          "diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-x\n+y\n");
    CHECK(diff_file("a \"b", Side{"x\n"}, Side{"y\n"}) ==
          "diff --git \"a/a \\\"b\" \"b/a \\\"b\"\n--- \"a/a \\\"b\"\n+++ \"b/a \\\"b\"\n@@ -1 +1 @@\n-x\n+y\n");
}

TEST_CASE("a diff makes the one text of the other, with as few changes as there can be") {
    std::mt19937 random(20240229);
    const auto text = [&](std::size_t most) {
        std::string made;
        for (std::size_t lines = random() % (most + 1); lines > 0; --lines) {
            made += std::string(1, static_cast<char>('a' + random() % 4));
            if (lines > 1 || random() % 3 != 0) made += "\n";
        }
        return made;
    };
    for (int round = 0; round < 3000; ++round) {
        const std::string before = text(14);
        const std::string after = text(14);
        CAPTURE(before);
        CAPTURE(after);
        REQUIRE(patch(before, changed(before, after)) == after);

        // The longest common subsequence by the table of the textbook.
        const auto a = split_lines(before);
        const auto b = split_lines(after);
        std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
        for (std::size_t i = 1; i <= a.size(); ++i) {
            for (std::size_t j = 1; j <= b.size(); ++j) {
                common[i][j] =
                    a[i - 1] == b[j - 1] ? common[i - 1][j - 1] + 1 : std::max(common[i - 1][j], common[i][j - 1]);
            }
        }
        std::size_t kept = 0;
        Step last = Step::keep;
        for (const Step step : compare_lines(a, b)) {
            kept += step == Step::keep ? 1 : 0;
            REQUIRE(!(last == Step::add && step == Step::remove));
            last = step;
        }
        REQUIRE(kept == common[a.size()][b.size()]);
    }
}

TEST_CASE("large texts take bounded time and still give a right diff") {
    std::string before;
    std::string after;
    for (int i = 0; i < 200000; ++i) {
        before += "old " + std::to_string(i) + "\n";
        after += (i % 3 == 0 ? "new " : "old ") + std::to_string(i) + "\n";
    }
    const auto start = std::chrono::steady_clock::now();
    const std::string diff = changed(before, after);
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(std::chrono::duration_cast<std::chrono::seconds>(took).count() < 10);
    CHECK(patch(before, diff) == after);

    // Many lines alike are the worst for the search.
    const std::string many(400000, '\n');
    const std::string other = "x\n" + std::string(200000, '\n') + "y\n" + std::string(199000, '\n') + "z\n";
    CHECK(patch(many, changed(many, other)) == other);

    const std::string huge(std::size_t{9} << 20, 'x');
    CHECK(changed(huge, "x\n") == "diff --git a/f b/f\nBinary files a/f and b/f differ\n");
}

TEST_CASE("where too much differs, the whole middle is removed and added") {
    std::string before = "start\n";
    std::string after = before;
    for (int i = 0; i < 4000; ++i) {
        before += std::to_string(i) + "\n";
        after += (i % 2 == 0 ? "x" : "") + std::to_string(i) + "\n";
    }
    before += "end\n";
    after += "end\n";
    const std::vector<Step> steps = compare_lines(split_lines(before), split_lines(after));
    // The last of the 4000 lines is the same in both, and so part of the common end.
    REQUIRE(steps.size() == 1 + 2 * 3999 + 2);
    CHECK(std::count(steps.begin(), steps.end(), Step::keep) == 3);
    CHECK(patch(before, changed(before, after)) == after);
}

TEST_CASE("the diff of all changes") {
    FileTree before_tree;
    FileTree tree;
    Diagnostics diagnostics;
    const auto put = [&](FileTree& to, const char* path, const char* bytes) {
        File made;
        made.bytes = bytes;
        REQUIRE(to.add(path, made, diagnostics));
    };
    for (const char* path : {"edited", "orphan", "same", "updated"}) put(before_tree, path, "old\n");
    put(tree, "blocked", "new\n");
    put(tree, "created", "new\n");
    put(tree, "edited", "new\n");
    put(tree, "foreign", "new\n");
    put(tree, "same", "old\n");
    put(tree, "updated", "new\n");
    const Lock lock = make_lock(before_tree, "0.1.0", {});
    const auto seen = [](std::string bytes) { return Seen{Kind::file, std::move(bytes), false}; };
    const View view = {{"blocked", {Kind::symlink, {}, false}},
                       {"edited", seen("mine\n")},
                       {"foreign", seen("theirs\n")},
                       {"orphan", seen("old\n")},
                       {"pipewright.lock", seen(print(lock))},
                       {"same", seen("old\n")},
                       {"updated", seen("old\n")}};
    const std::string text = diff(compare(tree, make_lock(tree, "0.1.0", {}), &lock, view), tree, view);
    const std::string start =
        "diff --git a/created b/created\nnew file mode 100644\n--- /dev/null\n+++ b/created\n@@ -0,0 +1 @@\n+new\n"
        "diff --git a/edited b/edited\n--- a/edited\n+++ b/edited\n@@ -1 +1 @@\n-mine\n+new\n"
        "diff --git a/foreign b/foreign\n--- a/foreign\n+++ b/foreign\n@@ -1 +1 @@\n-theirs\n+new\n"
        "diff --git a/orphan b/orphan\ndeleted file mode 100644\n--- a/orphan\n+++ /dev/null\n@@ -1 +0,0 @@\n-old\n"
        "diff --git a/updated b/updated\n--- a/updated\n+++ b/updated\n@@ -1 +1 @@\n-old\n+new\n"
        "diff --git a/pipewright.lock b/pipewright.lock\n--- a/pipewright.lock\n+++ b/pipewright.lock\n@@ -";
    CHECK(text.starts_with(start));
    CHECK(text.find("/same") == std::string::npos);
}
