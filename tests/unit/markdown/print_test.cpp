#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

#include "generator/markdown/document.h"

using namespace pipewright;
using namespace pipewright::markdown;

namespace {

Inlines text(std::string value) { return {Inline::text(std::move(value))}; }
Block paragraph(std::string value) { return Block::paragraph(text(std::move(value))); }
std::string shown(std::vector<Block> blocks) { return print({std::move(blocks), {}}).bytes; }

}  // namespace

TEST_CASE("headings and paragraphs") {
    CHECK(shown({Block::heading(1, text("Delivery")), paragraph("One line."), Block::heading(9, text("Deep #")),
                 Block::paragraph({Inline::text(" first "), Inline::line_break(), Inline::text("second ")})}) ==
          "# Delivery\n\nOne line.\n\n###### Deep \\#\n\nfirst\\\nsecond\n");
    CHECK(shown({Block::heading(2, {Inline::text("a"), Inline::line_break(), Inline::text("b")})}) == "## a b\n");
}

TEST_CASE("what holds nothing is left out") {
    CHECK(shown({}).empty());
    CHECK(shown({Block::heading(1, {}), paragraph(" \n"), Block::bullets({}), Block::quote({paragraph("")}),
                 Block::table({}, {}), Block::comment(""), paragraph("x")}) == "x\n");
}

TEST_CASE("lists: tight, loose, nested") {
    CHECK(shown({Block::bullets({{text("a"), {Block::numbers({{text("b")}, {text("c")}})}}, {text("d")}})}) ==
          "- a\n  1. b\n  2. c\n- d\n");
    CHECK(shown({Block::bullets({{text("a"), {paragraph("more")}}, {text("b")}})}) == "- a\n\n  more\n\n- b\n");
    CHECK(shown({Block::tasks({{text("open")}, {text("done"), {}, true}})}) == "- [ ] open\n- [x] done\n");
    CHECK(shown({Block::numbers({{text("a"), {Block::code("sh", "x\n\ny")}}})}) ==
          "1. a\n\n   ```sh\n   x\n\n   y\n   ```\n");
    CHECK(shown({Block::bullets({{{}, {Block::code("", "x")}}})}) == "- ```\n  x\n  ```\n");
    std::vector<Item> ten(10, Item{text("i")});
    ten.back().below = {paragraph("p")};
    CHECK(shown({Block::numbers(ten)}).ends_with("9. i\n\n10. i\n\n    p\n"));
}

TEST_CASE("neighbouring lists stay two, and three dashes never come together") {
    CHECK(shown({Block::bullets({{text("a")}}), Block::tasks({{text("b")}}), Block::bullets({{text("c")}})}) ==
          "- a\n\n* [ ] b\n\n- c\n");
    CHECK(shown({Block::numbers({{text("a")}}), Block::numbers({{text("b")}}), Block::bullets({{text("c")}})}) ==
          "1. a\n\n1) b\n\n- c\n");
    const Block empty = Block::bullets({{{}}});
    const Block two = Block::bullets({{{}, {empty}}});
    CHECK(shown({Block::bullets({{{}, {two}}})}) == "- * -\n");
    CHECK(shown({Block::bullets({{text("a"), {empty}}})}) == "- a\n\n  -\n");
}

TEST_CASE("tables are padded to what is seen, and cells hold no pipes") {
    CHECK(shown({Block::table({{text("Name")}, {text("n"), Alignment::right}, {text("x"), Alignment::center}},
                              {{{text("a|b"), text("1"), {Inline::code("c|d")}}},
                               {{text("\xE6\x97\xA5\xE6\x9C\xAC")}},
                               {{{}, {}, {}, text("extra")}}})}) ==
          "| Name |   n |   x    |       |\n"
          "| ---- | --: | :----: | ----- |\n"
          "| a\\|b |   1 | `c\\|d` |       |\n"
          "| \xE6\x97\xA5\xE6\x9C\xAC |     |        |       |\n"
          "|      |     |        | extra |\n");
    CHECK(shown({Block::table({{text("a")}}, {{{{Inline::code("\\|")}}},
                                              {{{Inline::text("b"), Inline::line_break(), Inline::text("c")}}}})}) ==
          "| a    |\n| ---- |\n| \\\\\\| |\n| b c  |\n");
}

TEST_CASE("code is fenced with more backticks than it has") {
    CHECK(shown({Block::code("c++ `x", "a\n")}) == "```c++x\na\n```\n");
    CHECK(shown({Block::code("md", "````\r\n```\rend\x01\t.")}) == "`````md\n````\n```\nend\xEF\xBF\xBD\t.\n`````\n");
    CHECK(shown({Block::code("", "")}) == "```\n```\n");
}

TEST_CASE("quotes, notes and comments") {
    CHECK(shown({Block::quote({paragraph("a"), paragraph("b")})}) == "> a\n>\n> b\n");
    CHECK(shown({Block::note(NoteKind::warning, {paragraph("a")}),
                 Block::note(NoteKind::tip, {Block::bullets({{text("b")}})})}) ==
          "> [!WARNING]\n> a\n\n> [!TIP]\n>\n> - b\n");
    CHECK(shown({Block::comment("made --> by -- pipewright")}) == "<!-- made - -> by - - pipewright -->\n");
    CHECK(shown({Block::comment("one\n\ntwo--->\n")}) == "<!--\none\n\ntwo- - ->\n-->\n");
}

TEST_CASE("each line knows its innermost origin") {
    const Printed printed = print({{Block::heading(1, text("a"), {1}), paragraph("b"),
                                    Block::bullets({{text("c"), {Block::code("", "d", {3})}, false, {2}}}),
                                    Block::table({{text("e")}}, {{{text("f")}, {5}}}, {4})},
                                   {9}});
    CHECK(printed.bytes == "# a\n\nb\n\n- c\n\n  ```\n  d\n  ```\n\n| e   |\n| --- |\n| f   |\n");
    std::vector<std::uint32_t> lines;
    for (const Origin& origin : printed.lines) lines.push_back(origin.index);
    CHECK(lines == std::vector<std::uint32_t>{1, 9, 9, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5});
}
