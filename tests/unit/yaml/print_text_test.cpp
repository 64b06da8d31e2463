// How one text is written. The parsers of others are asked about the same texts by the test printers.yaml.
#include <doctest/doctest.h>

#include "generator/yaml/document.h"

using namespace pipewright::yaml;

namespace {

std::string value(Value of) {
    const std::string out = print({{}, {Value::mapping({{"k", std::move(of)}})}, {}}).bytes;
    REQUIRE(out.starts_with("k: "));
    REQUIRE(out.ends_with("\n"));
    return out.substr(3, out.size() - 4);
}

std::string text(std::string of) { return value(Value::text(std::move(of))); }

// After a block whose end must be seen.
std::string block(std::string of) {
    const std::string out =
        print({{}, {Value::mapping({{"k", Value::block(std::move(of))}, {"z", Value::integer(1)}})}, {}}).bytes;
    REQUIRE(out.starts_with("k: "));
    REQUIRE(out.ends_with("\nz: 1\n"));
    return out.substr(3, out.size() - 9);
}

}  // namespace

TEST_CASE("plain where every reader takes it for that string") {
    for (const char* const plain : {"word",
                                    "two words",
                                    "ubuntu-24.04",
                                    "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683",
                                    "${{ github.event_name == 'push' }}",
                                    "ci/build.sh --all",
                                    "./run",
                                    "~/x",
                                    "-x",
                                    "--flag",
                                    "a:b",
                                    "a#b",
                                    "http://example.com/?q=1&r=2",
                                    "say \"hi\"",
                                    "it's",
                                    "back\\slash",
                                    "a, b",
                                    "a [b] {c}",
                                    "$(id)",
                                    "1.x",
                                    "v1.2.3",
                                    "0xzz",
                                    "10.0.0.0/16",
                                    "10m",
                                    "yess",
                                    "nullable",
                                    "a - b",
                                    "a ? b",
                                    "=x",
                                    "gr\xC3\xBC\xC3\x9F",
                                    "\xF0\x9F\x9A\x80",
                                    "success() && needs.a.result == 'success'",
                                    ".github/workflows/a.yml",
                                    "a|b",
                                    "a>b",
                                    "a*",
                                    "a%",
                                    "a@b",
                                    "a`b"}) {
        CHECK(text(plain) == plain);
    }
}

TEST_CASE("words and numbers of any version are quoted") {
    for (const char* const word : {"on",
                                   "On",
                                   "ON",
                                   "off",
                                   "yes",
                                   "no",
                                   "y",
                                   "Y",
                                   "n",
                                   "true",
                                   "True",
                                   "TRUE",
                                   "false",
                                   "null",
                                   "Null",
                                   "~",
                                   "<<",
                                   "=",
                                   ".inf",
                                   "-.Inf",
                                   "+.INF",
                                   ".nan",
                                   ".NaN",
                                   "0",
                                   "-1",
                                   "+1",
                                   "012",
                                   "0o7",
                                   "0x1f",
                                   "0X1F",
                                   "0b101",
                                   "1e3",
                                   "1.5E-3",
                                   "1_000",
                                   "1,000",
                                   "12:30:45",
                                   "190:20:30.15",
                                   "2001-01-01",
                                   "2001-1-1",
                                   "2001-12-14t21:59:43.10-05:00",
                                   "2001-12-14 21:59:43.10 -5",
                                   ".5",
                                   "5.",
                                   "1.2.3",
                                   "8.8.8.8",
                                   "5432:5432",
                                   ".",
                                   "..",

                                   "-"}) {
        CHECK(text(word) == "\"" + std::string(word) + "\"");
    }
}

TEST_CASE("indicators, blanks and the empty text are quoted") {
    for (const char* const odd :
         {"",    " ",  " a", "a ", "- a", "-",  "---",  "--- a", "...",  "? a",     "?a",
          ": a", ":a", "*a", "&a", "!a",  "%a", "@a",   "`a",    "'a",   "#a",      ",a",
          "[a",  "]a", "{a", "}a", "|a",  ">a", "a: b", "a:",    "a #b", "{{ x }}", "* * * * *"}) {
        CHECK(text(odd) == "\"" + std::string(odd) + "\"");
    }
}

