// Files of a repository that nobody vouches for: none is read that could be endless.
#pragma once

#include <optional>
#include <string>

#include "generator/system/disk.h"

namespace pipewright::init {

// Larger files are generated or data, and say nothing about what a repository delivers.
inline constexpr std::size_t kLargestFile = std::size_t{1} << 20;

struct SmallFile {
    std::optional<std::string> text;
    std::string why;  // a sentence, where there is a file that wasn't read
};

// The bytes of a regular file, links followed, of at most kLargestFile.
SmallFile read_small(system::Disk& disk, const std::string& path);

}  // namespace pipewright::init
