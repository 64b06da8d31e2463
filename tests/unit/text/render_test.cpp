// Messages as a person sees them.
#include "generator/text/render.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace pipewright;

namespace {

std::string drawn(const std::string& bytes, std::uint32_t offset, std::uint32_t length, std::string message = "m",
                  std::string help = "") {
    Sources sources;
    const SourceId id = sources.add("p.yaml", bytes);
    return render_text({Code::malformed, Severity::error, {id, offset, length}, std::move(message), std::move(help)},
                       sources, false);
}

// The two lines of the drawing, without the margin.
std::string caret(const std::string& bytes, std::uint32_t offset, std::uint32_t length) {
    std::string text = drawn(bytes, offset, length);
    text.erase(0, text.find('\n') + 1);
    std::string result;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        result += text.substr(0, end).substr(std::min<std::size_t>(end, 8));
        result += '\n';
        text.erase(0, end + 1);
    }
    return result;
}

std::string without_colour(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1B') {
            i = text.find('m', i);
        } else {
            result += text[i];
        }
    }
    return result;
}

}  // namespace

TEST_CASE("the whole form") {
    const std::string bytes = std::string(11, '\n') + "    enviroments:\n";
    CHECK(drawn(bytes, 15, 11, "unknown key 'enviroments'", "did you mean 'environments'?") ==
          R"(p.yaml:12:5: error: unknown key 'enviroments' [PW0106]
   12 |     enviroments:
      |     ^~~~~~~~~~~
      = did you mean 'environments'?
)");
}

TEST_CASE("line numbers keep the margin where it fits") {
    CHECK(drawn("a", 0, 1) == "p.yaml:1:1: error: m [PW0106]\n    1 | a\n      | ^\n");
    CHECK(drawn(std::string(99999, '\n') + "a", 99999, 1, "m", "h") ==
          "p.yaml:100000:1: error: m [PW0106]\n100000 | a\n       | ^\n       = h\n");
}

TEST_CASE("without a place there is no path and no line") {
    Sources sources;
    const Diagnostic nowhere{
        Code::no_manifest, Severity::error, {}, "there is no pipewright.yaml", "run 'pipewright init'"};
    CHECK(render_text(nowhere, sources, false) ==
          "error: there is no pipewright.yaml [PW0603]\n      = run 'pipewright init'\n");
    const Diagnostic unknown{Code::no_smoke, Severity::note, {7, 0, 1}, "m", ""};
    CHECK(render_text(unknown, sources, false) == "note: m [PW0306]\n");
}

TEST_CASE("help of several lines") {
    CHECK(drawn("a", 0, 1, "m", "one\ntwo") ==
          "p.yaml:1:1: error: m [PW0106]\n    1 | a\n      | ^\n      = one\n        two\n");
}

TEST_CASE("where the caret stands") {
    CHECK(caret("abc", 1, 1) == "abc\n ^\n");
    CHECK(caret("abc", 1, 0) == "abc\n ^\n");
    CHECK(caret("abc", 0, 3) == "abc\n^~~\n");
    CHECK(caret("abc", 3, 0) == "abc\n   ^\n");
    CHECK(caret("abc\n", 3, 1) == "abc\n   ^\n");
    CHECK(caret("abc\r\nd", 3, 2) == "abc\n   ^\n");
    CHECK(caret("abc\r\nd", 5, 1) == "d\n^\n");
    CHECK(caret("abc", 90, 5) == "abc\n   ^\n");
    CHECK(caret("", 0, 0) == "\n^\n");
    CHECK(caret("abc\ndef\nghi", 1, 8) == "abc\n ^~\n");
    CHECK(caret("   \nb", 0, 3) == "\n^~~\n");
}

TEST_CASE("tabs are drawn as spaces to the next multiple of four") {
    CHECK(caret("\tab", 1, 2) == "    ab\n    ^~\n");
    CHECK(caret("a\tb", 2, 1) == "a   b\n    ^\n");
    CHECK(caret("abc\td", 3, 1) == "abc d\n   ^\n");
    CHECK(caret("\ta", 0, 1) == "    a\n^~~~\n");
}

TEST_CASE("wide characters take two columns, combining marks none") {
    CHECK(caret("日本: x", 8, 1) == "日本: x\n      ^\n");
    CHECK(caret("日本: x", 3, 3) == "日本: x\n  ^~\n");
    CHECK(caret("🎉 x", 5, 1) == "🎉 x\n   ^\n");
    CHECK(caret("✅x", 3, 1) == "✅x\n  ^\n");
    CHECK(caret("e\u0301x", 3, 1) == "e\u0301x\n ^\n");
    CHECK(caret("e\u0301x", 1, 2) == "e\u0301x\n ^\n");
    CHECK(caret("größe", 2, 2) == "größe\n  ^\n");
    CHECK(drawn("größe: x", 9, 1).starts_with("p.yaml:1:8: "));
}

