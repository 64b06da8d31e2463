// Quotes that are not closed, or closed in the wrong place.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("a double quote that is never closed") {
    CHECK(messages("a: \"b\n"sv) == R"(pipewright.yaml:1:4: error: this quote is never closed [PW0013]
    1 | a: "b
      |    ^
      = close it with ", and indent the lines that continue it
)");
}

TEST_CASE("a single quote that is never closed") {
    CHECK(messages("a: 'b\n"sv) == R"(pipewright.yaml:1:4: error: this quote is never closed [PW0013]
    1 | a: 'b
      |    ^
      = close it with ', and indent the lines that continue it
)");
}

TEST_CASE("an unclosed quote before the next key") {
    CHECK(messages("a: \"b\nc: \"d\"\n"sv) ==
          R"(pipewright.yaml:1:4: error: this quote is not closed before the next key or item [PW0013]
    1 | a: "b
      |    ^
      = close it with ", and indent the lines that continue it
)");
}

TEST_CASE("an unclosed quote before the next item") {
    CHECK(messages("- 'a\n- 'b'\n"sv) ==
          R"(pipewright.yaml:1:3: error: this quote is not closed before the next key or item [PW0013]
    1 | - 'a
      |   ^
      = close it with ', and indent the lines that continue it
)");
}

TEST_CASE("an unclosed quote in brackets") {
    CHECK(messages("a: [\"b, c]\nd: \"e\"\n"sv) ==
          R"(pipewright.yaml:1:5: error: this quote is not closed before the next key or item [PW0013]
    1 | a: ["b, c]
      |     ^
      = close it with ", and indent the lines that continue it
)");
}

TEST_CASE("an unclosed quote in a key") {
    CHECK(messages("\"a: b\nc: d\n"sv) == R"(pipewright.yaml:1:1: error: this quote is never closed [PW0013]
    1 | "a: b
      | ^
      = close it with ", and indent the lines that continue it
)");
}

TEST_CASE("an unclosed quote that closes within a word") {
    CHECK(messages("a:\n  b: \"c\n    d: \"e\"\n"sv) ==
          R"(pipewright.yaml:2:6: error: this quote is closed only on a later line, within a word [PW0013]
    2 |   b: "c
      |      ^
      = close it on the line where its text ends
)");
}

TEST_CASE("an unclosed quote before a marker") {
    CHECK(messages("\"a\n---\nb\"\n"sv) ==
          R"(pipewright.yaml:1:1: error: this quote is not closed before the next key or item [PW0013]
    1 | "a
      | ^
      = close it with ", and indent the lines that continue it
)");
}

TEST_CASE("a quote that opens at the end") {
    CHECK(messages("a: '"sv) == R"(pipewright.yaml:1:4: error: this quote is never closed [PW0013]
    1 | a: '
      |    ^
      = close it with ', and indent the lines that continue it
)");
}

TEST_CASE("an apostrophe in single quotes") {
    CHECK(messages("a: 'it's'\n"sv) == R"(pipewright.yaml:1:8: error: text follows the closing quote [PW0005]
    1 | a: 'it's'
      |        ^
      = write '' for an apostrophe inside single quotes
)");
}

TEST_CASE("a quote in double quotes") {
    CHECK(messages("a: \"say \"yes\" now\"\n"sv) ==
          R"(pipewright.yaml:1:10: error: text follows the closing quote [PW0005]
    1 | a: "say "yes" now"
      |          ^
      = write \" for a quote inside double quotes
)");
}

TEST_CASE("an unknown escape") {
    CHECK(messages("a: \"\\d+\"\n"sv) == R"(pipewright.yaml:1:5: error: '\d' is no escape [PW0005]
    1 | a: "\d+"
      |     ^~
      = write '\\' for a backslash, or use single quotes
)");
}

TEST_CASE("a short escape") {
    CHECK(messages("a: \"\\x1\"\n"sv) == R"(pipewright.yaml:1:5: error: '\x' needs 2 hexadecimal digits [PW0005]
    1 | a: "\x1"
      |     ^~~
      = write them, or '\\' for a backslash
)");
}

TEST_CASE("an escape for half a character") {
    CHECK(messages("a: \"\\uD83D\"\n"sv) == R"(pipewright.yaml:1:5: error: there is no such character [PW0005]
    1 | a: "\uD83D"
      |     ^~~~~~
      = write the character itself
)");
}

TEST_CASE("text behind a quoted value") {
    CHECK(messages("a: \"b\" c\n"sv) ==
          R"(pipewright.yaml:1:8: error: something follows a value that is already complete [PW0005]
    1 | a: "b" c
      |        ^
      = put it on a line of its own, or put quotes around the whole value
)");
}

TEST_CASE("a comment that touches a quote") {
    CHECK(messages("a: \"b\"# c\n"sv) == R"(pipewright.yaml:1:7: error: a comment needs a space before its '#' [PW0005]
    1 | a: "b"# c
      |       ^
      = write a space before '#'
)");
}
