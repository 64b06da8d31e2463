#include "generator/system/snapshot.h"

#include <set>

#include "generator/files/path.h"

namespace pipewright::system {

namespace {

class Looking {
public:
    Looking(Disk& disk, const std::string& root, Diagnostics& diagnostics)
        : disk_(disk), root_(root), diagnostics_(diagnostics) {}

    // Looks at a path and at the folders above it; with_bytes reads a file. False after a failure, which is reported.
    bool look(const std::string& path, bool with_bytes) {
        for (const std::string& folder : files::folders_above(path)) {
            const files::Seen* seen = find(folder, false);
            if (seen == nullptr) return false;
            // Nothing is below what isn't a folder; and what is behind a link is not looked at.
            if (seen->kind != files::Kind::folder) return true;
        }
        return find(path, with_bytes) != nullptr;
    }

    files::View take() { return std::move(view_); }

private:
    const files::Seen* find(const std::string& path, bool with_bytes) {
        const std::string place = join_path(root_, path);
        auto known = view_.find(path);
        if (known == view_.end()) {
            const Result<Status> status = disk_.status(place);
            if (!status) return fail(status.failure());
            known = view_.emplace(path, files::Seen{status.value().kind, {}, status.value().executable}).first;
        }
        if (with_bytes && known->second.kind == files::Kind::file && read_.insert(path).second) {
            Result<std::string> bytes = disk_.read(place);
            if (!bytes) return fail(bytes.failure());
            known->second.bytes = std::move(bytes.value());
        }
        return &known->second;
    }

    const files::Seen* fail(const Failure& failure) {
        diagnostics_.report(Code::cannot_read, {}, failure.sentence());
        return nullptr;
    }

    Disk& disk_;
    const std::string& root_;
    Diagnostics& diagnostics_;
    files::View view_;
    std::set<std::string> read_;
};

}  // namespace

std::optional<files::Lock> read_lock(Disk& disk, const std::string& root, const std::string& lock_path,
                                     Sources& sources, Diagnostics& diagnostics) {
    Looking looking(disk, root, diagnostics);
    if (!looking.look(lock_path, true)) return std::nullopt;
    files::View view = looking.take();
    const auto found = view.find(lock_path);
    if (found == view.end() || found->second.kind != files::Kind::file) return std::nullopt;
    return files::parse(sources, sources.add(lock_path, std::move(found->second.bytes)), diagnostics);
}

std::optional<files::View> snapshot(Disk& disk, const std::string& root, const files::FileTree& wanted,
                                    const files::Lock* lock, const std::string& lock_path, Diagnostics& diagnostics) {
    Looking looking(disk, root, diagnostics);
    bool fine = looking.look(lock_path, true);
    // A seeded file is the user's: whether it is there is all that matters, so it may be large or unreadable.
    for (const auto& [path, file] : wanted.files()) {
        fine = looking.look(path, file.owner == files::Ownership::ours) && fine;
    }
    if (lock != nullptr) {
        for (const auto& [path, locked] : lock->files) {
            fine = looking.look(path, locked.owner == files::Ownership::ours) && fine;
        }
    }
    if (!fine) return std::nullopt;
    return looking.take();
}

}  // namespace pipewright::system
