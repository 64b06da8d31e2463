#include "generator/system/terminal.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <thread>

using namespace pipewright::system;

namespace {

bool colour(bool terminal, const std::map<std::string, std::string>& variables,
            ColourWish wish = ColourWish::automatic) {
    return use_colour(wish, terminal, [&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    });
}

}  // namespace

TEST_CASE("the words of --color") {
    CHECK(colour_wish("auto") == ColourWish::automatic);
    CHECK(colour_wish("always") == ColourWish::always);
    CHECK(colour_wish("never") == ColourWish::never);
    CHECK(colour_wish("yes") == std::nullopt);
}

TEST_CASE("when to colour") {
    const std::pair<std::string, std::string> term = {"TERM", "xterm-256color"};
    CHECK(colour(true, {term}));
    CHECK(!colour(false, {term}));
    CHECK(!colour(true, {}));
    CHECK(!colour(true, {{"TERM", "dumb"}}));
    CHECK(!colour(true, {term, {"NO_COLOR", "1"}}));
    CHECK(colour(true, {term, {"NO_COLOR", ""}}));
    CHECK(colour(false, {{"CLICOLOR_FORCE", "1"}}));
    CHECK(colour(false, {{"FORCE_COLOR", "true"}, {"TERM", "dumb"}}));
    CHECK(!colour(false, {term, {"FORCE_COLOR", "0"}}));
    CHECK(!colour(false, {term, {"FORCE_COLOR", "false"}}));
    CHECK(colour(true, {term, {"CLICOLOR_FORCE", "0"}}));
    CHECK(!colour(true, {term, {"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}));
    CHECK(!colour(true, {term, {"CLICOLOR", "0"}}));
    CHECK(colour(false, {{"NO_COLOR", "1"}}, ColourWish::always));
    CHECK(!colour(true, {term, {"FORCE_COLOR", "1"}}, ColourWish::never));
}

TEST_CASE("the environment of the process") {
    ::setenv("PIPEWRIGHT_TEST_VARIABLE", "x", 1);
    CHECK(process_environment()("PIPEWRIGHT_TEST_VARIABLE") == "x");
    ::unsetenv("PIPEWRIGHT_TEST_VARIABLE");
    CHECK(process_environment()("PIPEWRIGHT_TEST_VARIABLE") == std::nullopt);
}

TEST_CASE("all of a text goes through a pipe, also one that doesn't block") {
    for (const int flags : {0, O_NONBLOCK}) {
        int ends[2] = {-1, -1};
        REQUIRE(::pipe(ends) == 0);
        for (const int end : ends) REQUIRE(::fcntl(end, F_SETFL, flags) == 0);
        CHECK(!is_terminal(ends[1]));
        std::string text;
        for (int i = 0; i < 200000; ++i) text += std::to_string(i) + "\n";
        bool written = false;
        std::thread writer([&] {
            written = write_all(ends[1], text).ok();
            ::close(ends[1]);
        });
        const Result<std::string> read = read_all(ends[0]);
        writer.join();
        ::close(ends[0]);
        CHECK(written);
        REQUIRE(read);
        CHECK(read.value() == text);
    }
}

TEST_CASE("a closed pipe and a closed stream are errors and not the end") {
    ignore_broken_pipes();
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    ::close(ends[0]);
    const Result<Done> broken = write_all(ends[1], "x");
    REQUIRE(!broken);
    CHECK(broken.failure().code == EPIPE);
    CHECK(broken.failure().sentence() == "can't write to 'stream " + std::to_string(ends[1]) + "': Broken pipe");
    ::close(ends[1]);
    CHECK(write_all(ends[1], "x").failure().code == EBADF);
    CHECK(write_all(ends[1], "").ok());
    CHECK(read_all(ends[1]).failure().code == EBADF);
}

TEST_CASE("a full device is an error") {
    const int full = ::open("/dev/full", O_WRONLY);
    REQUIRE(full >= 0);
    CHECK(write_all(full, "x").failure().code == ENOSPC);
    ::close(full);
}
