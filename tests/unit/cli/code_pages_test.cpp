// The pages of the codes: every code has one in the fixed shape, its wrong example gives this code and nothing else,
// and its right example nothing of it. How an example is written stands in CONTRIBUTING.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "generator/cli/command.h"
#include "generator/cli/pages.h"
#include "tests/unit/cli/scene.h"

using namespace pipewright;
using namespace pipewright::scene;

namespace {

namespace fs = std::filesystem;

const fs::path kFolder = PIPEWRIGHT_SOURCE_DIR "/docs/codes";

// Limits of whole policies: an example would be pages of names. tests/unit/infrastructure has them.
const std::set<std::string> kDescribed{"PW0220", "PW0310", "PW0701"};

struct Example {
    std::string language, text;
};

struct Page {
    std::string title, kind;
    std::vector<std::string> headings;
    std::map<std::string, std::vector<Example>> examples;  // by heading
    std::map<std::string, std::size_t> words;              // lines of text below a heading
};

Page parsed(const std::string& text) {
    Page page;
    std::string heading;
    bool inside = false;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        CHECK(line.size() <= 120);
        if (line.starts_with("```") && !inside) {
            page.examples[heading].push_back({line.substr(3), ""});
            inside = true;
        } else if (line == "```") {
            inside = false;
        } else if (inside) {
            page.examples[heading].back().text += line + "\n";
        } else if (line.starts_with("# ")) {
            page.title = line.substr(2);
        } else if (line.starts_with("## ")) {
            heading = line.substr(3);
            page.headings.push_back(heading);
        } else if (!line.empty() && page.kind.empty()) {
            page.kind = line;
        } else if (!line.empty()) {
            ++page.words[heading];
        }
    }
    CHECK_FALSE(inside);
    return page;
}

// The codes of a report in JSON, each once and with a blank behind it.
std::string codes(const std::string& json) {
    std::set<std::string> found;
    const nlohmann::json document = nlohmann::json::parse(json);
    for (const auto& one : document.at("diagnostics")) found.insert(one.at("code"));
    std::string all;
    for (const std::string& one : found) all += one + " ";
    return all;
}

// What a manifest is told: by validate, and where that is content, by check, which makes everything.
std::string told(const std::string& manifest) {
    Scene scene(manifest);
    scene.run({"validate", "--format", "json"});
    const std::string found = codes(scene.out);
    if (!found.empty()) return found;
    scene.run({"check", "--format", "json"});
    return codes(scene.out);
}

void check_manifests(const std::string& id, const Example& wrong, const Example& right) {
    const auto whole = [](const Example& one) {
        return laid_over(one.language == "escaped" ? unescaped(one.text) : one.text);
    };
    CHECK(told(whole(wrong)) == id + " ");
    CHECK(told(whole(right)).find(id) == std::string::npos);
}

void check_calls(const std::string& id, const Example& wrong, const Example& right) {
    const auto said = [](const Example& one) {
        Scene scene(base_manifest());
        std::istringstream in(one.text);
        for (std::string line; std::getline(in, line);) {
            REQUIRE(line.starts_with("$ "));
            scene.type(line.substr(2));
        }
        return scene.out + scene.err;
    };
    CHECK(said(wrong).find(id) != std::string::npos);
    CHECK(said(right).find(id) == std::string::npos);
}

}  // namespace

TEST_CASE("the manifest over which examples are laid is valid without a word") {
    CHECK(told(base_manifest()).empty());
    CHECK(laid_over("stacks: {}\n").find("stacks: {}\nenvironments:\n") != std::string::npos);
    CHECK(laid_over("delivery: {}\n") == base_manifest() + "delivery: {}\n");
    CHECK(laid_over("# nothing\n") == "# nothing\n");
    CHECK(unescaped("a\\xFFb\\tc\n") ==
          "a\xFF"
          "b\tc\n");
}

TEST_CASE("every code has a page, and every page a code") {
    std::set<std::string> pages;
    for (const auto& entry : fs::directory_iterator(kFolder)) pages.insert(entry.path().filename().string());
    std::set<std::string> wanted;
    for (const CodeEntry& entry : catalogue()) wanted.insert(std::string(entry.id) + ".md");
    CHECK(pages == wanted);
}

TEST_CASE("every page has the fixed shape, and is built into the program") {
    const std::map<Severity, std::string> kinds{
        {Severity::error, "An error."}, {Severity::warning, "A warning."}, {Severity::note, "A note."}};
    for (const CodeEntry& entry : catalogue()) {
        const std::string id(entry.id);
        CAPTURE(id);
        const std::string text = contents((kFolder / (id + ".md")).string());
        CHECK(cli::page_of(entry.code) == text);
        const Page page = parsed(text);
        CHECK(page.title == id + ": " + std::string(entry.title));
        CHECK(page.kind == kinds.at(entry.severity));
        CHECK(page.headings == std::vector<std::string>{"Why it matters", "Wrong", "Right"});
        CHECK(page.words.contains(""));
        CHECK(page.words.contains("Why it matters"));
        CHECK(page.examples.size() == 2);
    }
}

TEST_CASE("wrong examples give their code alone, right ones nothing of it") {
    for (const CodeEntry& entry : catalogue()) {
        const std::string id(entry.id);
        CAPTURE(id);
        const Page page = parsed(contents((kFolder / (id + ".md")).string()));
        REQUIRE(page.examples.contains("Wrong"));
        REQUIRE(page.examples.contains("Right"));
        REQUIRE(page.examples.at("Wrong").size() == 1);
        REQUIRE(page.examples.at("Right").size() == 1);
        const Example& wrong = page.examples.at("Wrong").front();
        const Example& right = page.examples.at("Right").front();
        CHECK(wrong.language == right.language);
        CHECK(wrong.text != right.text);
        CHECK((wrong.language == "text") == kDescribed.contains(id));
        if (wrong.language == "yaml" || wrong.language == "escaped") {
            check_manifests(id, wrong, right);
        } else if (wrong.language == "console") {
            check_calls(id, wrong, right);
        } else {
            CHECK(wrong.language == "text");
        }
    }
}
