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
    bool silent = false;  // for the program's own defaults, which are correct

    void report(Code code, const Span& span, std::string message, std::string help = {}) {
        if (!silent) diagnostics.report(code, span, std::move(message), std::move(help));
    }
};

// A form that a text must have. check gives an empty view for a good text, else what is wrong in a few words.
struct Form {
    std::string_view name;     // "a branch name"
    std::string_view pattern;  // for the JSON Schema: ECMA-262; empty where it can't be said
    std::string_view (*check)(std::string_view text) = nullptr;
    std::string_view advice;  // what to write instead
    Code code = Code::malformed;
};

enum class Shape { text, integer, boolean, choice, list, map, record };

struct Row;

// Describes a type. Which members count depends on the shape.
struct Type {
    Shape shape = Shape::text;
    const Form* form = nullptr;                      // text; map: of its names
    std::int64_t least = 0, most = 0;                // integer; list and map: how many
    std::span<const std::string_view> choices = {};  // choice
    const Type* of = nullptr;                        // list, map
    bool scalar_is_list = false;                     // list: a lone value stands for a list of one
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
};

// Reads a node into a field. Reports everything that is wrong with it, once, and marks what is bad.
void read(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading);

// Lays what is stronger over what is weaker: maps merge by key, lists and scalars replace, null removes.
void overlay(const Type& type, FieldBase& weaker, const FieldBase& stronger);

// Fills the defaults of everything that is absent or removed; a record that is absent stays so, but its members are
// filled, so that reading them is always safe.
void fill(const Type& type, FieldBase& field);

template <auto M>
struct MemberOf;
template <class C, class T, T C::*M>
struct MemberOf<M> {
    static FieldBase& at(void* object) { return static_cast<C*>(object)->*M; }
};

template <auto M>
constexpr Row row(std::string_view key, const Type& type, std::string_view fallback, std::string_view meaning) {
    return {key, &type, &MemberOf<M>::at, Need::optional, fallback, {}, meaning};
}
template <auto M>
constexpr Row derived(std::string_view key, const Type& type, std::string_view derivation, std::string_view meaning) {
    return {key, &type, &MemberOf<M>::at, Need::optional, {}, derivation, meaning};
}
template <auto M>
constexpr Row required(std::string_view key, const Type& type, std::string_view meaning) {
    return {key, &type, &MemberOf<M>::at, Need::required, {}, {}, meaning};
}
template <auto M>
constexpr Row hidden(std::string_view key, const Type& type) {
    return {key, &type, &MemberOf<M>::at, Need::hidden, {}, {}, {}};
}

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
constexpr Type boolean_type() {
    Type type;
    type.shape = Shape::boolean;
    type.copy = &thunks::copy<bool>;
    return type;
}
constexpr Type choice_type(std::span<const std::string_view> choices) {
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
template <class T>
constexpr Type map_type(const Type& of, const Form& names, std::int64_t least, std::int64_t most) {
    Type type;
    type.shape = Shape::map;
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

}  // namespace pipewright::manifest
