#include <nlohmann/json.hpp>

#include "generator/cli/output.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;

Json place_of(const Span& span, const Sources& sources) {
    if (!sources.has(span.source)) return nullptr;
    const Source& source = sources.at(span.source);
    const Position begin = source.position(span.offset);
    const Position end = source.position(span.offset + span.length);
    return {{"file", source.name()},
            {"line", begin.line},
            {"column", begin.column},
            {"end_line", end.line},
            {"end_column", end.column}};
}

Json change_of(const files::Changes& changes, const files::Change& change) {
    Json json{{"path", change.path}, {"verdict", files::to_string(change.verdict)}};
    if (change.reason) json["reason"] = files::to_string(*change.reason);
    if (change.stale()) json["because"] = files::explain(changes, change);
    return json;
}

}  // namespace

std::string json_document(const Run& run, std::string_view command, const files::Changes* changes) {
    Json document{{"schema", "pipewright." + std::string(command) + "/1"}};
    document["diagnostics"] = Json::array();
    for (const Diagnostic& one : run.diagnostics.sorted()) {
        Json json{{"code", describe(one.code).id}, {"severity", to_string(one.severity)}, {"message", one.message}};
        if (!one.help.empty()) json["help"] = one.help;
        const Json place = place_of(one.span, run.sources);
        if (!place.is_null()) json["place"] = place;
        document["diagnostics"].push_back(std::move(json));
    }
    if (changes != nullptr) {
        document["files"] = Json::array();
        for (const files::Change& one : changes->files) document["files"].push_back(change_of(*changes, one));
        document["files"].push_back(change_of(*changes, changes->lock));
    }
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pipewright::cli
