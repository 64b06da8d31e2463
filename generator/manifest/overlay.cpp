// What is weaker under what is stronger, and defaults under both.
#include "generator/manifest/type.h"

namespace pipewright::manifest {

void overlay(const Type& type, FieldBase& weaker, const FieldBase& stronger) {
    if (stronger.state == State::absent || stronger.state == State::filled) {
        if (stronger.doubtful) doubt(type, weaker);
        return;
    }
    const bool merges = type.shape == Shape::record || type.shape == Shape::map;
    if (!merges || stronger.state != State::given || (weaker.state != State::given && !weaker.doubtful)) {
        type.copy(weaker, stronger);
        return;
    }
    weaker.state = State::given;
    weaker.span = stronger.span;
    weaker.key = stronger.key;
    weaker.doubtful = weaker.doubtful || stronger.doubtful;
    auto& over = const_cast<FieldBase&>(stronger);  // the tables hand out members of mutable objects only
    if (type.shape == Shape::record) {
        const std::vector<Slot> below = slots(type, type.object(weaker));
        const std::vector<Slot> above = slots(type, type.object(over));
        for (std::size_t i = 0; i < below.size(); ++i) overlay(*below[i].row->type, *below[i].field, *above[i].field);
        return;
    }
    for (std::size_t i = 0; i < type.size(stronger); ++i) {
        const FieldBase& value = type.element(over, i);
        const std::string_view name = type.name_of(stronger, i);
        std::size_t at = 0;
        while (at < type.size(weaker) && type.name_of(weaker, at) != name) ++at;
        if (at == type.size(weaker)) {
            if (value.state != State::removed) type.of->copy(type.insert(weaker, name), value);
        } else if (value.state == State::removed) {
            type.erase(weaker, at);
        } else {
            overlay(*type.of, type.element(weaker, at), value);
        }
    }
}

namespace {

// Reads a default as the table says it: a flow value of scalars, lists and maps is all that defaults need.
yaml::Node default_node(std::string_view text);

// What was read of a default was not given, in no part of it: a word that stands for a map gives a key of that map.
void mark_filled(const Type& type, FieldBase& field) {
    if (field.state == State::given) field.state = State::filled;
    if (type.shape == Shape::list) {
        for (std::size_t i = 0; i < type.size(field); ++i) mark_filled(*type.of, type.element(field, i));
    }
    if (type.shape != Shape::record) return;
    for (const Slot& slot : slots(type, type.object(field))) mark_filled(*slot.row->type, *slot.field);
}

}  // namespace

void fill(const Type& type, FieldBase& field) {
    if (type.shape == Shape::map || type.shape == Shape::list) {
        for (std::size_t i = 0; i < type.size(field); ++i) fill(*type.of, type.element(field, i));
        return;
    }
    if (type.shape != Shape::record) return;
    for (const Slot& slot : slots(type, type.object(field))) fill(*slot.row, *slot.field);
}

void fill(const Row& row, FieldBase& field) {
    const bool removed = field.state == State::removed;
    if ((removed || field.state == State::absent) && !row.fallback.empty()) {
        Diagnostics nobody;
        Reading reading{nobody, {}, true};
        const Span key = field.key;
        read(*row.type, default_node(row.fallback), field, reading);
        mark_filled(*row.type, field);
        field.key = key;
        field.span = {};
        // What was taken away stays so, for it takes away what is weaker too; it holds the default all the same.
        if (removed) field.state = State::removed;
    }
    fill(*row.type, field);
}

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

yaml::Node default_node(std::string_view text) {
    yaml::Node node;
    text = trimmed(text);
    if (text == "{}") {
        node.kind = yaml::Kind::mapping;
        return node;
    }
    if (text.size() >= 2 && text.front() == '[') {
        node.kind = yaml::Kind::sequence;
        std::string_view rest = trimmed(text.substr(1, text.size() - 2));
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            node.items.push_back(default_node(rest.substr(0, comma)));
            rest = comma == std::string_view::npos ? std::string_view() : trimmed(rest.substr(comma + 1));
        }
        return node;
    }
    node.kind = yaml::Kind::scalar;
    node.quoted = text.size() >= 2 && text.front() == '"';
    node.text = node.quoted ? text.substr(1, text.size() - 2) : text;
    return node;
}

}  // namespace

}  // namespace pipewright::manifest
