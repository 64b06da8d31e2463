// Expressions on one line.
#pragma once

#include <string>

#include "generator/hcl/document.h"

namespace pipewright::hcl {

// Whether print_inline shows all of an expression as its makers want it: no object of several lines, no comment.
bool is_inline(const Expression& expression);

// The expression on one line, whatever it is; comments are left out. Texts of several lines are quoted.
std::string print_inline(const Expression& expression);

}  // namespace pipewright::hcl
