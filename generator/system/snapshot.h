// Looks at the disk for the comparison.
#pragma once

#include <optional>
#include <string>

#include "generator/files/compare.h"
#include "generator/files/lock.h"
#include "generator/files/tree.h"
#include "generator/system/disk.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::system {

// Reads the lock at ROOT/lock_path. Nothing, and nothing reported, when there is none. When it can't be read or parsed:
// nothing, with PW0601 or PW0503 in the diagnostics. What is no file (a link, a folder) is left for compare to report.
std::optional<files::Lock> read_lock(Disk& disk, const std::string& root, const std::string& lock_path,
                                     Sources& sources, Diagnostics& diagnostics);

// What stands at the paths of the tree, of the lock (may be null), at the lock file's, and above them. Links are not
// followed below the root. Nothing, with PW0601, when something can't be looked at.
std::optional<files::View> snapshot(Disk& disk, const std::string& root, const files::FileTree& wanted,
                                    const files::Lock* lock, const std::string& lock_path, Diagnostics& diagnostics);

}  // namespace pipewright::system
