// The formats for machines, over texts and paths that mean something to each of them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "generator/cli/pages.h"
#include "generator/cli/report.h"
#include "tests/unit/cli/scene.h"

using namespace pipewright;
using namespace pipewright::cli;

namespace {

using Json = nlohmann::json;

Finding finding(std::string path, std::string message, std::string help = "") {
    Finding one;
    one.code = Code::unknown_key;
    one.message = std::move(message);
    one.help = std::move(help);
    one.file = path;
    one.path = std::move(path);
    one.begin = {3, 5};
    one.end = {3, 9};
    return one;
}

Report report(std::vector<Finding> findings) {
    Report all;
    all.command = "validate";
    all.findings = std::move(findings);
    return all;
}

const std::string kPath = "a,b: 100%/größe::x\n.yaml";
const std::string kText = "one\n::error::two\r\n%0A, 50% \"three\" \xFF";

}  // namespace

TEST_CASE("github: nothing in a text or a path ends the command or begins another") {
    const std::string out = print(report({finding(kPath, kText, "help: a,b\nc")}), Format::github);
    CHECK(out ==
          "::error file=a%2Cb%3A 100%25/größe%3A%3Ax%0A.yaml,line=3,endLine=3,col=5,endColumn=9,"
          "title=PW0103 a key is not known::one%0A::error::two%0D%0A%250A, 50%25 \"three\" \xFF%0Ahelp: a,b%0Ac\n");
}

TEST_CASE("github: severities, places over several lines, and no place at all") {
    Finding wide = finding("p.yaml", "m");
    wide.severity = Severity::warning;
    wide.end = {4, 2};
    Finding nowhere = finding("p.yaml", "m");
    nowhere.severity = Severity::note;
    nowhere.file.clear();
    nowhere.begin = nowhere.end = {};
    CHECK(print(report({wide, nowhere}), Format::github) ==
          "::warning file=p.yaml,line=3,endLine=4,col=5,title=PW0103 a key is not known::m\n"
          "::notice file=p.yaml,line=1,title=PW0103 a key is not known::m\n");
    CHECK(print(report({}), Format::github).empty());
}

TEST_CASE("gitlab: the keys that it reads, and one fingerprint for each finding") {
    Finding warning = finding("p.yaml", "other");
    warning.severity = Severity::warning;
    Finding note = finding("p.yaml", "third");
    note.severity = Severity::note;
    const Json all = Json::parse(
        print(report({finding(kPath, kText, "h"), finding("p.yaml", "m"), finding("p.yaml", "m"), warning, note}),
              Format::gitlab));
    REQUIRE(all.size() == 5);
    CHECK(all[0]["description"] == "one\n::error::two\r\n%0A, 50% \"three\" \uFFFD (h)");
    CHECK(all[0]["location"]["path"] == kPath);
    CHECK(all[0]["location"]["lines"] == Json{{"begin", 3}, {"end", 3}});
    CHECK(all[1]["check_name"] == "pipewright/PW0103");
    CHECK(all[1]["severity"] == "critical");
    CHECK(all[3]["severity"] == "minor");
    CHECK(all[4]["severity"] == "info");
    std::set<std::string> prints;
    for (const Json& one : all) prints.insert(one["fingerprint"]);
    CHECK(prints.size() == 5);
    CHECK(print(report({}), Format::gitlab) == "[]\n");
}

TEST_CASE("a fingerprint outlives lines that come above it") {
    Finding moved = finding("p.yaml", "m");
    moved.begin = {30, 1};
    CHECK(fingerprints({finding("p.yaml", "m")}) == fingerprints({moved}));
    CHECK(fingerprints({finding("p.yaml", "m")}) != fingerprints({finding("q.yaml", "m")}));
    CHECK(fingerprints({finding("p.yaml", "m")}) != fingerprints({finding("p.yaml", "n")}));
}

