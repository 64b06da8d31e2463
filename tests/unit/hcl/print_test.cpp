#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

#include "generator/hcl/document.h"

using namespace pipewright;
using namespace pipewright::hcl;

namespace {

std::string shown(Body body) { return print({{}, std::move(body), {}}).bytes; }

Trimmings blank() { return {{}, "", true, {}}; }
Trimmings beside(std::string text) { return {{}, std::move(text), false, {}}; }
Trimmings above(std::vector<std::string> lines) { return {std::move(lines), "", false, {}}; }
Trimmings from(std::uint32_t origin) { return {{}, "", false, {origin}}; }

}  // namespace

TEST_CASE("blocks, labels, and blank lines around them") {
    CHECK(shown({{Block{
                     "terraform",
                     {},
                     {{Attribute{"required_version", Expression::text(">= 1.11.0")}}, {Block{"backend", {"s3"}, {}}}}}},
                 {Block{"provider", {"aws"}, {{Attribute{"region", Expression::text("eu-west-1")}}}}},
                 {Block{"resource", {"aws_vpc", "main"}, {}}}}) ==
          "terraform {\n"
          "  required_version = \">= 1.11.0\"\n"
          "\n"
          "  backend \"s3\" {}\n"
          "}\n"
          "\n"
          "provider \"aws\" {\n"
          "  region = \"eu-west-1\"\n"
          "}\n"
          "\n"
          "resource \"aws_vpc\" \"main\" {}\n");
    CHECK(shown({{Block{"a", {}, {{Block{"b", {}, {}}}, {Attribute{"c", Expression::null()}}}}}}) ==
          "a {\n  b {}\n\n  c = null\n}\n");
}

TEST_CASE("neighbouring attributes stand below each other") {
    CHECK(shown({{Attribute{"a", Expression::number(-1)}},
                 {Attribute{"long_name", Expression::boolean(true)}, beside("why")},
                 {Attribute{"bc", Expression::text("x")}, beside("and this")},
                 {Attribute{"d", Expression::object({{"e", Expression::null()}})}},
                 {Attribute{"fg", Expression::list({})}},
                 {Attribute{"h", Expression::object({})}, blank()},
                 {Attribute{"ij", Expression::lines("x\n\n  y\n")}},
                 {Attribute{"klm", Expression::number(std::numeric_limits<std::int64_t>::min())}},
                 {Attribute{"n", Expression::text("\xC3\xBC")}, beside("moved")},
                 {Attribute{"op", Expression::number(1)}, above({"one", ""})}}) ==
          "a         = -1\n"
          "long_name = true # why\n"
          "bc        = \"x\"  # and this\n"
          "d = {\n"
          "  e = null\n"
          "}\n"
          "fg = []\n"
          "\n"
          "h   = {}\n"
          "ij  = <<-EOT\n"
          "  x\n"
          "\n"
          "    y\n"
          "EOT\n"
          "klm = -9223372036854775808\n"
          "# moved\n"
          "n = \"\xC3\xBC\"\n"
          "# one\n"
          "#\n"
          "op = 1\n");
}

TEST_CASE("objects: keys, comments, nesting") {
    CHECK(shown({{Attribute{
              "o", Expression::object({{"plain-key_1", Expression::number(1)},
                                       {"a b", Expression::number(2), beside("two")},
                                       {"for", Expression::object({{"x", Expression::object({})}}), above({"three"})},
                                       {"null", Expression::lines("a\n"), blank()},
                                       {"1", Expression::inline_object({{"b", Expression::number(4)}})},
                                       {"\xC3\xBC\"${x}", Expression::number(5)}})}}}) ==
          "o = {\n"
          "  plain-key_1 = 1\n"
          "  \"a b\"       = 2 # two\n"
          "  # three\n"
          "  \"for\" = {\n"
          "    x = {}\n"
          "  }\n"
          "\n"
          "  \"null\"          = <<-EOT\n"
          "    a\n"
          "  EOT\n"
          "  \"1\"             = { b = 4 }\n"
          "  \"\\u00fc\\\"$${x}\" = 5\n"
          "}\n");
    CHECK(shown({{Attribute{"o", Expression::inline_object(
                                     {{"a", Expression::number(1)}, {"b", Expression::list({Expression::null()})}})}},
                 {Attribute{"p", Expression::inline_object({{"a", Expression::number(1), beside("c")}})}}}) ==
          "o = { a = 1, b = [null] }\np = {\n  a = 1 # c\n}\n");
}

