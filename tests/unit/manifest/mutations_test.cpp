// One mistake, one message: whatever single value of a good manifest is spoilt, nothing is said of the rest of it. And
// whatever stands there, the program ends with a project or with an error.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "generator/manifest/load.h"
#include "generator/text/render.h"
#include "generator/yaml/read.h"

namespace {

using namespace pipewright;
namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct Result {
    bool loaded = false;
    std::vector<Diagnostic> errors;
    std::string text;
};

Result load(const std::string& bytes) {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("pipewright.yaml", bytes);
    Result result;
    result.loaded = manifest::load(sources, source, {"", "pipewright.yaml"}, diagnostics).has_value();
    for (const Diagnostic& one : diagnostics.sorted()) {
        if (one.severity == Severity::error) result.errors.push_back(one);
    }
    result.text = render_text(diagnostics.sorted(), sources, false);
    CHECK(result.loaded == result.errors.empty());
    return result;
}

// A place of the manifest: a value or a key.
struct Place {
    Span span;
    std::string path;
    bool key = false;
    bool block = false;  // a collection without brackets
};

void collect(const yaml::Node& node, const std::string& path, const std::string& bytes, std::vector<Place>& all) {
    const bool collection = node.kind == yaml::Kind::mapping || node.kind == yaml::Kind::sequence;
    const bool block = collection && bytes[node.span.offset] != '{' && bytes[node.span.offset] != '[';
    if (!path.empty()) all.push_back({node.span, path, false, block});
    for (std::size_t i = 0; i < node.items.size(); ++i)
        collect(node.items[i], path + "[" + std::to_string(i) + "]", bytes, all);
    for (const yaml::Entry& entry : node.entries) {
        const std::string below = path.empty() ? entry.key.text : path + "." + entry.key.text;
        all.push_back({entry.key.span, below, true, false});
        collect(entry.value, below, bytes, all);
    }
}

std::vector<Place> places(const std::string& bytes) {
    Sources sources;
    Diagnostics diagnostics;
    const auto node = yaml::read(sources, sources.add("x", bytes), diagnostics);
    REQUIRE(node.has_value());
    std::vector<Place> all;
    collect(*node, "", bytes, all);
    return all;
}

std::string replaced(const std::string& bytes, const Span& span, const std::string& by) {
    return bytes.substr(0, span.offset) + by + bytes.substr(span.offset + span.length);
}

bool inside(const Span& span, std::uint32_t begin, std::size_t length) {
    return span.offset >= begin && span.offset <= begin + length;
}

// Codes of a value whose shape is wrong: such a value means nothing, so nothing follows from it.
bool of_shape(Code code) {
    const std::string_view id = describe(code).id;
    return id.starts_with("PW01") && code != Code::missing_key;
}

const fs::path kFolder = PIPEWRIGHT_SOURCE_DIR "/tests/manifest";

std::vector<std::string> manifests() {
    return {contents(kFolder / "full/everything.yaml"), contents(kFolder / "right/minimal.yaml")};
}

}  // namespace

TEST_CASE("the manifests that are spoilt here are right") {
    for (const std::string& bytes : manifests()) {
        const Result result = load(bytes);
        CHECK_MESSAGE(result.loaded, result.text);
    }
}

TEST_CASE("a value that is no value at all gives one message") {
    const std::vector<std::string> spoilers{"[]",   "{}",   "[a, [b]]", "{ nonsense: 1 }",     "99999999999999999999",
                                            "true", "\"\"", "~",        "\"no such $ thing\"", "-1",
                                            "yes",  "0x1F"};
    for (const std::string& bytes : manifests()) {
        for (const Place& place : places(bytes)) {
            if (place.key) continue;
            const std::string last = place.path.substr(place.path.rfind('.') + 1);
            const bool named = last == "services" || last == "stacks" || last == "environments" || last == "targets";
            for (const std::string& by : spoilers) {
                if (named && by == "{ nonsense: 1 }") continue;  // a name, and what was there before is gone
                const Result result = load(replaced(bytes, place.span, by));
                const bool shape = std::any_of(result.errors.begin(), result.errors.end(), [&](const Diagnostic& one) {
                    return of_shape(one.code) && inside(one.span, place.span.offset, by.size());
                });
                if (!shape) continue;
                for (const Diagnostic& one : result.errors) {
                    if (one.code == Code::missing_key) continue;  // shown at the key of the record that lacks it
                    const std::string what = place.path + ": " + by;
                    CHECK_MESSAGE(inside(one.span, place.span.offset, by.size()), what, "\n", result.text);
                }
            }
        }
    }
}

TEST_CASE("a key with a slip gives one message, and names the key that was meant") {
    for (const std::string& bytes : manifests()) {
        for (const Place& place : places(bytes)) {
            if (!place.key || place.span.length < 3) continue;
            const std::string key = bytes.substr(place.span.offset, place.span.length);
            const std::string slip = key.substr(0, key.size() - 1) + "q" + key.substr(key.size() - 1);
            const Result result = load(replaced(bytes, place.span, slip));
            const auto unknown = std::find_if(result.errors.begin(), result.errors.end(),
                                              [](const Diagnostic& one) { return one.code == Code::unknown_key; });
            if (unknown == result.errors.end()) continue;  // a name that a user gives
            CHECK_MESSAGE(result.errors.size() == 1, place.path, "\n", result.text);
            CHECK_MESSAGE(unknown->help == "did you mean '" + key + "'?", place.path);
        }
    }
}

