#include <algorithm>
#include <charconv>

#include "generator/manifest/type.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest {

namespace {

struct Slot {
    const Row* row;
    FieldBase* field;
};

// The slots of an object, those of its base record first.
std::vector<Slot> slots(const Type& record, void* object) {
    std::vector<Slot> all;
    if (record.base != nullptr) all = slots(*record.base, record.base_object(object));
    for (const Row& one : record.rows) all.push_back({&one, &one.at(object)});
    return all;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// What a message calls the thing that is read: its key, or the last word of its path.
std::string subject(const Reading& reading) { return reading.path.empty() ? "the manifest" : quoted(reading.path); }

bool refuse(FieldBase& into, Reading& reading, Code code, const Span& span, std::string message,
            std::string help = {}) {
    into.state = State::bad;
    reading.report(code, span, std::move(message), std::move(help));
    return false;
}

bool refuse_type(FieldBase& into, Reading& reading, const yaml::Node& node, std::string_view wanted) {
    return refuse(
        into, reading, Code::wrong_type, node.span,
        subject(reading) + " must be " + std::string(wanted) + ", but this is " + std::string(yaml::describe(node)));
}

// A scalar that means text. A plain one that YAML reads as something else must be quoted, or it would not be the same
// text for every reader (an account number with a leading zero is octal to one and not to the next).
bool take_text(const yaml::Node& node, FieldBase& into, Reading& reading, std::string& text) {
    if (node.kind != yaml::Kind::scalar) return refuse_type(into, reading, node, "text");
    if (!node.quoted && yaml::implied(node.text) != yaml::Implied::string) {
        return refuse(into, reading, Code::unquoted, node.span,
                      subject(reading) + " must be text, but YAML reads " + node.text + " as " +
                          std::string(yaml::describe(node)),
                      "put it in quotes: \"" + node.text + "\"");
    }
    text = node.text;
    return true;
}

void read_text(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    std::string text;
    if (!take_text(node, into, reading, text)) return;
    const std::string_view wrong = type.form->check == nullptr ? std::string_view() : type.form->check(text);
    if (!wrong.empty()) {
        refuse(into, reading, type.form->code, node.span,
               subject(reading) + " must be " + std::string(type.form->name) + ", but " + quoted(text) + " " +
                   std::string(wrong),
               std::string(type.form->advice));
        return;
    }
    thunks::as<std::string>(into).value = std::move(text);
    into.state = State::given;
}

void read_choice(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind != yaml::Kind::scalar) {
        refuse_type(into, reading, node, "one of a few words");
        return;
    }
    if (std::find(type.choices.begin(), type.choices.end(), node.text) == type.choices.end()) {
        const std::vector<std::string> known(type.choices.begin(), type.choices.end());
        refuse(into, reading, Code::unknown_value, node.span, subject(reading) + " can't be " + quoted(node.text),
               suggestion(node.text, known));
        return;
    }
    thunks::as<std::string>(into).value = node.text;
    into.state = State::given;
}

void read_boolean(const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind != yaml::Kind::scalar || node.quoted || (node.text != "true" && node.text != "false")) {
        const bool other_word =
            node.kind == yaml::Kind::scalar && !node.quoted && yaml::implied(node.text) == yaml::Implied::boolean;
        refuse(into, reading, Code::wrong_type, node.span,
               subject(reading) + " must be true or false, but this is " +
                   (other_word ? node.text : std::string(yaml::describe(node))),
               other_word ? "only true and false mean the same to every YAML reader" : "");
        return;
    }
    thunks::as<bool>(into).value = node.text == "true";
    into.state = State::given;
}

