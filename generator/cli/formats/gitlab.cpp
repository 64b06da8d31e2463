// GitLab's code quality report ("Code Quality", report format): the part of CodeClimate's that it reads.
#include <nlohmann/json.hpp>

#include "generator/cli/report.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;

const char* severity(Severity severity) {
    return severity == Severity::error ? "critical" : severity == Severity::warning ? "minor" : "info";
}

}  // namespace

std::string print_gitlab(const Report& report) {
    const std::vector<Finding> all = report.all();
    const std::vector<std::string> prints = fingerprints(all);
    Json document = Json::array();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Finding& one = all[i];
        document.push_back(
            {{"description", one.help.empty() ? one.message : one.message + " (" + one.help + ")"},
             {"check_name", "pipewright/" + std::string(describe(one.code).id)},
             {"fingerprint", prints[i]},
             {"severity", severity(one.severity)},
             {"location", {{"path", one.path}, {"lines", {{"begin", one.begin.line}, {"end", one.end.line}}}}}});
    }
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pipewright::cli
