#include "generator/manifest/schema.h"

#include "generator/cli/command.h"

namespace pipewright::cli {

Exit schema(const Call& /*call*/, const std::string& /*path*/, system::Disk& /*disk*/, Console& console) {
    console.out += manifest::json_schema();
    return kFine;
}

}  // namespace pipewright::cli
