// Paths as the output tree, the lock and the comparison know them: relative to the root, parts between slashes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pipewright::files {

// What is wrong with a path, as the end of the sentence "the path 'x' ..."; empty when it is fine. Refused are: nothing
// at all, absolute paths, '.' and '..', empty parts, backslashes, control characters, bytes that aren't UTF-8, parts of
// more than 255 bytes, and everything in a folder ".git".
std::string path_problem(std::string_view path);

// The path as a file system sees it that takes A for a. Only ASCII letters are folded.
std::string fold_case(std::string_view path);

// The folders above a path, the outermost first: "a/b/c" gives "a" and "a/b".
std::vector<std::string> folders_above(std::string_view path);

// The folder that a path stands in ("" for one at the root).
std::string_view folder_of(std::string_view path);

}  // namespace pipewright::files
