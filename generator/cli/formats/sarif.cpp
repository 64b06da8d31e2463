// SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format). Paths are from the root of the repository.
#include <map>
#include <nlohmann/json.hpp>

#include "generator/cli/pages.h"
#include "generator/cli/report.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// A relative path as a URI: what isn't unreserved (RFC 3986, 2.3) is percent-encoded, slashes stay.
std::string uri(std::string_view path) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~' || c == '/';
        if (plain) {
            text += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            text += '%';
            text += kDigits[byte >> 4];
            text += kDigits[byte & 15];
        }
    }
    return text;
}

const char* level(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

Json rule(Code code) {
    const CodeEntry& entry = describe(code);
    return {{"id", entry.id},
            {"shortDescription", {{"text", entry.title}}},
            {"help", {{"text", "pipewright explain code " + std::string(entry.id)}, {"markdown", page_of(code)}}},
            {"defaultConfiguration", {{"level", level(entry.severity)}}}};
}

// A message without a place is shown at the first line of the manifest.
Json location(const Finding& one) {
    Json region{{"startLine", one.begin.line}};
    if (!one.file.empty()) {
        region["startColumn"] = one.begin.column;
        region["endLine"] = one.end.line;
        region["endColumn"] = one.end.column;
    }
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri(one.path)}, {"uriBaseId", "%SRCROOT%"}}}, {"region", region}}}};
}

}  // namespace

std::string print_sarif(const Report& report) {
    const std::vector<Finding> all = report.all();
    const std::vector<std::string> prints = fingerprints(all);
    Json rules = Json::array();
    Json results = Json::array();
    std::map<Code, std::size_t> index;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Finding& one = all[i];
        const auto [rule_at, added] = index.try_emplace(one.code, rules.size());
        if (added) rules.push_back(rule(one.code));
        results.push_back({{"ruleId", describe(one.code).id},
                           {"ruleIndex", rule_at->second},
                           {"level", level(one.severity)},
                           {"message", {{"text", one.help.empty() ? one.message : one.message + "\n" + one.help}}},
                           {"locations", Json::array({location(one)})},
                           {"partialFingerprints", {{"pipewright/v1", prints[i]}}}});
    }
    const Json driver{{"name", "pipewright"}, {"version", PIPEWRIGHT_VERSION}, {"rules", rules}};
    const Json run{{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
    const Json document{{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pipewright::cli
