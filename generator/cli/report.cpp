#include "generator/cli/report.h"

#include <algorithm>
#include <map>

#include "generator/files/sha256.h"

namespace pipewright::cli {

std::vector<Finding> Report::all() const {
    // Messages about files have no place in a text; each file's own finding says the same where it belongs.
    const auto of_file = [](Code code) {
        return code == Code::hand_edit || code == Code::foreign_file || code == Code::edited_orphan ||
               code == Code::blocked_path;
    };
    std::vector<Finding> every;
    for (const Finding& one : findings) {
        if (!compared || !one.file.empty() || !of_file(one.code)) every.push_back(one);
    }
    for (const ComparedFile& file : files) {
        if (!file.stale || file.told || file.code == Code::bad_lock) continue;
        Finding finding;
        finding.code = file.code;
        finding.severity = describe(file.code).severity;
        finding.message = file.path + ": " + file.because;
        finding.help = file.code == Code::not_current ? "run: pipewright generate" : "see: pipewright diff";
        finding.path = file.path;
        every.push_back(std::move(finding));
    }
    return every;
}

std::string print(const Report& report, Format format) {
    switch (format) {
        case Format::json: return print_json(report);
        case Format::sarif: return print_sarif(report);
        case Format::github: return print_github(report);
        case Format::gitlab: return print_gitlab(report);
        case Format::text: break;
    }
    return {};
}

std::vector<std::string> fingerprints(const std::vector<Finding>& findings) {
    std::map<std::string, int> seen;
    std::vector<std::string> all;
    for (const Finding& one : findings) {
        const std::string key = std::string(describe(one.code).id) + "\n" + one.path + "\n" + one.message;
        all.push_back(files::sha256(key + "\n" + std::to_string(seen[key]++)));
    }
    return all;
}

}  // namespace pipewright::cli
