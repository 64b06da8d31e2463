// What has to happen on the disk so that it holds what is wanted, and what must not happen because a person's work
// would be lost. Pure: the disk is given as a View (generator/system/snapshot.h makes one).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/files/lock.h"
#include "generator/files/tree.h"
#include "generator/text/diagnostic.h"

namespace pipewright::files {

enum class Kind { absent, file, symlink, folder, other };

// What stands at a path. Links are never followed.
struct Seen {
    Kind kind = Kind::absent;
    std::string bytes;  // of a file
    bool executable = false;
};

// What stands at every path of the tree, of the lock and of the lock file, and at every folder above them; a path that
// is missing here counts as absent.
using View = std::map<std::string, Seen>;

enum class Verdict {
    unchanged,      // the bytes and the mode are the wanted ones, whoever wrote them
    kept,           // seeded and there: not ours to look at
    create,         // nothing is there
    update,         // ours, as we left it, and not what is wanted now
    mode,           // only the executable bit differs
    remove,         // ours, as we left it, and no longer wanted
    edited,         // ours, but neither what we left nor what is wanted: PW0501, refused
    foreign,        // something else's, and not what is wanted: PW0502, refused
    edited_orphan,  // no longer wanted, and not as we left it: PW0505, refused
    blocked,        // a link, folder or file in the way: PW0506, refused
    unreadable,     // the lock file, when it is there and parse gave nothing (PW0503 was said then), refused
};

// Why the disk is not as it should be.
enum class Reason { manifest_changed, program_changed, edited, missing, orphaned };

std::string_view to_string(Verdict verdict);  // "unchanged", "edited_orphan", ...
std::string_view to_string(Reason reason);    // "manifest_changed", ...

struct Change {
    std::string path;
    Verdict verdict = Verdict::unchanged;
    std::optional<Reason> reason;  // for every verdict that isn't unchanged, kept, foreign, blocked or unreadable
    std::string
        found_sha256;    // of the bytes that update, mode and remove replace: apply makes sure they are still there
    std::string detail;  // blocked: what is in the way; edited: what it looks like, if that is known
    std::string help;    // refused verdicts: what to do instead

    bool stale() const { return verdict != Verdict::unchanged && verdict != Verdict::kept; }
    bool refused() const { return verdict >= Verdict::edited; }
};

struct Changes {
    std::vector<Change> files;  // every wanted path and every one left over, in order of paths
    Change lock;                // the lock file itself, which has no owner to ask
    std::string lock_text;      // what it has to hold
    std::string
        program_note;  // "pipewright 0.1.0 is now 0.2.0, pin actions/checkout v4 is now v5"; empty when the same

    bool stale() const;    // whether generate would do anything: check's answer
    bool refused() const;  // whether generate must stop before the first byte
};

// Compares. wanted_lock is make_lock(wanted, ...); lock is what parse read, or null when there is none or it can't be
// read (then the view still shows the file, and its verdict is unreadable). A seeded file is created whenever it is
// absent.
Changes compare(const FileTree& wanted, const Lock& wanted_lock, const Lock* lock, const View& view,
                const std::string& lock_path = std::string(kLockName));

// Reports every refused change: PW0501, PW0502, PW0505 and PW0506. Says nothing about files whose owner is unknown only
// because the lock can't be read.
void report(const Changes& changes, Diagnostics& diagnostics);

// One line for check, without the path: "stale: the manifest changed".
std::string explain(const Changes& changes, const Change& change);

}  // namespace pipewright::files