TEST_CASE("a required key that is missing gives one message") {
    for (const char* key : {"pipewright", "project", "repository", "hosts", "services", "stacks", "environments"}) {
        for (const std::string& bytes : manifests()) {
            std::string kept;
            bool skipping = false;
            std::istringstream lines(bytes);
            for (std::string line; std::getline(lines, line);) {
                if (!line.empty() && line.front() != ' ') skipping = line.starts_with(std::string(key) + ":");
                if (!skipping) kept += line + "\n";
            }
            const Result result = load(kept);
            CHECK_MESSAGE(result.errors.size() == 1, key, "\n", result.text);
        }
    }
}

namespace {

struct Change {
    std::string from, to;
};

// Mistakes between keys, one each in a manifest that is right otherwise.
const Change kMistakes[] = {
    {"deploys: [dev, staging, prod]\n    visibility", "deploys: [dev, staging, prod, qa]\n    visibility"},
    {"calls: [search]", "calls: [web]"},
    {"    routes: []\n    stacks: [fargate, gcp]", "    stacks: [fargate, gcp]"},
    {"cpu: 512\n    memory: 1024", "cpu: 512\n    memory: 512"},
    {"scaling: { min: 2, max: 6", "scaling: { min: 7, max: 6"},
    {"TOKEN: \"secret:harbour/token#key\" }", "LOG_LEVEL: \"secret:harbour/token#key\" }"},
    {"smoke: { path: /ready, status", "smoke: { path: \"/else where\", status"},
    {"interval: 20, timeout: 5", "interval: 5, timeout: 20"},
    {"same_image_as: api", "same_image_as: worker"},
    {"    schedule: \"0 3 * * 1-5\"", "    schedule: \"0 3 * * 1-5\"\n    port: 8000"},
    {"smoke: /health", "smoke: /scores"},
    {"public: [/health]", "public: [/health, /health]"},
    {"cidr: 10.20.0.0/16", "cidr: 10.20.0.0/28"},
    {"ssh_from: 203.0.113.7/32", "ssh_from: 0.0.0.0/0"},
    {"rollout: { type: canary", "rollout: { type: rolling"},
    {"domain: api.dev.example.com", "domain: api.dev.example.org"},
    {"deploy_on: { after: dev }", "deploy_on: { after: rehearsal }"},
    {"deploy_on: { after: dev }", "deploy_on: { branch: main }"},
    {"promote_from: dev\n    gate", "promote_from: prod\n    gate"},
    {"ungated_production: true", "ungated_production: false"},
    {"github: [acme/owners, octocat]", "github: [others/owners, octocat]"},
    {"environments: [staging, prod]", "environments: [staging, production]"},
    {"contract-tests:", "build-api:"},
    {"directory: terraform", "directory: ci"},
    {"spot_percent: 100", "spot_percent: 50"},
    {"operations: true", "operations: false"},
};

// Mistakes of shape that none of the above follows from.
const Change kSpoilt[] = {
    {"project: harbour", "project: Harbour"},
    {"state: { bucket: harbour-states, table: harbour-locks }",
     "state: { buckt: harbour-states, table: harbour-locks }"},
    {"replicas: 1", "replicas: many"},
    {"retries: 20", "retries: 1000"},
    {"sbom: true", "sbom: yes"},
    {"delivery:\n", "delivery:\n  nonsense: 1\n"},
    {"grace_seconds: 90", "grace_seconds: [90]"},
    {"salt: \"2\"", "salt: 2"},
    {"read_only: false", "read_only: false\n    read_only: true"},
    {"POSTGRES_PASSWORD: test", "POSTGRES-PASSWORD: test"},
    {"log_retention_days: 60", "log_retention_days: null, retention: 5"},
};

std::string changed(std::string bytes, const Change& change) {
    const std::size_t at = bytes.find(change.from);
    REQUIRE_MESSAGE(at != std::string::npos, change.from);
    return bytes.replace(at, change.from.size(), change.to);
}

std::vector<std::string> said(const Result& result) {
    std::vector<std::string> all;
    for (const Diagnostic& one : result.errors) all.push_back(std::string(describe(one.code).id) + " " + one.message);
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("each of two mistakes is said as if it were alone") {
    const std::string good = contents(kFolder / "full/everything.yaml");
    for (const Change& mistake : kMistakes) {
        const std::vector<std::string> alone = said(load(changed(good, mistake)));
        CHECK_MESSAGE(!alone.empty(), mistake.to);
        for (const Change& spoilt : kSpoilt) {
            std::vector<std::string> both = said(load(changed(good, spoilt)));
            CHECK_MESSAGE(both.size() == 1, spoilt.to);
            both.insert(both.end(), alone.begin(), alone.end());
            std::sort(both.begin(), both.end());
            const Result together = load(changed(changed(good, mistake), spoilt));
            CHECK_MESSAGE(said(together) == both, mistake.to, " and ", spoilt.to, "\n", together.text);
        }
    }
}
