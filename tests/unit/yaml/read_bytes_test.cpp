// What is no plain text is refused with its place.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("bytes that are no UTF-8") {
    CHECK(messages("a: 1\nname: caf\351 au lait\n"sv) ==
          R"(pipewright.yaml:2:10: error: the byte 0xE9 is not UTF-8 [PW0001]
    2 | name: caf\xE9 au lait
      |          ^~~~
      = save the file as UTF-8
)");
}

TEST_CASE("UTF-16") {
    CHECK(messages("\377\376a\000:\000"sv) == R"(pipewright.yaml:1:1: error: the file is UTF-16, not UTF-8 [PW0001]
    1 | \xFF\xFEa\x00:\x00
      | ^~~~~~~~
      = save it as UTF-8
)");
}

TEST_CASE("a byte order mark") {
    CHECK(messages("\357\273\277a: 1\n"sv) ==
          R"(pipewright.yaml:1:1: error: the file starts with a byte order mark [PW0002]
    1 | \uFEFFa: 1
      | ^~~~~~
      = save it as UTF-8 without one
)");
}

TEST_CASE("a control character") {
    CHECK(messages("a: x\033y\n"sv) == R"(pipewright.yaml:1:5: error: the character U+001B does not show [PW0003]
    1 | a: x\x1By
      |     ^~~~
      = remove it, or write it as "\x1B" inside double quotes
)");
}

TEST_CASE("a NUL") {
    CHECK(messages("a: \000\n"sv) == R"(pipewright.yaml:1:4: error: the character U+0000 does not show [PW0003]
    1 | a: \x00
      |    ^~~~
      = remove it, or write it as "\x00" inside double quotes
)");
}

TEST_CASE("a carriage return alone") {
    CHECK(messages("a: 1\015b: 2\n"sv) == R"(pipewright.yaml:1:5: error: the character U+000D does not show [PW0003]
    1 | a: 1
      |     ^
      = end lines with a line feed, alone or after a carriage return
)");
}

TEST_CASE("a direction override") {
    CHECK(messages("a: \"x\342\200\256y\"\n"sv) ==
          R"(pipewright.yaml:1:6: error: the character U+202E does not show [PW0003]
    1 | a: "x\u202Ey"
      |      ^~~~~~
      = remove it, or write it as "\u202E" inside double quotes
)");
}

TEST_CASE("a line separator") {
    CHECK(messages("a: x\342\200\250y\n"sv) ==
          R"(pipewright.yaml:1:5: error: the character U+2028 does not show [PW0003]
    1 | a: x\u2028y
      |     ^~~~~~
      = remove it, or write it as "\u2028" inside double quotes
)");
}

TEST_CASE("a byte order mark in the middle") {
    CHECK(messages("a: x\357\273\277y\n"sv) ==
          R"(pipewright.yaml:1:5: error: the character U+FEFF does not show [PW0003]
    1 | a: x\uFEFFy
      |     ^~~~~~
      = remove it, or write it as "\uFEFF" inside double quotes
)");
}
