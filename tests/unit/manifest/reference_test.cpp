// Every example of the reference is laid over the first one and read; together they show every key.
#include "generator/manifest/reference.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "generator/manifest/load.h"
#include "generator/manifest/types/manifest.h"
#include "generator/text/render.h"
#include "generator/yaml/read.h"

namespace {

using namespace pipewright;
using namespace pipewright::manifest;

yaml::Node parsed(std::string_view text) {
    Sources sources;
    Diagnostics diagnostics;
    const std::optional<yaml::Node> node = yaml::read(sources, sources.add("example", std::string(text)), diagnostics);
    REQUIRE_MESSAGE(node.has_value(), render_text(diagnostics.sorted(), sources, false));
    return *node;
}

// Maps merge by key, everything else replaces; null stays, as somebody would write it.
void lay_over(yaml::Node& weaker, const yaml::Node& stronger) {
    if (weaker.kind != yaml::Kind::mapping || stronger.kind != yaml::Kind::mapping) {
        weaker = stronger;
        return;
    }
    for (const yaml::Entry& entry : stronger.entries) {
        const auto found = std::find_if(weaker.entries.begin(), weaker.entries.end(),
                                        [&](const yaml::Entry& one) { return one.key.text == entry.key.text; });
        if (found == weaker.entries.end()) {
            weaker.entries.push_back(entry);
        } else {
            lay_over(found->value, entry.value);
        }
    }
}

std::string quoted(const std::string& text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') made += '\\';
        made += c;
    }
    return made + "\"";
}

// The tree as YAML in one line. What was quoted stays so, and a text that needs no quotes here gets them.
std::string printed(const yaml::Node& node) {
    std::string made;
    switch (node.kind) {
        case yaml::Kind::null: return "null";
        case yaml::Kind::scalar:
            return node.quoted || yaml::implied(node.text) == yaml::Implied::string ? quoted(node.text) : node.text;
        case yaml::Kind::sequence:
            for (const yaml::Node& one : node.items) made += (made.empty() ? "" : ", ") + printed(one);
            return "[" + made + "]";
        case yaml::Kind::mapping: break;
    }
    for (const yaml::Entry& one : node.entries) {
        made += (made.empty() ? "" : ", ") + quoted(one.key.text) + ": " + printed(one.value);
    }
    return "{" + made + "}";
}

std::string below(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

// The keys that an example shows, by the paths of the language. What a target says of its stack counts as the stack's.
void collect(const Type& type, const yaml::Node& node, const std::string& path, std::set<std::string>& shown) {
    if (type.shape == Shape::list) {
        for (const yaml::Node& one : node.items) collect(*type.of, one, path, shown);
    }
    if (node.kind != yaml::Kind::mapping) return;
    for (const yaml::Entry& entry : node.entries) {
        if (type.shape == Shape::map) collect(*type.of, entry.value, below(path, type.placeholder), shown);
        if (type.shape != Shape::record) continue;
        for (const Row* row : rows_of(type)) {
            if (row->key != entry.key.text) continue;
            const bool own = row >= type.rows.data() && row < type.rows.data() + type.rows.size();
            const std::string here = below(own ? path : "stacks.NAME", row->key);
            shown.insert(here);
            collect(*row->type, entry.value, here, shown);
        }
    }
}

}  // namespace

TEST_CASE("every example of the reference is read without an error") {
    const std::vector<Section> all = sections();
    const yaml::Node base = parsed(all.front().type->examples.front());
    int examples = 0;
    for (const Section& section : all) {
        for (const std::string_view example : section.type->examples) {
            CAPTURE(section.path);
            CAPTURE(std::string(example));
            ++examples;
            CHECK(example.starts_with('\n'));
            yaml::Node whole = base;
            lay_over(whole, parsed(example));
            Sources sources;
            Diagnostics diagnostics;
            const SourceId source = sources.add("example.yaml", printed(whole));
            const auto project = load(sources, source, {"", "example.yaml"}, diagnostics);
            CHECK_MESSAGE(project.has_value(), render_text(diagnostics.sorted(), sources, false));
            for (const Diagnostic& one : diagnostics.sorted()) {
                const bool meant = one.code == Code::static_keys || one.code == Code::public_pull;
                CHECK_MESSAGE((one.severity != Severity::warning || meant), one.message);
            }
        }
    }
    CHECK(examples > 40);
}

TEST_CASE("the examples of a section show all of its keys") {
    for (const Section& section : sections()) {
        std::set<std::string> shown;
        for (const std::string_view example : section.type->examples) {
            collect(written::kManifest, parsed(example), "", shown);
        }
        for (const Row* row : section.rows) {
            const std::string path = below(section.path, row->key);
            CAPTURE(path);
            CHECK(shown.contains(path));
        }
    }
}

TEST_CASE("types and relations are said in words") {
    const std::vector<Section> all = sections();
    const auto type_of = [&](std::string_view path, std::string_view key) {
        for (const Section& section : all) {
            for (const Row* row : section.rows) {
                if (section.path == path && row->key == key) return words(*row->type);
            }
        }
        return std::string();
    };
    CHECK(type_of("", "pipewright") == "`1`");
    CHECK(type_of("hosts.github", "visibility") == "one of `public` and `private`");
    CHECK(type_of("hosts.github", "runner") ==
          "text on one line, or a list of 1 to 20 entries, each text on one line, none of them twice");
    CHECK(type_of("services.NAME", "port") == "a whole number from 1 to 65535");
    CHECK(type_of("services.NAME", "health") == "a path of a URL, or a map");
    CHECK(type_of("services.NAME", "read_only") == "`true` or `false`");
    CHECK(type_of("environments.NAME.deploy_on", "manual") == "`true`");
    CHECK(type_of("services.NAME", "env") ==
          "a map of at most 200 entries; each key is a variable's name, each value text, also an empty one");
    const auto host =
        std::find_if(all.begin(), all.end(), [](const Section& one) { return one.path == "hosts.github"; });
    CHECK(words(host->type->relations[0]) ==
          "`subject` as `immutable` and `both` needs `owner_id` and `repository_id` beside it");
}
