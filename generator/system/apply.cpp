#include "generator/system/apply.h"

#include <cerrno>
#include <set>

#include "generator/files/path.h"
#include "generator/files/sha256.h"
#include "generator/text/suggest.h"

namespace pipewright::system {

namespace {

using files::Change;
using files::Kind;
using files::Mode;
using files::Verdict;

constexpr std::string_view kPrefix = ".pipewright-";
constexpr std::string_view kFresh = ".new";
constexpr std::string_view kSaved = ".old";
constexpr std::size_t kDigits = 16;

// A name that is the same in every run, so that what a killed run left is known again.
std::string temporary(const std::string& path, std::string_view ending) {
    return std::string(kPrefix).append(files::sha256(path), 0, kDigits).append(ending);
}

bool is_temporary(std::string_view name) {
    return name.size() == kPrefix.size() + kDigits + kFresh.size() && name.starts_with(kPrefix) &&
           (name.ends_with(kFresh) || name.ends_with(kSaved)) &&
           name.substr(kPrefix.size(), kDigits).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// One file on its way.
struct Item {
    const Change* change = nullptr;
    std::string_view bytes;  // wanted; nothing for a removal
    Mode mode = Mode::regular;
    std::string target;
    std::string fresh;
    std::string saved;
    bool has_fresh = false;  // something may stand under the name
    bool has_saved = false;
    bool in_place = false;

    bool removes() const { return change->verdict == Verdict::remove; }
    bool creates() const { return change->verdict == Verdict::create; }
};

class Transaction {
public:
    Transaction(Disk& disk, const std::string& root, const std::string& lock_path, Diagnostics& diagnostics)
        : disk_(disk), root_(root), refuge_(join_path(root, files::folder_of(lock_path))), diagnostics_(diagnostics) {}

    void add(const Change& change, std::string_view bytes, Mode mode) {
        Item item{&change, bytes, mode, join_path(root_, change.path), {}, {}};
        const std::string beside = join_path(root_, files::folder_of(change.path));
        item.fresh = join_path(beside, temporary(change.path, kFresh));
        // A folder that is no longer generated into is not swept by later runs, so nothing may be left there.
        item.saved = join_path(item.removes() ? refuge_ : beside, temporary(change.path, kSaved));
        items_.push_back(std::move(item));
    }

    Applied run() {
        Applied applied;
        for (Item& item : items_) {
            if (!stage(item)) return put_back(std::move(applied));
        }
        for (Item& item : items_) {
            if (!commit(item)) return put_back(std::move(applied));
        }
        clean_up();
        applied.done = true;
        for (const Item& item : items_) {
            (item.removes()   ? applied.removed
             : item.creates() ? applied.created
                              : applied.updated)
                .push_back(item.change->path);
        }
        return applied;
    }

private:
    // Remembers why this can't go on; it is reported once it is clear what became of the rest.
    bool stop(const Item& item, Code code, const std::string& why) {
        code_ = code;
        message_ = "can't " + std::string(item.removes() ? "remove" : "write") + " '" + item.change->path + "': " + why;
        return false;
    }
    bool stop(const Item& item, const Failure& failure) { return stop(item, Code::cannot_write, failure.words); }

    // Puts the wanted bytes and a second name of the old ones beside the target.
    bool stage(Item& item) {
        if (!folders_above(item)) return false;
        const Result<Status> status = disk_.status(item.target);
        if (!status) return stop(item, status.failure());
        if (status.value().kind != (item.creates() ? Kind::absent : Kind::file)) return meddled(item);
        if (!item.removes()) {
            item.has_fresh = true;
            if (const Result<Done> written = disk_.write_new(item.fresh, item.bytes, item.mode); !written) {
                return stop(item, written.failure());
            }
        }
        return item.creates() || save(item, status.value().executable ? Mode::executable : Mode::regular);
    }

    bool save(Item& item, Mode mode) {
        const Result<std::string> bytes = disk_.read(item.target);
        if (!bytes) return stop(item, bytes.failure());
        if (files::sha256(bytes.value()) != item.change->found_sha256) return meddled(item);
        item.has_saved = true;
        if (disk_.link(item.target, item.saved)) return true;
        // Not every file system has links, and not every file may be linked: a copy does as well.
        const Result<Done> copied = disk_.write_new(item.saved, bytes.value(), mode);
        return copied || stop(item, copied.failure());
    }

    bool meddled(const Item& item) {
        return stop(item, Code::cannot_write, "something else changed it at the same moment");
    }

    bool folders_above(const Item& item) {
        for (const std::string& folder : files::folders_above(item.change->path)) {
            if (folders_.contains(folder)) continue;
            const std::string place = join_path(root_, folder);
            const Result<Status> status = disk_.status(place);
            if (!status) return stop(item, status.failure());
            if (status.value().kind == Kind::absent) {
                if (const Result<Done> made = disk_.make_folder(place); !made) return stop(item, made.failure());
                made_folders_.push_back(place);
            } else if (status.value().kind != Kind::folder) {
                return stop(item, Code::blocked_path, "'" + folder + "' is not a folder any more");
            }
            folders_.insert(folder);
        }
        return true;
    }

    bool commit(Item& item) {
        const Result<Done> moved = item.removes() ? disk_.remove(item.target) : disk_.rename(item.fresh, item.target);
        if (!moved) return stop(item, moved.failure());
        item.in_place = true;
        if (!item.removes()) item.has_fresh = false;
        return true;
    }

    // Everything as it was before, the last first.
    Applied put_back(Applied applied) {
        for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
            if (item->in_place) {
                const Result<Done> back =
                    item->creates() ? disk_.remove(item->target) : disk_.rename(item->saved, item->target);
                if (back) {
                    item->has_saved = false;
                } else {
                    applied.stuck.insert(applied.stuck.begin(), item->change->path);
                }
            }
            discard(*item);
        }
        for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder) {
            if (const Result<bool> removed = disk_.remove_empty_folder(*folder); !removed) left(removed.failure());
        }
        if (applied.stuck.empty()) {
            diagnostics_.report(code_, {}, message_, "nothing was changed");
        } else {
            std::vector<std::string> names;
            for (const std::string& path : applied.stuck) names.push_back("'" + path + "'");
            diagnostics_.report(code_, {}, message_ + "; already changed, and not to be put back: " + listing(names),
                                "when the disk takes changes again, run 'pipewright generate': it goes on from here");
        }
        return applied;
    }

