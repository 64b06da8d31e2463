// One document a file.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("an empty file") {
    CHECK(messages(""sv) == R"(pipewright.yaml:1:1: error: the file holds nothing [PW0012]
    1 |
      | ^
      = write at least one key
)");
}

TEST_CASE("nothing but comments") {
    CHECK(messages("# nothing\n\n"sv) == R"(pipewright.yaml:1:1: error: the file holds nothing [PW0012]
    1 | # nothing
      | ^
      = write at least one key
)");
}

TEST_CASE("nothing but markers") {
    CHECK(messages("---\n...\n"sv) == R"(pipewright.yaml:1:1: error: the file holds nothing [PW0012]
    1 | ---
      | ^
      = write at least one key
)");
}

TEST_CASE("a second document") {
    CHECK(messages("a: 1\n---\nb: 2\n"sv) == R"(pipewright.yaml:2:1: error: a second document starts here [PW0006]
    2 | ---
      | ^~~
      = keep one document in a file, and remove this '---'
)");
}

TEST_CASE("two markers") {
    CHECK(messages("---\n---\na: 1\n"sv) == R"(pipewright.yaml:2:1: error: a second document starts here [PW0006]
    2 | ---
      | ^~~
      = keep one document in a file, and remove this '---'
)");
}

TEST_CASE("text behind the end") {
    CHECK(messages("a: 1\n...\nb: 2\n"sv) == R"(pipewright.yaml:3:1: error: the file goes on after '...' [PW0006]
    3 | b: 2
      | ^
      = keep one document in a file
)");
}

TEST_CASE("a directive") {
    CHECK(messages("%YAML 1.2\n---\na: 1\n"sv) ==
          R"(pipewright.yaml:1:1: error: a directive ('%') has no use here [PW0005]
    1 | %YAML 1.2
      | ^
      = remove this line
)");
}

TEST_CASE("a map on the line of the marker") {
    CHECK(messages("--- a: 1\n"sv) == R"(pipewright.yaml:1:6: error: a map can't start on the line of '---' [PW0005]
    1 | --- a: 1
      |      ^
      = start it on the next line
)");
}
