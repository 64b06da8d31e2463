// A Terraform root as the files of its folder.
#pragma once

#include <string>
#include <vector>

#include "generator/hcl/document.h"
#include "generator/infrastructure/root.h"

namespace pipewright::print {

// main.tf. head: the lines that stand first; modules: the folder of the modules, from the root of the repository as the
// root's own path.
hcl::File main_file(const infrastructure::Root& root, const std::string& modules, std::vector<std::string> head);

// backend.hcl: what `terraform init -backend-config` takes, since main.tf leaves the backend empty.
hcl::File backend_file(const infrastructure::Root& root, std::vector<std::string> head);

}  // namespace pipewright::print
