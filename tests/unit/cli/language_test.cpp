// What is printed from the tables of the language, and what of it is committed.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "generator/cli/command.h"
#include "generator/system/memory_disk.h"

using namespace pipewright;

namespace {

struct Said {
    cli::Exit exit;
    std::string out, err;
};

Said run(std::vector<std::string> words) {
    system::MemoryDisk disk;
    cli::Console console;
    const cli::Exit exit = cli::run(words, disk, false, console);
    CHECK(disk.changes() == 0);
    return {exit, console.out, console.err};
}

std::string committed(const std::string& path) {
    std::ifstream in(std::string(PIPEWRIGHT_SOURCE_DIR "/") + path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the committed schema is what the program prints; ./dev docs writes it") {
    const Said said = run({"schema"});
    CHECK(said.exit == cli::kFine);
    CHECK(said.err.empty());
    const bool same = said.out == committed("schemas/pipewright.v1.schema.json");
    CHECK_MESSAGE(same, "run ./dev docs and read git diff schemas");
    CHECK(said.out.starts_with("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\","));
}

TEST_CASE("the committed reference is what the program prints; ./dev docs writes it") {
    const Said said = run({"reference"});
    CHECK(said.exit == cli::kFine);
    CHECK(said.err.empty());
    const bool same = said.out == committed("docs/manifest.md");
    CHECK_MESSAGE(same, "run ./dev docs and read git diff docs");
    CHECK(said.out.find("\n# The manifest\n") != std::string::npos);
    CHECK(said.out.find("\n### `environments.NAME.targets.STACK`\n") != std::string::npos);
}

TEST_CASE("what has no manifest takes none") {
    for (const char* command : {"schema", "reference"}) {
        CAPTURE(command);
        CHECK(run({command, "pipewright.yaml"}).exit == cli::kWrong);
        CHECK(run({command, "--strict"}).exit == cli::kWrong);
        CHECK(run({command, "--strict"}).out.empty());
    }
}
