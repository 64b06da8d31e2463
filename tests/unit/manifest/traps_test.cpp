// What YAML makes of a manifest without being asked, as a person sees it; tests/unit/yaml has the reader's own traps.
#include <doctest/doctest.h>

#include <string>

#include "generator/manifest/load.h"
#include "generator/text/render.h"

using namespace pipewright;
using namespace pipewright::manifest;

namespace {

const std::string kRight = R"(pipewright: 1
project: shop
repository: acme/shop
hosts:
  github: { visibility: public, subject: classic }
services:
  api: { port: 8000, health: /health, env: { A: a } }
stacks:
  aws: { runtime: ecs-fargate }
environments:
  dev:
    deploy_on: { branch: main }
    targets:
      aws: { account: "111111111111", region: eu-west-1 }
)";

std::string said(const std::string& bytes) {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("m", bytes);
    const auto project = load(sources, source, {"", "m"}, diagnostics);
    CHECK(project.has_value() != diagnostics.has_errors());
    std::string all;
    for (const Diagnostic& one : diagnostics.sorted()) {
        if (one.severity != Severity::error) continue;
        const Position at = sources.at(source).position(one.span.offset);
        all += std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + one.message + " [" +
               std::string(describe(one.code).id) + "]" + (one.help.empty() ? "" : " = " + one.help) + "\n";
    }
    return all;
}

