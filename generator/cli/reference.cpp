// The reference of the manifest as Markdown: docs/manifest.md.
#include "generator/manifest/reference.h"

#include <algorithm>

#include "generator/cli/command.h"
#include "generator/manifest/types/manifest.h"
#include "generator/markdown/document.h"

namespace pipewright::cli {

namespace {

using manifest::Need;
using manifest::Row;
using manifest::Section;
using manifest::Shape;
using manifest::Type;
using markdown::Block;
using markdown::Inline;
using markdown::Inlines;
using markdown::Item;

// Text in which `words` in backticks are code.
Inlines marked(std::string_view text) {
    Inlines pieces;
    bool code = false;
    while (!text.empty()) {
        const std::size_t tick = text.find('`');
        const std::string piece(text.substr(0, tick));
        if (!piece.empty()) pieces.push_back(code ? Inline::code(piece) : Inline::text(piece));
        if (tick == std::string_view::npos) break;
        text.remove_prefix(tick + 1);
        code = !code;
    }
    return pieces;
}

Block paragraph(std::string_view text) { return Block::paragraph(marked(text)); }

// The first of many, when a link to a section is wanted: GitHub's anchor of its heading.
std::string anchor(std::string_view path) {
    std::string made = "#";
    for (const char c : path) {
        if (c >= 'A' && c <= 'Z') made += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') made += c;
    }
    return made;
}

// The record that a type holds, at any depth; null where it holds none.
const Type* record_in(const Type& type) {
    if (type.shape == Shape::record) return &type;
    return type.of == nullptr ? nullptr : record_in(*type.of);
}

const Section* section_of(const std::vector<Section>& all, const Type* record) {
    for (const Section& one : all) {
        if (one.type == record && !one.path.empty()) return &one;
    }
    return nullptr;
}

Inlines default_of(const Row& row) {
    if (row.need == Need::required) return {Inline::strong({Inline::text("required")})};
    if (!row.fallback.empty()) return {Inline::code(std::string(row.fallback))};
    return {Inline::text(std::string(row.derivation))};
}

Block table_of(const Section& section, const std::vector<Section>& all) {
    std::vector<markdown::Row> rows;
    for (const Row* row : section.rows) {
        Inlines type = marked(manifest::words(*row->type));
        if (const Section* below = section_of(all, record_in(*row->type))) {
            type.push_back(Inline::text(": "));
            type.push_back(Inline::link({Inline::code(below->path)}, anchor(below->path)));
        }
        Inlines meaning{Inline::text(std::string(row->meaning))};
        if (takes_null(*section.type, *row)) meaning.push_back(Inline::text(" May be null."));
        rows.push_back({{{Inline::code(std::string(row->key))},
                         std::move(type),
                         default_of(*row),
                         std::move(meaning),
                         {Inline::code(std::string(row->example))}}});
    }
    return Block::table({{{Inline::text("key")}},
                         {{Inline::text("type and bounds")}},
                         {{Inline::text("default")}},
                         {{Inline::text("meaning")}},
                         {{Inline::text("example")}}},
                        std::move(rows));
}

// The words of a choice with what they mean; of a list of them as well.
const Type* choice_in(const Type& type) {
    if (type.shape == Shape::choice) return &type;
    if (type.shape == Shape::list) return choice_in(*type.of);
    return nullptr;
}

void add_choices(const Row& row, Inline title, std::vector<Item>& items) {
    const Type* choice = choice_in(*row.type);
    if (choice == nullptr) return;
    std::vector<Item> words;
    for (const manifest::Choice& one : choice->choices) {
        words.push_back({{Inline::code(std::string(one.name)), Inline::text(": " + std::string(one.meaning))}});
    }
    items.push_back({{std::move(title)}, {Block::bullets(std::move(words))}});
}

void add_section(const Section& section, const std::vector<Section>& all, std::vector<Block>& blocks) {
    const Type& type = *section.type;
    if (section.path.empty()) {
        blocks.push_back(Block::heading(2, {Inline::text("The top level")}));
    } else {
        const int depth = static_cast<int>(std::count(section.path.begin(), section.path.end(), '.'));
        blocks.push_back(Block::heading(depth == 0 ? 2 : 3, {Inline::code(section.path)}));
    }
    if (!section.also.empty()) {
        std::string also = "The same stands at ";
        for (std::size_t i = 0; i < section.also.size(); ++i) {
            also += (i == 0 ? "`" : i + 1 == section.also.size() ? " and `" : ", `") + section.also[i] + "`";
        }
        blocks.push_back(paragraph(also + "."));
    }
    if (!type.about.empty()) blocks.push_back(paragraph(type.about));
    std::vector<Item> rules;
    for (const manifest::Relation& one : type.relations) rules.push_back({marked(manifest::words(one) + ".")});
    if (!rules.empty()) blocks.push_back(Block::bullets(std::move(rules)));
    blocks.push_back(table_of(section, all));
    std::vector<Item> choices;
    for (const Row& row : type.rows) {
        const bool lone = row.need == Need::hidden;
        add_choices(row, lone ? Inline::text("in place of the map") : Inline::code(std::string(row.key)), choices);
    }
    if (!choices.empty()) blocks.push_back(Block::bullets(std::move(choices)));
    for (const std::string_view example : type.examples) {
        blocks.push_back(Block::code("yaml", std::string(example.substr(1))));
    }
}

Block forms() {
    std::vector<Item> items;
    for (const manifest::Form* form : manifest::used_forms()) {
        Inlines text{Inline::strong({Inline::text(std::string(form->name))})};
        if (!form->advice.empty()) text.push_back(Inline::text(": " + std::string(form->advice)));
        items.push_back({std::move(text), {Block::bullets({{{Inline::code(std::string(form->pattern))}}})}});
    }
    return Block::bullets(std::move(items));
}

}  // namespace

Exit reference(const Call& /*call*/, const std::string& /*path*/, system::Disk& /*disk*/, Console& console) {
    const std::vector<Section> all = manifest::sections();
    std::vector<Block> blocks;
    blocks.push_back(Block::comment("Printed by `pipewright reference`; do not edit."));
    blocks.push_back(Block::heading(1, {Inline::text("The manifest")}));
    blocks.push_back(paragraph(
        "`pipewright.yaml` at the root of a project is the only file that a person writes. This page is printed from "
        "the tables by which the program reads it: `pipewright reference` prints it, `pipewright schema` prints the "
        "same as a JSON Schema for editors, and `pipewright validate` says whether a manifest is right."));
    blocks.push_back(Block::heading(2, {Inline::text("How values are written")}));
    blocks.push_back(Block::bullets({
        {marked("YAML 1.2 without tags and merge keys. Texts that some YAML reader takes for something else are put in "
                "quotes: `\"012345678901\"`, `\"on\"`, `\"16\"`.")},
        {marked("A key that is not on this page is an error, and so is a key that stands twice in one map.")},
        {marked("Paths are relative to the manifest's folder and can't leave the repository.")},
        {marked("In paths of keys, `NAME`, `STACK`, `SERVICE`, `VARIABLE` and `ID` stand for names that you give.")},
        {{Inline::text("What texts must look like stands at the end, under "),
          Inline::link({Inline::text("Forms")}, "#forms"), Inline::text(".")}},
    }));
    blocks.push_back(Block::heading(2, {Inline::text("Merging")}));
    blocks.push_back(Block::bullets({
        {marked(
            "Maps merge by key; lists and single values replace; `null` removes what is weaker, so that the default "
            "holds again.")},
        {marked("From weak to strong: default, stack, target (`environments.NAME.targets.STACK`).")},
        {marked("For a service: default, service, `environments.NAME.services.SERVICE`.")},
        {marked("`scaling`: default, stack, service, target, the environment's service.")},
        {marked("`env`: service, environment, the environment's service.")},
        {marked("`cloud` and `runtime` can't be overridden.")},
    }));
    blocks.push_back(
        paragraph("Examples are laid over the first one in the same way, and each of them is a test: the program reads "
                  "it without "
                  "an error."));
    for (const Section& section : all) add_section(section, all, blocks);
    blocks.push_back(Block::heading(2, {Inline::text("Forms")}));
    blocks.push_back(paragraph("What a text must look like, in words and as a pattern (ECMA-262, flag u)."));
    blocks.push_back(forms());
    console.out += markdown::print({std::move(blocks)}).bytes;
    return kFine;
}

}  // namespace pipewright::cli
