#include <algorithm>
#include <set>

#include "generator/manifest/forms.h"
#include "generator/manifest/paths.h"
#include "generator/manifest/read_scalars.h"
#include "generator/manifest/relations.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest {

std::vector<Slot> slots(const Type& record, void* object) {
    std::vector<Slot> all;
    if (record.base != nullptr) all = slots(*record.base, record.base_object(object));
    for (const Row& one : record.rows) all.push_back({&one, &one.at(object)});
    return all;
}

std::vector<const Row*> rows_of(const Type& record) {
    std::vector<const Row*> all;
    if (record.base != nullptr) all = rows_of(*record.base);
    for (const Row& one : record.rows) all.push_back(&one);
    return all;
}

void doubt(const Type& type, FieldBase& field) {
    field.doubtful = true;
    if (type.shape != Shape::record) return;
    for (const Slot& slot : slots(type, type.object(field))) doubt(*slot.row->type, *slot.field);
}

bool takes_null(const Type& record, const Row& row) {
    if (row.need == Need::required) return false;
    if (row.removable) return true;
    for (const Row& one : record.rows) {
        if (&one == &row) return record.removable;
    }
    return record.base != nullptr && takes_null(*record.base, row);
}

namespace {

// The keys of a record that a person may write.
std::vector<std::string> keys_of(const Type& record) {
    std::vector<std::string> keys;
    for (const Row* row : rows_of(record)) {
        if (row->need != Need::hidden) keys.emplace_back(row->key);
    }
    return keys;
}

std::string advice_on_keys(const Type& record) {
    const std::vector<std::string> keys = keys_of(record);
    return (keys.size() == 1 ? "its key is " : "its keys are ") + listing(keys);
}

std::string advice_on_names(const Type& map, const yaml::Node& node) {
    if (node.kind == yaml::Kind::sequence && map.of->shape == Shape::record)
        return "write NAME: { … } for each of them";
    if (node.kind == yaml::Kind::sequence) return "write NAME: VALUE for each of them";
    return {};
}

// The best word for a key that isn't known here: one that is meant, one that is known elsewhere, or all that there are.
std::string advice_on_unknown(const Reading& reading, std::string_view key, const std::vector<std::string>& known) {
    if (nearest(key, known).empty() && reading.language != nullptr) {
        const std::vector<std::string> homes = homes_of(*reading.language, key);
        constexpr std::size_t kFew = 3;
        if (!homes.empty() && homes.size() <= kFew) return quoted(key) + " is a key of " + listing(homes);
    }
    return suggestion(key, known);
}

// Whether a collection has as many elements as it may; says so where not.
bool count(const Type& type, std::size_t size, const Span& span, FieldBase& into, Reading& reading,
           std::string_view what) {
    if (static_cast<std::int64_t>(size) < type.least) {
        return refuse(into, reading, Code::empty_value, span,
                      type.least == 1 ? subject(reading) + " is empty"
                                      : subject(reading) + " needs at least " + std::to_string(type.least) + " " +
                                            std::string(what),
                      "write at least one entry");
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

// What a text becomes where a list belongs; a command that is no line for a shell is a list of its words.
std::string in_brackets(const Type& list, std::string text) {
    if (list.of->form == &forms::value && text.find(' ') != std::string::npos) {
        for (std::size_t at = 0; (at = text.find(' ', at)) != std::string::npos; at += 2) text.replace(at, 1, ", ");
        return "write it word by word: [" + text + "]";
    }
    return "put it in brackets: [" + text + "]";
}

void read_list(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind == yaml::Kind::scalar && type.scalar_is_list) {
        into.state = State::given;
        FieldBase& only = type.append(into);
        read(*type.of, node, only, reading);
        if (only.bad()) into.state = State::bad;
        into.doubtful = only.doubtful;
        return;
    }
    if (node.kind != yaml::Kind::sequence) {
        refuse_type(into, reading, node, "a list", node.kind == yaml::Kind::scalar ? in_brackets(type, node.text) : "");
        return;
    }
    into.state = State::given;
    if (!count(type, node.items.size(), node.span, into, reading, "entries")) return;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        FieldBase& element = type.append(into);
        const std::string number = "[" + std::to_string(i + 1) + "]";
        if (node.items[i].kind == yaml::Kind::null) {
            refuse(element, reading, Code::empty_value, node.items[i].span, quoted(reading.path + number) + " is empty",
                   "write a value, or take the entry away");
        } else {
            read_below(*type.of, node.items[i], element, reading, number);
        }
        const bool plain = type.unique && node.items[i].kind == yaml::Kind::scalar && !element.bad();
        if (plain && !seen.insert(node.items[i].text).second) {
            refuse(element, reading, Code::repeated_entry, node.items[i].span,
                   quoted(node.items[i].text) + " stands twice in " + subject(reading), "take one of them away");
        }
        if (element.bad()) into.state = State::bad;
        into.doubtful = into.doubtful || element.doubtful;
    }
}

// What to write where null can't stand.
std::string instead_of_null(const Type& type) {
    switch (type.shape) {
        case Shape::text: return "write \"\" for an empty text, or take it away";
        case Shape::record: return "take it away, or write {} where it shall have nothing but defaults";
        default: return "take it away";
    }
}

// Whether a key may be a name here; says so where not. A plain one that YAML reads as something else than text is no
// better than such a value.
bool read_name(const Type& type, const yaml::Node& key, Reading& reading) {
    const std::string_view wrong = type.form->check(key.text);
    if (!wrong.empty()) {
        reading.report(type.form->code, key.span,
                       quoted(key.text) + " can't be " + std::string(type.form->name) + ": it " + std::string(wrong),
                       std::string(type.form->advice));
        return false;
    }
    if (key.quoted || yaml::implied(key.text) == yaml::Implied::string) return true;
    reading.report(Code::unquoted, key.span,
                   "a name must be text, but YAML reads " + key.text + " as " + std::string(yaml::describe(key)),
                   "put it in quotes: \"" + key.text + "\"");
    return false;
}

void read_map(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind != yaml::Kind::mapping) {
        refuse_type(into, reading, node, "a map", advice_on_names(type, node));
        return;
    }
    into.state = State::given;
    if (!count(type, node.entries.size(), node.span, into, reading, "entries")) return;
    for (const yaml::Entry& entry : node.entries) {
        const bool good = read_name(type, entry.key, reading);
        FieldBase& field = type.insert(into, entry.key.text);
        field.key = entry.key.span;
        read_below(*type.of, entry.value, field, reading, entry.key.text);
        if (field.state == State::removed && !type.removable) {
            const std::string path = reading.path + (reading.path.empty() ? "" : ".") + entry.key.text;
            refuse(field, reading, Code::removed_required, entry.value.span.length > 0 ? entry.value.span : field.key,
                   quoted(path) + " is null, and null can't remove it", instead_of_null(*type.of));
            doubt(*type.of, field);
        }
        if (!good) field.doubtful = true;
        into.doubtful = into.doubtful || field.doubtful;
    }
}

