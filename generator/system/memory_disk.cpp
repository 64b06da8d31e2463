#include "generator/system/memory_disk.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace pipewright::system {

namespace {

constexpr int kInjected = EIO;

Failure failed(const std::string& operation, const std::string& path, int code) {
    return {code, operation, path, std::generic_category().message(code)};
}

std::string folder_above(const std::string& place) {
    const std::size_t slash = place.rfind('/');
    return place.substr(0, std::max<std::size_t>(slash, 1));
}

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end > begin) parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

class MemoryHold final : public Hold {
public:
    MemoryHold(std::shared_ptr<std::set<std::string>> held, std::string place)
        : held_(std::move(held)), place_(std::move(place)) {}
    ~MemoryHold() override { held_->erase(place_); }

private:
    std::shared_ptr<std::set<std::string>> held_;
    std::string place_;
};

}  // namespace

Status MemoryDisk::status_of(const Node& node) {
    if (node.content == nullptr) return {node.kind, false, 0};
    return {node.kind, node.content->mode == files::Mode::executable, node.content->bytes.size()};
}

const MemoryDisk::Node* MemoryDisk::find(const std::string& place) const {
    const auto found = nodes_.find(place);
    return found == nodes_.end() ? nullptr : &found->second;
}

std::string MemoryDisk::resolve(const std::string& path, bool last) const {
    std::vector<std::string> ahead = parts_of(path);
    std::reverse(ahead.begin(), ahead.end());
    std::string place = "/";
    for (int links = 0; !ahead.empty();) {
        const std::string part = ahead.back();
        ahead.pop_back();
        if (part == ".") continue;
        if (part == "..") {
            place = folder_above(place);
            continue;
        }
        const std::string next = join_path(place, part);
        const Node* node = find(next);
        if (node == nullptr || node->kind != files::Kind::symlink || (ahead.empty() && !last)) {
            place = next;
            continue;
        }
        if (++links > 40) return {};
        if (node->target.starts_with('/')) place.resize(1);
        const std::vector<std::string> target = parts_of(node->target);
        ahead.insert(ahead.end(), target.rbegin(), target.rend());
    }
    return place;
}

bool MemoryDisk::fault(const std::string& operation, const std::string& path, bool change) {
    ++operations_;
    if (change) ++changes_;
    const std::size_t number = operations_;
    if (before) before(operation, path);
    return fail_at_.contains(number) || (fail_from_ != 0 && number >= fail_from_);
}

int MemoryDisk::refusal(const std::string& place) const {
    const std::string folder = folder_above(place);
    const Node* node = find(folder);
    if (node == nullptr) return ENOENT;
    if (node->kind != files::Kind::folder) return ENOTDIR;
    return denied_folders_.contains(folder) ? EACCES : 0;
}

Result<Status> MemoryDisk::status(const std::string& path) {
    if (fault("status", path)) return failed("look at", path, kInjected);
    const Node* node = find(resolve(path, false));
    if (node == nullptr) return Status{};
    return status_of(*node);
}

Result<Status> MemoryDisk::status_behind_links(const std::string& path) {
    if (fault("status_behind_links", path)) return failed("look at", path, kInjected);
    const std::string place = resolve(path, true);
    if (place.empty()) return failed("look at", path, ELOOP);
    const Node* node = find(place);
    if (node == nullptr) return Status{};
    return status_of(*node);
}

Result<std::string> MemoryDisk::read(const std::string& path, std::size_t most) {
    if (fault("read", path)) return failed("read", path, kInjected);
    const std::string place = resolve(path, true);
    const Node* node = find(place);
    if (node == nullptr) return failed("read", path, ENOENT);
    if (node->kind != files::Kind::file) return failed("read", path, EISDIR);
    if (denied_files_.contains(place)) return failed("read", path, EACCES);
    return node->content->bytes.substr(0, most);
}

Result<std::vector<std::string>> MemoryDisk::list(const std::string& folder) {
    if (fault("list", folder)) return failed("list", folder, kInjected);
    const std::string place = resolve(folder, true);
    const Node* node = find(place);
    if (node == nullptr) return failed("list", folder, ENOENT);
    if (node->kind != files::Kind::folder) return failed("list", folder, ENOTDIR);
    std::vector<std::string> names;
    for (const auto& [other, ignored] : nodes_) {
        if (other != "/" && folder_above(other) == place) names.push_back(other.substr(other.rfind('/') + 1));
    }
    return names;
}

Result<std::string> MemoryDisk::real_path(const std::string& path) {
    if (fault("real_path", path)) return failed("find", path, kInjected);
    const std::string place = resolve(path, true);
    if (find(place) == nullptr) return failed("find", path, ENOENT);
    return place;
}