TEST_CASE("sarif: rules with their pages, paths as URIs, columns of characters") {
    Finding second = finding("p.yaml", "m");
    second.code = Code::static_keys;
    second.severity = Severity::warning;
    const Json document =
        Json::parse(print(report({finding(kPath, kText, "h"), second, finding("p.yaml", "m")}), Format::sarif));
    CHECK(document["version"] == "2.1.0");
    const Json& run = document["runs"][0];
    CHECK(run["columnKind"] == "unicodeCodePoints");
    CHECK(run["tool"]["driver"]["version"] == PIPEWRIGHT_VERSION);
    const Json& rules = run["tool"]["driver"]["rules"];
    REQUIRE(rules.size() == 2);
    CHECK(rules[0]["id"] == "PW0103");
    CHECK(rules[0]["help"]["markdown"] == page_of(Code::unknown_key));
    CHECK(rules[1]["defaultConfiguration"]["level"] == "warning");
    REQUIRE(run["results"].size() == 3);
    const Json& result = run["results"][0];
    CHECK(result["ruleIndex"] == 0);
    CHECK(run["results"][1]["ruleIndex"] == 1);
    CHECK(run["results"][2]["ruleIndex"] == 0);
    CHECK(result["level"] == "error");
    CHECK(result["message"]["text"] == "one\n::error::two\r\n%0A, 50% \"three\" \uFFFD\nh");
    const Json& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "a%2Cb%3A%20100%25/gr%C3%B6%C3%9Fe%3A%3Ax%0A.yaml");
    CHECK(place["region"] == Json{{"startLine", 3}, {"startColumn", 5}, {"endLine", 3}, {"endColumn", 9}});
    CHECK(Json::parse(print(report({}), Format::sarif))["runs"][0]["results"].empty());
}

TEST_CASE("json: the version, the place, and no key without a value") {
    Finding nowhere = finding("p.yaml", "m");
    nowhere.file.clear();
    const Json document = Json::parse(print(report({finding(kPath, kText, "h"), nowhere}), Format::json));
    CHECK(document["schema"] == "pipewright.validate/1");
    CHECK_FALSE(document.contains("files"));
    const Json& one = document["diagnostics"][0];
    CHECK(one["code"] == "PW0103");
    CHECK(one["help"] == "h");
    CHECK(one["place"] == Json{{"file", kPath}, {"line", 3}, {"column", 5}, {"end_line", 3}, {"end_column", 9}});
    CHECK(document["diagnostics"][1] == Json{{"code", "PW0103"}, {"severity", "error"}, {"message", "m"}});
}

TEST_CASE("files are findings where a format knows nothing else, each once") {
    Report all = report({});
    all.compared = true;
    all.files.push_back({"ci/a.sh", "create", "missing", "missing", true, false, Code::not_current});
    all.files.push_back({"ci/b.sh", "unchanged", "", "", false, false, Code::not_current});
    all.files.push_back({"ci/c.sh", "update", "manifest_changed", "it changed", true, true, Code::not_current});
    CHECK(print(all, Format::github) ==
          "::error file=ci/a.sh,line=1,title=PW0507 a file is not as it would be generated::ci/a.sh: missing%0A"
          "run: pipewright generate\n");
    CHECK(Json::parse(print(all, Format::json))["files"].size() == 3);
    CHECK(Json::parse(print(all, Format::json))["diagnostics"].empty());
}

TEST_CASE("every command that reports knows every format, and the others say which they know") {
    for (const std::string_view format : kFormats) {
        CAPTURE(format);
        scene::Scene scene(scene::base_manifest() + "extras: {}\n");
        CHECK(scene.run({"validate", "--format", std::string(format)}) == kWrong);
        CHECK((scene.out + scene.err).find("PW0103") != std::string::npos);
        CHECK(scene.err.empty() == (format != "text"));
    }
    scene::Scene scene(scene::base_manifest());
    CHECK(scene.run({"validate", "--format", "xml"}) == kWrong);
    CHECK(scene.err.find("sarif") != std::string::npos);
    CHECK(scene.run({"explain", "code", "PW0103", "--format", "sarif"}) == kWrong);
    CHECK(scene.run({"validate", "--effective", "--format", "sarif"}) == kWrong);
}