std::string with(const std::string& from, const std::string& to) {
    std::string bytes = kRight;
    REQUIRE(bytes.find(from) != std::string::npos);
    return bytes.replace(bytes.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("an account number without quotes is a number, to some an octal one") {
    CHECK(said(with("\"111111111111\"", "012345678901")) ==
          "14:23: 'environments.dev.targets.aws.account' must be text, but YAML reads 012345678901 as a number "
          "[PW0107] = put it in quotes: \"012345678901\"\n");
    CHECK(said(with("\"111111111111\"", "111111111111")) ==
          "14:23: 'environments.dev.targets.aws.account' must be text, but YAML reads 111111111111 as a number "
          "[PW0107] = put it in quotes: \"111111111111\"\n");
    CHECK(said(with("\"111111111111\"", "'012345678901'")).empty());
}

TEST_CASE("words and numbers where a text is meant") {
    for (const auto& [written, as] : {std::pair{"on", "true or false"},
                                      {"yes", "true or false"},
                                      {"y", "true or false"},
                                      {"Off", "true or false"},
                                      {"true", "true or false"},
                                      {"1.10", "a number"},
                                      {"1e3", "a number"},
                                      {"0x1F", "a number"},
                                      {"12:30", "a number"},
                                      {"2024-01-31", "a date"}}) {
        CAPTURE(written);
        const std::string word = written;
        CHECK(said(with("branch: main", "branch: " + word)) ==
              "12:26: 'environments.dev.deploy_on.branch' must be text, but YAML reads " + word + " as " + as +
                  " [PW0107] = put it in quotes: \"" + word + "\"\n");
        CHECK(said(with("A: a", "A: " + word)) == "7:49: 'services.api.env.A' must be text, but YAML reads " + word +
                                                      " as " + as + " [PW0107] = put it in quotes: \"" + word + "\"\n");
        CHECK(said(with("A: a", "A: \"" + word + "\"")).empty());
    }
    CHECK(said(with("branch: main", "branch: ~")) ==
          "12:26: 'branch' can't be null [PW0110] = write \"\" for an empty text, or take it away\n");
}

TEST_CASE("words that are names") {
    for (const char* word : {"on", "yes", "n", "off"}) {
        CAPTURE(word);
        const std::string name = word;
        const std::string wrong = ": a name must be text, but YAML reads " + name +
                                  " as true or false [PW0107] = put it in quotes: \"" + name + "\"\n";
        CHECK(said(with("  dev:", "  " + name + ":")) == "11:3" + wrong);
        CHECK(said(with("  api:", "  " + name + ":")) == "7:3" + wrong);
        CHECK(said(with("A: a", name + ": a")) == "7:46" + wrong);
        CHECK(said(with("  dev:", "  \"" + name + "\":")).empty());
        CHECK(said(with("A: a", "'" + name + "': a")).empty());
    }
    // A name that is none at all is told so first.
    CHECK(said(with("  api:", "  1:")).find("7:3: '1' can't be a name") == 0);
}

TEST_CASE("texts where a number or true and false are meant") {
    const std::string port = "7:16: 'services.api.port' ";
    CHECK(said(with("8000", "\"8000\"")) ==
          port + "must be a whole number, but this is text [PW0101] = write it without quotes: 8000\n");
    for (const std::string written : {"0x1F", "0o17", "8_000", "8000.0", "+8000", "22:22", "1e3"}) {
        CAPTURE(written);
        CHECK(said(with("8000", written)) == port + "must be a whole number, but this is " + written +
                                                 " [PW0101] = write it in decimal digits alone\n");
    }
    CHECK(said(with("8000", "08000")) ==
          port + "starts with a zero, which some YAML readers take for an octal number [PW0101] = write 8000\n");
    CHECK(said(with("8000", "99999999999999999999")) ==
          port +
              "must be a whole number, but this is 99999999999999999999 [PW0101] = write it in decimal digits alone\n");
    const auto switched = [&](const std::string& word) {
        return said(with("env: {", "read_only: " + word + ", env: {"));
    };
    const std::string read_only = "7:50: 'services.api.read_only' must be true or false, but this is ";
    for (const std::string word : {"yes", "no", "on", "True", "FALSE"}) {
        CAPTURE(word);
        CHECK(switched(word) ==
              read_only + word + " [PW0101] = only true and false mean the same to every YAML reader\n");
    }
    CHECK(switched("\"true\"") == read_only + "text [PW0101] = write it without quotes: true\n");
    CHECK(switched("1") == read_only + "a number [PW0101]\n");
    CHECK(switched("false").empty());
}

TEST_CASE("CRLF, anchors and comments change nothing") {
    std::string windows;
    for (const char c : kRight) windows += c == '\n' ? "\r\n" : std::string(1, c);
    CHECK(said(windows).empty());
    CHECK(said(with("  dev:\n", "  dev: # the first\n\n")).empty());
    CHECK(said(with("env: { A: a }", "env: { A: &word a, B: *word }")).empty());
    CHECK(said("%YAML 1.1\n---\n" + kRight).find("[PW") != std::string::npos);
    CHECK(said("---\n" + kRight + "...\n").empty());
}

TEST_CASE("what is said of a file that is no manifest is said once") {
    CHECK(said("") == "1:1: the file holds nothing [PW0012] = write at least one key\n");
    CHECK(said("# nothing\n").find("the file holds nothing [PW0012]") != std::string::npos);
    CHECK(said("~\n") == "1:1: the manifest is empty [PW0012] = start with pipewright: 1\n");
    CHECK(said("\xEF\xBB\xBF" + kRight) ==
          "1:1: the file starts with a byte order mark [PW0002] = save it as UTF-8 without one\n");
    CHECK(said(with("shop", "sh\xFFp")) == "2:12: the byte 0xFF is not UTF-8 [PW0001] = save the file as UTF-8\n");
    CHECK(said(kRight + "---\n" + kRight).find("15:1: ") == 0);
    CHECK(said(kRight + "---\n" + kRight).find("[PW0006]") != std::string::npos);
    CHECK(said(with("  api:", "\tapi:")) == "7:1: a tab indents this line [PW0004] = indent with spaces\n");
    CHECK(said("- a\n- b\n").find("1:1: the manifest must be a map, but this is a list [PW0101]") == 0);
    CHECK(said("just words\n").find("1:1: the manifest must be a map, but this is text [PW0101]") == 0);
}

TEST_CASE("behind a key that stands twice and behind a merge key the rest is read as well") {
    const std::string twice = said(with("project: shop\n", "project: shop\nproject: store\nregion: eu\n"));
    CHECK(twice.find("3:1: the key 'project' stands twice in this map, first on line 2, column 1 [PW0007]") == 0);
    CHECK(twice.find("4:1: unknown key 'region' [PW0103]") != std::string::npos);
    const std::string merged =
        said(with("  api: {", "  base: &base { command: [x], read_only: false }\n  api: { <<: *base, cpu: 3,"));
    CHECK(merged.find("8:10: merge keys ('<<') are not supported [PW0008] = write the keys out, or use an alias for a "
                      "whole value\n") == 0);
    CHECK(merged.find("'services.api' has no key") == std::string::npos);
}
