// pipewright.lock: which files were generated, with their digests, and what they were pinned to. It answers whose a
// file is and why it differs; what is right is always generated anew. One line a fact, sorted, so that git merges it
// well:
//
//   # two fixed lines of comment
//   format 1
//   program 0.1.0
//   pin actions/checkout v4.2.2 11bd71901bbe5b1630ceea73d27597364c9af683
//   file 0644 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae ours ci/lib.sh
//
// Words are separated by one blank; in a word, '%', blanks and all that isn't printable ASCII stand as %XX.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/files/tree.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::files {

inline constexpr std::string_view kLockName = "pipewright.lock";
inline constexpr int kLockFormat = 1;

// An action, image or tool, its version as people say it, and the commit, digest or checksum that was used.
struct Pin {
    std::string name;
    std::string version;
    std::string value;
    friend auto operator<=>(const Pin&, const Pin&) = default;
};

struct LockedFile {
    Mode mode = Mode::regular;
    std::string sha256;
    Ownership owner = Ownership::ours;
    friend bool operator==(const LockedFile&, const LockedFile&) = default;
};

struct Lock {
    std::string program;  // the version that generated
    std::vector<Pin> pins;
    std::map<std::string, LockedFile> files;  // by path; the lock itself is not among them
    friend bool operator==(const Lock&, const Lock&) = default;
};

// The lock that belongs to a tree: a function of it, the program's version and the pins. Pins are sorted and each kept
// once.
Lock make_lock(const FileTree& tree, std::string program, std::vector<Pin> pins);

// The lock as text; parse gives back an equal lock.
std::string print(const Lock& lock);

// Reads a lock. Nothing on the first mistake, which is reported as PW0503 at its place: conflict markers of git, a
// newer format, a file that is cut off or has foreign line ends, unknown or malformed lines, a path that is not allowed
// or stands there twice. The order of lines is not demanded.
std::optional<Lock> parse(const Sources& sources, SourceId source, Diagnostics& diagnostics);

}  // namespace pipewright::files
