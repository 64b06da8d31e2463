// Every tests/manifest/wrong/NAME.yaml is refused with exactly the messages in NAME.txt, caret and advice included.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "generator/manifest/load.h"
#include "generator/text/render.h"

namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string messages(const std::string& name, const std::string& bytes) {
    pipewright::Sources sources;
    pipewright::Diagnostics diagnostics;
    const pipewright::SourceId source = sources.add(name, bytes);
    const auto project = pipewright::manifest::load(sources, source, {"", name}, diagnostics);
    CHECK(project.has_value() == !diagnostics.has_errors());
    return pipewright::render_text(diagnostics.sorted(), sources, false);
}

}  // namespace

TEST_CASE("wrong manifests are refused with the messages beside them") {
    const fs::path folder = PIPEWRIGHT_SOURCE_DIR "/tests/manifest/wrong";
    int seen = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml") continue;
        ++seen;
        const std::string name = entry.path().filename().string();
        fs::path expected = entry.path();
        expected.replace_extension(".txt");
        CAPTURE(name);
        CHECK(messages(name, contents(entry.path())) == contents(expected));
        CHECK(contents(expected).find(": error: ") != std::string::npos);
    }
    CHECK(seen >= 150);
}

TEST_CASE("right manifests are read without a word") {
    for (const auto& entry : fs::directory_iterator(PIPEWRIGHT_SOURCE_DIR "/tests/manifest/right")) {
        if (entry.path().extension() != ".yaml") continue;
        CAPTURE(entry.path().filename().string());
        CHECK(messages(entry.path().filename().string(), contents(entry.path())).empty());
    }
}

TEST_CASE("line ends of Windows change no message but by their own") {
    std::string bytes = contents(PIPEWRIGHT_SOURCE_DIR "/tests/manifest/right/minimal.yaml");
    std::string windows;
    for (const char c : bytes) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(messages("minimal.yaml", windows).empty());
}
