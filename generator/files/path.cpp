#include "generator/files/path.h"

#include <algorithm>

#include "generator/text/case.h"
#include "generator/text/utf8.h"

namespace pipewright::files {

namespace {

constexpr std::size_t kLongestName = 255;  // NAME_MAX of every common file system

std::string part_problem(std::string_view part) {
    if (part.empty()) return "has an empty part";
    if (part == "." || part == "..") return "has a part '" + std::string(part) + "'";
    if (part.size() > kLongestName) return "has a part of more than 255 bytes";
    if (fold_case(part) == ".git") return "lies in a folder of git's own";
    return {};
}

}  // namespace

std::string path_problem(std::string_view path) {
    if (path.empty()) return "is empty";
    if (path.front() == '/') return "is absolute";
    for (std::size_t at = 0; at < path.size();) {
        const utf8::CodePoint point = utf8::decode(path, at);
        if (!point.valid) return "is not UTF-8";
        if (!utf8::printable(point.value)) return "holds a control character";
        if (point.value == U'\\') return "holds a backslash";
        at += point.size;
    }
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string problem = part_problem(path.substr(begin, end - begin));
        if (!problem.empty()) return problem;
        begin = end + 1;
    }
    return {};
}

std::string fold_case(std::string_view path) { return lower_case(path); }

std::vector<std::string> folders_above(std::string_view path) {
    std::vector<std::string> folders;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        folders.emplace_back(path.substr(0, slash));
    }
    return folders;
}

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace pipewright::files
