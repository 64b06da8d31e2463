#include "generator/cli/output.h"

namespace pipewright::cli {

Exit validate(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    const bool valid = load(run, call, path);
    if (call.format == Format::json) console.out += json_document(run, "validate", nullptr);
    const Exit exit = finish(run, call, valid ? kFine : kWrong, console);
    if (valid && call.format == Format::text) console.err += "the manifest is valid\n";
    return exit;
}

}  // namespace pipewright::cli
