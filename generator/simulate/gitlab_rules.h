// GitLab's rules, as far as the lowering makes them ("CI/CD variable expressions").
#pragma once

#include <map>
#include <string>

#include "generator/hosts/gitlab/pipeline.h"

namespace pipewright::simulate {

// The variables that there are when rules are read. What is not here is null.
using Known = std::map<std::string, std::string>;

bool holds(const gitlab::Expression& expression, const Known& known);

// The smallest part that has to hold and doesn't.
const gitlab::Expression& broken_part(const gitlab::Expression& expression, const Known& known);

}  // namespace pipewright::simulate
