#include "generator/verify/verify.h"

#include <map>
#include <nlohmann/json.hpp>

#include "generator/cli/models.h"

namespace pipewright::cli {

namespace {

namespace rules = pipewright::verify;
using Json = nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& one : all) text += (text.empty() ? "" : ", ") + one;
    return text;
}

std::string right(const std::string& text, std::size_t width) {
    return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

std::string left(const std::string& text, std::size_t width) {
    return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

// The calls that change something, by service: "ecs (12), ssm (1)".
std::string by_service(const std::vector<std::string>& calls) {
    std::map<std::string, std::size_t> counts;
    for (const std::string& one : calls) ++counts[one.substr(0, one.find_first_of(":."))];
    std::vector<std::string> all;
    for (const auto& [service, count] : counts) all.push_back(service + " (" + std::to_string(count) + ")");
    return joined(all);
}

std::string text_of(const rules::Result& result) {
    std::string text;
    for (const rules::Judged& one : result.rules) {
        const rules::Verdict& verdict = one.verdict;
        text += right(std::to_string(one.number), 2) + "  " + left(std::string(to_string(verdict.outcome)), 9) + "  " +
                std::string(one.title) + "\n";
        const std::string indent(15, ' ');
        if (verdict.outcome != rules::Outcome::broken) text += indent + verdict.proof + "\n";
        for (const std::string& path : verdict.paths) text += indent + path + "\n";
    }
    for (std::size_t i = 0; i < result.classes.size(); ++i) {
        const rules::TrustClass& one = result.classes[i];
        text += std::string("\ntrust class ") + std::to_string(i + 1) + ", on " +
                (one.host == Host::github ? "GitHub" : "GitLab") +
                (one.change_requests ? ", with jobs of change requests, " : ", ") + std::to_string(one.calls) +
                " calls: ";
        text += one.writes.empty() ? "reads only" : "changes " + by_service(one.writes);
        text += "\n  " + left("presents", 9) + joined(one.presents) + "\n  " + left("jobs", 9) + joined(one.jobs) +
                "\n  " + left("roles", 9) + joined(one.roles) + "\n";
        if (!one.gates.empty()) text += "  " + left("gate", 9) + joined(one.gates) + "\n";
    }
    return text;
}

Json json_of(const rules::Result& result, const std::string& manifest) {
    Json json{{"manifest", manifest}, {"holds", result.holds()}, {"rules", Json::array()}, {"classes", Json::array()}};
    for (const rules::Judged& one : result.rules) {
        Json rule{{"number", one.number}, {"title", one.title}, {"verdict", to_string(one.verdict.outcome)}};
        if (one.verdict.outcome == rules::Outcome::broken) {
            rule["paths"] = one.verdict.paths;
        } else {
            rule["proof"] = one.verdict.proof;
        }
        if (!one.verdict.warnings.empty()) rule["warnings"] = one.verdict.warnings;
        json["rules"].push_back(std::move(rule));
    }
    for (const rules::TrustClass& one : result.classes) {
        json["classes"].push_back({{"host", to_string(one.host)},
                                   {"presents", one.presents},
                                   {"jobs", one.jobs},
                                   {"roles", one.roles},
                                   {"gates", one.gates},
                                   {"change_requests", one.change_requests},
                                   {"calls", one.calls},
                                   {"writes", one.writes}});
    }
    return json;
}

}  // namespace

Exit verify(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    const std::optional<Models> models = load(run, call, path) ? decide(run) : std::nullopt;
    if (!models) return finish(run, call, kWrong, console);
    const rules::Result result = rules::verify(models->subject(*run.project));
    rules::report(result, *run.project, run.diagnostics);
    if (call.format == Format::text) {
        if (call.paths.size() > 1) console.out += run.manifest_path + ":\n";
        console.out += text_of(result);
    } else {
        console.report.verified.push_back(json_of(result, run.sources.at(run.manifest).name()).dump());
    }
    const Exit exit = finish(run, call, result.holds() ? kFine : kFound, console);
    if (call.format == Format::text && result.holds()) console.err += "every rule holds\n";
    return exit;
}

}  // namespace pipewright::cli
