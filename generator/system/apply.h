// Makes the disk hold what is wanted: all of it, or nothing.
#pragma once

#include <string>
#include <vector>

#include "generator/files/compare.h"
#include "generator/files/tree.h"
#include "generator/system/disk.h"
#include "generator/text/diagnostic.h"

namespace pipewright::system {

struct Applied {
    bool done = false;                 // the disk holds everything that is wanted
    std::vector<std::string> created;  // paths below the root; empty when nothing was done
    std::vector<std::string> updated;
    std::vector<std::string> removed;
    std::vector<std::string>
        stuck;  // replaced or removed, and not put back, when it is not done: only after two faults
};

// Does the changes below the root. Refuses before the first byte, with what files::report says, when any is refused.
// Then stages every new content and a second name for every old one beside the targets, checks that what will be
// replaced is still what was compared, puts all in place by renaming, removes what is left over, and writes the lock
// last. Any failure on this way puts everything back and is reported as PW0602 (PW0506 when a link or file got in the
// way). Folders that became empty by a removal go too. A failure while cleaning up afterwards is reported as PW0602
// with done = true. Temporaries are called .pipewright-*.new and .old; those that a killed run left are removed first.
// The changes must be those that compare made of this tree. When nothing is stale nothing is written.
Applied apply(Disk& disk, const std::string& root, const files::Changes& changes, const files::FileTree& wanted,
              Diagnostics& diagnostics);

}  // namespace pipewright::system
