// Keys are words, each once.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("a duplicate key") {
    CHECK(messages("name: a\nport: 1\nname: b\n"sv) ==
          R"(pipewright.yaml:3:1: error: the key 'name' stands twice in this map, first on line 1, column 1 [PW0007]
    3 | name: b
      | ^~~~
      = remove one of them
)");
}

TEST_CASE("a duplicate key in brackets") {
    CHECK(messages("a: {b: 1, \"b\": 2}\n"sv) ==
          R"(pipewright.yaml:1:11: error: the key 'b' stands twice in this map, first on line 1, column 5 [PW0007]
    1 | a: {b: 1, "b": 2}
      |           ^~~
      = remove one of them
)");
}

TEST_CASE("three of a key") {
    CHECK(messages("a: 1\na: 2\na: 3\n"sv) ==
          R"(pipewright.yaml:2:1: error: the key 'a' stands twice in this map, first on line 1, column 1 [PW0007]
    2 | a: 2
      | ^
      = remove one of them
pipewright.yaml:3:1: error: the key 'a' stands twice in this map, first on line 1, column 1 [PW0007]
    3 | a: 3
      | ^
      = remove one of them
)");
}

TEST_CASE("a merge key") {
    CHECK(messages("a: &x {b: 1}\nc:\n  <<: *x\n"sv) ==
          R"(pipewright.yaml:3:3: error: merge keys ('<<') are not supported [PW0008]
    3 |   <<: *x
      |   ^~
      = write the keys out, or use an alias for a whole value
)");
}

TEST_CASE("a list as key") {
    CHECK(messages("? [a, b]\n: c\n"sv) == R"(pipewright.yaml:1:3: error: a list can't be a key [PW0010]
    1 | ? [a, b]
      |   ^
      = use a word as key
)");
}

TEST_CASE("a map as key") {
    CHECK(messages("{a: b}: c\n"sv) == R"(pipewright.yaml:1:1: error: a map can't be a key [PW0010]
    1 | {a: b}: c
      | ^
      = use a word as key
)");
}

TEST_CASE("a block list as key") {
    CHECK(messages("? - a\n: c\n"sv) == R"(pipewright.yaml:1:3: error: a list can't be a key [PW0010]
    1 | ? - a
      |   ^
      = use a word as key
)");
}

TEST_CASE("a null key") {
    CHECK(messages("a: 1\n~: 2\n"sv) == R"(pipewright.yaml:2:1: error: a key can't be empty or null [PW0010]
    2 | ~: 2
      | ^
      = put quotes around it
)");
}

TEST_CASE("no key") {
    CHECK(messages("a: 1\n: 2\n"sv) == R"(pipewright.yaml:2:1: error: there is no key before this ':' [PW0010]
    2 | : 2
      | ^
      = write a key
)");
}

TEST_CASE("no key in brackets") {
    CHECK(messages("a: {: 2}\n"sv) == R"(pipewright.yaml:1:5: error: there is no key before this ':' [PW0010]
    1 | a: {: 2}
      |     ^
      = write a key
)");
}

TEST_CASE("an empty explicit key") {
    CHECK(messages("?\n: a\n"sv) == R"(pipewright.yaml:2:1: error: there is no key before this ':' [PW0010]
    2 | : a
      | ^
      = write a key
)");
}

TEST_CASE("an alias as key") {
    CHECK(messages("a: &x b\n*x : c\n"sv) == R"(pipewright.yaml:2:1: error: an alias can't be a key [PW0010]
    2 | *x : c
      | ^~
      = write the key itself
)");
}

TEST_CASE("a key over two lines") {
    CHECK(messages("\"a\n b\": c\n"sv) ==
          R"(pipewright.yaml:2:4: error: this ':' stands within a value that started on a line above [PW0005]
    2 |  b": c
      |    ^
      = check the indentation of both lines, or put quotes around the value
)");
}

TEST_CASE("a key over two lines in brackets") {
    CHECK(messages("a: {b\n  : c}\n"sv) ==
          R"(pipewright.yaml:2:3: error: a key and its ':' must stand on one line [PW0005]
    2 |   : c}
      |   ^
      = write the key on the line of its ':'
)");
}
