// The words for the comparison's verdicts: what is in the way, and what to do instead.
#pragma once

#include <string>
#include <string_view>

#include "generator/files/compare.h"
#include "generator/files/lock.h"

namespace pipewright::files {

struct Blockade {
    std::string detail;
    std::string help;
};

// by is the path itself or a folder above it, and kind is what stands there.
Blockade blockade_advice(const std::string& path, const std::string& by, Kind kind);

struct Edit {
    std::string detail;  // "it holds conflict markers of git", "only its line ends differ"; empty when nothing is known
    std::string help;
};

Edit edit_advice(const std::string& path, std::string_view bytes, const LockedFile& locked);

// seeded: the lock lists the file as one that was written once and is the user's since.
std::string foreign_advice(const std::string& path, bool seeded);

std::string edited_orphan_advice(const std::string& path);

// How the program and the pins that both locks know differ; empty when they don't. A pin that only one of them has is
// no reason: it came or went with the manifest.
std::string program_note(const Lock& before, const Lock& now);

// A path as a word of a POSIX shell.
std::string shell_word(std::string_view path);

}  // namespace pipewright::files
