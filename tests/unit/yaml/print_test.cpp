#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "generator/yaml/document.h"

using namespace pipewright;
using namespace pipewright::yaml;

namespace {

std::string shown(Value root) { return print({{}, {std::move(root)}, {}}).bytes; }

// A comment or a place among the trimmings, without naming all of them.
Trimmings above(std::vector<std::string> lines) { return {std::move(lines), "", false, {}}; }
Trimmings beside(std::string text) { return {{}, std::move(text), false, {}}; }
Trimmings blank() { return {{}, "", true, {}}; }
Trimmings from(std::uint32_t origin) { return {{}, "", false, {origin}}; }

Item item(std::string text) { return {Value::text(std::move(text))}; }

std::vector<std::uint32_t> lines(const Printed& printed) {
    CHECK(printed.lines.size() ==
          static_cast<std::size_t>(std::count(printed.bytes.begin(), printed.bytes.end(), '\n')));
    std::vector<std::uint32_t> out;
    for (const Origin& origin : printed.lines) out.push_back(origin.index);
    return out;
}

}  // namespace

TEST_CASE("scalars of each type, and null only where it is needed") {
    CHECK(shown(Value::mapping({{"a", Value::null()},
                                {"b", Value::boolean(true)},
                                {"c", Value::boolean(false)},
                                {"d", Value::integer(-12)},
                                {"e", Value::integer(std::numeric_limits<std::int64_t>::min())},
                                {"f", Value::text("word")},
                                {"g", Value::sequence({{Value::null()}})},
                                {"h", Value::flow_sequence({Value::null()})}})) ==
          "a:\nb: true\nc: false\nd: -12\ne: -9223372036854775808\nf: word\ng:\n  - null\nh: [null]\n");
    CHECK(shown(Value::null()) == "null\n");
    CHECK(shown(Value::text("word")) == "word\n");
}

TEST_CASE("sequences stand below their key, and a mapping begins on its dash's line") {
    CHECK(shown(Value::mapping(
              {{"steps",
                Value::sequence(
                    {{Value::mapping({{"name", Value::text("Build")}, {"run", Value::text("make -j2")}})},
                     {Value::mapping({{"env", Value::mapping({{"A", Value::text("1")}})}, {"if", Value::text("x")}})},
                     {Value::sequence({item("a"), item("b")})},
                     {Value::sequence({{Value::sequence({item("c")})}, item("d")})}})}})) ==
          "steps:\n"
          "  - name: Build\n"
          "    run: make -j2\n"
          "  - env:\n"
          "      A: \"1\"\n"
          "    if: x\n"
          "  - - a\n"
          "    - b\n"
          "  - - - c\n"
          "    - d\n");
    CHECK(shown(Value::sequence({item("a"), item("b")})) == "- a\n- b\n");
}

TEST_CASE("empty collections") {
    CHECK(shown(Value::mapping({{"a", Value::sequence({})},
                                {"b", Value::mapping({})},
                                {"c", Value::flow_sequence({})},
                                {"d", Value::flow_mapping({})},
                                {"e", Value::sequence({{Value::mapping({})}, {Value::sequence({})}})}})) ==
          "a: []\nb: {}\nc: []\nd: {}\ne:\n  - {}\n  - []\n");
    CHECK(shown(Value::mapping({})) == "{}\n");
}

TEST_CASE("flow style, and block style for what flow style can't hold") {
    CHECK(
        shown(Value::mapping({{"branches", Value::flow_sequence({Value::text("main"), Value::text("a, b"),
                                                                 Value::text("x:y"), Value::text("x?")})},
                              {"env", Value::flow_mapping({{"A", Value::integer(1)}, {"no", Value::text("{}")}})},
                              {"deep", Value::flow_sequence({Value::flow_mapping({{"a", Value::flow_sequence({})}})})},
                              {"lines", Value::flow_sequence({Value::block("a\nb\n")})}})) ==
        "branches: [main, \"a, b\", \"x:y\", \"x?\"]\n"
        "env: { A: 1, \"no\": \"{}\" }\n"
        "deep: [{ a: [] }]\n"
        "lines: [\"a\\nb\\n\"]\n");
    CHECK(shown(Value::mapping({{"a", Value::flow_mapping({{"b", Value::text("c"), beside("why")}})},
                                {"d", Value::flow_sequence({Value::sequence({item("e")})})}})) ==
          "a:\n  b: c # why\nd:\n  - - e\n");
}

