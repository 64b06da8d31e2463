// The file system behind a small interface: everything that the program does to files goes through here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "generator/files/compare.h"
#include "generator/files/tree.h"
#include "generator/system/result.h"

namespace pipewright::system {

struct Status {
    files::Kind kind = files::Kind::absent;
    bool executable = false;  // a file's bit for its owner
    std::uint64_t size = 0;   // of a file, in bytes
};

// Keeps other runs of the program out while it lives.
class Hold {
public:
    Hold() = default;
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    virtual ~Hold() = default;
};

// Paths are the system's: absolute, or relative to the working folder. "Not there" is an answer for status and
// remove_empty_folder, and a failure for everything else.
class Disk {
public:
    Disk() = default;
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    virtual ~Disk() = default;

    // What stands at the path itself: a symbolic link is a symlink.
    virtual Result<Status> status(const std::string& path) = 0;
    // What stands at the path after following links: never symlink; a link to nothing is absent.
    virtual Result<Status> status_behind_links(const std::string& path) = 0;
    // The bytes of a file, links followed: all of them, or only so many from its beginning.
    Result<std::string> read(const std::string& path) { return read(path, std::string::npos); }
    virtual Result<std::string> read(const std::string& path, std::size_t most) = 0;
    // The names in a folder, sorted, without "." and "..".
    virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
    // The path without links, '.' and '..'.
    virtual Result<std::string> real_path(const std::string& path) = 0;

    // Writes a file that must not be there yet, with exactly this mode whatever the umask says, down to the disk
    // itself. After a failure a part of it may be left.
    virtual Result<Done> write_new(const std::string& path, std::string_view bytes, files::Mode mode) = 0;
    // Gives a file a second name, which must not be there yet. Not every file system can.
    virtual Result<Done> link(const std::string& from, const std::string& to) = 0;
    // Puts a file in the place of another (or of none) in one step.
    virtual Result<Done> rename(const std::string& from, const std::string& to) = 0;
    // Removes a file or a link.
    virtual Result<Done> remove(const std::string& path) = 0;
    // Makes one folder, which must not be there yet, with mode 0755.
    virtual Result<Done> make_folder(const std::string& path) = 0;
    // Removes a folder if nothing is in it; whether it was removed.
    virtual Result<bool> remove_empty_folder(const std::string& path) = 0;

    // Takes the folder for this run alone; fails at once when another run has it. Leaves nothing behind, even when the
    // program is killed. Where the file system has no such locks it succeeds without one.
    virtual Result<std::unique_ptr<Hold>> hold(const std::string& folder) = 0;
};

// "folder/name"; the folder alone for an empty name, the name alone for an empty folder.
std::string join_path(std::string_view folder, std::string_view name);

}  // namespace pipewright::system
