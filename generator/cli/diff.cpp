#include "generator/files/diff.h"

#include "generator/cli/output.h"

namespace pipewright::cli {

Exit diff(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    if (!prepare(run, call, path)) return finish(run, call, kWrong, console);
    if (call.format == Format::text) console.out += files::diff(run.changes, run.tree, run.view);
    return finish(run, call, run.changes.stale() ? kFound : kFine, console, &run.changes);
}

}  // namespace pipewright::cli
