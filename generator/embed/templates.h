// The files of templates/, embedded into the program when it is built.
#pragma once

#include <string_view>
#include <vector>

namespace pipewright::embed {

struct Template {
    std::string_view path;   // below templates/, with slashes: "scripts/deploy.sh"
    std::string_view bytes;  // as they stand in the repository
};

// All templates in order of their paths.
const std::vector<Template>& templates();

// The bytes of one; a path that isn't there is a fault of the program and ends it with a message.
std::string_view bytes_of(std::string_view path);

}  // namespace pipewright::embed
