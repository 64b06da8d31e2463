// One line of Markdown, or a paragraph with its line breaks, out of inlines.
#pragma once

#include <string>
#include <vector>

#include "generator/markdown/document.h"

namespace pipewright::markdown {

enum class Where { paragraph, heading, cell };

// The lines of a paragraph; of a heading or a cell, one line. Empty when there is nothing to be shown.
std::vector<std::string> print_inlines(const Inlines& inlines, Where where);

}  // namespace pipewright::markdown