TEST_CASE("comments and blank lines") {
    CHECK(print({{"Made by hand.", "", "Twice."},
                 {Value::mapping({{"a", Value::text("x"), {{"one", "two\nlines\x01"}, "beside  ", true, {}}},
                                  {"b", Value::null(), beside("null")},
                                  {"c", Value::mapping({{"d", Value::integer(1), above({"inner"})}}), beside("moved")},
                                  {"e", Value::flow_sequence({Value::integer(1)}), beside("flow")},
                                  {"f", Value::block("x\ny\n"), beside("block")},
                                  {"g", Value::boolean(true), {{}, "\n", true, {}}}})},
                 {}})
              .bytes ==
          "# Made by hand.\n"
          "#\n"
          "# Twice.\n"
          "\n"
          "# one\n"
          "# two lines\n"
          "a: x # beside\n"
          "b: # null\n"
          "# moved\n"
          "c:\n"
          "  # inner\n"
          "  d: 1\n"
          "e: [1] # flow\n"
          "f: | # block\n"
          "  x\n"
          "  y\n"
          "\n"
          "g: true\n");
}

TEST_CASE("what stands above the first member goes above the dash") {
    CHECK(shown(Value::mapping(
              {{"steps", Value::sequence({{Value::mapping({{"name", Value::text("a"), above({"of the name"})}}),
                                           above({"of the step"})},
                                          {Value::mapping({{"name", Value::text("b"), blank()},
                                                           {"run", Value::text("c"), above({"of the run"})}}),
                                           blank()}})}})) ==
          "steps:\n"
          "  # of the step\n"
          "  # of the name\n"
          "  - name: a\n"
          "\n"
          "  - name: b\n"
          "    # of the run\n"
          "    run: c\n");
}

TEST_CASE("several roots, and none") {
    CHECK(
        print({{"Head."}, {Value::mapping({{"a", Value::integer(1)}}), Value::mapping({{"b", Value::integer(2)}})}, {}})
            .bytes == "# Head.\n\na: 1\n---\nb: 2\n");
    CHECK(print({{"Only this."}, {}, {}}).bytes == "# Only this.\n");
    CHECK(print({}).bytes.empty());
    CHECK(print({}).lines.empty());
}

TEST_CASE("each line knows its innermost origin") {
    const Printed printed = print(
        {{"head"},
         {Value::mapping(
             {{"a", Value::text("x"), {{"above"}, "", true, {1}}},
              {"b", Value::mapping({{"c", Value::text("inherits")}, {"d", Value::block("x\ny\n"), from(3)}}), from(2)},
              {"e",
               Value::sequence(
                   {item("f"), {Value::mapping({{"g", Value::null(), from(5)}, {"h", Value::null()}}), from(4)}})}})},
         {9}});
    CHECK(printed.bytes ==
          "# head\n\n# above\na: x\nb:\n  c: inherits\n  d: |\n    x\n    y\ne:\n  - f\n  - g:\n    h:\n");
    CHECK(lines(printed) == std::vector<std::uint32_t>{9, 9, 1, 1, 2, 2, 3, 3, 3, 9, 9, 5, 4});
}

TEST_CASE("the key on is plain only where that is asked for") {
    CHECK(shown(Value::mapping({{"on", Value::text("push"), {}, true},
                                {"no", Value::text("no")},
                                {"On", Value::integer(1), {}, true},
                                {"true", Value::integer(1), {}, true},
                                {"a: b", Value::integer(1), {}, true},
                                {"jobs", Value::integer(1), {}, true}})) ==
          "on: push\n\"no\": \"no\"\nOn: 1\n\"true\": 1\n\"a: b\": 1\njobs: 1\n");
}

TEST_CASE("a key that readers wouldn't find the colon of") {
    const std::string key(1001, 'k');
    CHECK(shown(Value::mapping({{key, Value::text("v")}})) == "? " + key + "\n: v\n");
    CHECK(shown(Value::sequence({{Value::mapping({{key, Value::sequence({item("v")})}, {"b", Value::null()}})}})) ==
          "- ? " + key + "\n  :\n    - v\n  b:\n");
    CHECK(shown(Value::flow_mapping({{key, Value::text("v")}})) == "? " + key + "\n: v\n");
}
