// A disk in memory for tests: it counts what is done to it, and fails when it is told to.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include "generator/system/disk.h"

namespace pipewright::system {

// Paths are absolute ("/repo/ci/lib.sh") or relative to "/". There is always the folder "/".
class MemoryDisk final : public Disk {
public:
    // Sets a scene; folders above are made. These neither count nor fail.
    void put(const std::string& path, std::string bytes, files::Mode mode = files::Mode::regular);
    void put_folder(const std::string& path);
    void put_link(const std::string& path, std::string target);
    void put_other(const std::string& path);
    void drop(const std::string& path);  // with all below it

    // What is there, for assertions: all files as path → bytes, all folders, one file.
    std::map<std::string, std::string> contents() const;
    std::set<std::string> folders() const;
    const std::string* bytes(const std::string& path) const;
    bool is_executable(const std::string& path) const;
    bool exists(const std::string& path) const;

    // Faults. Every call of the interface is one operation; they count from 1, which is the next one.
    void fail_at(std::size_t operation);         // this one alone; may be said several times
    void fail_from(std::size_t operation);       // this one and all later ones: the power is cut
    void fail_writes_beyond(std::size_t bytes);  // the disk is full after so many more bytes
    void deny_changes_in(const std::string& folder);
    void deny_reading(const std::string& path);
    void without_links() { links_ = false; }  // a file system that has no hard links
    void without_faults();

    std::size_t operations() const { return operations_; }
    std::size_t changes() const { return changes_; }  // calls that would have changed something

    // Called before every operation with its name and path; a test can meddle from here.
    std::function<void(const std::string& operation, const std::string& path)> before;

    Result<Status> status(const std::string& path) override;
    Result<Status> status_behind_links(const std::string& path) override;
    using Disk::read;
    Result<std::string> read(const std::string& path, std::size_t most) override;
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<std::string> real_path(const std::string& path) override;
    Result<Done> write_new(const std::string& path, std::string_view bytes, files::Mode mode) override;
    Result<Done> link(const std::string& from, const std::string& to) override;
    Result<Done> rename(const std::string& from, const std::string& to) override;
    Result<Done> remove(const std::string& path) override;
    Result<Done> make_folder(const std::string& path) override;
    Result<bool> remove_empty_folder(const std::string& path) override;
    Result<std::unique_ptr<Hold>> hold(const std::string& folder) override;

private:
    struct Content {
        std::string bytes;
        files::Mode mode = files::Mode::regular;
    };
    struct Node {
        files::Kind kind = files::Kind::absent;
        std::shared_ptr<Content> content;  // shared by the names of one file
        std::string target;
    };

    static Status status_of(const Node& node);
    const Node* find(const std::string& place) const;
    // The path without '.', '..' and links; last says whether a link at the very end is followed too. "" in a circle.
    std::string resolve(const std::string& path, bool last) const;
    // Counts the operation; whether it has to fail.
    bool fault(const std::string& operation, const std::string& path, bool change = false);
    // 0, or the errno with which a change in the folder of the place is refused.
    int refusal(const std::string& place) const;
    void make_folders_above(const std::string& place);

    std::map<std::string, Node> nodes_{{"/", {files::Kind::folder, nullptr, {}}}};
    std::set<std::string> denied_folders_;
    std::set<std::string> denied_files_;
    std::shared_ptr<std::set<std::string>> held_ = std::make_shared<std::set<std::string>>();
    std::size_t operations_ = 0;
    std::size_t changes_ = 0;
    std::set<std::size_t> fail_at_;
    std::size_t fail_from_ = 0;
    std::size_t room_ = std::numeric_limits<std::size_t>::max();
    bool links_ = true;
};

}  // namespace pipewright::system
