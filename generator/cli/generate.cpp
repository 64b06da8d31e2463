#include "generator/cli/output.h"
#include "generator/system/apply.h"

namespace pipewright::cli {

Exit generate(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    if (!prepare(run, call, path)) return finish(run, call, kWrong, console);
    const system::Applied applied = system::apply(disk, run.root, run.changes, run.tree, run.diagnostics);
    if (!applied.done && !run.changes.refused()) run.failed = true;
    run.applied = applied.done;
    if (call.format == Format::text) {
        for (const std::string& one : applied.created) console.out += "create  " + one + "\n";
        for (const std::string& one : applied.updated) console.out += "update  " + one + "\n";
        for (const std::string& one : applied.removed) console.out += "remove  " + one + "\n";
        if (applied.done && !run.changes.stale()) console.out += "nothing to do\n";
    }
    return finish(run, call, applied.done ? kFine : kFound, console, &run.changes);
}

}  // namespace pipewright::cli
