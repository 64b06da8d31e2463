#include "generator/system/disk.h"

namespace pipewright::system {

std::string join_path(std::string_view folder, std::string_view name) {
    if (folder.empty()) return std::string(name);
    std::string path(folder);
    if (name.empty()) return path;
    if (path.back() != '/') path.push_back('/');
    return path.append(name);
}

}  // namespace pipewright::system
