#include "generator/system/real_disk.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <thread>

#include "tests/unit/system/folder.h"
#include "tests/unit/system/scene.h"

using namespace pipewright;
using namespace pipewright::system;
using files::Kind;
using scene::file;
using scene::Folder;
using scene::generate;
using scene::read;
using scene::tree_of;
using scene::write;

namespace {

class Umask {
public:
    explicit Umask(mode_t mask) : before_(::umask(mask)) {}
    Umask(const Umask&) = delete;
    Umask& operator=(const Umask&) = delete;
    ~Umask() { ::umask(before_); }

private:
    mode_t before_;
};

mode_t mode_of(const std::string& path) {
    struct stat found {};
    REQUIRE(::lstat(path.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

std::size_t entries(const std::string& path) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::recursive_directory_iterator(path)) ++count;
    return count;
}

const files::Mode kScript = files::Mode::executable;

}  // namespace

TEST_CASE("the disk's answers about what is there") {
    const Folder folder;
    RealDisk disk;
    write(folder / "file", std::string("a\0b", 3));
    write(folder / "script", "");
    ::chmod((folder / "script").c_str(), 0755);
    std::filesystem::create_symlink("file", folder / "link");
    std::filesystem::create_symlink("nothing", folder / "dangling");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    const auto kind = [&](const char* name) { return disk.status(folder / name).value().kind; };
    CHECK(kind("file") == Kind::file);
    CHECK(kind("link") == Kind::symlink);
    CHECK(kind("dangling") == Kind::symlink);
    CHECK(kind("pipe") == Kind::other);
    CHECK(kind(".") == Kind::folder);
    CHECK(kind("none") == Kind::absent);
    CHECK(kind("file/below") == Kind::absent);
    CHECK(!disk.status(folder / "file").value().executable);
    CHECK(disk.status(folder / "script").value().executable);
    CHECK(disk.status_behind_links(folder / "link").value().kind == Kind::file);
    CHECK(disk.status_behind_links(folder / "dangling").value().kind == Kind::absent);
    CHECK(disk.read(folder / "file").value() == std::string("a\0b", 3));
    CHECK(disk.read(folder / "link").value().size() == 3);
    CHECK(disk.read(folder / "file", 2).value() == std::string("a\0", 2));
    CHECK(disk.read(folder / "file", 0).value().empty());
    CHECK(disk.read("/dev/zero", 100000).value() == std::string(100000, '\0'));
    CHECK(disk.read(folder / "none").failure().sentence() ==
          "can't read '" + (folder / "none") + "': No such file or directory");
    CHECK(disk.read(folder.path()).failure().code == EISDIR);
    CHECK(disk.list(folder.path()).value() == std::vector<std::string>{"dangling", "file", "link", "pipe", "script"});
    CHECK(disk.list(folder / "none").failure().code == ENOENT);
    CHECK(disk.real_path(folder / "link").value() == folder / "file");
    CHECK(disk.real_path(folder / "none").failure().code == ENOENT);
    CHECK(disk.status(folder / std::string(300, 'x')).failure().code == ENAMETOOLONG);
}

TEST_CASE("the disk's changes, with modes whatever the umask says") {
    const Folder folder;
    RealDisk disk;
    for (const mode_t mask : {mode_t{022}, mode_t{077}, mode_t{0}, mode_t{0777}}) {
        const Umask umask(mask);
        const std::string name = folder / std::to_string(mask);
        CHECK(disk.make_folder(name).ok());
        CHECK((mode_of(name) & 0777) == 0755);
        CHECK(disk.write_new(name + "/f", "1", files::Mode::regular).ok());
        CHECK(disk.write_new(name + "/x", "2", kScript).ok());
        CHECK(mode_of(name + "/f") == 0644);
        CHECK(mode_of(name + "/x") == 0755);
    }
    CHECK(disk.make_folder(folder / "18").failure().code == EEXIST);
    const std::string f = folder / "18/f";
    CHECK(disk.write_new(f, "other", files::Mode::regular).failure().code == EEXIST);
    std::filesystem::create_symlink(folder / "through", folder / "link");
    CHECK(disk.write_new(folder / "link", "x", files::Mode::regular).failure().code == EEXIST);
    CHECK(!std::filesystem::exists(folder / "through"));
    CHECK(disk.link(f, folder / "18/g").ok());
    CHECK(disk.link(f, folder / "18/g").failure().code == EEXIST);
    CHECK(disk.rename(folder / "18/x", f).ok());
    CHECK(read(f) == "2");
    CHECK(read(folder / "18/g") == "1");
    CHECK(disk.rename(folder / "18/x", f).failure().code == ENOENT);
    CHECK(disk.remove_empty_folder(folder / "18").value() == false);
    CHECK(disk.remove(f).ok());
    CHECK(disk.remove(folder / "18/g").ok());
    CHECK(disk.remove(f).failure().code == ENOENT);
    CHECK(disk.remove_empty_folder(folder / "18").value() == true);
    CHECK(disk.remove_empty_folder(folder / "18").value() == false);
}

TEST_CASE("a new folder keeps what the folder above passes on") {
    const Folder folder;
    ::chmod(folder.path().c_str(), 02775);
    RealDisk disk;
    const Umask umask(077);
    CHECK(disk.make_folder(folder / "x").ok());
    CHECK(mode_of(folder / "x") == ((mode_of(folder.path()) & S_ISGID) | 0755));
}

TEST_CASE("a folder is held by one run at a time") {
    const Folder folder;
    RealDisk disk;
    {
        const auto hold = disk.hold(folder.path());
        REQUIRE(hold);
        CHECK(disk.hold(folder.path()).failure().sentence() ==
              "can't write to '" + folder.path() + "': another run of pipewright is writing there");
    }
    CHECK(disk.hold(folder.path()).ok());
    CHECK(disk.hold(folder / "none").failure().code == ENOENT);
    CHECK(entries(folder.path()) == 0);
}

TEST_CASE("generate on a real disk: create, nothing, update, remove") {
    const Folder folder;
    RealDisk disk;
    const Umask umask(077);
    const auto first = tree_of({{"a", file("1")}, {"ci/x.sh", file("2", kScript)}, {"gone/deep/y", file("3")}});
    CHECK(generate(disk, folder.path(), first).applied.done);
    CHECK(mode_of(folder / "a") == 0644);
    CHECK(mode_of(folder / "ci/x.sh") == 0755);
    CHECK(mode_of(folder / "pipewright.lock") == 0644);
    CHECK(mode_of(folder / "ci") == 0755);
    CHECK(entries(folder.path()) == 7);

    const auto times = [&] {
        std::map<std::string, std::filesystem::file_time_type> all = {
            {"", std::filesystem::last_write_time(folder.path())}};
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
            all[entry.path().string()] = entry.last_write_time();
        }
        return all;
    };
    const auto before = times();
    CHECK(generate(disk, folder.path(), first).applied.done);
    CHECK(times() == before);

