#include "generator/manifest/schema.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "generator/manifest/reference.h"
#include "generator/manifest/types/manifest.h"
#include "generator/yaml/read.h"

namespace pipewright::manifest {

namespace {

using Json = nlohmann::ordered_json;

// Where in the language a type stands.
struct Where {
    std::string path;
    bool over = false;  // whether it is laid over something weaker, so that the defaults are not its own

    Where below(std::string_view name) const {
        return {path.empty() ? std::string(name) : path + "." + std::string(name), over};
    }
};

std::string text(std::string_view view) { return std::string(view); }

// A value of the tables as JSON: what reading it with this type would give.
Json value_of(const Type& type, const yaml::Node& node) {
    switch (type.shape) {
        case Shape::text:
        case Shape::choice: return node.text;
        case Shape::boolean: return node.text == "true";
        case Shape::integer: {
            std::int64_t number = 0;
            std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
            return number;
        }
        case Shape::list: {
            if (node.kind != yaml::Kind::sequence) return value_of(*type.of, node);
            Json list = Json::array();
            for (const yaml::Node& one : node.items) list.push_back(value_of(*type.of, one));
            return list;
        }
        case Shape::map: {
            Json map = Json::object();
            for (const yaml::Entry& one : node.entries) map[one.key.text] = value_of(*type.of, one.value);
            return map;
        }
        case Shape::record: break;
    }
    const std::vector<const Row*> rows = rows_of(type);
    const auto row = [&](std::string_view key) {
        return **std::find_if(rows.begin(), rows.end(), [&](const Row* one) { return one->key == key; });
    };
    if (node.kind != yaml::Kind::mapping) return value_of(*row(type.shorthand).type, node);
    Json map = Json::object();
    for (const yaml::Entry& one : node.entries) map[one.key.text] = value_of(*row(one.key.text).type, one.value);
    return map;
}

Json value_of(const Type& type, std::string_view yaml) {
    Sources sources;
    Diagnostics diagnostics;
    const std::optional<yaml::Node> node = yaml::read(sources, sources.add("", text(yaml)), diagnostics);
    return node ? value_of(type, *node) : Json();
}

Json schema_of(const Type& type, const Where& where);

Json text_schema(const Form& form) {
    std::string message = "must be " + text(form.name);
    if (!form.advice.empty()) message += ": " + text(form.advice);
    return {{"type", "string"}, {"pattern", form.pattern}, {"patternErrorMessage", message}};
}

Json choice_schema(const Type& type) {
    Json schema{{"type", "string"}, {"enum", Json::array()}, {"enumDescriptions", Json::array()}};
    for (const Choice& one : type.choices) {
        schema["enum"].push_back(one.name);
        schema["enumDescriptions"].push_back(one.meaning);
    }
    return schema;
}

Json integer_schema(const Type& type) {
    Json schema{{"type", "integer"}};
    if (!type.only.empty()) {
        schema["enum"] = type.only;
    } else {
        schema["minimum"] = type.least;
        schema["maximum"] = type.most;
    }
    return schema;
}

Json list_schema(const Type& type, const Where& where) {
    Json items = schema_of(*type.of, where);
    Json schema{{"type", "array"}, {"items", items}};
    if (type.least > 0) schema["minItems"] = type.least;
    schema["maxItems"] = type.most;
    if (type.unique) schema["uniqueItems"] = true;
    if (!type.scalar_is_list) return schema;
    return {{"anyOf", Json::array({std::move(items), std::move(schema)})}};
}

// null in a schema that says one type takes that out, so that editors still see what the type is.
void allow_null(Json& schema) {
    if (schema.contains("anyOf")) {
        schema["anyOf"].push_back({{"type", "null"}});
        return;
    }
    schema["type"] = Json::array({schema["type"], "null"});
    if (schema.contains("enum")) schema["enum"].push_back(nullptr);
    if (schema.contains("enumDescriptions")) schema["enumDescriptions"].push_back("takes away what is said elsewhere");
}

Json map_schema(const Type& type, const Where& where) {
    Where entry = where.below(type.placeholder);
    entry.over = where.over || type.removable;
    Json values = schema_of(*type.of, entry);
    if (type.removable) allow_null(values);
    Json names = text_schema(*type.form);
    names.erase("type");
    Json schema{{"type", "object"}, {"propertyNames", std::move(names)}, {"additionalProperties", std::move(values)}};
    if (type.least > 0) schema["minProperties"] = type.least;
    schema["maxProperties"] = type.most;
    return schema;
}

Json property_of(const Row& row, bool null, const Where& where) {
    Json schema = schema_of(*row.type, where);
    if (null) allow_null(schema);
    Json property{{"title", where.path}, {"description", row.meaning}};
    if (!row.derivation.empty() && row.derivation != "none" && !where.over) {
        property["description"] = text(row.meaning) + " Default: " + text(row.derivation) + ".";
    }
    property.update(schema);
    if (!row.fallback.empty() && !where.over) property["default"] = value_of(*row.type, row.fallback);
    // Editors show an example of a map as "[object Object]", and propose the keys of a record without one.
    const Json example = value_of(*row.type, row.example);
    if (row.type->shape != Shape::record || !example.is_object()) property["examples"] = Json::array({example});
    return property;
}

Json list_of(std::span<const std::string_view> words) {
    Json list = Json::array();
    for (const std::string_view word : words) list.push_back(word);
    return list;
}

// Adds what a relation says to the schema of a record. What an "if" or a "oneOf" would say is said with "not", because
// editors take what stands in those for keys to be proposed.
void relate(const Relation& relation, Json& schema) {
    Json refused = Json::array();
    const auto none_of = [&] {
        Json any = Json::array();
        for (const std::string_view other : relation.others) any.push_back({{"required", {other}}});
        refused.push_back({{"not", {{"anyOf", std::move(any)}}}});
    };
    switch (relation.kind) {
        case Relation::Kind::excludes:
            for (const std::string_view other : relation.others) {
                refused.push_back({{"required", {relation.key, other}}});
            }
            break;
        case Relation::Kind::needs:
            if (relation.values.empty()) {
                schema["dependentRequired"][text(relation.key)] = list_of(relation.others);
                return;
            }
            refused.push_back({{"properties", {{text(relation.key), {{"enum", list_of(relation.values)}}}}},
                               {"required", {relation.key}},
                               {"not", {{"required", list_of(relation.others)}}}});
            break;
        case Relation::Kind::exactly_one:
            for (std::size_t i = 0; i < relation.others.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    refused.push_back({{"required", {relation.others[j], relation.others[i]}}});
                }
            }
            none_of();
            break;
        case Relation::Kind::at_least_one: none_of(); break;
    }
    schema["allOf"].push_back({{"not", {{"anyOf", std::move(refused)}}}, {"$comment", words(relation)}});
}

Json record_schema(const Type& type, const Where& where) {
    Json schema{{"type", "object"}, {"properties", Json::object()}};
    Json required = Json::array();
    const std::size_t weaker = type.base == nullptr ? 0 : rows_of(*type.base).size();
    const std::vector<const Row*> rows = rows_of(type);
    std::vector<const Row*> ordered(rows.begin() + static_cast<std::ptrdiff_t>(weaker), rows.end());
    ordered.insert(ordered.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(weaker));
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const Row& row = *ordered[i];
        const bool inherited = i >= rows.size() - weaker;
        if (row.need == Need::hidden || (inherited && row.fixed)) continue;
        Where below = where.below(row.key);
        below.over = where.over || inherited;
        schema["properties"][text(row.key)] = property_of(row, takes_null(type, row), below);
        if (row.need == Need::required) required.push_back(row.key);
    }
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    for (const Relation& one : type.relations) relate(one, schema);
    return schema;
}

Json schema_of(const Type& type, const Where& where) {
    switch (type.shape) {
        case Shape::text: return text_schema(*type.form);
        case Shape::choice: return choice_schema(type);
        case Shape::boolean: {
            Json schema{{"type", "boolean"}};
            if (type.only_true) schema["enum"] = Json::array({true});
            return schema;
        }
        case Shape::integer: return integer_schema(type);
        case Shape::list: return list_schema(type, where);
        case Shape::map: return map_schema(type, where);
        case Shape::record: break;
    }
    Json schema = record_schema(type, where);
    if (type.shorthand.empty()) return schema;
    for (const Row* row : rows_of(type)) {
        if (row->key != type.shorthand) continue;
        Json lone = schema_of(*row->type, where);
        return {{"anyOf", Json::array({std::move(lone), std::move(schema)})}};
    }
    return schema;
}

}  // namespace

std::string json_schema() {
    Json schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"$id", "urn:pipewright:manifest:1"},
        {"title", "pipewright.yaml"},
        {"description", "A project: what is built, where it runs, and how it goes from environment to environment."}};
    schema.update(schema_of(written::kManifest, {}));
    return schema.dump(2) + "\n";
}

}  // namespace pipewright::manifest
