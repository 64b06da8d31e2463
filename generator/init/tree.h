// The files of a repository as far as init looks at them: names within bounds, and their texts on demand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/system/disk.h"

namespace pipewright::init {

class Tree {
public:
    // Walks the folder, at most five levels and a few thousand names deep. Left out are what tools make or fetch
    // (node_modules, target …), what begins with a dot, links that lead out, and names that no manifest may hold.
    Tree(system::Disk& disk, std::string folder);

    // All files, relative to the folder, in order.
    const std::vector<std::string>& files() const { return files_; }
    bool has(std::string_view path) const;
    // The text of a file that has(); nothing, with a remark, when it can't be read.
    std::optional<std::string> read(std::string_view path) const;
    // The same for a file that begins with a dot and so isn't among files(); nothing when it isn't there.
    std::optional<std::string> read_hidden(std::string_view path) const;

    // Names in a folder of the tree: files alone.
    std::vector<std::string> names_in(std::string_view folder) const;

    // Whether anything at all stands at a path: a folder, a link that leads nowhere.
    bool taken(std::string_view path) const;

    // What a person should know of the looking itself.
    const std::vector<std::string>& remarks() const { return remarks_; }

private:
    void walk(const std::string& below, int level);
    bool is_file(const std::string& path) const;
    std::string place_of(std::string_view path) const;

    system::Disk& disk_;
    std::string folder_;
    std::string real_;  // the folder without links; empty when it can't be told
    std::vector<std::string> files_;
    mutable std::vector<std::string> remarks_;
    std::size_t looked_ = 0;
    bool cut_ = false;
};

}  // namespace pipewright::init
