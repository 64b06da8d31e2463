// Anchors, aliases and tags.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("an unknown alias") {
    CHECK(messages("a: &defaults {b: 1}\nc: *default\n"sv) ==
          R"(pipewright.yaml:2:4: error: no anchor 'default' stands above this alias [PW0014]
    2 | c: *default
      |    ^~~~~~~~
      = did you mean 'defaults'?
)");
}

TEST_CASE("an alias without any anchor") {
    CHECK(messages("a: *b\n"sv) == R"(pipewright.yaml:1:4: error: no anchor 'b' stands above this alias [PW0014]
    1 | a: *b
      |    ^~
      = put quotes around the value if it is no alias
)");
}

TEST_CASE("an alias before its anchor") {
    CHECK(messages("a: *x\nb: &x 1\n"sv) ==
          R"(pipewright.yaml:1:4: error: no anchor 'x' stands above this alias [PW0014]
    1 | a: *x
      |    ^~
      = put quotes around the value if it is no alias
)");
}

TEST_CASE("a star that starts a path") {
    CHECK(messages("a: *.js\n"sv) == R"(pipewright.yaml:1:4: error: '*' starts an alias, but no name follows [PW0005]
    1 | a: *.js
      |    ^
      = put quotes around the value if it is no alias
)");
}

TEST_CASE("an alias within its own value") {
    CHECK(
        messages("a: &x [1, *x]\n"sv) ==
        R"(pipewright.yaml:1:11: error: this alias stands within the value that it names, which would never end [PW0009]
    1 | a: &x [1, *x]
      |           ^~
      = write the value out
)");
}

TEST_CASE("an alias within its own map") {
    CHECK(
        messages("a: &x\n  b:\n    c: *x\n"sv) ==
        R"(pipewright.yaml:3:8: error: this alias stands within the value that it names, which would never end [PW0009]
    3 |     c: *x
      |        ^~
      = write the value out
)");
}

TEST_CASE("two anchors") {
    CHECK(messages("a: &x &y b\n"sv) == R"(pipewright.yaml:1:7: error: a value can have one anchor only [PW0005]
    1 | a: &x &y b
      |       ^~
      = remove one of the two
)");
}

TEST_CASE("an anchor on an alias") {
    CHECK(messages("a: &x b\nc: &y *x\n"sv) == R"(pipewright.yaml:2:7: error: an alias can't have an anchor [PW0005]
    2 | c: &y *x
      |       ^~
      = remove one of the two
)");
}

TEST_CASE("a strange name") {
    CHECK(messages("a: &x.y b\n"sv) ==
          R"(pipewright.yaml:1:6: error: the name of an anchor is made of letters, digits, '-' and '_' [PW0005]
    1 | a: &x.y b
      |      ^
      = put quotes around the value if it is no anchor
)");
}

TEST_CASE("an ampersand that starts a value") {
    CHECK(messages("a: & b\n"sv) == R"(pipewright.yaml:1:4: error: '&' starts an anchor, but no name follows [PW0005]
    1 | a: & b
      |    ^
      = put quotes around the value if it is no anchor
)");
}

TEST_CASE("a tag") {
    CHECK(messages("a: !!str 1\n"sv) == R"(pipewright.yaml:1:4: error: the value carries the tag '!!str' [PW0011]
    1 | a: !!str 1
      |    ^~~~~
      = remove the tag, or put quotes around the value if '!' is part of it
)");
}

TEST_CASE("a local tag on a map") {
    CHECK(messages("a: !foo {b: c}\n"sv) == R"(pipewright.yaml:1:4: error: the value carries the tag '!foo' [PW0011]
    1 | a: !foo {b: c}
      |    ^~~~
      = remove the tag, or put quotes around the value if '!' is part of it
)");
}

TEST_CASE("two tags") {
    CHECK(messages("a: !b c\nd: !e f\n"sv) == R"(pipewright.yaml:1:4: error: the value carries the tag '!b' [PW0011]
    1 | a: !b c
      |    ^~
      = remove the tag, or put quotes around the value if '!' is part of it
pipewright.yaml:2:4: error: the value carries the tag '!e' [PW0011]
    2 | d: !e f
      |    ^~
      = remove the tag, or put quotes around the value if '!' is part of it
)");
}

TEST_CASE("an anchor before a block of text in a list") {
    CHECK(messages("- &x |\n  a\n"sv) ==
          R"(pipewright.yaml:1:6: error: a value of several lines can't start behind an anchor here [PW0005]
    1 | - &x |
      |      ^
      = start it on the next line
)");
}

TEST_CASE("an anchor before words on two lines in a list") {
    CHECK(messages("- &x a\n  b\n"sv) ==
          R"(pipewright.yaml:2:4: error: a value of several lines can't start behind an anchor here [PW0005]
    2 |   b
      |    ^
      = start it on the next line
)");
}
