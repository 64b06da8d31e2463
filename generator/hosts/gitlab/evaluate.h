// The conditions of GitLab's rules as GitLab evaluates them ("Job rules", CI/CD variable expressions), as far as the
// lowering makes them: for the rules that prove what was lowered, and for the answers of what an event does.
#pragma once

#include <map>
#include <string>

#include "generator/delivery/event.h"
#include "generator/hosts/gitlab/expression.h"

namespace pipewright::gitlab {

// The variables that there are when rules are read. What is not here is null, which equals null alone and matches
// nothing.
using Variables = std::map<std::string, std::string>;

bool holds(const Expression& condition, const Variables& variables);

// What GitLab itself knows of an event in a project ("Predefined CI/CD variables"). ref is the full one; of a change
// request source is the project of its branch.
Variables predefined(delivery::EventKind kind, const std::string& ref, const std::string& project,
                     const std::string& source);

}  // namespace pipewright::gitlab
