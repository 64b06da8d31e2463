// Tabs that indent are refused with their place.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("a tab before a key") {
    CHECK(messages("a:\n\tb: 1\n"sv) == R"(pipewright.yaml:2:1: error: a tab indents this line [PW0004]
    2 |     b: 1
      | ^~~~
      = indent with spaces
)");
}

TEST_CASE("a tab behind spaces") {
    CHECK(messages("a:\n  \tb: 1\n"sv) == R"(pipewright.yaml:2:3: error: a tab indents this line [PW0004]
    2 |     b: 1
      |   ^~
      = indent with spaces
)");
}

TEST_CASE("a tab before a list item") {
    CHECK(messages("a:\n\t- b\n"sv) == R"(pipewright.yaml:2:1: error: a tab indents this line [PW0004]
    2 |     - b
      | ^~~~
      = indent with spaces
)");
}

TEST_CASE("a tab between a dash and a key") {
    CHECK(messages("-\ta: b\n"sv) == R"(pipewright.yaml:1:2: error: a tab indents this key [PW0004]
    1 | -   a: b
      |  ^~~
      = indent with spaces
)");
}

TEST_CASE("a tab between two dashes") {
    CHECK(messages("-\t- b\n"sv) == R"(pipewright.yaml:1:2: error: a tab indents this list item [PW0004]
    1 | -   - b
      |  ^~~
      = indent with spaces
)");
}

TEST_CASE("a tab in a continued plain value") {
    CHECK(messages("a: b\n\tc\n"sv) == R"(pipewright.yaml:2:1: error: a tab indents this line [PW0004]
    2 |     c
      | ^~~~
      = indent with spaces
)");
}

TEST_CASE("a tab in a block of text") {
    CHECK(messages("a: |\n\tb\n"sv) == R"(pipewright.yaml:2:1: error: a tab indents this line [PW0004]
    2 |     b
      | ^~~~
      = indent with spaces
)");
}

TEST_CASE("a tab inside brackets") {
    CHECK(messages("a: [\n\tb\n  ]\n"sv) == R"(pipewright.yaml:2:1: error: a tab indents this line [PW0004]
    2 |     b
      | ^~~~
      = indent with spaces
)");
}

TEST_CASE("an empty line with a tab behind a plain value") {
    CHECK(messages("a: b\n\t\nc: d\n"sv) == R"(pipewright.yaml:2:1: error: a tab indents this line [PW0004]
    2 |
      | ^~~~
      = indent with spaces
)");
}
