// Files that are made to hurt are refused at once.
#include <doctest/doctest.h>

#include <ctime>
#include <string>

#include "tests/unit/yaml/read_messages.h"

using pipewright::messages;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    result.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

// The first line of the messages, and a bound on the processor's time: none of these needs a tenth of a second; the
// rest is for slow machines and sanitizers.
std::string first_line(const std::string& bytes) {
    const std::clock_t start = std::clock();
    const std::string all = messages(bytes);
    CHECK(std::clock() - start < 3 * CLOCKS_PER_SEC);
    return all.substr(0, all.find('\n'));
}

std::string laughs(int levels) {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i <= levels; ++i) {
        const std::string name = std::to_string(i);
        const std::string inner = "*a" + std::to_string(i - 1);
        text += "a" + name;
        text += ": &a" + name;
        text += " [" + inner;
        for (int j = 0; j < 8; ++j) text += ", " + inner;
        text += "]\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a file of more than a mebibyte") {
    const std::string filler = repeated("a", 1024 * 1024);
    CHECK(first_line(filler + "a") == "pipewright.yaml:1:1: error: the file is larger than 1 MiB [PW0009]");
    CHECK(messages(filler) == "(read)");
    CHECK(first_line(repeated("- a\n", 25 * 1024 * 1024)) ==
          "pipewright.yaml:1:1: error: the file is larger than 1 MiB [PW0009]");
}

TEST_CASE("a file that is too large is not looked at otherwise") {
    CHECK(first_line("\xFF" + repeated("\x01", 1024 * 1024)) ==
          "pipewright.yaml:1:1: error: the file is larger than 1 MiB [PW0009]");
}

TEST_CASE("nesting") {
    const std::string deep = "error: this is nested deeper than 64 levels [PW0009]";
    CHECK(first_line(repeated("[", 10000)) == "pipewright.yaml:1:65: " + deep);
    CHECK(first_line(repeated("{a: ", 10000)) == "pipewright.yaml:1:257: " + deep);
    CHECK(first_line(repeated("- ", 10000) + "a") == "pipewright.yaml:1:129: " + deep);
    CHECK(first_line(repeated("? ", 10000) + "a") == "pipewright.yaml:1:129: " + deep);
    std::string lines;
    for (std::size_t i = 0; i < 1000; ++i) lines += repeated(" ", i) + "a:\n";
    CHECK(first_line(lines) == "pipewright.yaml:65:66: " + deep);
    CHECK(first_line(repeated("[", 500000)) == "pipewright.yaml:1:65: " + deep);
    CHECK(messages(repeated("[", 64) + repeated("]", 64)) == "(read)");
    CHECK(messages(repeated("- ", 64) + "a") == "(read)");
}

TEST_CASE("a billion laughs") {
    CHECK(
        first_line(laughs(9)) ==
        "pipewright.yaml:5:15: error: the file holds more than 20000 values once its aliases are written out [PW0009]");
    CHECK(messages(laughs(3)) == "(read)");
}

TEST_CASE("many aliases") {
    CHECK(first_line("a: &x b\nc:\n" + repeated("- *x\n", 101)) ==
          "pipewright.yaml:103:3: error: the file uses more than 100 aliases [PW0009]");
    CHECK(messages("a: &x b\nc:\n" + repeated("- *x\n", 100)) == "(read)");
}

TEST_CASE("many values") {
    CHECK(first_line(repeated("- a\n", 20001)) ==
          "pipewright.yaml:20000:3: error: the file holds more than 20000 values [PW0009]");
    CHECK(messages(repeated("- a\n", 19999)) == "(read)");
    CHECK(first_line("[" + repeated("[],", 100000)) ==
          "pipewright.yaml:1:59999: error: the file holds more than 20000 values [PW0009]");
    CHECK(first_line(repeated("-\n", 20001)).find("[PW0009]") != std::string::npos);
}

TEST_CASE("anchors within anchors, each with its copy") {
    std::string text = "a: ";
    for (int i = 0; i < 60; ++i) text += "&a" + std::to_string(i) + " [";
    text += repeated("x,", 1000) + repeated("]", 60);
    CHECK(first_line(text).find("error: the file's anchors name more than 20000 values [PW0009]") != std::string::npos);
}

TEST_CASE("aliases that pile up depth") {
    std::string text = "a0: &a0 " + repeated("[", 60) + repeated("]", 60) + "\n";
    for (int i = 1; i < 90; ++i) {
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " " + repeated("[", 60) + "*a" +
                std::to_string(i - 1) + repeated("]", 60) + "\n";
    }
    CHECK(first_line(text).find("error: aliases nest deeper than 128 levels [PW0009]") != std::string::npos);
}

TEST_CASE("long lines and long words") {
    const std::string word(500000, 'a');
    CHECK(messages(word + ": b") ==
          "pipewright.yaml:1:500001: error: the key before this ':' is longer than 1024 bytes [PW0005]\n"
          "    1 | …" +
              std::string(40, 'a') + ": b\n      |  " + std::string(40, ' ') + "^\n      = shorten it\n");
    CHECK(messages("a: \"" + word + "\"\nb: '" + word + "'\n") == "(read)");
    CHECK(messages(repeated(" ", 500000) + "a") == "(read)");
    CHECK(messages(repeated("\n", 500000) + "a") == "(read)");
    CHECK(messages(repeated("#", 500000) + "\na") == "(read)");
}
