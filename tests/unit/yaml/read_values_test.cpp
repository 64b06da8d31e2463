// What a text is read as: kinds, texts and places.
#include <doctest/doctest.h>

#include <string>

#include "generator/yaml/read.h"

using namespace pipewright;
using yaml::Kind;
using yaml::Node;

namespace {

struct Read {
    std::string bytes;
    Node root;

    // The bytes that a node's span covers.
    std::string at(const Node& node) const { return bytes.substr(node.span.offset, node.span.length); }
};

Read read(std::string bytes) {
    Sources sources;
    const SourceId id = sources.add("pipewright.yaml", bytes);
    Diagnostics diagnostics;
    std::optional<Node> node = yaml::read(sources, id, diagnostics);
    REQUIRE_MESSAGE(node.has_value(), (diagnostics.sorted().empty() ? "" : diagnostics.sorted().front().message));
    CHECK(diagnostics.sorted().empty());
    return {std::move(bytes), std::move(*node)};
}

std::string text(const std::string& bytes) { return read("a: " + bytes).root.find("a")->text; }

const Node& value(const Read& read, const char* key) {
    const Node* node = read.root.find(key);
    REQUIRE(node != nullptr);
    return *node;
}

}  // namespace

TEST_CASE("kinds, and whether a scalar was quoted") {
    const Read r = read("a: b\nc: 'd'\ne: \"f\"\ng: |\n  h\ni: [j]\nk: {l: m}\nn:\no: ~\np: null\nq: ''\n");
    CHECK(r.root.kind == Kind::mapping);
    CHECK(value(r, "a").kind == Kind::scalar);
    CHECK_FALSE(value(r, "a").quoted);
    CHECK(value(r, "c").quoted);
    CHECK(value(r, "e").quoted);
    CHECK(value(r, "g").quoted);
    CHECK(value(r, "i").kind == Kind::sequence);
    CHECK(value(r, "k").kind == Kind::mapping);
    CHECK(value(r, "n").kind == Kind::null);
    CHECK(value(r, "n").text.empty());
    CHECK(value(r, "o").kind == Kind::null);
    CHECK(value(r, "o").text == "~");
    CHECK(value(r, "p").kind == Kind::null);
    CHECK(value(r, "q").kind == Kind::scalar);
    CHECK(r.root.find("z") == nullptr);
}

TEST_CASE("spans of scalars cover what was written") {
    const Read r = read(
        "a: two words  # no\nb: 'it''s'\nc: \"d\\\"e\"\nf: |-\n  one\n  two\n\ng: 1\n'h' : >\n  i\n\nj: one\n  two\n");
    CHECK(r.at(value(r, "a")) == "two words");
    CHECK(r.at(value(r, "b")) == "'it''s'");
    CHECK(r.at(value(r, "c")) == "\"d\\\"e\"");
    CHECK(r.at(value(r, "f")) == "|-\n  one\n  two");
    CHECK(r.at(value(r, "g")) == "1");
    CHECK(r.at(value(r, "h")) == ">\n  i");
    CHECK(r.at(value(r, "j")) == "one\n  two");
    CHECK(r.at(r.root.entries[6].key) == "j");
    CHECK(r.at(r.root.entries[5].key) == "'h'");
}

TEST_CASE("spans of collections go from the first to the last character") {
    const Read r = read("a:\n  - b\n  - c: d\n    e:\nf: [ g, h ] # i\nj: {k: l,\n  m: n}\no: &p\n  q: r\ns: [t: u]\n");
    CHECK(r.at(value(r, "a")) == "- b\n  - c: d\n    e:");
    CHECK(r.at(value(r, "a").items[1]) == "c: d\n    e:");
    CHECK(r.at(value(r, "f")) == "[ g, h ]");
    CHECK(r.at(value(r, "j")) == "{k: l,\n  m: n}");
    CHECK(r.at(value(r, "o")) == "q: r");
    CHECK(r.at(value(r, "s").items[0]) == "t: u");
    CHECK(r.at(r.root) == r.bytes.substr(0, r.bytes.size() - 1));
}

