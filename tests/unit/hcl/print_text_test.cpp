// How texts, references and templates are written. Terraform is asked about the same by the test printers.hcl.
#include <doctest/doctest.h>

#include "generator/hcl/document.h"

using namespace pipewright::hcl;

namespace {

std::string value(Expression of) {
    const std::string out = print({{}, {{Attribute{"k", std::move(of)}}}, {}}).bytes;
    REQUIRE(out.starts_with("k = "));
    return out.substr(4, out.size() - 5);
}

std::string text(std::string of) { return value(Expression::text(std::move(of))); }
std::string lines(std::string of) { return value(Expression::lines(std::move(of))); }
Expression x() { return Expression::reference("var.x"); }

}  // namespace

TEST_CASE("text in quotes") {
    CHECK(text("") == "\"\"");
    CHECK(text("a b") == "\"a b\"");
    CHECK(text("say \"hi\" \\ there") == "\"say \\\"hi\\\" \\\\ there\"");
    CHECK(text("a\n\r\tb") == "\"a\\n\\r\\tb\"");
    CHECK(text(std::string("\0\x1B\x7F", 3)) == "\"\\u0000\\u001b\\u007f\"");
    CHECK(text("\xC2\xA0\xE2\x80\xA8\xEF\xBB\xBF\xF3\xA0\x80\x81") == "\"\\u00a0\\u2028\\ufeff\\U000e0001\"");
    CHECK(text("gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\x80") == "\"gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\x80\"");
    CHECK(text("a\xFF") == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("interpolations and directives in text stay text") {
    CHECK(text("${x} %{y} $ % {} $x %d") == "\"$${x} %%{y} $ % {} $x %d\"");
    CHECK(text("$${x}") == "\"$$${x}\"");
    CHECK(text("%%%{x}") == "\"%%%%{x}\"");
    CHECK(text("$%{x} %${y} $$ %%") == "\"$%%{x} %$${y} $$ %%\"");
}

TEST_CASE("several lines as a heredoc") {
    CHECK(lines("a\n") == "<<-EOT\n  a\nEOT");
    CHECK(lines("a\n\n\t\"b\" \\n ${c} %{d}\n  e \n") == "<<-EOT\n  a\n\n  \t\"b\" \\n $${c} %%{d}\n    e \nEOT");
    CHECK(lines("$${b}\n") == "<<-EOT\n  $$${b}\nEOT");
    CHECK(lines("\n  a\nb\n\n") == "<<-EOT\n\n    a\n  b\n\nEOT");
}

TEST_CASE("several lines in quotes where a heredoc would lie") {
    CHECK(lines("a") == "\"a\"");
    CHECK(lines("a\nb") == "\"a\\nb\"");
    CHECK(lines("") == "\"\"");
    CHECK(lines("\n") == "\"\\n\"");
    CHECK(lines("  a\n  b\n") == "\"  a\\n  b\\n\"");
    CHECK(lines("a\n  \n") == "\"a\\n  \\n\"");
    CHECK(lines("a\r\n") == "\"a\\r\\n\"");
    CHECK(lines("EOT\n") == "\"EOT\\n\"");
    CHECK(lines("a\x01\n") == "\"a\\u0001\\n\"");
}

TEST_CASE("templates") {
    CHECK(value(Expression::templated({Expression::text("a-"), x(), Expression::text("-b")})) == "\"a-${var.x}-b\"");
    CHECK(value(Expression::templated({Expression::text("US$"), x()})) == "\"US\\u0024${var.x}\"");
    CHECK(value(Expression::templated({x(), Expression::text("$"), Expression::text("{"), x()})) ==
          "\"${var.x}$${${var.x}\"");
    CHECK(value(Expression::templated({Expression::number(-1), Expression::boolean(true), x(), x()})) ==
          "\"-1true${var.x}${var.x}\"");
    CHECK(value(Expression::templated({x()})) == "var.x");
    CHECK(value(Expression::templated({Expression::text(""), Expression::templated({x()}), Expression::lines("")})) ==
          "var.x");
    CHECK(value(Expression::templated({Expression::text("a")})) == "\"a\"");
    CHECK(value(Expression::templated({})) == "\"\"");
    CHECK(value(Expression::templated(
              {Expression::text("a"),
               Expression::call("f", {Expression::text("\""), Expression::object({{"b", x()}})})})) ==
          "\"a${f(\"\\\"\", { b = var.x })}\"");
}

TEST_CASE("references") {
    CHECK(value(Expression::reference("each.value")) == "each.value");
    CHECK(value(Expression::reference("string")) == "string");
    CHECK(value(Expression::reference(Reference("module.network").attribute("vpc_id"))) == "module.network.vpc_id");
    CHECK(value(Expression::reference(Reference("var.x").attribute("a b").index("${k}").index(0).splat().attribute(
              "id"))) == "var.x[\"a b\"][\"$${k}\"][0][*].id");
    REQUIRE(Reference::parse("module.app-1.url"));
    CHECK(Reference::parse("module.app-1.url")->text() == "module.app-1.url");
    for (const char* const bad :
         {"", ".", "a.", ".a", "a..b", "1a", "a b", "a[0]", "true", "null.x", "for.x", "a.b\n", "a;b"}) {
        CHECK_FALSE(Reference::parse(bad));
    }
}

TEST_CASE("names") {
    REQUIRE(Name::parse("simple-time_2"));
    CHECK(Name::parse("simple-time_2")->text() == "simple-time_2");
    CHECK(Name::parse(std::string(127, 'a'))->text() == std::string(127, 'a'));
    for (const std::string& bad : {std::string(), std::string("1a"), std::string("-a"), std::string("a b"),
                                   std::string("\xC3\xBC"), std::string("a.b"), std::string(128, 'a')}) {
        CHECK_FALSE(Name::parse(bad));
    }
}