TEST_CASE("lists and calls in one line or in several") {
    const auto reference = [] { return Expression::reference("local.x"); };
    const auto object = [] { return Expression::object({{"a", Expression::number(1)}}); };
    CHECK(shown({{Attribute{"a", Expression::list({Expression::text("x"), reference(), Expression::number(-1)})}},
                 {Attribute{"b", Expression::list({object(), Expression::text("x"), Expression::list({object()})})}},
                 {Attribute{"c", Expression::call("merge", {reference(), object()})}},
                 {Attribute{"d", Expression::call("merge", {object(), reference()})}},
                 {Attribute{"e", Expression::call("timestamp", {})}},
                 {Attribute{"f", Expression::call("map", {Expression::call("object", {object()})})}},
                 {Attribute{"g", Expression::list({Expression::lines("a\nb\n")})}}}) ==
          "a = [\"x\", local.x, -1]\n"
          "b = [\n"
          "  {\n"
          "    a = 1\n"
          "  },\n"
          "  \"x\",\n"
          "  [\n"
          "    {\n"
          "      a = 1\n"
          "    },\n"
          "  ],\n"
          "]\n"
          "c = merge(local.x, {\n"
          "  a = 1\n"
          "})\n"
          "d = merge(\n"
          "  {\n"
          "    a = 1\n"
          "  },\n"
          "  local.x,\n"
          ")\n"
          "e = timestamp()\n"
          "f = map(object({\n"
          "  a = 1\n"
          "}))\n"
          "g = [\"a\\nb\\n\"]\n");
}

TEST_CASE("what is too wide for a line") {
    const std::string wide(60, 'w');
    const auto two = [&] { return Expression::list({Expression::text(wide), Expression::text(wide)}); };
    const std::string lines = "  \"" + wide + "\",\n  \"" + wide + "\",\n";
    CHECK(shown({{Attribute{"a", two()}}}) == "a = [\n" + lines + "]\n");
    CHECK(shown({{Attribute{"a", Expression::call("toset", {two()})}}}) == "a = toset([\n" + lines + "])\n");
    CHECK(shown({{Attribute{"a", Expression::call("f", {Expression::text(wide), Expression::text(wide)})}}}) ==
          "a = f(\n" + lines + ")\n");
    CHECK(shown({{Attribute{
              "a", Expression::inline_object({{"b", Expression::text(wide)}, {"c", Expression::text(wide)}})}}}) ==
          "a = {\n  b = \"" + wide + "\"\n  c = \"" + wide + "\"\n}\n");
}

TEST_CASE("comments and empty files") {
    CHECK(print({{"Head.", ""}, {{Comment{{"only", "a\tb\x01"}}}}, {}}).bytes == "# Head.\n#\n\n# only\n# a b\n");
    CHECK(print({}).bytes.empty());
    CHECK(shown({{Block{"a", {}, {{Comment{{"ends with {"}}}, {Attribute{"b", Expression::null()}, blank()}}},
                  {{"of a"}, "and a", true, {}}}}) == "# of a\n# and a\na {\n  # ends with {\n\n  b = null\n}\n");
}

TEST_CASE("each line knows its innermost origin") {
    const Printed printed = print(
        {{"head"},
         {{Block{"a",
                 {},
                 {{Attribute{"b", Expression::null()}},
                  {Attribute{"c", Expression::lines("x\n")}, {{"above"}, "", false, {2}}},
                  {Attribute{"d", Expression::list({Expression::object({{"e", Expression::null(), from(5)}}).from({4}),
                                                    Expression::null()})},
                   from(3)}}},
           from(1)}},
         {9}});
    CHECK(printed.bytes ==
          "# head\n\na {\n  b = null\n  # above\n  c = <<-EOT\n    x\n  EOT\n  d = [\n    {\n      e = null\n    },\n  "
          "  null,\n  ]\n}\n");
    std::vector<std::uint32_t> lines;
    for (const Origin& origin : printed.lines) lines.push_back(origin.index);
    CHECK(lines == std::vector<std::uint32_t>{9, 9, 1, 1, 2, 2, 2, 2, 3, 4, 5, 4, 3, 3, 1});
}
