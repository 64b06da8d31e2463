// How text and its markup are written. A parser of others is asked about the same by the test printers.markdown.
#include <doctest/doctest.h>

#include "generator/markdown/document.h"

using namespace pipewright::markdown;

namespace {

std::string shown(Inlines inlines) {
    std::string out = print({{Block::paragraph(std::move(inlines))}, {}}).bytes;
    if (!out.empty()) out.pop_back();
    return out;
}

std::string text(std::string value) { return shown({Inline::text(std::move(value))}); }
Inline strong(std::string value) { return Inline::strong({Inline::text(std::move(value))}); }
Inline emphasis(std::string value) { return Inline::emphasis({Inline::text(std::move(value))}); }
Inline link(std::string label, std::string address) {
    return Inline::link({Inline::text(std::move(label))}, std::move(address));
}

}  // namespace

TEST_CASE("common text stays as it is") {
    for (const char* const plain : {"A word, and (another) one: yes!? #12 by @name", "simple-time_dev_aws",
                                    "50% of 1.5 GB", "a -> b", "x = {y}", "ecs-fargate / ubuntu-24.04", "--flag",
                                    "gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\x80", "a & b", "1.5", "it's \"q\""}) {
        CHECK(text(plain) == plain);
    }
}

TEST_CASE("markup in text is escaped") {
    CHECK(text("*a* _b_ `c` ~d~ $e$") == "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\$e\\$");
    CHECK(text("<script>x</script>") == "\\<script>x\\</script>");
    CHECK(text("[a](b) ![c](d)") == "\\[a\\](b) !\\[c\\](d)");
    CHECK(text("a|b\\") == "a\\|b\\\\");
    CHECK(text("AT&T") == "AT\\&T");
    CHECK(text("&lt; &#60;") == "\\&lt; \\&#60;");
    CHECK(text("http://a.b/c www.d.e f@g.h i@.j @k l@ m") == "http\\://a.b/c www\\.d.e f\\@g.h i\\@.j @k l@ m");
    CHECK(text("@a") == "\\@a");
    CHECK(text("a_b_c snake_case_name") == "a\\_b_c snake_case_name");
}

TEST_CASE("what would begin a block is escaped where a line starts") {
    for (const auto& [in, out] :
         std::initializer_list<std::pair<const char*, const char*>>{{"# a", "\\# a"},
                                                                    {"#", "\\#"},
                                                                    {"#12", "#12"},
                                                                    {"> a", "\\> a"},
                                                                    {"- a", "\\- a"},
                                                                    {"---", "\\---"},
                                                                    {"+ a", "\\+ a"},
                                                                    {"1. a", "1\\. a"},
                                                                    {"12)", "12\\)"},
                                                                    {"1.5", "1.5"},
                                                                    {"1234567890. a", "1234567890. a"},
                                                                    {"===", "\\==="},
                                                                    {"* a", "\\* a"},
                                                                    {"~~~", "\\~\\~\\~"},
                                                                    {"    code", "code"},
                                                                    {"\tcode", "code"},
                                                                    {"a # b", "a # b"},
                                                                    {"a\n# b", "a # b"}}) {
        CHECK(text(in) == out);
    }
    CHECK(shown({Inline::text("a"), Inline::line_break(), Inline::text("- b")}) == "a\\\n\\- b");
    CHECK(shown({Inline::text("a"), Inline::line_break(), Inline::text(":-")}) == "a\\\n\\:-");
}

TEST_CASE("what doesn't show is replaced") {
    CHECK(text("a\tb\r\nc") == "a b  c");
    CHECK(text(std::string("a\0b\x1B[1m\xE2\x80\xAE\xFF", 11)) ==
          "a\xEF\xBF\xBD"
          "b\xEF\xBF\xBD\\[1m\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(text("\xC2\xA0"
               "a") == "&#160;a");
}