void read_integer(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    std::int64_t value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, value);
    const bool whole = error == std::errc() && stop == end && !node.text.empty();
    if (node.kind != yaml::Kind::scalar || node.quoted || !whole) {
        refuse(into, reading, Code::wrong_type, node.span,
               subject(reading) + " must be a whole number, but this is " + std::string(yaml::describe(node)),
               node.kind == yaml::Kind::scalar && node.quoted && whole ? "write it without quotes: " + node.text : "");
        return;
    }
    const std::string_view digits = std::string_view(node.text).substr(node.text.front() == '-' ? 1 : 0);
    if (digits.size() > 1 && digits.front() == '0') {
        refuse(into, reading, Code::wrong_type, node.span,
               subject(reading) + " starts with a zero, which some YAML readers take for an octal number",
               "write " + std::to_string(value));
        return;
    }
    if (value < type.least || value > type.most) {
        const std::string bounds =
            type.least == type.most ? "be " + std::to_string(type.least)
                                    : "lie between " + std::to_string(type.least) + " and " + std::to_string(type.most);
        refuse(into, reading, Code::out_of_bounds, node.span,
               subject(reading) + " must " + bounds + ", but this is " + std::to_string(value));
        return;
    }
    thunks::as<std::int64_t>(into).value = value;
    into.state = State::given;
}

// Whether a collection has as many elements as it may; says so where not.
bool count(const Type& type, std::size_t size, const Span& span, FieldBase& into, Reading& reading,
           std::string_view what) {
    if (static_cast<std::int64_t>(size) < type.least) {
        return refuse(into, reading, Code::empty_value, span,
                      type.least == 1 ? subject(reading) + " is empty"
                                      : subject(reading) + " needs at least " + std::to_string(type.least) + " " +
                                            std::string(what));
    }
    if (static_cast<std::int64_t>(size) > type.most) {
        return refuse(into, reading, Code::out_of_bounds, span,
                      subject(reading) + " takes at most " + std::to_string(type.most) + " " + std::string(what) +
                          ", but here are " + std::to_string(size));
    }
    return true;
}

// Reads with a longer path, which messages show.
void read_below(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading, std::string_view name) {
    const std::size_t length = reading.path.size();
    if (!name.empty() && name.front() != '[' && !reading.path.empty()) reading.path += '.';
    reading.path += name;
    read(type, node, into, reading);
    reading.path.resize(length);
}

void read_list(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind == yaml::Kind::scalar && type.scalar_is_list) {
        into.state = State::given;
        FieldBase& only = type.append(into);
        read(*type.of, node, only, reading);
        if (only.bad()) into.state = State::bad;
        return;
    }
    if (node.kind != yaml::Kind::sequence) {
        refuse_type(into, reading, node, "a list");
        return;
    }
    into.state = State::given;
    if (!count(type, node.items.size(), node.span, into, reading, "entries")) return;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        FieldBase& element = type.append(into);
        read_below(*type.of, node.items[i], element, reading, "[" + std::to_string(i + 1) + "]");
        if (element.bad()) into.state = State::bad;
    }
}

void read_map(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind != yaml::Kind::mapping) {
        refuse_type(into, reading, node, "a map");
        return;
    }
    into.state = State::given;
    if (!count(type, node.entries.size(), node.span, into, reading, "entries")) return;
    for (const yaml::Entry& entry : node.entries) {
        const std::string_view wrong =
            type.form->check == nullptr ? std::string_view() : type.form->check(entry.key.text);
        if (!wrong.empty()) {
            reading.report(
                type.form->code, entry.key.span,
                quoted(entry.key.text) + " can't be " + std::string(type.form->name) + ": it " + std::string(wrong),
                std::string(type.form->advice));
        }
        FieldBase& field = type.insert(into, entry.key.text);
        field.key = entry.key.span;
        read_below(*type.of, entry.value, field, reading, entry.key.text);
        if (!wrong.empty()) field.state = State::bad;
    }
}