Result<Done> MemoryDisk::write_new(const std::string& path, std::string_view bytes, files::Mode mode) {
    const bool fails = fault("write_new", path, true);
    // A cut power does nothing after the moment it comes; in that moment, a part may have been written.
    if (fails && fail_from_ != 0 && operations_ > fail_from_) return failed("write", path, kInjected);
    const std::string place = resolve(path, false);
    if (const int code = refusal(place); code != 0) return failed("write", path, code);
    if (find(place) != nullptr) return failed("write", path, EEXIST);
    const std::size_t size = fails ? bytes.size() / 2 : std::min(bytes.size(), room_);
    if (room_ != std::numeric_limits<std::size_t>::max()) room_ -= std::min(size, room_);
    const auto content = std::make_shared<Content>(Content{std::string(bytes.substr(0, size)), mode});
    nodes_[place] = {files::Kind::file, content, {}};
    if (fails) return failed("write", path, kInjected);
    if (size < bytes.size()) return failed("write", path, ENOSPC);
    return Done{};
}

Result<Done> MemoryDisk::link(const std::string& from, const std::string& to) {
    if (fault("link", to, true)) return failed("link", to, kInjected);
    if (!links_) return failed("link", to, EPERM);
    const Node* source = find(resolve(from, false));
    const std::string place = resolve(to, false);
    if (source == nullptr) return failed("link", to, ENOENT);
    if (const int code = refusal(place); code != 0) return failed("link", to, code);
    if (find(place) != nullptr) return failed("link", to, EEXIST);
    nodes_[place] = *source;
    return Done{};
}

Result<Done> MemoryDisk::rename(const std::string& from, const std::string& to) {
    if (fault("rename", to, true)) return failed("replace", to, kInjected);
    const std::string source = resolve(from, false);
    const std::string place = resolve(to, false);
    const Node* moved = find(source);
    const Node* replaced = find(place);
    if (moved == nullptr) return failed("replace", to, ENOENT);
    if (const int code = refusal(place); code != 0) return failed("replace", to, code);
    if (const int code = refusal(source); code != 0) return failed("replace", to, code);
    if (replaced != nullptr && replaced->kind == files::Kind::folder) return failed("replace", to, EISDIR);
    // POSIX: two names of one file stay as they are.
    if (replaced != nullptr && replaced->content == moved->content) return Done{};
    nodes_[place] = *moved;
    nodes_.erase(source);
    return Done{};
}

Result<Done> MemoryDisk::remove(const std::string& path) {
    if (fault("remove", path, true)) return failed("remove", path, kInjected);
    const std::string place = resolve(path, false);
    const Node* node = find(place);
    if (node == nullptr) return failed("remove", path, ENOENT);
    if (node->kind == files::Kind::folder) return failed("remove", path, EISDIR);
    if (const int code = refusal(place); code != 0) return failed("remove", path, code);
    nodes_.erase(place);
    return Done{};
}

Result<Done> MemoryDisk::make_folder(const std::string& path) {
    if (fault("make_folder", path, true)) return failed("make the folder", path, kInjected);
    const std::string place = resolve(path, false);
    if (const int code = refusal(place); code != 0) return failed("make the folder", path, code);
    if (find(place) != nullptr) return failed("make the folder", path, EEXIST);
    nodes_[place] = {files::Kind::folder, nullptr, {}};
    return Done{};
}

Result<bool> MemoryDisk::remove_empty_folder(const std::string& path) {
    if (fault("remove_empty_folder", path, true)) return failed("remove the folder", path, kInjected);
    const std::string place = resolve(path, false);
    const Node* node = find(place);
    if (node == nullptr || node->kind != files::Kind::folder || place == "/") return false;
    const auto next = std::next(nodes_.find(place));
    const auto below =
        std::find_if(next, nodes_.end(), [&](const auto& n) { return n.first.starts_with(place + "/"); });
    if (below != nodes_.end()) return false;
    if (const int code = refusal(place); code != 0) return failed("remove the folder", path, code);
    nodes_.erase(place);
    return true;
}

Result<std::unique_ptr<Hold>> MemoryDisk::hold(const std::string& folder) {
    if (fault("hold", folder)) return failed("open", folder, kInjected);
    const std::string place = resolve(folder, true);
    const Node* node = find(place);
    if (node == nullptr) return failed("open", folder, ENOENT);
    if (node->kind != files::Kind::folder) return failed("open", folder, ENOTDIR);
    if (!held_->insert(place).second) {
        return Failure{EWOULDBLOCK, "write to", folder, "another run of pipewright is writing there"};
    }
    return std::unique_ptr<Hold>(std::make_unique<MemoryHold>(held_, place));
}

}  // namespace pipewright::system
