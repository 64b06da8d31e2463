// A repository in memory, and what init makes of it.
#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "generator/init/manifest.h"
#include "generator/manifest/load.h"
#include "generator/system/memory_disk.h"
#include "generator/text/render.h"

namespace pipewright::scene {

// A person whose answers are known beforehand; after the last one the input ends.
class Script final : public system::Prompt {
public:
    explicit Script(std::deque<std::string> answers) : answers_(std::move(answers)) {}
    void say(std::string_view text) override { said += text; }
    std::optional<std::string> ask(std::string_view question) override {
        said += question;
        asked.emplace_back(question);
        if (answers_.empty()) return std::nullopt;
        std::string answer = answers_.front();
        answers_.pop_front();
        said += answer + "\n";
        return answer;
    }
    bool heard(const std::string& words) const { return said.find(words) != std::string::npos; }

    std::string said;
    std::vector<std::string> asked;

private:
    std::deque<std::string> answers_;
};

using Files = std::map<std::string, std::string>;

struct Repository {
    // A disk can't be moved, and a repository is returned by functions.
    std::shared_ptr<system::MemoryDisk> owned = std::make_shared<system::MemoryDisk>();
    system::MemoryDisk& disk = *owned;

    Repository() = default;
    explicit Repository(const Files& files) {
        disk.put_folder("/repo");
        for (const auto& [path, text] : files) disk.put("/repo/" + path, text);
    }
    // Braces around one file could mean a map of it or a copy of another repository.
    Repository(std::initializer_list<Files::value_type> files) : Repository(Files(files)) {}

    Repository& remote(const std::string& name, const std::string& url) {
        config +=
            "[remote \"" + name + "\"]\n\turl = " + url + "\n\tfetch = +refs/heads/*:refs/remotes/" + name + "/*\n";
        disk.put("/repo/.git/config", "[core]\n\tbare = false\n" + config);
        disk.put("/repo/.git/HEAD", "ref: refs/heads/main\n");
        return *this;
    }

    init::Facts look(const std::string& folder = "/repo") { return init::look(disk, "/repo", folder); }

    std::string config;
};

// Everything but an account, so that a manifest without gaps comes out.
inline init::Wishes all_facts() {
    init::Wishes wishes;
    wishes.accounts = {"dev=111111111111", "prod=222222222222"};
    wishes.regions = {"eu-west-1"};
    wishes.yes = true;
    return wishes;
}

// What manifest::load says of a text; the messages that are errors, drawn.
inline std::string errors_in(const std::string& manifest, std::optional<Project>* project = nullptr) {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("pipewright.yaml", manifest);
    std::optional<Project> loaded = manifest::load(sources, source, {{}, "pipewright.yaml"}, diagnostics);
    std::string text;
    for (const Diagnostic& one : diagnostics.sorted()) {
        if (one.severity == Severity::error) text += render_text(one, sources, false);
    }
    if (!loaded && text.empty()) text = "no project";
    if (project != nullptr) *project = std::move(loaded);
    return text;
}

struct Made {
    std::optional<init::Decisions> decisions;
    std::string text;
    std::optional<Project> project;  // where nothing is open
    Diagnostics diagnostics;

    bool has(const std::string& words) const { return text.find(words) != std::string::npos; }
};

// Runs look, decide and manifest_text. Every manifest that comes out is checked: without gaps it is valid, and with
// gaps it is refused at those alone.
inline Made make(Repository& repository, const init::Wishes& wishes, system::Prompt* prompt = nullptr) {
    Made made;
    made.decisions = init::decide(repository.look(), wishes, prompt, made.diagnostics);
    if (!made.decisions) return made;
    made.text = init::manifest_text(*made.decisions);
    INFO(made.text);
    CHECK(errors_in(init::trial_text(*made.decisions)) == "");
    const std::string errors = errors_in(made.text, &made.project);
    CHECK(errors.empty() == init::open_lines(made.text).empty());
    CHECK(made.text.starts_with("# yaml-language-server: $schema=pipewright.schema.json\n"));
    return made;
}

}  // namespace pipewright::scene
