#include "generator/system/real_disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "generator/system/stream.h"

namespace pipewright::system {

namespace {

Failure failed(const char* operation, const std::string& path, int code = errno) {
    return {code, operation, path, std::generic_category().message(code)};
}

Status from_system(const struct stat& found) {
    const bool executable = (found.st_mode & S_IXUSR) != 0;
    if (S_ISREG(found.st_mode)) return {files::Kind::file, executable, static_cast<std::uint64_t>(found.st_size)};
    if (S_ISDIR(found.st_mode)) return {files::Kind::folder, executable, 0};
    if (S_ISLNK(found.st_mode)) return {files::Kind::symlink, false, 0};
    return {files::Kind::other, false, 0};
}

// A file below a file is as little there as one below nothing.
Result<Status> status_or_absent(int answer, const struct stat& found, const std::string& path) {
    if (answer == 0) return from_system(found);
    if (errno == ENOENT || errno == ENOTDIR) return Status{};
    return failed("look at", path);
}

// An open file that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

    // Closes now, when a failure of that matters (a full quota on a network's disk shows only here).
    int close_now() { return ::close(std::exchange(number_, -1)); }

private:
    int number_;
};

int open_again(const std::string& path, int flags, mode_t mode = 0) {
    int number = -1;
    do {
        number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    } while (number < 0 && errno == EINTR);
    return number;
}

class FolderHold final : public Hold {
public:
    explicit FolderHold(int number) : descriptor_(number) {}
    int number() const { return descriptor_.number(); }

private:
    Descriptor descriptor_;
};

}  // namespace

Result<Status> RealDisk::status(const std::string& path) {
    struct stat found {};
    return status_or_absent(::lstat(path.c_str(), &found), found, path);
}

Result<Status> RealDisk::status_behind_links(const std::string& path) {
    struct stat found {};
    return status_or_absent(::stat(path.c_str(), &found), found, path);
}

Result<std::string> RealDisk::read(const std::string& path, std::size_t most) {
    const Descriptor file(open_again(path, O_RDONLY));
    if (file.number() < 0) return failed("read", path);
    Result<std::string> bytes = read_all(file.number(), most);
    if (!bytes) return failed("read", path, bytes.failure().code);
    return bytes;
}

Result<std::vector<std::string>> RealDisk::list(const std::string& folder) {
    DIR* const open = ::opendir(folder.c_str());
    if (open == nullptr) return failed("list", folder);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* const entry = ::readdir(open)) {
        std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(std::move(name));
        errno = 0;
    }
    const int code = errno;
    ::closedir(open);
    if (code != 0) return failed("list", folder, code);
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::string> RealDisk::real_path(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
    if (!real) return failed("find", path);
    return std::string(real.get());
}

Result<Done> RealDisk::write_new(const std::string& path, std::string_view bytes, files::Mode mode) {
    Descriptor file(open_again(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (file.number() < 0) return failed("write", path);
    if (const Result<Done> written = write_all(file.number(), bytes); !written) {
        return failed("write", path, written.failure().code);
    }
    if (::fchmod(file.number(), mode == files::Mode::executable ? 0755 : 0644) != 0) return failed("write", path);
    // Some file systems have nothing to flush, and say so with EINVAL.
    if (::fsync(file.number()) != 0 && errno != EINVAL && errno != ENOTSUP) return failed("write", path);
    if (file.close_now() != 0 && errno != EINTR) return failed("write", path);
    return Done{};
}

Result<Done> RealDisk::link(const std::string& from, const std::string& to) {
    if (::link(from.c_str(), to.c_str()) != 0) return failed("link", to);
    return Done{};
}

Result<Done> RealDisk::rename(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return failed("replace", to);
    return Done{};
}

Result<Done> RealDisk::remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0) return failed("remove", path);
    return Done{};
}

Result<Done> RealDisk::make_folder(const std::string& path) {
    constexpr mode_t wanted = 0755;
    if (::mkdir(path.c_str(), wanted) != 0) return failed("make the folder", path);
    // The umask may have taken bits; those that the folder above passes on (setgid) stay.
    struct stat made {};
    const bool done =
        ::lstat(path.c_str(), &made) == 0 &&
        ((made.st_mode & wanted) == wanted || ::chmod(path.c_str(), (made.st_mode & 07777) | wanted) == 0);
    if (done) return Done{};
    const int code = errno;
    ::rmdir(path.c_str());
    return failed("make the folder", path, code);
}

Result<bool> RealDisk::remove_empty_folder(const std::string& path) {
    if (::rmdir(path.c_str()) == 0) return true;
    // POSIX allows either for a folder that holds something.
    if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT || errno == ENOTDIR) return false;
    return failed("remove the folder", path);
}

Result<std::unique_ptr<Hold>> RealDisk::hold(const std::string& folder) {
    auto hold = std::make_unique<FolderHold>(open_again(folder, O_RDONLY | O_DIRECTORY));
    if (hold->number() < 0) return failed("open", folder);
    int answer = 0;
    do {
        answer = ::flock(hold->number(), LOCK_EX | LOCK_NB);
    } while (answer != 0 && errno == EINTR);
    if (answer != 0 && errno == EWOULDBLOCK) {
        return Failure{EWOULDBLOCK, "write to", folder, "another run of pipewright is writing there"};
    }
    return std::unique_ptr<Hold>(std::move(hold));
}

}  // namespace pipewright::system
