// GitHub's expressions, as far as the lowering makes them, with GitHub's comparisons ("Evaluate expressions", operators
// and status check functions).
#pragma once

#include <map>
#include <string>

#include "generator/hosts/github/expression.h"

namespace pipewright::simulate {

// What the contexts hold, by the whole path: "github.ref". What is not here is null.
using Contexts = std::map<std::string, std::string>;

bool holds(const github::Expression& expression, const Contexts& contexts);

// Whether the expression asks for the state of the run itself; else GitHub puts "success() &&" before it.
bool asks_for_status(const github::Expression& expression);

// The smallest part that has to hold and doesn't.
const github::Expression& broken_part(const github::Expression& expression, const Contexts& contexts);

// The first context in an expression.
std::string first_context(const github::Expression& expression);

}  // namespace pipewright::simulate