void read_record(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    const std::vector<Slot> all = slots(type, type.object(into));
    const auto slot_of = [&](std::string_view key) {
        return std::find_if(all.begin(), all.end(), [&](const Slot& slot) { return slot.row->key == key; });
    };
    if (node.kind != yaml::Kind::mapping && !type.shorthand.empty()) {
        const auto slot = slot_of(type.shorthand);
        slot->field->key = into.key;
        read(*slot->row->type, node, *slot->field, reading);
        into.state = slot->field->bad() ? State::bad : State::given;
        return;
    }
    if (node.kind != yaml::Kind::mapping) {
        refuse_type(into, reading, node, "a map");
        return;
    }
    into.state = State::given;
    std::vector<std::string> known;
    for (const Slot& slot : all) {
        if (slot.row->need != Need::hidden) known.emplace_back(slot.row->key);
    }
    std::vector<std::string> misspelt;  // known keys that an unknown one seems to mean
    for (const yaml::Entry& entry : node.entries) {
        const auto slot = slot_of(entry.key.text);
        if (slot == all.end() || slot->row->need == Need::hidden) {
            misspelt.push_back(nearest(entry.key.text, known));
            std::string where = reading.path.empty() ? "" : " in " + quoted(reading.path);
            reading.report(Code::unknown_key, entry.key.span, "unknown key " + quoted(entry.key.text) + where,
                           suggestion(entry.key.text, known));
            continue;
        }
        slot->field->key = entry.key.span;
        read_below(*slot->row->type, entry.value, *slot->field, reading, entry.key.text);
    }
    for (const Slot& slot : all) {
        if (slot.row->need != Need::required) continue;
        if (slot.field->state == State::removed) {
            reading.report(Code::removed_required, slot.field->place(), quoted(slot.row->key) + " can't be null");
            slot.field->state = State::bad;
        } else if (slot.field->state == State::absent) {
            slot.field->state = State::bad;
            if (std::find(misspelt.begin(), misspelt.end(), slot.row->key) != misspelt.end()) continue;
            reading.report(Code::missing_key, into.key.known() ? into.key : Span{node.span.source, node.span.offset, 0},
                           subject(reading) + " has no key " + quoted(slot.row->key), std::string(slot.row->meaning));
        }
    }
}

}  // namespace

void read(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    into.span = node.span;
    if (node.kind == yaml::Kind::null) {
        into.state = State::removed;
        return;
    }
    switch (type.shape) {
        case Shape::text: read_text(type, node, into, reading); break;
        case Shape::choice: read_choice(type, node, into, reading); break;
        case Shape::boolean: read_boolean(node, into, reading); break;
        case Shape::integer: read_integer(type, node, into, reading); break;
        case Shape::list: read_list(type, node, into, reading); break;
        case Shape::map: read_map(type, node, into, reading); break;
        case Shape::record: read_record(type, node, into, reading); break;
    }
}

void overlay(const Type& type, FieldBase& weaker, const FieldBase& stronger) {
    if (stronger.state == State::absent || stronger.state == State::filled) return;
    const bool merges = type.shape == Shape::record || type.shape == Shape::map;
    if (!merges || stronger.state != State::given || weaker.state != State::given) {
        type.copy(weaker, stronger);
        return;
    }
    weaker.span = stronger.span;
    weaker.key = stronger.key;
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

}  // namespace

void fill(const Type& type, FieldBase& field) {
    if (type.shape == Shape::map || type.shape == Shape::list) {
        for (std::size_t i = 0; i < type.size(field); ++i) fill(*type.of, type.element(field, i));
        return;
    }
    if (type.shape != Shape::record) return;
    for (const Slot& slot : slots(type, type.object(field))) {
        const bool empty = slot.field->state == State::absent || slot.field->state == State::removed;
        if (empty && !slot.row->fallback.empty()) {
            Diagnostics nobody;
            Reading reading{nobody, {}, true};
            const Span key = slot.field->key;
            read(*slot.row->type, default_node(slot.row->fallback), *slot.field, reading);
            slot.field->key = key;
            slot.field->span = {};
            slot.field->state = State::filled;
        }
        fill(*slot.row->type, *slot.field);
    }
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
