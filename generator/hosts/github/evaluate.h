// GitHub's expressions as GitHub evaluates them ("Evaluate expressions": operators, functions, status checks), as far
// as the lowering makes them: for the rules that prove what was lowered, and for the answers of what an event does.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "generator/delivery/event.h"
#include "generator/hosts/github/expression.h"

namespace pipewright::github {

// What a context holds, by its whole path ("github.ref"): a text; "true" or "false" for a boolean, nothing for null.
using Contexts = std::function<std::string(const std::string& path)>;

// Texts are compared without regard to case. Nobody cancels a run, and no job before has failed.
bool holds(const Expression& expression, const Contexts& contexts);

// Whether the expression asks for the state of the run itself; else GitHub puts "success() &&" before it.
bool asks_for_status(const Expression& expression);

// github.event_name: "push", "workflow_dispatch".
std::string_view event_name(delivery::EventKind kind);

}  // namespace pipewright::github
