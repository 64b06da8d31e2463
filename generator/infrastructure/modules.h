// Which files of a module a project gets: all of it but the features that nobody asks for.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "generator/infrastructure/root.h"

namespace pipewright::infrastructure {

// The paths of a module's templates (terraform/aws/network/main.tf), for calls that give these arguments. A file beside
// main, variables, outputs and versions that declares variables is a feature: it comes along when one of them is given.
std::vector<std::string> module_files(const std::string& module, const std::set<std::string>& given);

// The same for all calls of a root, or of several: each module once, in order of the paths.
std::vector<std::string> files_of(const std::vector<Call>& calls);
std::vector<std::string> files_of(const std::vector<Root>& roots);

}  // namespace pipewright::infrastructure
