// Tables: how a type of the manifest is read, overlaid, filled and described, all from the same rows. The code over the
// rows (table.cpp) is no template; the templates here only turn a member into a row.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "generator/manifest/field.h"
#include "generator/text/diagnostic.h"
#include "generator/yaml/node.h"

namespace pipewright::manifest {

// What reading needs beside the node: where messages go, and the words for the place ("services.api.health").
struct Reading {
    Diagnostics& diagnostics;
    std::string path;
    bool silent = false;                    // for the program's own defaults, which are correct
    const struct Type* language = nullptr;  // the whole of it, to say where else a key is known

    void report(Code code, const Span& span, std::string message, std::string help = {}) {
        if (!silent) diagnostics.report(code, span, std::move(message), std::move(help));
    }
};

// A form that a text must have. check gives an empty view for a good text, else what is wrong in a few words. pattern
// says the same as check (ECMA-262, with the flag u): tests/schema asks both about thousands of texts.
struct Form {
    std::string_view name;  // "a branch name"
    std::string_view pattern;
    std::string_view (*check)(std::string_view text) = nullptr;
    std::string_view advice;  // what to write instead
    Code code = Code::malformed;
    // What is wrong with a text that has the form, and that no pattern can tell: a range that counts backwards.
    std::string_view (*beyond)(std::string_view text) = nullptr;
};

// A word that may stand somewhere, and what it means there.
struct Choice {
    std::string_view name;
    std::string_view meaning;
};

// What must hold between the keys of one map, as far as it doesn't depend on what is merged over it.
struct Relation {
    enum class Kind {
        excludes,      // key goes with none of the others
        needs,         // key goes only with all of the others
        at_least_one,  // of the others; key is empty
        exactly_one,   // of the others; key is empty
    };
    Kind kind = Kind::needs;
    std::string_view key;
    std::span<const std::string_view> others;
    std::span<const std::string_view> values = {};  // needs: only where key has one of these values
    std::string_view advice = {};
};

enum class Shape { text, integer, boolean, choice, list, map, record };

struct Row;

// Describes a type. Which members count depends on the shape.
struct Type {
    Shape shape = Shape::text;
    const Form* form = nullptr;               // text; map: of its names
    std::int64_t least = 0, most = 0;         // integer; list and map: how many
    std::span<const std::int64_t> only = {};  // integer: no others than these
    bool only_true = false;                   // boolean
    std::span<const Choice> choices = {};     // choice
    const Type* of = nullptr;                 // list, map
    bool scalar_is_list = false;              // list: a lone value stands for a list of one
    bool unique = false;                      // list: nothing stands twice
    bool removable = false;                   // map, record: null may stand for an entry, and removes it
    std::string_view placeholder = {};        // map: what stands for a name in paths: NAME, STACK
    FieldBase& (*append)(FieldBase& list) = nullptr;
    std::size_t (*size)(const FieldBase& field) = nullptr;
    FieldBase& (*element)(FieldBase& field, std::size_t index) = nullptr;
    FieldBase& (*insert)(FieldBase& map, std::string_view name) = nullptr;
    std::string_view (*name_of)(const FieldBase& map, std::size_t index) = nullptr;
    void (*copy)(FieldBase& to, const FieldBase& from) = nullptr;
    void (*erase)(FieldBase& map, std::size_t index) = nullptr;
    // record
    std::span<const Row> rows = {};
    const Type* base = nullptr;  // a record whose rows this one has too
    void* (*object)(FieldBase& field) = nullptr;
    void* (*base_object)(void* object) = nullptr;
    std::string_view shorthand = {};  // the row that a lone value (no map) means
    std::span<const Relation> relations = {};
    std::string_view about = {};                      // what a reader has to know beside the rows, in whole sentences
    std::span<const std::string_view> examples = {};  // YAML from the top level on, to be laid over any manifest
};

enum class Need {
    optional,
    required,
    hidden,  // only as a shorthand; no key of this name is known
};

struct Row {
    std::string_view key;
    const Type* type;
    FieldBase& (*at)(void* object);
    Need need = Need::optional;
    std::string_view fallback = {};    // the default, as YAML would say it
    std::string_view derivation = {};  // or in words, where it follows from something else
    std::string_view meaning = {};     // one sentence
    std::string_view example = {};     // a value, as YAML would say it
    bool removable = false;            // whether null may stand there, whatever the record says of its keys
    bool fixed = false;                // whether a record on top of this one can't have it
};

// A member of an object with its row.
struct Slot {
    const Row* row;
    FieldBase* field;
};

// The slots of a record's object, those of its base record first; its rows alone in the same order.
std::vector<Slot> slots(const Type& record, void* object);
std::vector<const Row*> rows_of(const Type& record);

// Reads a node into a field. Reports everything that is wrong with it, once, and marks what is bad.
void read(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading);

// Marks a field, and everything that could stand in it, as what nothing follows from.
void doubt(const Type& type, FieldBase& field);

// Lays what is stronger over what is weaker: maps merge by key, lists and scalars replace, null removes.
void overlay(const Type& type, FieldBase& weaker, const FieldBase& stronger);

// Fills the defaults of everything that is absent or removed; a record that is absent stays so, but its members are
// filled, so that reading them is always safe.
void fill(const Type& type, FieldBase& field);

// The same for one member of a record: the row's default, where it is absent or removed.
void fill(const Row& row, FieldBase& field);

// Puts what follows from another key into a field that was not written, with that key's place and its doubts; a bad
// field stays bad.
template <class T>
void derive(Field<T>& field, T value, const FieldBase& from = {}) {
    if (field.state != State::absent && field.state != State::removed) return;
    field.value = std::move(value);
    field.state = State::filled;
    field.span = from.state == State::given ? from.place() : Span{};
    field.doubtful = field.doubtful || from.doubtful;
}

template <auto M>
struct MemberOf;
template <class C, class T, T C::*M>
struct MemberOf<M> {
    static FieldBase& at(void* object) { return static_cast<C*>(object)->*M; }
};

// A key with a default.
template <auto M>
constexpr Row row(std::string_view key, const Type& type, std::string_view fallback, std::string_view meaning,
                  std::string_view example) {
    return {key, &type, &MemberOf<M>::at, Need::optional, fallback, {}, meaning, example};
}
// A key whose default follows from something else: in words.
template <auto M>
constexpr Row derived(std::string_view key, const Type& type, std::string_view derivation, std::string_view meaning,
                      std::string_view example) {
    return {key, &type, &MemberOf<M>::at, Need::optional, {}, derivation, meaning, example};
}
template <auto M>
constexpr Row required(std::string_view key, const Type& type, std::string_view meaning, std::string_view example) {
    return {key, &type, &MemberOf<M>::at, Need::required, {}, {}, meaning, example};
}
template <auto M>
constexpr Row hidden(std::string_view key, const Type& type) {
    return {key, &type, &MemberOf<M>::at, Need::hidden, {}, {}, {}, {}};
}
// The same key, which nothing that is laid over its record can change.
constexpr Row fixed(Row row) {
    row.fixed = true;
    return row;
}
// The same key, with null to take away what is weaker.
constexpr Row removable(Row row) {
    row.removable = true;
    return row;
}

// Whether null may stand for a row of a record: where something weaker could be removed, and the key can be absent.
bool takes_null(const Type& record, const Row& row);

namespace thunks {
template <class T>
Field<T>& as(FieldBase& field) {
    return static_cast<Field<T>&>(field);
}
template <class T>
const Field<T>& as(const FieldBase& field) {
    return static_cast<const Field<T>&>(field);
}
template <class T>
void copy(FieldBase& to, const FieldBase& from) {
    as<T>(to) = as<T>(from);
}
}  // namespace thunks

constexpr Type text_type(const Form& form) {
    Type type;
    type.shape = Shape::text;
    type.form = &form;
    type.copy = &thunks::copy<std::string>;
    return type;
}
constexpr Type integer_type(std::int64_t least, std::int64_t most) {
    Type type;
    type.shape = Shape::integer;
    type.least = least;
    type.most = most;
    type.copy = &thunks::copy<std::int64_t>;
    return type;
}
// One of a few numbers.
constexpr Type integer_type(std::span<const std::int64_t> only) {
    Type type = integer_type(only.front(), only.back());
    type.only = only;
    return type;
}
constexpr Type boolean_type() {
    Type type;
    type.shape = Shape::boolean;
    type.copy = &thunks::copy<bool>;
    return type;
}
constexpr Type true_type() {
    Type type = boolean_type();
    type.only_true = true;
    return type;
}
constexpr Type choice_type(std::span<const Choice> choices) {
    Type type;
    type.shape = Shape::choice;
    type.choices = choices;
    type.copy = &thunks::copy<std::string>;
    return type;
}
template <class T>
constexpr Type list_type(const Type& of, std::int64_t least, std::int64_t most, bool scalar_is_list = false) {
    Type type;
    type.shape = Shape::list;
    type.of = &of;
    type.least = least;
    type.most = most;
    type.scalar_is_list = scalar_is_list;
    type.append = [](FieldBase& list) -> FieldBase& { return thunks::as<List<T>>(list).value.emplace_back(); };
    type.size = [](const FieldBase& list) { return thunks::as<List<T>>(list).value.size(); };
    type.element = [](FieldBase& list, std::size_t i) -> FieldBase& { return thunks::as<List<T>>(list).value[i]; };
    type.copy = &thunks::copy<List<T>>;
    return type;
}
// A list in which nothing may stand twice.
template <class T>
constexpr Type set_type(const Type& of, std::int64_t least, std::int64_t most, bool scalar_is_list = false) {
    Type type = list_type<T>(of, least, most, scalar_is_list);
    type.unique = true;
    return type;
}
template <class T>
constexpr Type map_type(const Type& of, const Form& names, std::int64_t least, std::int64_t most,
                        std::string_view placeholder = "NAME") {
    Type type;
    type.shape = Shape::map;
    type.placeholder = placeholder;
    type.of = &of;
    type.form = &names;
    type.least = least;
    type.most = most;
    type.insert = [](FieldBase& map, std::string_view name) -> FieldBase& {
        return thunks::as<Map<T>>(map).value.emplace_back(Named<T>{std::string(name), {}}).field;
    };
    type.size = [](const FieldBase& map) { return thunks::as<Map<T>>(map).value.size(); };
    type.element = [](FieldBase& map, std::size_t i) -> FieldBase& { return thunks::as<Map<T>>(map).value[i].field; };
    type.name_of = [](const FieldBase& map, std::size_t i) -> std::string_view {
        return thunks::as<Map<T>>(map).value[i].name;
    };
    type.erase = [](FieldBase& map, std::size_t i) {
        auto& all = thunks::as<Map<T>>(map).value;
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    };
    type.copy = &thunks::copy<Map<T>>;
    return type;
}
// A map that overrides another, or that others are laid over: null removes an entry.
template <class T>
constexpr Type overlay_type(const Type& of, const Form& names, std::int64_t least, std::int64_t most,
                            std::string_view placeholder = "NAME") {
    Type type = map_type<T>(of, names, least, most, placeholder);
    type.removable = true;
    return type;
}
template <class T>
constexpr Type record_type(std::span<const Row> rows, std::string_view shorthand = {}) {
    Type type;
    type.shape = Shape::record;
    type.rows = rows;
    type.shorthand = shorthand;
    type.object = [](FieldBase& field) -> void* { return &thunks::as<T>(field).value; };
    type.copy = &thunks::copy<T>;
    return type;
}
template <class T, class Base>
constexpr Type record_type_on(const Type& base, std::span<const Row> rows) {
    Type type = record_type<T>(rows);
    type.base = &base;
    type.base_object = [](void* object) -> void* { return static_cast<Base*>(static_cast<T*>(object)); };
    return type;
}

// What a record's section of the reference says and shows.
constexpr Type described(Type record, std::string_view about, std::span<const std::string_view> examples) {
    record.about = about;
    record.examples = examples;
    return record;
}
// A record that overrides another, or that others are laid over: null removes a key.
constexpr Type overlaid(Type record) {
    record.removable = true;
    return record;
}
constexpr Type related(Type record, std::span<const Relation> relations) {
    record.relations = relations;
    return record;
}

}  // namespace pipewright::manifest
