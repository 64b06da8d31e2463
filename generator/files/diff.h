// The unified diff from what is on the disk to what is wanted, in git's form, so that `git apply` takes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/files/compare.h"
#include "generator/files/tree.h"

namespace pipewright::files {

// One side of a file's diff.
struct Side {
    std::string_view bytes;
    Mode mode = Mode::regular;
};

// The diff of one file: nothing on a side means that it doesn't exist there. Empty when both are the same. Bytes with a
// NUL, or of more than 8 MiB, are only said to differ. The time is bounded: where two texts have too little in common,
// the whole differing middle is shown as removed and added.
std::string diff_file(std::string_view path, const std::optional<Side>& before, const std::optional<Side>& after);

// The diff of all changes, the lock's last. Files that are refused as edited, foreign or edited orphans are shown too
// (what would be lost is what one wants to see); blocked ones have nothing to show.
std::string diff(const Changes& changes, const FileTree& wanted, const View& view);

}  // namespace pipewright::files
