// What the printers made: a tree of files in memory. Nothing here reads or writes a disk.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/text/diagnostic.h"
#include "generator/text/origin.h"

namespace pipewright::files {

// What git keeps of a file's permissions: 0644 or 0755.
enum class Mode { regular, executable };

// ours: compared, replaced and removed by us. seeded: written where nothing is, the user's from then on.
enum class Ownership { ours, seeded };

std::string_view to_string(Mode mode);        // "0644", "0755"
std::string_view to_string(Ownership owner);  // "ours", "seeded"

struct File {
    std::string bytes;
    Mode mode = Mode::regular;
    Ownership owner = Ownership::ours;
    std::vector<Origin> lines;  // one a line, or none when the printer doesn't know
    std::string made_by;        // the printer, as a person would call it: "the GitHub workflows"
    Origin origin;              // why there is such a file at all
};

// Files by path, in order of the paths' bytes.
class FileTree {
public:
    // origins, if given, lets messages about clashes point into the manifest; it must live as long as files are added.
    explicit FileTree(const Origins* origins = nullptr) : origins_(origins) {}

    // Takes a file in. False, with PW0506 for a path that can't be (path.h) and PW0504 for a clash: a second maker of
    // one path, paths that differ only in case, a file where another path needs a folder.
    bool add(std::string path, File file, Diagnostics& diagnostics);

    // Keeps a path that isn't part of the output (the manifest, the lock) from being added. Fails as add does.
    bool reserve(const std::string& path, const std::string& made_by, Diagnostics& diagnostics);

    // Whether a path was reserved.
    bool reserved(const std::string& path) const;

    const std::map<std::string, File>& files() const { return files_; }
    const File* find(const std::string& path) const;

private:
    struct Name {
        std::string path;
        bool folder = false;
        std::string made_by;
    };

    bool claim(const std::string& path, const std::string& made_by, Origin origin, Diagnostics& diagnostics);

    const Origins* origins_;
    std::map<std::string, File> files_;
    std::map<std::string, Name> names_;  // every file and folder, by its path in small letters
};

}  // namespace pipewright::files
