#include "generator/cli/output.h"
#include "generator/cli/report.h"
#include "generator/system/locate.h"

namespace pipewright::cli {

namespace {

Finding finding_of(const Run& run, const Diagnostic& one) {
    Finding finding;
    finding.code = one.code;
    finding.severity = one.severity;
    finding.message = one.message;
    finding.help = one.help;
    finding.path = run.manifest_path.empty() ? std::string(system::kManifestName) : run.manifest_path;
    if (!run.sources.has(one.span.source)) return finding;
    const Source& source = run.sources.at(one.span.source);
    finding.file = source.name();
    if (one.span.source != run.manifest) finding.path = source.name();
    finding.begin = source.position(one.span.offset);
    finding.end = source.position(one.span.offset + one.span.length);
    return finding;
}

Code code_of(files::Verdict verdict) {
    switch (verdict) {
        case files::Verdict::edited: return Code::hand_edit;
        case files::Verdict::foreign: return Code::foreign_file;
        case files::Verdict::edited_orphan: return Code::edited_orphan;
        case files::Verdict::blocked: return Code::blocked_path;
        case files::Verdict::unreadable: return Code::bad_lock;
        default: return Code::not_current;
    }
}

ComparedFile compared(const files::Changes& changes, const files::Change& change) {
    ComparedFile file;
    file.path = change.path;
    file.verdict = files::to_string(change.verdict);
    if (change.reason) file.reason = files::to_string(*change.reason);
    file.stale = change.stale();
    if (file.stale) file.because = files::explain(changes, change);
    file.code = code_of(change.verdict);
    return file;
}

}  // namespace

void collect(const Run& run, const files::Changes* changes, Report& report) {
    for (const Diagnostic& one : run.diagnostics.sorted()) report.findings.push_back(finding_of(run, one));
    if (changes == nullptr) return;
    report.compared = true;
    const auto add = [&](const files::Change& one) {
        report.files.push_back(compared(*changes, one));
        if (run.applied) report.files.back().told = true;
    };
    for (const files::Change& one : changes->files) add(one);
    add(changes->lock);
}

std::string json_document(const Run& run, std::string_view command, const files::Changes* changes) {
    Report report;
    report.command = command;
    collect(run, changes, report);
    return print_json(report);
}

}  // namespace pipewright::cli
