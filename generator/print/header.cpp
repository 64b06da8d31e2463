#include "generator/print/header.h"

namespace pipewright::print {

std::vector<std::string> header_lines(const std::string& manifest_path) {
    return {"Made by pipewright from " + manifest_path + "; do not edit, run `pipewright generate`."};
}

}  // namespace pipewright::print
