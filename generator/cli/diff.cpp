#include "generator/files/diff.h"

#include "generator/cli/output.h"

namespace pipewright::cli {

Exit diff(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    const bool prepared = prepare(run, call, path);
    if (!prepared) {
        if (call.format == Format::json) console.out += json_document(run, "diff", nullptr);
        return finish(run, call, kWrong, console);
    }
    if (call.format == Format::json) {
        console.out += json_document(run, "diff", &run.changes);
    } else {
        console.out += files::diff(run.changes, run.tree, run.view);
    }
    return finish(run, call, run.changes.stale() ? kFound : kFine, console);
}

}  // namespace pipewright::cli
