// Annotations, as GitHub's runner takes them from a job's output ("Workflow commands for GitHub Actions"). It shows ten
// of each kind a step; the others stand in the log.
#include "generator/cli/report.h"

namespace pipewright::cli {

namespace {

std::string escaped(std::string_view text, bool property) {
    std::string result;
    for (const char c : text) {
        if (c == '%') {
            result += "%25";
        } else if (c == '\r') {
            result += "%0D";
        } else if (c == '\n') {
            result += "%0A";
        } else if (property && c == ':') {
            result += "%3A";
        } else if (property && c == ',') {
            result += "%2C";
        } else {
            result += c;
        }
    }
    return result;
}

const char* command(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "notice";
}

}  // namespace

std::string print_github(const Report& report) {
    std::string out;
    for (const Finding& one : report.all()) {
        out += std::string("::") + command(one.severity) + " file=" + escaped(one.path, true);
        out += ",line=" + std::to_string(one.begin.line);
        if (!one.file.empty()) {
            out += ",endLine=" + std::to_string(one.end.line) + ",col=" + std::to_string(one.begin.column);
            // The runner takes an end column only where it is the same line.
            if (one.end.line == one.begin.line) out += ",endColumn=" + std::to_string(one.end.column);
        }
        const CodeEntry& entry = describe(one.code);
        out += ",title=" + escaped(std::string(entry.id) + " " + std::string(entry.title), true) + "::";
        out += escaped(one.help.empty() ? one.message : one.message + "\n" + one.help, false) + "\n";
    }
    return out;
}

}  // namespace pipewright::cli
