#include "tests/unit/cli/scene.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace pipewright::scene {

namespace {

// The top-level keys of a manifest, each with its lines; what stands before the first has no name.
using Blocks = std::vector<std::pair<std::string, std::string>>;

Blocks blocks(const std::string& text) {
    Blocks all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        std::string start = line.starts_with("\xEF\xBB\xBF") ? line.substr(3) : line;
        const std::size_t end = start.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
        const bool key = end != std::string::npos && end > 0 && start[end] == ':';
        if (key || all.empty()) all.emplace_back(key ? start.substr(0, end) : "", "");
        all.back().second += line + "\n";
    }
    return all;
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    bool quoted = false;
    bool fresh = true;
    for (const char c : line) {
        if (c == '\'') {
            quoted = !quoted;
        } else if (c == ' ' && !quoted) {
            fresh = true;
            continue;
        } else {
            if (fresh) words.emplace_back();
            words.back() += c;
            fresh = false;
        }
    }
    return words;
}

}  // namespace

std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string base_manifest() { return contents(PIPEWRIGHT_SOURCE_DIR "/tests/manifest/base.yaml"); }

std::string laid_over(const std::string& example) {
    Blocks all = blocks(base_manifest());
    const Blocks stronger = blocks(example);
    const bool keys = !stronger.empty() && !stronger.back().first.empty();
    if (!keys) return example;
    std::vector<std::string> replaced;
    for (const auto& [key, lines] : stronger) {
        const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == key; });
        if (at == all.end()) {
            all.emplace_back(key, lines);
        } else if (std::find(replaced.begin(), replaced.end(), key) != replaced.end()) {
            at->second += lines;
        } else {
            at->second = lines;
        }
        replaced.push_back(key);
    }
    std::string whole;
    for (const auto& [key, lines] : all) whole += lines;
    return whole;
}

std::string unescaped(const std::string& text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.compare(at, 2, "\\x") == 0) {
            result += static_cast<char>(std::stoi(text.substr(at + 2, 2), nullptr, 16));
            at += 3;
        } else if (text.compare(at, 2, "\\t") == 0) {
            result += '\t';
            ++at;
        } else {
            result += text[at];
        }
    }
    return result;
}

Scene::Scene(const std::string& manifest) {
    disk.put_folder("/.git");
    disk.put("/pipewright.yaml", manifest);
    for (const char* folder : {"", "/api", "/web"}) disk.put(std::string(folder) + "/Dockerfile", "FROM scratch\n");
}

cli::Exit Scene::run(const std::vector<std::string>& words) {
    cli::Console console;
    const cli::Exit exit = cli::run(words, disk, false, console);
    out = console.out;
    err = console.err;
    return exit;
}

void Scene::type(const std::string& line) {
    std::vector<std::string> words = words_of(line);
    REQUIRE(words.size() >= 2);
    const std::string command = words.front();
    const std::string file = words.back() == "." ? "/" : "/" + words.back();
    if (command == "pipewright") {
        words.erase(words.begin());
        run(words);
    } else if (command == "echo") {
        REQUIRE(words.size() == 4);
        const std::string* before = disk.bytes(file);
        disk.put(file, (words[2] == ">>" && before != nullptr ? *before : "") + words[1] + "\n");
    } else if (command == "rm") {
        disk.drop(file);
    } else if (command == "mkdir") {
        disk.put_folder(file);
    } else if (line.starts_with("chmod a-r ")) {
        disk.deny_reading(file);
    } else if (line.starts_with("chmod a-w ")) {
        disk.deny_changes_in(file);
    } else {
        REQUIRE_MESSAGE(line.starts_with("chmod a+"), line);
    }
}

}  // namespace pipewright::scene
