#include "generator/cli/effective.h"
#include "generator/cli/output.h"

namespace pipewright::cli {

Exit validate(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    const bool valid = load(run, call, path);
    if (valid && call.effective) {
        const manifest::Shown shown = manifest::show(run.effective, *run.project);
        if (call.format == Format::text) {
            console.out += effective_yaml(shown, run.sources.at(run.manifest).name(), run.sources);
        } else {
            console.report.effective = effective_json(shown, run.sources);
        }
    }
    const Exit exit = finish(run, call, valid ? kFine : kWrong, console);
    if (valid && call.format == Format::text && !call.effective) console.err += "the manifest is valid\n";
    return exit;
}

}  // namespace pipewright::cli
