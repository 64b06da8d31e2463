// Indentation, brackets and indicators.
#include <doctest/doctest.h>

#include "tests/unit/yaml/read_messages.h"

using namespace std::string_view_literals;
using pipewright::messages;

TEST_CASE("a second colon on a line") {
    CHECK(messages("a: b: c\n"sv) == R"(pipewright.yaml:1:5: error: a second ':' on one line [PW0005]
    1 | a: b: c
      |     ^
      = put quotes around the value, or start a new line after the first ':'
)");
}

TEST_CASE("a line without a colon") {
    CHECK(messages("a: 1\nb\nc: 2\n"sv) == R"(pipewright.yaml:2:1: error: there is no ':' after 'b' [PW0005]
    2 | b
      | ^
      = write 'key: value', or indent the line if it belongs to the value above
)");
}

TEST_CASE("a last line without a colon") {
    CHECK(messages("a: 1\nbuild\n"sv) == R"(pipewright.yaml:2:1: error: there is no ':' after 'build' [PW0005]
    2 | build
      | ^~~~~
      = write 'key: value', or indent the line if it belongs to the value above
)");
}

TEST_CASE("a key below a value") {
    CHECK(messages("a: 1\n  b: 2\n"sv) ==
          R"(pipewright.yaml:2:4: error: this ':' stands within a value that started on a line above [PW0005]
    2 |   b: 2
      |    ^
      = check the indentation of both lines, or put quotes around the value
)");
}

TEST_CASE("an indentation that matches nothing") {
    CHECK(messages("a:\n    b: 1\n  c: 2\n"sv) ==
          R"(pipewright.yaml:3:3: error: the indentation of this line matches no line above [PW0005]
    3 |   c: 2
      |   ^
      = give it exactly the indentation of the lines that it belongs to
)");
}

TEST_CASE("a line that is indented too deep") {
    CHECK(
        messages("a: 'b'\n  c: 2\n"sv) ==
        R"(pipewright.yaml:2:3: error: this line is indented deeper than the one that it follows, which already has its value [PW0005]
    2 |   c: 2
      |   ^
      = give it the indentation of the lines beside it
)");
}

TEST_CASE("a key at the column of a list") {
    CHECK(messages("- a\nb: c\n"sv) ==
          R"(pipewright.yaml:2:1: error: a list goes on with '- ', but this line starts with something else [PW0005]
    2 | b: c
      | ^
      = indent the line to make it part of the item above, or start it with '- '
)");
}

TEST_CASE("an item at the column of a key") {
    CHECK(messages("a: b\n- c\n"sv) == R"(pipewright.yaml:2:1: error: a list item stands where a key must stand [PW0005]
    2 | - c
      | ^
      = indent it below the key that it belongs to
)");
}

TEST_CASE("a list on the line of its key") {
    CHECK(messages("a: - b\n"sv) == R"(pipewright.yaml:1:4: error: a list can't start in the middle of a line [PW0005]
    1 | a: - b
      |    ^
      = start the list on the next line, or put quotes around the value
)");
}

