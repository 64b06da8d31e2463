#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

const std::vector<std::string> kWords{"on",
                                      "On",
                                      "yes",
                                      "NO",
                                      "y",
                                      "n",
                                      "true",
                                      "False",
                                      "null",
                                      "~",
                                      "",
                                      "012",
                                      "0o7",
                                      "0x1f",
                                      "0b1",
                                      "1e3",
                                      "1_000",
                                      "1,000",
                                      ".inf",
                                      "-.INF",
                                      ".nan",
                                      "12:30:45",
                                      "=",
                                      "<<",
                                      "-",
                                      "--",
                                      "---",
                                      "...",
                                      "?",
                                      ":",
                                      "!",
                                      "&a",
                                      "*a",
                                      "- a",
                                      "a: b",
                                      "a #b",
                                      "#a",
                                      "a:",
                                      ":a",
                                      "%a",
                                      "@a",
                                      "`a`",
                                      "|",
                                      ">",
                                      "{}",
                                      "[]",
                                      "{a}",
                                      "[a, b]",
                                      "a, b",
                                      "'",
                                      "\"",
                                      "''",
                                      "\"\"",
                                      "\\",
                                      "\\\\",
                                      " a",
                                      "a ",
                                      " ",
                                      "  ",
                                      "+1",
                                      "-1",
                                      "1.5",
                                      ".5",
                                      "5.",
                                      "1.2.3",
                                      "2001-01-01",
                                      "2001-12-14 21:59:43.10 -5",
                                      "${x}",
                                      "$${x}",
                                      "%{if x}",
                                      "%%{x}",
                                      "${{ github.ref }}",
                                      "$[[ a ]]",
                                      "$",
                                      "$$",
                                      "%",
                                      "{",
                                      "}",
                                      "<!-- a -->",
                                      "-->",
                                      "<b>c</b>",
                                      "&lt;",
                                      "&#60;",
                                      "http://a.b/c",
                                      "www.a.bc",
                                      "a@b.cd",
                                      "*a*",
                                      "_a_",
                                      "__a__",
                                      "a_b_c",
                                      "`",
                                      "``",
                                      "[a](b)",
                                      "![a](b)",
                                      "[a]: b",
                                      "1. a",
                                      "1) a",
                                      "# a",
                                      "===",
                                      "> a",
                                      "~~a~~",
                                      "| a |",
                                      "+ a",
                                      "    a",
                                      "$a$",
                                      "EOT",
                                      "a\nEOT\nb",
                                      "null\n",
                                      "for",
                                      "true\nfalse",
                                      "\xEF\xBB\xBF",
                                      "\xC2\x85",
                                      "\xE2\x80\xA8",
                                      "__proto__",
                                      "constructor"};

const std::vector<std::string> kMild{"a",
                                     "b",
                                     "c",
                                     "word",
                                     "1",
                                     "0",
                                     " ",
                                     " ",
                                     " ",
                                     "  ",
                                     "-",
                                     "_",
                                     "*",
                                     "**",
                                     "`",
                                     "``",
                                     "'",
                                     "\"",
                                     "\\",
                                     "$",
                                     "{",
                                     "}",
                                     "${",
                                     "%{",
                                     "%",
                                     "${{ x }}",
                                     "#",
                                     " #",
                                     ":",
                                     ": ",
                                     ",",
                                     "[",
                                     "]",
                                     "(",
                                     ")",
                                     "<",
                                     ">",
                                     "!",
                                     "|",
                                     "~",
                                     "&",
                                     "@",
                                     "=",
                                     "?",
                                     "+",
                                     ".",
                                     "/",
                                     ";",
                                     "://",
                                     "www.",
                                     "q\xCC\x81",  // a combining accent
                                     "\xC3\xBC",
                                     "\xE6\x97\xA5",
                                     "\xF0\x9F\x9A\x80",
                                     "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
                                     "\xE2\x80\x9C",
                                     "\xC2\xA0",
                                     "\xE2\x80\x8B",
                                     "\xE3\x80\x80",
                                     "\xEE\x80\x80"};

const std::vector<std::string> kWild{"\n",           "\n",           "\r",
                                     "\r\n",         "\t",           "\x01",
                                     "\x1B[1m",      "\x7F",         std::string(1, '\0'),
                                     "\xC2\x85",     "\xE2\x80\xA8", "\xE2\x80\xAE",
                                     "\xEF\xBB\xBF", "\xEF\xBF\xBE", "\xF0\x9F\xBF\xBF",
                                     "\xCC\x81"};

const std::vector<std::string> kLines{"",
                                      "set -euo pipefail",
                                      "  indented",
                                      "\ttab",
                                      "# comment",
                                      "echo \"${x}\" '%{y}'",
                                      "a: b",
                                      "- c",
                                      "   ",
                                      "trailing ",
                                      "---",
                                      "EOT",
                                      "x \\",
                                      "${{ inputs.a }}",
                                      "$${x} %%%{y}$",
                                      "\xF0\x9F\x9A\x80",
                                      "\"",
                                      "```",
                                      "    deep"};

}  // namespace

std::uint64_t Random::next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

std::string hostile_text(Random& random) {
    if (random.one_in(3)) return random.of(kWords);
    std::string out;
    const std::size_t count = 1 + random.below(8);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t kind = random.below(8);
        out += kind == 0 ? random.of(kWild) : kind == 1 ? random.of(kWords) : random.of(kMild);
    }
    return out;
}

std::string mild_text(Random& random) {
    std::string out;
    const std::size_t count = random.below(7);
    for (std::size_t i = 0; i < count; ++i) out += random.of(kMild);
    return out;
}

std::string hostile_lines(Random& random) {
    std::string out;
    const std::size_t count = 1 + random.below(6);
    for (std::size_t i = 0; i < count; ++i) out += random.of(kLines) + (random.one_in(30) ? "\r\n" : "\n");
    if (random.one_in(3)) out.pop_back();
    if (random.one_in(5)) out += "\n\n";
    if (random.one_in(8)) out += hostile_text(random);
    return out;
}

std::int64_t integer(Random& random) {
    const auto value = static_cast<std::int64_t>(random.next());
    return random.one_in(2) ? value : value % 1000;
}

Json expected_integer(std::int64_t value) { return {{"i", std::to_string(value)}}; }

}  // namespace pipewright::printers
