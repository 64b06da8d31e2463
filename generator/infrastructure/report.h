// What is said about a model.
#pragma once

#include "generator/infrastructure/model.h"

namespace pipewright::infrastructure {

// Values that Terraform or AWS would refuse, permissions that nobody may have, policies that are too long, and, in one
// warning, what is left out.
void report(const Project& project, const Model& model, Diagnostics& diagnostics);

}  // namespace pipewright::infrastructure