TEST_CASE("an unclosed bracket") {
    CHECK(messages("a: [b, c\nd: e\n"sv) == R"(pipewright.yaml:1:4: error: '[' is never closed [PW0005]
    1 | a: [b, c
      |    ^
      = close it with ']'
)");
}

TEST_CASE("an unclosed brace at the end") {
    CHECK(messages("a: {b: c"sv) == R"(pipewright.yaml:1:4: error: '{' is never closed [PW0005]
    1 | a: {b: c
      |    ^
      = close it with '}'
)");
}

TEST_CASE("a bracket closed by a brace") {
    CHECK(messages("a: [b}\n"sv) == R"(pipewright.yaml:1:6: error: '}' can't close '[' [PW0005]
    1 | a: [b}
      |      ^
      = write ']'
)");
}

TEST_CASE("a bracket that closes nothing") {
    CHECK(messages("a: 1\n]\n"sv) == R"(pipewright.yaml:2:1: error: ']' closes nothing [PW0005]
    2 | ]
      | ^
      = remove it, or put quotes around the value
)");
}

TEST_CASE("a missing comma") {
    CHECK(messages("a: [\"b\" \"c\"]\n"sv) == R"(pipewright.yaml:1:9: error: a ',' is missing before this [PW0005]
    1 | a: ["b" "c"]
      |         ^
      = write ',' between two entries
)");
}

TEST_CASE("a missing comma in a map") {
    CHECK(messages("a: {b: c d: e}\n"sv) == R"(pipewright.yaml:1:11: error: a second ':' in one entry [PW0005]
    1 | a: {b: c d: e}
      |           ^
      = write ',' between two entries, or put quotes around the value
)");
}

TEST_CASE("two commas") {
    CHECK(messages("a: [b,, c]\n"sv) == R"(pipewright.yaml:1:7: error: nothing stands before this ',' [PW0005]
    1 | a: [b,, c]
      |       ^
      = remove it, or write a value
)");
}

TEST_CASE("a dash in brackets") {
    CHECK(messages("a: [- b]\n"sv) ==
          R"(pipewright.yaml:1:5: error: '- ' starts a list item, which can't stand inside [ ] or { } [PW0005]
    1 | a: [- b]
      |     ^
      = separate the entries with ',', or put quotes around the value
)");
}

TEST_CASE("a question mark in brackets") {
    CHECK(messages("a: [b?c]\n"sv) == R"(pipewright.yaml:1:6: error: a '?' inside [ ] or { } needs quotes [PW0005]
    1 | a: [b?c]
      |      ^
      = put quotes around the value
)");
}

TEST_CASE("a lone dash in brackets") {
    CHECK(messages("a: [-]\n"sv) == R"(pipewright.yaml:1:5: error: '-' can't stand alone here [PW0005]
    1 | a: [-]
      |     ^
      = put quotes around it
)");
}

TEST_CASE("a block of text in brackets") {
    CHECK(messages("a: [|]\n"sv) ==
          R"(pipewright.yaml:1:5: error: a block of text can't stand inside [ ] or { } [PW0005]
    1 | a: [|]
      |     ^
      = put quotes around the value
)");
}

TEST_CASE("text on the line of a bar") {
    CHECK(messages("a: | b\n"sv) == R"(pipewright.yaml:1:6: error: text can't follow '|' or '>' on their line [PW0005]
    1 | a: | b
      |      ^
      = start the text on the next line, or put quotes around the value
)");
}

TEST_CASE("a bad block indicator") {
    CHECK(messages("a: |0\n  b\n"sv) ==
          R"(pipewright.yaml:1:5: error: this can't follow '|' or '>' on their line [PW0005]
    1 | a: |0
      |     ^
      = start the text on the next line, or put quotes around the value
)");
}

TEST_CASE("an empty line deeper than the text") {
    CHECK(messages("a: |\n     \n  b\n"sv) ==
          R"(pipewright.yaml:2:1: error: this empty line is indented deeper than the first line of the text [PW0005]
    2 |
      | ^~~~~
      = remove its spaces
)");
}

TEST_CASE("an at sign") {
    CHECK(messages("a: @b\n"sv) == R"(pipewright.yaml:1:4: error: a value can't start with '@' [PW0005]
    1 | a: @b
      |    ^
      = put quotes around the value
)");
}

TEST_CASE("a percent sign") {
    CHECK(messages("a: %b\n"sv) == R"(pipewright.yaml:1:4: error: a value can't start with '%' [PW0005]
    1 | a: %b
      |    ^
      = put quotes around the value
)");
}

TEST_CASE("a backtick") {
    CHECK(messages("a: `b`\n"sv) == R"(pipewright.yaml:1:4: error: a value can't start with '`' [PW0005]
    1 | a: `b`
      |    ^
      = put quotes around the value
)");
}

TEST_CASE("two roots") {
    CHECK(messages("\"a\"\n\"b\"\n"sv) ==
          R"(pipewright.yaml:2:1: error: something follows a value that is already complete [PW0005]
    2 | "b"
      | ^
      = put it on a line of its own, or put quotes around the whole value
)");
}

TEST_CASE("text behind a bracket") {
    CHECK(messages("a: [b] c\n"sv) ==
          R"(pipewright.yaml:1:8: error: something follows a value that is already complete [PW0005]
    1 | a: [b] c
      |        ^
      = put it on a line of its own, or put quotes around the whole value
)");
}

TEST_CASE("a colon that touches a bracket") {
    CHECK(messages("a: {b:[c]}\n"sv) == R"(pipewright.yaml:1:6: error: a ':' needs a space behind it [PW0005]
    1 | a: {b:[c]}
      |      ^
      = write a space after ':'
)");
}

TEST_CASE("an item at the column of an earlier key") {
    CHECK(messages("a:\n  b:\n- c\n"sv) ==
          R"(pipewright.yaml:3:1: error: a list item stands where a key must stand [PW0005]
    3 | - c
      | ^
      = indent it below the key that it belongs to
)");
}

TEST_CASE("a comma that starts a value") {
    CHECK(messages("a: ,\n"sv) == R"(pipewright.yaml:1:4: error: a value can't start with ',' [PW0005]
    1 | a: ,
      |    ^
      = put quotes around the value
)");
}

TEST_CASE("a block of text at the column of its key") {
    CHECK(messages("a:\n|\n  b\n"sv) ==
          R"(pipewright.yaml:2:1: error: a block of text must be indented deeper than its key [PW0005]
    2 | |
      | ^
      = write '|' or '>' on the line of the key
)");
}

TEST_CASE("a hash that starts a document of text") {
    CHECK(messages("|\n# b\n"sv) == R"(pipewright.yaml:2:1: error: a '#' starts the text of this document [PW0005]
    2 | # b
      | ^
      = indent the line
)");
}
