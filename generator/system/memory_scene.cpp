// What a test does to a MemoryDisk behind the interface's back.
#include "generator/system/memory_disk.h"

namespace pipewright::system {

void MemoryDisk::make_folders_above(const std::string& place) {
    for (std::size_t slash = place.find('/', 1); slash != std::string::npos; slash = place.find('/', slash + 1)) {
        nodes_.try_emplace(place.substr(0, slash), Node{files::Kind::folder, nullptr, {}});
    }
}

void MemoryDisk::put(const std::string& path, std::string bytes, files::Mode mode) {
    const std::string place = resolve(path, false);
    make_folders_above(place);
    nodes_[place] = {files::Kind::file, std::make_shared<Content>(Content{std::move(bytes), mode}), {}};
}

void MemoryDisk::put_folder(const std::string& path) {
    const std::string place = resolve(path, false);
    make_folders_above(place);
    nodes_[place] = {files::Kind::folder, nullptr, {}};
}

void MemoryDisk::put_link(const std::string& path, std::string target) {
    const std::string place = resolve(path, false);
    make_folders_above(place);
    nodes_[place] = {files::Kind::symlink, nullptr, std::move(target)};
}

void MemoryDisk::put_other(const std::string& path) {
    const std::string place = resolve(path, false);
    make_folders_above(place);
    nodes_[place] = {files::Kind::other, nullptr, {}};
}

void MemoryDisk::drop(const std::string& path) {
    const std::string place = resolve(path, false);
    std::erase_if(nodes_, [&](const auto& node) { return node.first == place || node.first.starts_with(place + "/"); });
}

std::map<std::string, std::string> MemoryDisk::contents() const {
    std::map<std::string, std::string> all;
    for (const auto& [place, node] : nodes_) {
        if (node.kind == files::Kind::file) all.emplace(place, node.content->bytes);
    }
    return all;
}

std::set<std::string> MemoryDisk::folders() const {
    std::set<std::string> all;
    for (const auto& [place, node] : nodes_) {
        if (node.kind == files::Kind::folder) all.insert(place);
    }
    return all;
}

const std::string* MemoryDisk::bytes(const std::string& path) const {
    const Node* node = find(resolve(path, true));
    return node != nullptr && node->kind == files::Kind::file ? &node->content->bytes : nullptr;
}

bool MemoryDisk::is_executable(const std::string& path) const {
    const Node* node = find(resolve(path, true));
    return node != nullptr && node->kind == files::Kind::file && node->content->mode == files::Mode::executable;
}

bool MemoryDisk::exists(const std::string& path) const { return find(resolve(path, false)) != nullptr; }

void MemoryDisk::fail_at(std::size_t operation) { fail_at_.insert(operations_ + operation); }

void MemoryDisk::fail_from(std::size_t operation) { fail_from_ = operations_ + operation; }

void MemoryDisk::fail_writes_beyond(std::size_t bytes) { room_ = bytes; }

void MemoryDisk::deny_changes_in(const std::string& folder) { denied_folders_.insert(resolve(folder, true)); }

void MemoryDisk::deny_reading(const std::string& path) { denied_files_.insert(resolve(path, true)); }

void MemoryDisk::without_faults() {
    fail_at_.clear();
    fail_from_ = 0;
    room_ = std::numeric_limits<std::size_t>::max();
    denied_folders_.clear();
    denied_files_.clear();
    links_ = true;
}

}  // namespace pipewright::system
