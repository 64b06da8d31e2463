#include "generator/files/lock.h"

#include <doctest/doctest.h>

#include "generator/files/lock_words.h"
#include "generator/files/sha256.h"

using namespace pipewright;
using namespace pipewright::files;

namespace {

struct Reading {
    std::optional<Lock> lock;
    Diagnostic diagnostic;  // of a failure
    Position position;
};

Reading read(const std::string& text) {
    Sources sources;
    const SourceId source = sources.add("pipewright.lock", text);
    Diagnostics diagnostics;
    Reading reading{parse(sources, source, diagnostics), {}, {}};
    REQUIRE(diagnostics.errors() == (reading.lock ? 0 : 1));
    if (!reading.lock) {
        reading.diagnostic = diagnostics.sorted()[0];
        CHECK(reading.diagnostic.code == Code::bad_lock);
        CHECK(reading.diagnostic.help != "");
        CHECK(reading.diagnostic.span.known());
        reading.position = sources.at(source).position(reading.diagnostic.span.offset);
    }
    return reading;
}

std::string mistake(const std::string& text) {
    const Reading reading = read(text);
    REQUIRE(!reading.lock);
    return std::to_string(reading.position.line) + ":" + std::to_string(reading.position.column) + ": " +
           reading.diagnostic.message;
}

const std::string kDigest = sha256("");

Lock sample() {
    FileTree tree;
    Diagnostics diagnostics;
    File script;
    script.bytes = "#!/bin/sh\n";
    script.mode = Mode::executable;
    File seed;
    seed.owner = Ownership::seeded;
    tree.add("ci/a.sh", script, diagnostics);
    tree.add("Dockerfile", seed, diagnostics);
    tree.add("my docs/ü % 100.md", {}, diagnostics);
    REQUIRE(!diagnostics.has_errors());
    return make_lock(tree, "0.1.0",
                     {{"docker/login-action", "v3.4.0", "74a5"},
                      {"actions/checkout", "v4.2.2", "11bd"},
                      {"docker/login-action", "v3.4.0", "74a5"}});
}

}  // namespace

TEST_CASE("a lock is printed as one sorted line a fact") {
    CHECK(print(sample()) ==
          "# What pipewright generated here, with digests, and what it pinned: so that it knows its own files again.\n"
          "# Written by 'pipewright generate'. Do not edit it, but commit it.\n"
          "format 1\n"
          "program 0.1.0\n"
          "pin actions/checkout v4.2.2 11bd\n"
          "pin docker/login-action v3.4.0 74a5\n"
          "file 0644 " +
              kDigest +
              " seeded Dockerfile\n"
              "file 0755 " +
              sha256("#!/bin/sh\n") +
              " ours ci/a.sh\n"
              "file 0644 " +
              kDigest + " ours my%20docs/%C3%BC%20%25%20100.md\n");
}

TEST_CASE("what is printed is read as the same lock") {
    CHECK(read(print(sample())).lock == sample());
    Lock bare;
    bare.program = "1.0.0-rc.1+b 2";
    CHECK(read(print(bare)).lock == bare);
}

TEST_CASE("the order of the lines does not matter, comments neither") {
    const Lock lock = *read("#\nformat 1\nfile 0644 " + kDigest +
                            " ours b\n# x\npin b 1 1\npin a 1 1\nprogram 2\nfile 0755 " + kDigest + " seeded a\n")
                           .lock;
    CHECK(lock.program == "2");
    CHECK(lock.pins == std::vector<Pin>{{"a", "1", "1"}, {"b", "1", "1"}});
    CHECK(lock.files.at("a") == LockedFile{Mode::executable, kDigest, Ownership::seeded});
    CHECK(lock.files.at("b") == LockedFile{Mode::regular, kDigest, Ownership::ours});
}

TEST_CASE("words survive the lock") {
    const std::vector<std::string> words = {"a", "a b", " ", "%", "%41", "ü", "\n\t\r", "\x7f", {"\0", 1}, "a#b"};
    for (const std::string& word : words) {
        CAPTURE(word);
        CHECK(escape(word).find_first_of(" \n\r\t") == std::string::npos);
        CHECK(unescape(escape(word)) == word);
    }
    for (const char* wrong : {"%", "%4", "%zz", "%41", "%c3%bc", "a b", "ü"}) {
        CAPTURE(wrong);
        CHECK(!unescape(wrong));
    }
}

