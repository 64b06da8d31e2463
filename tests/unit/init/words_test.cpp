#include "generator/init/words.h"

#include <doctest/doctest.h>

using namespace pipewright::init;

namespace {

std::string shown(const std::optional<std::vector<std::string>>& words) {
    if (!words) return "-";
    std::string text;
    for (const std::string& word : *words) text += "<" + word + ">";
    return text;
}

}  // namespace

TEST_CASE("a name is made of any text") {
    CHECK(to_name("Shop_API", 20) == "shop-api");
    CHECK(to_name("--my..service--", 20) == "my-service");
    CHECK(to_name("3scale", 20) == "app-3scale");
    CHECK(to_name("a-very-long-name-that-goes-on", 20) == "a-very-long-name-tha");
    CHECK(to_name("a-very-long-name-th-at", 20) == "a-very-long-name-th");
    CHECK(to_name("日本語", 20).empty());
    CHECK(to_name("${{ evil }}\n", 20) == "evil");
    CHECK(to_name("", 20).empty());
}

TEST_CASE("words as a shell makes them, and nothing where only a shell can") {
    CHECK(shown(shell_words("celery -A app worker")) == "<celery><-A><app><worker>");
    CHECK(shown(shell_words("echo 'a b' \"c d\" e\\ f \"\"")) == "<echo><a b><c d><e f><>");
    CHECK(shown(shell_words("printf \"a\\\"b\\n\"")) == "<printf><a\"b\\n>");
    for (const char* line : {"a | b", "a && b", "a; b", "a > f", "echo $X", "echo \"$X\"", "echo `id`", "a\nb", "'open",
                             "X=1 a", "ls *.py", "(a)", "a # b", ""}) {
        CAPTURE(line);
        CHECK(shown(shell_words(line)) == "-");
    }
    CHECK(command_of("a && b") == std::vector<std::string>{"sh", "-c", "a && b"});
    CHECK(command_of(" a b ") == std::vector<std::string>{"a", "b"});
}

TEST_CASE("paths stay inside") {
    CHECK(normal_path(".", "./api/") == "api");
    CHECK(normal_path("api", "../web") == "web");
    CHECK(normal_path(".", ".") == ".");
    CHECK(normal_path(".", "..") == std::nullopt);
    CHECK(normal_path("a", "../../b") == std::nullopt);
    CHECK(normal_path(".", "/etc") == std::nullopt);
    CHECK(folder_of("a/b/c") == "a/b");
    CHECK(folder_of("c") == ".");
    CHECK(below(".", "x") == "x");
    CHECK(below("a", ".") == "a");
}

TEST_CASE("numbers, versions and words") {
    CHECK(to_number("8080") == 8080);
    CHECK(to_number("80a") == std::nullopt);
    CHECK(to_number("99999999999") == std::nullopt);
    CHECK(to_number("") == std::nullopt);
    CHECK(first_version(">=20.11 <23") == "20.11");
    CHECK(first_version("v22.") == "22");
    CHECK(first_version("lts/*").empty());
    CHECK(has_word("pytest==8", "pytest"));
    CHECK_FALSE(has_word("mypytests", "pytest"));
    CHECK(lines_of("a\r\nb\n").size() == 2);
    CHECK(lines_of("a\r\nb")[0] == "a");
}
