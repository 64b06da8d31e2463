// What this version has Terraform modules for: decided from a target alone, so that planning can leave out what there
// is no root for.
#pragma once

#include <string>
#include <vector>

#include "generator/project/project.h"

namespace pipewright {

// What of a target has no module yet, as a person would call it ("a database"). Its platform can then not be made from
// generated Terraform, and there is no platform root. Empty: there is one.
std::vector<std::string> missing_modules(const Project& project, const Target& target);

// What of a target has no module yet and can be left out of a root that is of use without it.
std::vector<std::string> omitted_features(const Target& target);

}  // namespace pipewright
