#include <algorithm>

#include "generator/print/print.h"

namespace pipewright::print {

// JSON has no comments, so these files alone say nothing of who made them; the lock does.
void print_data(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    for (const auto& [path, text] : output.data) {
        files::File file;
        file.bytes = text + "\n";
        file.made_by = "what jobs are told of services";
        file.origin = output.origin;
        file.lines.assign(static_cast<std::size_t>(std::count(file.bytes.begin(), file.bytes.end(), '\n')),
                          output.origin);
        tree.add(path, std::move(file), diagnostics);
    }
}

}  // namespace pipewright::print