TEST_CASE("what does not show is made visible, never sent raw") {
    CHECK(caret("a\x1B[31mb", 1, 1) == "a\\x1B[31mb\n ^~~~\n");
    CHECK(caret("a\u202Eb", 4, 1) == "a\\u202Eb\n       ^\n");
    CHECK(caret("a\xFFz", 1, 1) == "a\\xFFz\n ^~~~\n");
    CHECK(caret("\xEF\xBB\xBFz", 3, 1) == "\\uFEFFz\n      ^\n");
    CHECK(drawn("a", 0, 1, "x\x1B[2Jy\nz\t\u202E", "h\x07\u2066") ==
          "p.yaml:1:1: error: x\\x1B[2Jy\\nz\\t\\u202E [PW0106]\n    1 | a\n      | ^\n      = h\\x07\\u2066\n");
    Sources sources;
    const SourceId id = sources.add("p\x1B[31m.yaml", "a");
    CHECK(render_text({Code::malformed, Severity::error, {id, 0, 1}, "m", ""}, sources, false)
              .starts_with("p\\x1B[31m.yaml:1:1: "));
    CHECK(visible("a\nb\r\t\x7F\xC0\U0001F600") == "a\\nb\\r\\t\\x7F\\xC0\U0001F600");
}

TEST_CASE("long lines are cut around the caret") {
    const std::string a(1000, 'a');
    const std::string left = "…" + a.substr(0, 40);
    const std::string below(41, ' ');
    CHECK(caret("x" + a, 0, 1) == "x" + a.substr(0, 99) + "…\n^\n");
    CHECK(caret(a + "x", 1000, 1) == left + "x\n" + below + "^\n");
    CHECK(caret(a + "x" + a, 1000, 1) == left + "x" + a.substr(0, 59) + "…\n" + below + "^\n");
    CHECK(caret(a + "x" + a, 1000, 500) ==
          left + "x" + a.substr(0, 59) + "…\n" + below + "^" + std::string(59, '~') + "\n");
    CHECK(caret(std::string(100, 'a'), 0, 1) == std::string(100, 'a') + "\n^\n");
    CHECK(caret(std::string(101, 'a'), 50, 1) == "…" + a.substr(0, 91) + "\n" + below + "^\n");
    std::string wide;
    for (int i = 0; i < 200; ++i) wide += "日";
    CHECK(caret(wide + "x", 600, 1) == "…" + wide.substr(0, 60) + "x\n" + below + "^\n");
    CHECK(caret(std::string(500, '\t') + "x", 500, 1) == "…" + std::string(40, ' ') + "x\n" + below + "^\n");
}

TEST_CASE("colour adds nothing but colour") {
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        Sources sources;
        const SourceId id = sources.add("p.yaml", "a: b\n");
        const Diagnostic diagnostic{Code::malformed, severity, {id, 3, 1}, "m", "h"};
        const std::string coloured = render_text(diagnostic, sources, true);
        CHECK(coloured.find('\x1B') != std::string::npos);
        CHECK(without_colour(coloured) == render_text(diagnostic, sources, false));
    }
}

TEST_CASE("a list and its closing line") {
    Sources sources;
    const SourceId id = sources.add("p.yaml", "a: b\n");
    Diagnostics diagnostics;
    CHECK(render_text(diagnostics.sorted(), sources, false).empty());
    diagnostics.report(Code::unknown_key, {id, 3, 1}, "second");
    diagnostics.report(Code::static_keys, {}, "last");
    diagnostics.report(Code::unknown_key, {id, 0, 1}, "first");
    CHECK(render_text(diagnostics.sorted(), sources, false) == R"(p.yaml:1:1: error: first [PW0103]
    1 | a: b
      | ^
p.yaml:1:4: error: second [PW0103]
    1 | a: b
      |    ^
warning: last [PW0304]
2 errors, 1 warning
)");
    diagnostics.report(Code::no_smoke, {}, "one");
    diagnostics.report(Code::no_smoke, {}, "two");
    CHECK(count_text(diagnostics.sorted()) == "2 errors, 1 warning, 2 notes");
    Diagnostics notes;
    notes.report(Code::no_smoke, {}, "one");
    CHECK(count_text(notes.sorted()) == "1 note");
    CHECK(count_text({}).empty());
}
