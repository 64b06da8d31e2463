// What YAML 1.1 and 1.2 make of plain words, and what messages call values.
#include <doctest/doctest.h>

#include <string_view>

#include "generator/yaml/node.h"

using namespace pipewright::yaml;

TEST_CASE("plain words that are more than a string to some reader") {
    for (const std::string_view word : {"", "~", "null", "Null", "NULL"}) {
        CAPTURE(word);
        CHECK(implied(word) == Implied::null);
    }
    for (const std::string_view word :
         {"y",    "Y",    "yes",   "Yes",   "YES",   "n",  "N",  "no", "No",  "NO",  "true",
          "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"}) {
        CAPTURE(word);
        CHECK(implied(word) == Implied::boolean);
    }
    for (const std::string_view word :
         {"0", "1", "-1", "+1", "007", "0777", "09", "012345678901", "123456789012", "1_000", "0b1010", "0o17", "0x1F",
          "-0x1f", "1:30", "1:30:00", "190:20:30", "08:30"}) {
        CAPTURE(word);
        CHECK(implied(word) == Implied::integer);
    }
    for (const std::string_view word : {"1.0", "1.", ".5", "-1.5", "+.5", "1e3", "1.5e+10", "1E-2", "1_000.5", ".inf",
                                        "-.inf", "+.INF", ".nan", ".NaN", "1:30.5", "20:30.15"}) {
        CAPTURE(word);
        CHECK(implied(word) == Implied::floating);
    }
    for (const std::string_view word : {"2024-01-31", "2024-1-3T1:02:03Z", "2001-12-14t21:59:43.10-05:00",
                                        "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10"}) {
        CAPTURE(word);
        CHECK(implied(word) == Implied::timestamp);
    }
}

TEST_CASE("plain words that are strings to every reader") {
    for (const std::string_view word :
         {"a",           "nULL", "yEs", "oN",  "truE",    "nullable", "1a",      "v1",       "1.2.3",
          "1.2.3.4",     ".",    "..",  "-",   "+",       "-.",       "+-1",     "0b2",      "0o8",
          "0xg",         "1:60", "1:",  ":1",  "8080:80", "1:2:",     "2024-01", "2024-1-3", "24-01-31",
          "2024-01-31T", "1e",   "1e+", ".e3", ".nan.",   "-.nan",    "inf",     "1 000",    "1,000",
          "_1",          "0x",   "a1",  "=",   "<<",      "é"}) {
        CAPTURE(word);
        CHECK(implied(word) == Implied::string);
    }
}

TEST_CASE("what a message calls a value") {
    const auto scalar = [](const char* text, bool quoted) {
        Node node;
        node.kind = Kind::scalar;
        node.text = text;
        node.quoted = quoted;
        return node;
    };
    Node node;
    CHECK(describe(node) == "nothing");
    node.kind = Kind::mapping;
    CHECK(describe(node) == "a map");
    node.kind = Kind::sequence;
    CHECK(describe(node) == "a list");
    CHECK(describe(scalar("a", false)) == "text");
    CHECK(describe(scalar("1", true)) == "text");
    CHECK(describe(scalar("1", false)) == "a number");
    CHECK(describe(scalar("1.5", false)) == "a number");
    CHECK(describe(scalar("yes", false)) == "true or false");
    CHECK(describe(scalar("2024-01-31", false)) == "a date");
    CHECK(describe(scalar("null", true)) == "text");
}