TEST_CASE("single quotes where they save escapes") {
    CHECK(text("\"a\"") == "'\"a\"'");
    CHECK(text("{\"a\": \"it's\"}") == "'{\"a\": \"it''s\"}'");
    CHECK(text("C:\\: x") == "'C:\\: x'");
    CHECK(text("'a': b") == "\"'a': b\"");
}

TEST_CASE("what doesn't show is escaped") {
    CHECK(text("a\tb") == "\"a\\tb\"");
    CHECK(text(std::string("\0\a\b\v\f\r\x1B\x01\x7F", 9)) == "\"\\0\\a\\b\\v\\f\\r\\e\\x01\\x7f\"");
    CHECK(text("\"\\\r") == "\"\\\"\\\\\\r\"");
    CHECK(text("a\xC2\x85") == "\"a\\x85\"");                // next line
    CHECK(text("a\xC2\xA0") == "\"a\\xa0\"");                // no-break space
    CHECK(text("a\xE2\x80\xA8") == "\"a\\u2028\"");          // line separator
    CHECK(text("a\xE2\x80\xA9") == "\"a\\u2029\"");          // paragraph separator
    CHECK(text("a\xE2\x80\xAE") == "\"a\\u202e\"");          // right-to-left override
    CHECK(text("\xEF\xBB\xBF") == "\"\\ufeff\"");            // byte order mark
    CHECK(text("a\xEF\xBF\xBF") == "\"a\\uffff\"");          // no character
    CHECK(text("a\xF0\x9F\xBF\xBE") == "\"a\\U0001fffe\"");  // no character
    CHECK(text("\xE2\x80\x8D\xF0\x9F\x91\xA9") == "\xE2\x80\x8D\xF0\x9F\x91\xA9");
}

TEST_CASE("bytes that are no UTF-8 never come out") {
    CHECK(text("a\xFF") == "\"a\xEF\xBF\xBD\"");
    CHECK(text("\"\xED\xA0\x80") == "'\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD'");
    CHECK(block("a\xFF\nb") == "\"a\xEF\xBF\xBD\\nb\"");
}

TEST_CASE("several lines are a literal block") {
    CHECK(text("a\nb") == "|-\n  a\n  b");
    CHECK(text("a\nb\n") == "|\n  a\n  b");
    CHECK(block("one") == "|-\n  one");
    CHECK(block("set -e\n\nif x; then\n\ty: z #\nfi\n") == "|\n  set -e\n\n  if x; then\n  \ty: z #\n  fi");
    CHECK(block("a\n\n") == "|+\n  a\n");
    CHECK(block("\n\na\n") == "|\n\n\n  a");
    CHECK(block("  a\nb\n") == "|2\n    a\n  b");
    CHECK(block("\n  a\nb") == "|2-\n\n    a\n  b");
    CHECK(block("# a\n--- b\n") == "|\n  # a\n  --- b");
    CHECK(block("a\n   \nb\n") == "|\n  a\n     \n  b");
}

TEST_CASE("several lines are quoted where a block would lie") {
    CHECK(block("") == "\"\"");
    CHECK(block("\n") == "\"\\n\"");
    CHECK(block("a\r\nb\n") == "\"a\\r\\nb\\n\"");
    CHECK(block("a\x01\nb") == "\"a\\x01\\nb\"");
    CHECK(block("  \na\n") == "\"  \\na\\n\"");
    CHECK(block("a\n  ") == "\"a\\n  \"");
    CHECK(block("a\n \n") == "\"a\\n \\n\"");
    CHECK(block("say \"hi\"\n  ") == "\"say \\\"hi\\\"\\n  \"");
    // Blank lines at the end of a file would not live long.
    CHECK(value(Value::block("a\n\n")) == "\"a\\n\\n\"");
    // Readers differ about what an indentation counts from at the root.
    CHECK(print({{}, {Value::block(" a\nb")}, {}}).bytes == "\" a\\nb\"\n");
    CHECK(print({{}, {Value::block("a\nb")}, {}}).bytes == "|-\n  a\n  b\n");
}

TEST_CASE("a blank line after |+ is not one more line of its text") {
    CHECK(
        print(
            {{}, {Value::mapping({{"k", Value::block("a\n\n")}, {"z", Value::integer(1), {{"c"}, "", true, {}}}})}, {}})
            .bytes == "k: |+\n  a\n\n# c\nz: 1\n");
}

TEST_CASE("long lines stay long") {
    std::string words = "word";
    while (words.size() < 5000) words += " word";
    CHECK(text(words) == words);
}