TEST_CASE("a value that is left out has the place where it would stand") {
    const Read r = read("a:\nb: # c\nd:\n  -\n  - e\nf: {g, h: }\n");
    CHECK(value(r, "a").span == Span{1, 2, 0});
    CHECK(value(r, "b").span == Span{1, 6, 0});
    CHECK(value(r, "d").items[0].span == Span{1, 16, 0});
    CHECK(value(r, "f").entries[0].value.span == Span{1, 28, 0});
    CHECK(value(r, "f").entries[1].value.span == Span{1, 33, 0});
}

TEST_CASE("an aliased value has the place of the alias at every depth") {
    const Read r = read("a: &x {b: [c]}\nd: *x\n");
    const Node& copy = value(r, "d");
    CHECK(r.at(copy) == "*x");
    CHECK(r.at(copy.entries[0].key) == "*x");
    CHECK(r.at(copy.entries[0].value.items[0]) == "*x");
    CHECK(copy.entries[0].value.items[0].text == "c");
    CHECK(r.at(*value(r, "a").find("b")) == "[c]");
}

TEST_CASE("maps keep their order") {
    const Read r = read("z: 1\na: 2\nm: 3\n");
    CHECK(r.root.entries[0].key.text == "z");
    CHECK(r.root.entries[1].key.text == "a");
    CHECK(r.root.entries[2].key.text == "m");
}

TEST_CASE("CRLF files have LF in their texts and right places") {
    const Read r = read("a: |\r\n  one\r\n  two\r\nb: \"c\r\n  d\"\r\ne: f\r\n");
    CHECK(value(r, "a").text == "one\ntwo\n");
    CHECK(r.at(value(r, "a")) == "|\r\n  one\r\n  two");
    CHECK(value(r, "b").text == "c d");
    CHECK(r.at(value(r, "e")) == "f");
}

// The corpus in tests/reader compares most texts with another reader; these are where that one leaves the rules.
TEST_CASE("a block that the end of the file cuts off has no line end (YAML 1.2.2, 8.1.1.2)") {
    CHECK(text("|\n  one\n  two") == "one\ntwo");
    CHECK(text("|+\n  one\n  two") == "one\ntwo");
    CHECK(text(">\n  one\n  two") == "one two");
    CHECK(text("|\n  one\n  two\n") == "one\ntwo\n");
}

TEST_CASE("an empty line behind an escaped line end stays (YAML 1.2.2, 7.3.1)") {
    CHECK(text("\"one\\\n\n  two\"") == "one\ntwo");
    CHECK(text("\"one\\\n  two\"") == "onetwo");
    CHECK(text("\"one \\\n  \\ two\"") == "one  two");
}

TEST_CASE("escapes become UTF-8") {
    CHECK(text(R"("\N\_\L\P")") == "\u0085\u00A0\u2028\u2029");
    CHECK(text(R"("\x41\u00e9\U0001F600")") == "A\u00e9\U0001F600");
    CHECK(text(R"("\0")") == std::string(1, '\0'));
    CHECK(text(R"("\e\a\b\v\f\r\n\t\/\\\"")") == "\x1B\a\b\v\f\r\n\t/\\\"");
}

TEST_CASE("a single leading marker and a trailing one are fine") {
    CHECK(read("---\na: b\n...\n").root.find("a")->text == "b");
    CHECK(read("# c\n--- # d\na: b\n... # e\n\n").root.find("a")->text == "b");
    CHECK(read("--- a\n").root.text == "a");
}

TEST_CASE("a quoted << is a key like any other, and so are on and 1") {
    const Read r = read("'<<': a\non: b\n1: c\n");
    CHECK(value(r, "<<").text == "a");
    CHECK(value(r, "on").text == "b");
    CHECK(value(r, "1").text == "c");
}
