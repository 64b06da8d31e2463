// The first lines of every generated file: who made it, from what, and what to do instead of editing it.
#pragma once

#include <string>
#include <vector>

namespace pipewright::print {

// Without comment signs. The path is the manifest's, from the root of the repository.
std::vector<std::string> header_lines(const std::string& manifest_path);

}  // namespace pipewright::print
