// The pages of the codes: docs/codes/PWnnnn.md, embedded into the program when it is built.
#pragma once

#include <string_view>

#include "generator/text/catalogue.h"

namespace pipewright::cli {

// A page as Markdown: what a code means, why, and a wrong and a right example. Empty where there is none, which a test
// forbids.
std::string_view page_of(Code code);

}  // namespace pipewright::cli
