#include "generator/init/tree.h"

#include <algorithm>
#include <array>

#include "generator/init/small_file.h"
#include "generator/init/words.h"
#include "generator/text/utf8.h"

namespace pipewright::init {

namespace {

constexpr int kLevels = 5;
constexpr std::size_t kMostNames = 5000;

// What tools make or fetch: nothing in it is this repository's own.
constexpr std::array<std::string_view, 14> kMade{
    "node_modules", "bower_components", "vendor",   "target",        "dist", "build", "out", "venv",
    "env",          "__pycache__",      "coverage", "site-packages", "obj",  "Pods"};

// A name that a manifest can hold as a path, and that a person sees as it is.
bool plain(std::string_view name) {
    for (std::size_t at = 0; at < name.size();) {
        const utf8::CodePoint one = utf8::decode(name, at);
        if (!one.valid || !utf8::printable(one.value) || one.value == '\\') return false;
        at += one.size;
    }
    return !name.empty();
}

}  // namespace

Tree::Tree(system::Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {
    if (const system::Result<std::string> real = disk_.real_path(folder_)) real_ = real.value();
    walk("", 1);
    std::sort(files_.begin(), files_.end());
    if (cut_) remarks_.push_back("the repository is large: not every folder was looked at");
}

std::string Tree::place_of(std::string_view path) const {
    return folder_ == "." ? std::string(path) : system::join_path(folder_, path);
}

bool Tree::is_file(const std::string& path) const {
    const std::string place = place_of(path);
    const system::Result<system::Status> status = disk_.status(place);
    if (!status) return false;
    if (status.value().kind == files::Kind::file) return true;
    if (status.value().kind != files::Kind::symlink) return false;
    const system::Result<system::Status> behind = disk_.status_behind_links(place);
    const system::Result<std::string> real = disk_.real_path(place);
    return behind && real && behind.value().kind == files::Kind::file && !real_.empty() &&
           real.value().starts_with(real_ == "/" ? real_ : real_ + "/");
}

void Tree::walk(const std::string& below_path, int level) {
    const std::string place = below_path.empty() ? folder_ : place_of(below_path);
    const system::Result<std::vector<std::string>> names = disk_.list(place);
    if (!names) return;
    for (const std::string& name : names.value()) {
        if (++looked_ > kMostNames) {
            cut_ = true;
            return;
        }
        if (name.starts_with('.') || !plain(name)) continue;
        const std::string path = below(below_path, name);
        const system::Result<system::Status> status = disk_.status(place_of(path));
        if (!status) continue;
        if (status.value().kind == files::Kind::folder) {
            const bool made = std::find(kMade.begin(), kMade.end(), name) != kMade.end();
            if (!made && level < kLevels) walk(path, level + 1);
        } else if (is_file(path)) {
            files_.push_back(path);
        }
    }
}

bool Tree::taken(std::string_view path) const {
    const system::Result<system::Status> status = disk_.status(place_of(path));
    return !status || status.value().kind != files::Kind::absent;
}

bool Tree::has(std::string_view path) const { return std::binary_search(files_.begin(), files_.end(), path); }

std::optional<std::string> Tree::read(std::string_view path) const {
    if (!has(path)) return std::nullopt;
    SmallFile file = read_small(disk_, place_of(path));
    const bool said = std::find(remarks_.begin(), remarks_.end(), file.why) != remarks_.end();
    if (!file.why.empty() && !said) remarks_.push_back(std::move(file.why));
    return std::move(file.text);
}

std::optional<std::string> Tree::read_hidden(std::string_view path) const {
    if (!is_file(std::string(path))) return std::nullopt;
    return read_small(disk_, place_of(path)).text;
}

std::vector<std::string> Tree::names_in(std::string_view folder) const {
    std::vector<std::string> names;
    for (const std::string& path : files_) {
        if (folder_of(path) == folder) names.push_back(last_part(path));
    }
    return names;
}

}  // namespace pipewright::init
