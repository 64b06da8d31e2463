// read_manifests: what the program says of manifests on standard input, each ended by a NUL byte. For each one a line
// of JSON: the codes of the errors that the tables find, and of those that the whole program finds.
//
// read_manifests forms: the forms of the tables, one line of JSON each with name and pattern; on standard input pairs
// of a form's number and a text, each ended by a NUL byte; for each pair a line: good, bad, or beyond (PW0113).
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "generator/manifest/load.h"
#include "generator/manifest/reference.h"
#include "generator/manifest/types/manifest.h"
#include "generator/yaml/read.h"

namespace {

using namespace pipewright;
using Json = nlohmann::ordered_json;

std::vector<std::string> input() {
    const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
    std::vector<std::string> all;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = bytes.find('\0', at);
        all.push_back(bytes.substr(at, end - at));
        if (end == std::string::npos) break;
        at = end + 1;
    }
    return all;
}

Json codes(const Diagnostics& diagnostics) {
    Json all = Json::array();
    for (const Diagnostic& one : diagnostics.sorted()) {
        if (one.severity == Severity::error) all.push_back(describe(one.code).id);
    }
    return all;
}

// The errors of bytes, YAML and tables, without any rule between parts of the manifest.
Json table_codes(const std::string& text) {
    Sources sources;
    Diagnostics diagnostics;
    const std::optional<yaml::Node> node = yaml::read(sources, sources.add("manifest", text), diagnostics);
    if (node) {
        manifest::Field<manifest::written::Manifest> into;
        manifest::Reading reading{diagnostics, {}};
        manifest::read(manifest::written::kManifest, *node, into, reading);
        if (into.state == manifest::State::removed) diagnostics.report(Code::empty_document, node->span, "empty");
    }
    return codes(diagnostics);
}

Json all_codes(const std::string& text) {
    Sources sources;
    Diagnostics diagnostics;
    manifest::load(sources, sources.add("manifest", text), {"", "pipewright.yaml"}, diagnostics);
    return codes(diagnostics);
}

void manifests() {
    for (const std::string& text : input()) {
        std::cout << Json{{"tables", table_codes(text)}, {"all", all_codes(text)}}.dump() << '\n';
    }
}

int forms() {
    const std::vector<const manifest::Form*> all = manifest::used_forms();
    for (const manifest::Form* form : all) {
        std::cout << Json{{"name", form->name}, {"pattern", form->pattern}}.dump() << '\n';
    }
    const std::vector<std::string> pairs = input();
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        const manifest::Form& form = *all.at(std::stoul(pairs[i]));
        const std::string& text = pairs[i + 1];
        const bool good = form.check(text).empty();
        const bool beyond = good && form.beyond != nullptr && !form.beyond(text).empty();
        std::cout << (beyond ? "beyond\n" : good ? "good\n" : "bad\n");
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 2 && std::string_view(arguments[1]) == "forms") return forms();
    manifests();
    return 0;
}