TEST_CASE("code spans hold backticks and blanks") {
    CHECK(shown({Inline::code("a")}) == "`a`");
    CHECK(shown({Inline::code("a`b")}) == "``a`b``");
    CHECK(shown({Inline::code("`")}) == "`` ` ``");
    CHECK(shown({Inline::code(" a ")}) == "`  a  `");
    CHECK(shown({Inline::code(" a")}) == "` a`");
    CHECK(shown({Inline::code("  ")}) == "`  `");
    CHECK(shown({Inline::code("a\nb")}) == "`a b`");
    CHECK(shown({Inline::code(""), Inline::text("x")}) == "x");
}

TEST_CASE("code that no code span holds is text") {
    CHECK(shown({Inline::link({Inline::code("a]:b")}, "c")}) == "[a\\]:b](c)");
    CHECK(shown({Inline::code("a]:b")}) == "`a]:b`");
    CHECK(print({{Block::table({{{Inline::code("\\"), Inline::code("|")}}}, {})}, {}}).bytes ==
          "| \\\\\\| |\n| ---- |\n");
}

TEST_CASE("emphasis of any text is emphasis") {
    CHECK(shown({strong("a"), Inline::text(" and "), emphasis("b")}) == "**a** and _b_");
    CHECK(shown({Inline::text("a"), strong("b"), Inline::text("c")}) == "&#97;**b**c");
    CHECK(shown({Inline::text("a"), strong("."), Inline::text("c")}) == "&#97;**.**&#99;");
    CHECK(shown({Inline::text("a"), emphasis("b"), Inline::text("c")}) == "&#97;_b_&#99;");
    CHECK(shown({Inline::text("\xC3\xBC"), emphasis("b"), Inline::text("\xF0\x9F\x9A\x80")}) == "&#252;_b_&#128640;");
    CHECK(shown({strong(" a "), Inline::text("b")}) == "**a** b");
    CHECK(shown({strong("a"), strong("b")}) == "**ab**");
    CHECK(shown({Inline::strong({Inline::text("a"), strong("b"), emphasis("c")})}) == "**a&#98;_c_**");
    CHECK(shown({Inline::emphasis({strong("a"), Inline::text("b")})}) == "**_a_**_b_");
    CHECK(shown({Inline::emphasis({strong("a"), Inline::text(" b")})}) == "**_a_** _b_");
    CHECK(shown({Inline::text("a"), Inline::strong({Inline::text("b"), emphasis("c")})}) == "&#97;**&#98;_c_**");
    CHECK(shown({strong(""), Inline::text("x"), emphasis(" ")}) == "x");
    CHECK(shown({Inline::strong({Inline::text("a"), Inline::line_break(), Inline::text("1. b")})}) ==
          "**a\\\n1\\. b**");
}

TEST_CASE("links go where a page should link to") {
    CHECK(shown({link("a", "https://e.x/a?b=c&d#e")}) == "[a](https://e.x/a?b=c\\&d#e)");
    CHECK(shown({link("a", "ci/a b(1).sh")}) == "[a](ci/a%20b%281%29.sh)");
    CHECK(shown({link("a", "<x>\"\\|\n\xC3\xBC%zz%20")}) == "[a](%3Cx%3E%22%5C%7C%0A%C3%BC%25zz%20)");
    CHECK(shown({link("a", "javascript:alert(1)")}) == "a");
    CHECK(shown({link("a", " javascript:x")}) == "a");
    CHECK(shown({link("a", "HTTPS://x")}) == "[a](HTTPS://x)");
    CHECK(shown({link("a", "a/b:c")}) == "[a](a/b:c)");
    CHECK(shown({link("", "#top")}) == "[#top](#top)");
    CHECK(shown({link("a", "")}) == "[a](<>)");
    CHECK(shown({link("]", "x"), link("^1", "x")}) == "[\\]](x)[\\^1](x)");
    CHECK(shown({Inline::text("!"), link("a", "b")}) == "\\![a](b)");
    CHECK(shown({Inline::strong({link("a", "b"), Inline::text("c")})}) == "[**a**](b)**c**");
    CHECK(shown({Inline::link({Inline::text("a"), link("b", "c")}, "d")}) == "[ab](d)");
}