    const auto second = tree_of({{"a", file("1")}, {"ci/x.sh", file("new", kScript)}, {"b/c", file("4")}});
    CHECK(generate(disk, folder.path(), second).applied.done);
    CHECK(read(folder / "ci/x.sh") == "new");
    CHECK(!std::filesystem::exists(folder / "gone"));
    CHECK(times().at(folder / "a") == before.at(folder / "a"));
    CHECK(entries(folder.path()) == 6);
}

TEST_CASE("a symbolic link on the way is not followed") {
    const Folder folder;
    const Folder outside;
    RealDisk disk;
    std::filesystem::create_symlink(outside.path(), folder / "ci");
    const scene::Outcome above = generate(disk, folder.path(), tree_of({{"ci/x.sh", file("1")}}));
    CHECK(above.code() == Code::blocked_path);
    write(outside / "target", "mine");
    std::filesystem::create_symlink(outside / "target", folder / "a");
    CHECK(generate(disk, folder.path(), tree_of({{"a", file("1")}})).code() == Code::blocked_path);
    std::filesystem::create_symlink(outside / "lock", folder / "pipewright.lock");
    CHECK(generate(disk, folder.path(), tree_of({})).code() == Code::blocked_path);
    CHECK(read(outside / "target") == "mine");
    CHECK(entries(outside.path()) == 1);
    CHECK(entries(folder.path()) == 3);
}

TEST_CASE("a folder that may not be written stops everything" * doctest::skip(::geteuid() == 0)) {
    const Folder folder;
    RealDisk disk;
    CHECK(generate(disk, folder.path(), tree_of({{"a", file("1")}, {"ci/x", file("1")}})).applied.done);
    ::chmod((folder / "ci").c_str(), 0555);
    const scene::Outcome outcome = generate(disk, folder.path(), tree_of({{"a", file("2")}, {"ci/x", file("2")}}));
    ::chmod((folder / "ci").c_str(), 0755);
    CHECK(!outcome.applied.done);
    CHECK(outcome.message() == "can't write 'ci/x': Permission denied");
    CHECK(read(folder / "a") == "1");
    CHECK(entries(folder.path()) == 4);
}

TEST_CASE("who reads at the same time sees whole files, and never none") {
    const Folder folder;
    RealDisk disk;
    const auto tree = [](char letter) {
        return tree_of({{"a", file(std::string(200000, letter))}, {"b/c", file(std::string(100000, letter))}});
    };
    REQUIRE(generate(disk, folder.path(), tree('0')).applied.done);
    std::atomic<bool> stop = false;
    std::atomic<std::size_t> reads = 0;
    std::atomic<std::size_t> broken = 0;
    const auto reader = [&](const std::string& path, std::size_t size) {
        while (!stop) {
            const std::string bytes = read(path);
            if (bytes.size() != size || bytes.find_first_not_of(bytes[0]) != std::string::npos) ++broken;
            ++reads;
        }
    };
    std::thread one(reader, folder / "a", 200000);
    std::thread two(reader, folder / "b/c", 100000);
    for (int round = 1; round <= 60 || reads < 100; ++round) {
        CHECK(generate(disk, folder.path(), tree(static_cast<char>('0' + round % 10))).applied.done);
    }
    stop = true;
    one.join();
    two.join();
    CHECK(broken == 0);
    CHECK(entries(folder.path()) == 4);
}