// What a missing key could be.
std::string example_of(const Row& row) {
    if (row.type->shape == Shape::choice) return "one of " + listing(words_of(*row.type));
    return "as in " + std::string(row.key) + ": " + std::string(row.example);
}

void read_record(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    const std::vector<Slot> all = slots(type, type.object(into));
    const auto slot_of = [&](std::string_view key) {
        return std::find_if(all.begin(), all.end(), [&](const Slot& slot) { return slot.row->key == key; });
    };
    if (node.kind != yaml::Kind::mapping && !type.shorthand.empty()) {
        const auto slot = slot_of(type.shorthand);
        slot->field->key = into.key;
        const auto same = slot_of(node.text);
        const bool key = node.kind == yaml::Kind::scalar && same != all.end() && same->row->need != Need::hidden;
        if (key && slot->row->type->shape == Shape::choice) {
            const std::vector<std::string> words = words_of(*slot->row->type);
            if (std::find(words.begin(), words.end(), node.text) == words.end()) {
                refuse(into, reading, Code::unknown_value, node.span,
                       subject(reading) + " can't be " + quoted(node.text) + " alone",
                       "it needs more: { " + node.text + ": " + std::string(same->row->example) + " }");
                return;
            }
        }
        read(*slot->row->type, node, *slot->field, reading);
        into.state = slot->field->bad() ? State::bad : State::given;
        into.doubtful = into.doubtful || slot->field->doubtful;
        return;
    }
    if (node.kind != yaml::Kind::mapping) {
        refuse_type(into, reading, node, "a map", advice_on_keys(type));
        return;
    }
    into.state = State::given;
    const std::vector<std::string> known = keys_of(type);
    std::vector<std::string> misspelt;  // known keys that an unknown one seems to mean: nothing more is said of them
    for (const yaml::Entry& entry : node.entries) {
        const auto slot = slot_of(entry.key.text);
        if (slot == all.end() || slot->row->need == Need::hidden) {
            misspelt.push_back(nearest(entry.key.text, known));
            into.doubtful = true;
            std::string where = reading.path.empty() ? "" : " in " + quoted(reading.path);
            reading.report(Code::unknown_key, entry.key.span, "unknown key " + quoted(entry.key.text) + where,
                           advice_on_unknown(reading, entry.key.text, known));
            continue;
        }
        slot->field->key = entry.key.span;
        if (slot->row->fixed && type.base != nullptr) {
            refuse(*slot->field, reading, Code::not_overridable, entry.key.span,
                   quoted(entry.key.text) + " can't be overridden in " + subject(reading),
                   "another " + entry.key.text + " is another stack");
            into.doubtful = true;
            continue;
        }
        read_below(*slot->row->type, entry.value, *slot->field, reading, entry.key.text);
        into.doubtful = into.doubtful || slot->field->doubtful;
    }
    // Where a key stands that isn't known, nothing follows from one that doesn't stand there.
    for (const Slot& slot : all) {
        const bool meant = std::find(misspelt.begin(), misspelt.end(), slot.row->key) != misspelt.end();
        if (!misspelt.empty() && slot.field->state == State::absent) doubt(*slot.row->type, *slot.field);
        if (meant && slot.field->state == State::absent) slot.field->state = State::bad;
        if (slot.field->state == State::removed && !takes_null(type, *slot.row)) {
            refuse(*slot.field, reading, Code::removed_required,
                   slot.field->span.length > 0 ? slot.field->span : slot.field->key,
                   quoted(slot.row->key) + " can't be null",
                   slot.row->need == Need::required ? example_of(*slot.row) : instead_of_null(*slot.row->type));
        }
    }
    check_relations(type, all, into, reading);
    for (const Slot& slot : all) {
        const bool elsewhere = slot.row->fixed && type.base != nullptr;
        if (slot.row->need == Need::required && slot.field->state == State::absent && !elsewhere) {
            refuse(*slot.field, reading, Code::missing_key,
                   into.key.known() ? into.key : Span{node.span.source, node.span.offset, 0},
                   subject(reading) + " has no key " + quoted(slot.row->key), example_of(*slot.row));
        }
        if (slot.field->bad()) doubt(*slot.row->type, *slot.field);
        into.doubtful = into.doubtful || slot.field->doubtful;
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
        case Shape::boolean: read_boolean(type, node, into, reading); break;
        case Shape::integer: read_integer(type, node, into, reading); break;
        case Shape::list: read_list(type, node, into, reading); break;
        case Shape::map: read_map(type, node, into, reading); break;
        case Shape::record: read_record(type, node, into, reading); break;
    }
    if (into.bad()) doubt(type, into);
}

}  // namespace pipewright::manifest
