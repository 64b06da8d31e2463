#include <nlohmann/json.hpp>

#include "generator/cli/report.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;

Json diagnostic(const Finding& one) {
    Json json{{"code", describe(one.code).id}, {"severity", to_string(one.severity)}, {"message", one.message}};
    if (!one.help.empty()) json["help"] = one.help;
    if (one.file.empty()) return json;
    json["place"] = {{"file", one.file},
                     {"line", one.begin.line},
                     {"column", one.begin.column},
                     {"end_line", one.end.line},
                     {"end_column", one.end.column}};
    return json;
}

Json compared(const ComparedFile& file) {
    Json json{{"path", file.path}, {"verdict", file.verdict}};
    if (!file.reason.empty()) json["reason"] = file.reason;
    if (file.stale) json["because"] = file.because;
    return json;
}

}  // namespace

std::string print_json(const Report& report) {
    Json document{{"schema", "pipewright." + report.command + "/1"}};
    document["diagnostics"] = Json::array();
    for (const Finding& one : report.findings) document["diagnostics"].push_back(diagnostic(one));
    if (report.compared) {
        document["files"] = Json::array();
        for (const ComparedFile& one : report.files) document["files"].push_back(compared(one));
    }
    if (!report.verified.empty()) {
        document["manifests"] = Json::array();
        for (const std::string& one : report.verified) document["manifests"].push_back(Json::parse(one));
    }
    if (!report.effective.empty()) document["effective"] = Json::parse(report.effective);
    if (!report.simulation.empty()) document.update(Json::parse(report.simulation));
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pipewright::cli
