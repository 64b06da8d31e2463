// Tables of GitHub's Markdown.
#pragma once

#include <string>
#include <vector>

#include "generator/markdown/document.h"

namespace pipewright::markdown {

struct Line {
    std::string text;
    Origin origin;
};

using Lines = std::vector<Line>;

// The rows of a table, its cells padded to the same width as a terminal shows them. A table without columns is empty.
Lines print_table(const Block& table, Origin origin);

}  // namespace pipewright::markdown
