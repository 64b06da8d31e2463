// The text that a scalar stands for.
#pragma once

#include <string>
#include <string_view>

#include "generator/yaml/scan.h"

namespace pipewright::yaml {

// Takes the bytes of a file and one of its scalar tokens; gives the text after escapes, folding and chomping (YAML
// 1.2.2, chapters 5.7, 6.5, 7.3 and 8.1). A block that the end of the file cuts off has no line end of its own.
// We do this ourselves because yaml-cpp 0.7 gives "\N" and "\_" as bytes that are no UTF-8, and drops a line end of >+.
std::string scalar_text(std::string_view bytes, const Token& token);

}  // namespace pipewright::yaml
