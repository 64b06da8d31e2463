#include "generator/cli/output.h"

namespace pipewright::cli {

Exit check(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    if (!prepare(run, call, path)) return finish(run, call, kWrong, console);
    const bool stale = run.changes.stale();
    if (call.format == Format::text) {
        for (const files::Change& one : run.changes.files) {
            if (one.stale()) console.out += one.path + ": " + files::explain(run.changes, one) + "\n";
        }
        const files::Change& lock = run.changes.lock;
        if (lock.stale()) console.out += lock.path + ": " + files::explain(run.changes, lock) + "\n";
        if (stale) {
            console.err += run.changes.refused() ? "to see what would be lost: pipewright diff\n"
                                                 : "to bring it up to date: pipewright generate\n";
        }
    }
    return finish(run, call, stale ? kFound : kFine, console, &run.changes);
}

}  // namespace pipewright::cli
