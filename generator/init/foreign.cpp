#include "generator/init/foreign.h"

#include <algorithm>

#include "generator/text/diagnostic.h"
#include "generator/yaml/read.h"

namespace pipewright::init {

namespace {

bool merges(const yaml::Entry& entry) { return entry.key.text == "<<" && !entry.key.quoted; }

void collect(const yaml::Node& map, std::vector<const yaml::Entry*>& into) {
    if (map.kind == yaml::Kind::sequence) {
        for (const yaml::Node& one : map.items) collect(one, into);
    }
    for (const yaml::Entry& entry : map.entries) {
        const bool known = std::any_of(into.begin(), into.end(),
                                       [&](const yaml::Entry* one) { return one->key.text == entry.key.text; });
        if (!merges(entry) && !known) into.push_back(&entry);
    }
    for (const yaml::Entry& entry : map.entries) {
        if (merges(entry)) collect(entry.value, into);
    }
}

}  // namespace

std::optional<yaml::Node> read_foreign(const std::string& name, std::string_view text, std::string* why) {
    Sources sources;
    Diagnostics unsaid;
    const SourceId source = sources.add(name, std::string(text));
    std::optional<yaml::Node> node = yaml::read(sources, source, unsaid, yaml::Dialect::foreign);
    for (const Diagnostic& one : unsaid.sorted()) {
        if (node || why == nullptr || !why->empty() || one.severity != Severity::error) continue;
        *why = "line " + std::to_string(sources.at(source).position(one.span.offset).line) + ": " + one.message;
    }
    return node;
}

const yaml::Node* find(const yaml::Node* map, std::string_view key) {
    if (map == nullptr || map->kind != yaml::Kind::mapping) return nullptr;
    for (const yaml::Entry* entry : entries_of(map)) {
        if (entry->key.text == key) return &entry->value;
    }
    return nullptr;
}

std::string text_of(const yaml::Node* node) {
    return node != nullptr && node->kind == yaml::Kind::scalar ? node->text : std::string();
}

std::vector<std::string> texts_of(const yaml::Node* node) {
    std::vector<std::string> texts;
    if (node == nullptr) return texts;
    if (node->kind == yaml::Kind::scalar) texts.push_back(node->text);
    for (const yaml::Node& item : node->items) {
        if (item.kind == yaml::Kind::scalar) texts.push_back(item.text);
    }
    return texts;
}

std::vector<const yaml::Entry*> entries_of(const yaml::Node* map) {
    std::vector<const yaml::Entry*> entries;
    if (map != nullptr && map->kind == yaml::Kind::mapping) collect(*map, entries);
    return entries;
}

}  // namespace pipewright::init