TEST_CASE("mistakes in a lock, at their places") {
    const std::string head = "format 1\nprogram 0.1.0\n";
    CHECK(mistake("") == "1:1: the lock is empty");
    CHECK(mistake("format 1\nprogram 0.1.0") == "2:1: the lock ends in the middle of a line");
    CHECK(mistake("format 1\r\nprogram 0.1.0\r\n") == "1:9: the lock has line ends that pipewright did not write");
    CHECK(mistake("# only a comment\n") == "2:1: the line 'format' is missing");
    CHECK(mistake("format 1\n") == "2:1: the line 'program' is missing");
    CHECK(mistake("program 0.1.0\n") == "1:1: the first line after the comments must be 'format'");
    CHECK(mistake("format 1\nformat 1\n") == "2:1: the line 'format' stands twice");
    CHECK(mistake(head + "program 0.1.0\n") == "3:1: the line 'program' stands twice");
    for (const char* format :
         {"format", "format ", "format x", "format 0", "format -1", "format 1x", "format 1 2", "format 99999999999"}) {
        CAPTURE(format);
        CHECK(mistake(std::string(format) + "\n") == "1:1: the line must read 'format NUMBER'");
    }
    CHECK(mistake("format 1\nprogram\n") == "2:1: the line must read 'program VERSION'");
    CHECK(mistake("format 1\nprogram \n") == "2:9: a word is empty");
    CHECK(mistake(head + "\n") == "3:1: the line is neither format, program, pin nor file");
    CHECK(mistake(head + "pins a b c\n") == "3:1: the line is neither format, program, pin nor file");
    CHECK(mistake(head + "pin a b\n") == "3:1: the line must read 'pin NAME VERSION VALUE'");
    CHECK(mistake(head + "pin a  c\n") == "3:7: a word is empty");
    CHECK(mistake(head + "pin a b %zz\n") == "3:9: a word is not escaped as pipewright does it");
    CHECK(mistake(head + "pin a b c\npin a b c\n") == "4:5: the pin 'a' stands twice");
    CHECK(mistake(head + "file 0644 " + kDigest + " ours\n") ==
          "3:1: the line must read 'file MODE SHA256 OWNER PATH'");
    CHECK(mistake(head + "file 0600 " + kDigest + " ours a\n") == "3:6: the mode must be 0644 or 0755");
    CHECK(mistake(head + "file 0644 e3b0 ours a\n") == "3:11: the digest must be 64 small hexadecimal digits");
    CHECK(mistake(head + "file 0644 E" + kDigest.substr(1) + " ours a\n") ==
          "3:11: the digest must be 64 small hexadecimal digits");
    CHECK(mistake(head + "file 0644 " + kDigest + " mine a\n") == "3:76: the owner must be ours or seeded");
    CHECK(mistake(head + "file 0644 " + kDigest + " ours ../a\n") == "3:81: the path has a part '..'");
    CHECK(mistake(head + "file 0644 " + kDigest + " ours /etc/passwd\n") == "3:81: the path is absolute");
    CHECK(mistake(head + "file 0644 " + kDigest + " ours .git/config\n") ==
          "3:81: the path lies in a folder of git's own");
    const std::string a = "file 0644 " + kDigest + " ours a\n";
    CHECK(mistake(head + a + a) == "4:81: the path 'a' stands twice");
}

TEST_CASE("a lock of a newer format says which program is needed") {
    const Reading newer = read("# x\nformat 2\nprogram 3.1.0\nwhatever\n");
    REQUIRE(!newer.lock);
    CHECK(newer.diagnostic.message == "the lock has format 2, and this pipewright " PIPEWRIGHT_VERSION
                                      " knows only up to 1");
    CHECK(newer.diagnostic.help == "use pipewright 3.1.0 or newer, which wrote it");
    CHECK(newer.position == Position{2, 8});
    CHECK(read("format 2\n").diagnostic.help == "use a newer pipewright");
}

TEST_CASE("a lock in conflict has advice of its own, whatever else is wrong") {
    const std::string text = "format 1\nprogram 0.1.0\n<<<<<<< HEAD\npin a 1 1\n=======\npin a 2 2\n>>>>>>> main\n";
    CHECK(mistake(text) == "3:1: the lock holds conflict markers of git");
    CHECK(
        read(text).diagnostic.help ==
        "resolve the manifest; take either side of the lock, for example with 'git checkout HEAD -- pipewright.lock'; "
        "then run 'pipewright generate', which writes the rest");
    CHECK(mistake("junk\n=======\n") == "2:1: the lock holds conflict markers of git");
}

TEST_CASE("no cut and no changed byte of a lock makes the reader fall over, or gives another lock unseen") {
    const std::string text = print(sample());
    for (std::size_t size = 0; size < text.size(); ++size) {
        Sources sources;
        Diagnostics diagnostics;
        const SourceId source = sources.add("pipewright.lock", text.substr(0, size));
        const bool read_it = parse(sources, source, diagnostics).has_value();
        CHECK(read_it != diagnostics.has_errors());
    }
    for (std::size_t at = text.find("format"); at < text.size(); ++at) {
        for (const char c : {'\0', ' ', '\n', '%', 'z', '\xff'}) {
            std::string broken = text;
            if (broken[at] == c) continue;
            broken[at] = c;
            Sources sources;
            Diagnostics diagnostics;
            const SourceId source = sources.add("pipewright.lock", broken);
            const std::optional<Lock> lock = parse(sources, source, diagnostics);
            CHECK(lock.has_value() != diagnostics.has_errors());
            if (lock) CHECK(*lock != sample());
        }
    }
}
