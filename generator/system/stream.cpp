#include "generator/system/stream.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace pipewright::system {

namespace {

std::string name_of(int stream) {
    if (stream == kStandardInput) return "standard input";
    if (stream == kStandardOutput) return "standard output";
    if (stream == kStandardError) return "standard error";
    return "stream " + std::to_string(stream);
}

Failure failed(const char* operation, int stream) {
    const int code = errno;
    return {code, operation, name_of(stream), std::generic_category().message(code)};
}

// Whether the call only has to be made again; waits first where the stream was not ready.
bool again(int stream, short event) {
    if (errno == EINTR) return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
    pollfd waiting{stream, event, 0};
    return ::poll(&waiting, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_IGN); }

Result<Done> write_all(int stream, std::string_view bytes) {
    // Some systems refuse more than 2 GiB at once.
    constexpr std::size_t most = std::size_t{1} << 30;
    while (!bytes.empty()) {
        const ssize_t written = ::write(stream, bytes.data(), std::min(bytes.size(), most));
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (!again(stream, POLLOUT)) {
            return failed("write to", stream);
        }
    }
    return Done{};
}

Result<std::string> read_all(int stream, std::size_t most) {
    std::string bytes;
    std::array<char, std::size_t{1} << 16> part{};
    for (;;) {
        const std::size_t wanted = std::min(part.size(), most - bytes.size());
        const ssize_t count = wanted == 0 ? 0 : ::read(stream, part.data(), wanted);
        if (count == 0) return bytes;
        if (count > 0) {
            bytes.append(part.data(), static_cast<std::size_t>(count));
        } else if (!again(stream, POLLIN)) {
            return failed("read", stream);
        }
    }
}

Result<std::optional<std::string>> read_line(int stream) {
    std::string line;
    for (;;) {
        char c = '\0';
        const ssize_t count = ::read(stream, &c, 1);
        if (count > 0 && c != '\n') {
            line.push_back(c);
        } else if (count >= 0) {
            if (count == 0 && line.empty()) return std::optional<std::string>();
            if (line.ends_with('\r')) line.pop_back();
            return std::optional<std::string>(std::move(line));
        } else if (!again(stream, POLLIN)) {
            return failed("read", stream);
        }
    }
}

}  // namespace pipewright::system