    // Removes both temporaries.
    void discard(Item& item) {
        for (const auto& [there, name] :
             {std::pair(&item.has_fresh, &item.fresh), std::pair(&item.has_saved, &item.saved)}) {
            if (!*there) continue;
            *there = false;
            const Result<Done> removed = disk_.remove(*name);
            if (!removed && removed.failure().code != ENOENT) left(removed.failure());
        }
    }

    void left(const Failure& failure) {
        diagnostics_.report(Code::cannot_write, {}, failure.sentence(), "it is not needed: remove it by hand");
    }

    void clean_up() {
        for (Item& item : items_) discard(item);
        for (const Item& item : items_) {
            if (!item.removes()) continue;
            const std::vector<std::string> folders = files::folders_above(item.change->path);
            for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
                const Result<bool> removed = disk_.remove_empty_folder(join_path(root_, *folder));
                if (!removed) left(removed.failure());
                if (!removed || !removed.value()) break;
            }
        }
    }

    Disk& disk_;
    const std::string& root_;
    std::string refuge_;  // the lock's folder, which every run looks into
    Diagnostics& diagnostics_;
    std::vector<Item> items_;
    std::set<std::string> folders_;          // that are there
    std::vector<std::string> made_folders_;  // by us, the outer before the inner
    Code code_ = Code::cannot_write;
    std::string message_;
};

// Removes what a killed run left. Whatever stays is no harm yet: if it is in the way, staging says so.
void sweep(Disk& disk, const std::string& root, const files::Changes& changes) {
    std::set<std::string_view> folders = {files::folder_of(changes.lock.path)};
    for (const Change& change : changes.files) folders.insert(files::folder_of(change.path));
    for (const std::string_view folder : folders) {
        const std::string place = join_path(root, folder);
        const Result<std::vector<std::string>> names = disk.list(place);
        if (!names) continue;
        for (const std::string& name : names.value()) {
            if (is_temporary(name)) static_cast<void>(disk.remove(join_path(place, name)));
        }
    }
}

}  // namespace

Applied apply(Disk& disk, const std::string& given_root, const files::Changes& changes, const files::FileTree& wanted,
              Diagnostics& diagnostics) {
    if (changes.refused()) {
        files::report(changes, diagnostics);
        return {};
    }
    const std::string root = given_root.empty() ? "." : given_root;
    const Result<std::unique_ptr<Hold>> hold = disk.hold(root);
    if (!hold) {
        diagnostics.report(Code::cannot_write, {}, hold.failure().sentence(), "nothing was changed");
        return {};
    }
    sweep(disk, root, changes);

    // What comes goes before what leaves, so that a run that is cut off leaves too much and not too little.
    Transaction transaction(disk, root, changes.lock.path, diagnostics);
    for (const Change& change : changes.files) {
        if (!change.stale() || change.verdict == Verdict::remove) continue;
        const files::File* file = wanted.find(change.path);
        if (file == nullptr) {
            diagnostics.report(Code::cannot_write, {}, "'" + change.path + "' is not in the tree that was compared");
            return {};
        }
        transaction.add(change, file->bytes, file->mode);
    }
    for (const Change& change : changes.files) {
        if (change.verdict == Verdict::remove) transaction.add(change, {}, Mode::regular);
    }
    if (changes.lock.stale()) transaction.add(changes.lock, changes.lock_text, Mode::regular);
    return transaction.run();
}

}  // namespace pipewright::system
