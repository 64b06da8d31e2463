#include "generator/files/compare.h"

#include <algorithm>
#include <array>

#include "generator/files/advice.h"
#include "generator/files/path.h"
#include "generator/files/sha256.h"

namespace pipewright::files {

namespace {

constexpr std::array kVerdicts = {"unchanged", "kept",    "create",        "update",  "mode",      "remove",
                                  "edited",    "foreign", "edited_orphan", "blocked", "unreadable"};
constexpr std::array kReasons = {"manifest_changed", "program_changed", "edited", "missing", "orphaned"};

Mode mode_of(const Seen& seen) { return seen.executable ? Mode::executable : Mode::regular; }

class Comparison {
public:
    Comparison(const FileTree& wanted, const Lock& wanted_lock, const Lock* lock, const View& view)
        : wanted_(wanted), wanted_lock_(wanted_lock), lock_(lock), view_(view) {
        if (lock != nullptr) note_ = program_note(*lock, wanted_lock);
    }

    Changes run(const std::string& lock_path) {
        Changes changes;
        for (const auto& [path, file] : wanted_.files()) {
            changes.files.push_back(compare(path, file));
            folded_.emplace(fold_case(path), path);
        }
        if (lock_ != nullptr) {
            for (const auto& [path, locked] : lock_->files) {
                const bool ours = locked.owner == Ownership::ours && path != lock_path && !wanted_.reserved(path);
                if (ours && wanted_.find(path) == nullptr) add_orphan(path, locked, changes.files);
            }
        }
        std::sort(changes.files.begin(), changes.files.end(),
                  [](const Change& a, const Change& b) { return a.path < b.path; });
        changes.lock_text = print(wanted_lock_);
        changes.lock = compare_lock(lock_path, changes.lock_text);
        changes.program_note = std::move(note_);
        return changes;
    }

private:
    const Seen& at(const std::string& path) const {
        static const Seen absent;
        const auto found = view_.find(path);
        return found == view_.end() ? absent : found->second;
    }

    // The first folder above the path that is something else than a folder; empty when there is none.
    std::string obstacle(const std::string& path) const {
        for (const std::string& folder : folders_above(path)) {
            const Kind kind = at(folder).kind;
            if (kind != Kind::folder && kind != Kind::absent) return folder;
        }
        return {};
    }

    Change blocked(const std::string& path, const std::string& by, Kind kind) const {
        const Blockade blockade = blockade_advice(path, by, kind);
        return {path, Verdict::blocked, std::nullopt, {}, blockade.detail, blockade.help};
    }

    Reason changed() const { return note_.empty() ? Reason::manifest_changed : Reason::program_changed; }

    Change compare(const std::string& path, const File& file) const {
        if (const std::string by = obstacle(path); !by.empty()) return blocked(path, by, at(by).kind);
        const Seen& seen = at(path);
        const LockedFile* locked = nullptr;
        if (lock_ != nullptr) {
            const auto found = lock_->files.find(path);
            if (found != lock_->files.end()) locked = &found->second;
        }
        if (seen.kind == Kind::absent) {
            const bool listed = lock_ == nullptr || locked != nullptr;
            return {path, Verdict::create, listed ? Reason::missing : changed(), {}, {}, {}};
        }
        if (seen.kind == Kind::folder || seen.kind == Kind::other) return blocked(path, path, seen.kind);
        if (file.owner == Ownership::seeded) return {path, Verdict::kept, std::nullopt, {}, {}, {}};
        if (seen.kind == Kind::symlink) return blocked(path, path, seen.kind);
        return compare_file(path, file, seen, locked);
    }

    Change compare_file(const std::string& path, const File& file, const Seen& seen, const LockedFile* locked) const {
        const std::string found = sha256(seen.bytes);
        if (seen.bytes == file.bytes) {
            if (mode_of(seen) == file.mode) return {path, Verdict::unchanged, std::nullopt, {}, {}, {}};
            const bool by_hand = locked != nullptr && locked->mode == file.mode;
            return {path, Verdict::mode, by_hand ? Reason::edited : changed(), found, {}, {}};
        }
        if (locked != nullptr && locked->sha256 == found) return {path, Verdict::update, changed(), found, {}, {}};
        if (locked == nullptr || locked->owner == Ownership::seeded) {
            return {path, Verdict::foreign, std::nullopt, {}, {}, foreign_advice(path, locked != nullptr)};
        }
        Edit edit = edit_advice(path, seen.bytes, *locked);
        return {path, Verdict::edited, Reason::edited, {}, std::move(edit.detail), std::move(edit.help)};
    }

    // What a link, a folder or nothing has replaced is not there any more: only a file can be left over.
    void add_orphan(const std::string& path, const LockedFile& locked, std::vector<Change>& changes) const {
        const Seen& seen = at(path);
        if (seen.kind != Kind::file || !obstacle(path).empty()) return;
        if (const auto clash = folded_.find(fold_case(path)); clash != folded_.end()) {
            // On a disk that takes A for a this is the wanted file itself, and removing it would remove that.
            changes.push_back({path,
                               Verdict::blocked,
                               std::nullopt,
                               {},
                               "differs only in case from '" + clash->second + "', which takes its place",
                               "delete '" + path + "', then run 'pipewright generate'"});
            return;
        }
        const std::string found = sha256(seen.bytes);
        if (found == locked.sha256) {
            changes.push_back({path, Verdict::remove, Reason::orphaned, found, {}, {}});
        } else {
            changes.push_back({path, Verdict::edited_orphan, Reason::orphaned, {}, {}, edited_orphan_advice(path)});
        }
    }

    Change compare_lock(const std::string& path, const std::string& text) const {
        if (const std::string by = obstacle(path); !by.empty()) return blocked(path, by, at(by).kind);
        const Seen& seen = at(path);
        if (seen.kind == Kind::absent) return {path, Verdict::create, Reason::missing, {}, {}, {}};
        if (seen.kind != Kind::file) return blocked(path, path, seen.kind);
        if (lock_ == nullptr) return {path, Verdict::unreadable, std::nullopt, {}, {}, {}};
        if (seen.bytes == text) {
            if (!seen.executable) return {path, Verdict::unchanged, std::nullopt, {}, {}, {}};
            return {path, Verdict::mode, Reason::edited, sha256(seen.bytes), {}, {}};
        }
        const Reason reason = *lock_ == wanted_lock_ ? Reason::edited : changed();
        return {path, Verdict::update, reason, sha256(seen.bytes), {}, {}};
    }

    const FileTree& wanted_;
    const Lock& wanted_lock_;
    const Lock* lock_;
    const View& view_;
    std::string note_;
    std::map<std::string, std::string> folded_;
};

}  // namespace

std::string_view to_string(Verdict verdict) { return kVerdicts.at(static_cast<std::size_t>(verdict)); }

std::string_view to_string(Reason reason) { return kReasons.at(static_cast<std::size_t>(reason)); }

bool Changes::stale() const {
    return lock.stale() || std::any_of(files.begin(), files.end(), [](const Change& c) { return c.stale(); });
}

bool Changes::refused() const {
    return lock.refused() || std::any_of(files.begin(), files.end(), [](const Change& c) { return c.refused(); });
}

Changes compare(const FileTree& wanted, const Lock& wanted_lock, const Lock* lock, const View& view,
                const std::string& lock_path) {
    return Comparison(wanted, wanted_lock, lock, view).run(lock_path);
}

}  // namespace pipewright::files
