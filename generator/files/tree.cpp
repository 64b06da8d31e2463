#include "generator/files/tree.h"

#include "generator/files/path.h"

namespace pipewright::files {

std::string_view to_string(Mode mode) { return mode == Mode::executable ? "0755" : "0644"; }

std::string_view to_string(Ownership owner) { return owner == Ownership::seeded ? "seeded" : "ours"; }

bool FileTree::add(std::string path, File file, Diagnostics& diagnostics) {
    if (!claim(path, file.made_by, file.origin, diagnostics)) return false;
    files_.emplace(std::move(path), std::move(file));
    return true;
}

bool FileTree::reserve(const std::string& path, const std::string& made_by, Diagnostics& diagnostics) {
    return claim(path, made_by, {}, diagnostics);
}

bool FileTree::reserved(const std::string& path) const {
    const auto name = names_.find(fold_case(path));
    return name != names_.end() && !name->second.folder && name->second.path == path && !files_.contains(path);
}

const File* FileTree::find(const std::string& path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

// Enters a path and the folders above it into names_, or reports why it can't and enters nothing.
bool FileTree::claim(const std::string& path, const std::string& made_by, Origin origin, Diagnostics& diagnostics) {
    const Span span = origins_ != nullptr && origin.known() ? origins_->at(origin).span : Span{};
    if (const std::string problem = path_problem(path); !problem.empty()) {
        diagnostics.report(Code::blocked_path, span, made_by + " would write '" + path + "', a path that " + problem);
        return false;
    }
    const auto clash = [&](const std::string& message, const std::string& help) {
        diagnostics.report(Code::path_clash, span, message, help);
        return false;
    };
    const std::vector<std::string> folders = folders_above(path);
    for (const std::string& folder : folders) {
        const auto known = names_.find(fold_case(folder));
        if (known == names_.end()) continue;
        const Name& other = known->second;
        if (!other.folder) {
            return clash(made_by + " need a folder '" + folder + "' for '" + path + "', where " + other.made_by +
                             " have the file '" + other.path + "'",
                         "rename one of the two");
        }
        if (other.path != folder) {
            return clash("the folders '" + other.path + "' (" + other.made_by + ") and '" + folder + "' (" + made_by +
                             ") differ only in case",
                         "many file systems take them for one: write both the same way");
        }
    }
    if (const auto known = names_.find(fold_case(path)); known != names_.end()) {
        const Name& other = known->second;
        if (other.folder) {
            return clash(made_by + " want the file '" + path + "', where " + other.made_by + " need the folder '" +
                             other.path + "'",
                         "rename one of the two");
        }
        if (other.path != path) {
            return clash("the files '" + other.path + "' (" + other.made_by + ") and '" + path + "' (" + made_by +
                             ") differ only in case",
                         "many file systems take them for one: rename one of the two");
        }
        return clash("both " + other.made_by + " and " + made_by + " want '" + path + "'", "rename one of the two");
    }
    for (const std::string& folder : folders) names_.try_emplace(fold_case(folder), Name{folder, true, made_by});
    names_.emplace(fold_case(path), Name{path, false, made_by});
    return true;
}

}  // namespace pipewright::files
