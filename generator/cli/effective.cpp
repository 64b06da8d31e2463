// The effective manifest, for a person as YAML with a comment beside each value, and for a machine as JSON.
#include "generator/cli/effective.h"

#include <nlohmann/json.hpp>

#include "generator/yaml/document.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;
using manifest::Shown;

std::string line_of(const Span& span, const Sources& sources) {
    return "line " + std::to_string(sources.at(span.source).position(span.offset).line);
}

// "line 12", "line 12: stacks.aws.spot_percent", "default", "true for a public repository", "follows line 3:
// repository", "default, for it is null on line 12".
std::string origin(const Shown& shown, const Sources& sources) {
    if (!sources.has(shown.span.source)) return shown.reason;
    const std::string place = line_of(shown.span, sources) + (shown.path.empty() ? "" : ": " + shown.path);
    if (shown.said) return place;
    return (shown.removed ? "default, for it is null on " : "follows ") + place;
}

yaml::Value scalar(const Shown& shown) {
    switch (shown.kind) {
        case Shown::Kind::text: return yaml::Value::text(shown.text);
        case Shown::Kind::number: return yaml::Value::integer(shown.number);
        case Shown::Kind::truth: return yaml::Value::boolean(shown.truth);
        default: return yaml::Value::null();
    }
}

yaml::Value value(const Shown& shown, const Sources& sources);

yaml::Value list(const Shown& shown, const Sources& sources) {
    const bool maps = !shown.items.empty() && shown.items.front().kind == Shown::Kind::map;
    if (!maps) {
        std::vector<yaml::Value> items;
        for (const Shown& one : shown.items) items.push_back(scalar(one));
        return yaml::Value::flow_sequence(std::move(items));
    }
    std::vector<yaml::Item> items;
    for (const Shown& one : shown.items) items.push_back({value(one, sources)});
    return yaml::Value::sequence(std::move(items));
}

yaml::Value value(const Shown& shown, const Sources& sources) {
    if (shown.kind == Shown::Kind::list) return list(shown, sources);
    if (shown.kind != Shown::Kind::map) return scalar(shown);
    std::vector<yaml::Member> members;
    for (const auto& [key, one] : shown.entries) {
        yaml::Member member{key, value(one, sources)};
        if (one.kind != Shown::Kind::map || one.entries.empty()) member.trimmings.beside = origin(one, sources);
        members.push_back(std::move(member));
    }
    return members.empty() ? yaml::Value::flow_mapping({}) : yaml::Value::mapping(std::move(members));
}

Json json_value(const Shown& shown) {
    switch (shown.kind) {
        case Shown::Kind::text: return shown.text;
        case Shown::Kind::number: return shown.number;
        case Shown::Kind::truth: return shown.truth;
        default: return nullptr;
    }
}

Json json(const Shown& shown, const Sources& sources);

// A map is a map of such objects; anything else is an object with its value and where that comes from.
Json json_origin(const Shown& shown, const Sources& sources) {
    Json from = Json::object();
    if (sources.has(shown.span.source)) {
        const Position at = sources.at(shown.span.source).position(shown.span.offset);
        from["line"] = at.line;
        from["column"] = at.column;
        if (!shown.path.empty()) from["key"] = shown.path;
    }
    if (!shown.said) from["because"] = shown.reason;
    return from;
}

Json json(const Shown& shown, const Sources& sources) {
    if (shown.kind == Shown::Kind::map) {
        Json members = Json::object();
        for (const auto& [key, one] : shown.entries) members[key] = json(one, sources);
        return members;
    }
    Json node = Json::object();
    if (shown.kind == Shown::Kind::list) {
        node["value"] = Json::array();
        for (const Shown& one : shown.items)
            node["value"].push_back(one.kind == Shown::Kind::map ? json(one, sources) : json_value(one));
    } else {
        node["value"] = json_value(shown);
    }
    node["from"] = json_origin(shown, sources);
    return node;
}

}  // namespace

std::string effective_yaml(const Shown& shown, const std::string& manifest, const Sources& sources) {
    std::vector<yaml::Member> members;
    for (const auto& [key, one] : shown.entries) {
        yaml::Member member{key, value(one, sources)};
        if (one.kind == Shown::Kind::map && !one.entries.empty()) {
            member.trimmings.blank_before = true;
        } else {
            member.trimmings.beside = origin(one, sources);
        }
        members.push_back(std::move(member));
    }
    yaml::Document document{{manifest + " with every default and every override in place: what is generated from.",
                             "Beside each value stands the line that says it, or why it is so."},
                            {}};
    document.roots.push_back(yaml::Value::mapping(std::move(members)));
    return yaml::print(document).bytes;
}

std::string effective_json(const Shown& shown, const Sources& sources) { return json(shown, sources).dump(); }

}  // namespace pipewright::cli
