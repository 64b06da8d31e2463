// init over a disk in memory: what it writes, when it writes nothing, and how it ends.
#include <doctest/doctest.h>

#include <deque>

#include "generator/cli/command.h"
#include "generator/system/memory_disk.h"

using namespace pipewright;

namespace {

class Answers final : public system::Prompt {
public:
    explicit Answers(std::deque<std::string> answers) : answers_(std::move(answers)) {}
    void say(std::string_view) override {}
    std::optional<std::string> ask(std::string_view) override {
        if (answers_.empty()) return std::nullopt;
        std::string answer = answers_.front();
        answers_.pop_front();
        return answer;
    }

private:
    std::deque<std::string> answers_;
};

const std::vector<std::string> kFacts{
    "init", "/repo", "--region", "eu-west-1", "--account", "dev=111111111111", "--account", "prod=222222222222"};

struct Repository {
    system::MemoryDisk disk;
    std::string out, err;

    Repository() {
        disk.put("/repo/.git/config", "[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n");
        disk.put("/repo/.git/HEAD", "ref: refs/heads/main\n");
        disk.put("/repo/package.json", R"({"scripts":{"start":"node server.js"}})");
    }

    cli::Exit run(const std::vector<std::string>& words, system::Prompt* prompt = nullptr) {
        cli::Console console;
        console.prompt = prompt;
        const cli::Exit exit = cli::run(words, disk, false, console);
        out = console.out;
        err = console.err;
        return exit;
    }

    bool said(const std::string& words) const { return (out + err).find(words) != std::string::npos; }
};

}  // namespace

TEST_CASE("init writes the manifest, its schema and a Dockerfile, and what follows works") {
    Repository repository;
    CHECK(repository.run(kFacts) == cli::kFine);
    for (const char* file : {"pipewright.yaml", "pipewright.schema.json", "Dockerfile", ".dockerignore"}) {
        CAPTURE(file);
        CHECK(repository.disk.bytes(std::string("/repo/") + file) != nullptr);
        CHECK(repository.said(std::string("create  ") + file + "\n"));
    }
    CHECK(repository.said("  1. read Dockerfile and build it once: nobody has tried it yet\n"));
    CHECK_FALSE(repository.said("fill in"));
    CHECK(repository.run({"schema"}) == cli::kFine);
    CHECK(repository.out == *repository.disk.bytes("/repo/pipewright.schema.json"));
    CHECK(repository.run({"validate", "/repo"}) == cli::kFine);
    CHECK(repository.run({"generate", "/repo"}) == cli::kFine);
    // What init wrote is no output: generate neither owns nor touches it.
    CHECK(repository.run({"check", "/repo"}) == cli::kFine);
}

TEST_CASE("what nobody knows is marked, and the lines are named") {
    Repository repository;
    CHECK(repository.run({"init", "/repo", "--yes"}) == cli::kFine);
    CHECK(repository.said("fill in pipewright.yaml where it says FILL ME IN: lines "));
    CHECK(repository.run({"validate", "/repo"}) == cli::kWrong);
    CHECK(repository.said("'FILL ME IN' is not twelve digits"));
    Repository strict;
    CHECK(strict.run({"init", "/repo", "--yes", "--strict"}) == cli::kFound);
    CHECK(strict.disk.bytes("/repo/pipewright.yaml") != nullptr);
}

TEST_CASE("init never overwrites") {
    for (const char* there : {"pipewright.yaml", "pipewright.yml"}) {
        CAPTURE(there);
        Repository repository;
        repository.disk.put(std::string("/repo/") + there, "mine\n");
        const auto before = repository.disk.contents();
        CHECK(repository.run(kFacts) == cli::kFound);
        CHECK(repository.said("[PW0605]"));
        CHECK(repository.disk.contents() == before);
    }
    Repository link;
    link.disk.put_link("/repo/pipewright.yaml", "nowhere");
    CHECK(link.run(kFacts) == cli::kFound);
    CHECK_FALSE(link.disk.exists("/repo/nowhere"));
    Repository others;
    others.disk.put("/repo/.dockerignore", "mine\n");
    others.disk.put("/repo/pipewright.schema.json", "mine\n");
    others.disk.put("/repo/Dockerfile", "FROM mine\nEXPOSE 80\n");
    CHECK(others.run(kFacts) == cli::kFine);
    CHECK(*others.disk.bytes("/repo/.dockerignore") == "mine\n");
    CHECK(*others.disk.bytes("/repo/pipewright.schema.json") == "mine\n");
    CHECK(*others.disk.bytes("/repo/Dockerfile") == "FROM mine\nEXPOSE 80\n");
}

TEST_CASE("without a terminal missing facts end the call, and nothing is written") {
    Repository repository;
    const auto before = repository.disk.contents();
    CHECK(repository.run({"init", "/repo"}) == cli::kWrong);
    CHECK(repository.said("--account dev=ACCOUNT"));
    CHECK(repository.run({"init", "/repo", "--yes", "--starter", "heroku"}) == cli::kWrong);
    CHECK(repository.run({"init", "/nowhere", "--yes"}) == cli::kWrong);
    CHECK(repository.said("'/nowhere' is not a folder"));
    CHECK(repository.disk.contents() == before);
}

TEST_CASE("a person who stops leaves nothing behind") {
    for (std::size_t answers = 0; answers < 8; ++answers) {
        Repository repository;
        const auto before = repository.disk.contents();
        Answers person(std::deque<std::string>(answers, ""));
        CAPTURE(answers);
        CHECK(repository.run({"init", "/repo"}, &person) == cli::kFound);
        CHECK(repository.said("stopped: nothing was written"));
        CHECK(repository.disk.contents() == before);
    }
}

TEST_CASE("a disk that fails leaves all files or none") {
    Repository whole;
    REQUIRE(whole.run(kFacts) == cli::kFine);
    const std::size_t operations = whole.disk.operations();
    std::size_t failed = 0;
    for (std::size_t at = 1; at <= operations; ++at) {
        CAPTURE(at);
        Repository repository;
        const auto before = repository.disk.contents();
        repository.disk.fail_at(at);
        const cli::Exit exit = repository.run(kFacts);
        const bool there = repository.disk.bytes("/repo/pipewright.yaml") != nullptr;
        if (exit == cli::kFailed) ++failed;
        if (!there) CHECK(repository.disk.contents() == before);
        // A file that can't be read isn't seen; one that can't be written is never said to be.
        if (exit == cli::kFine) CHECK(there);
    }
    CHECK(failed > 5);
}

TEST_CASE("for machines: files and open lines") {
    Repository repository;
    Answers person({});
    CHECK(repository.run({"init", "/repo", "--yes", "--format", "json"}, &person) == cli::kFine);
    CHECK(repository.err.empty());
    CHECK(repository.said("\"schema\": \"pipewright.init/1\""));
    CHECK(repository.said("\"open_lines\": [\n"));
    CHECK(repository.said("    \"pipewright.yaml\"\n"));
    CHECK(repository.run({"init", "/repo", "--yes", "--format", "json"}) == cli::kFound);
    CHECK(repository.said("PW0605"));
}

TEST_CASE("a manifest of another name, and one in a folder of the repository") {
    Repository repository;
    repository.disk.put("/repo/api/Dockerfile", "FROM a\nEXPOSE 80\n");
    std::vector<std::string> words = kFacts;
    words[1] = "/repo/api/shop.yaml";
    CHECK(repository.run(words) == cli::kFine);
    CHECK(repository.disk.bytes("/repo/api/shop.yaml") != nullptr);
    CHECK(repository.disk.bytes("/repo/api/shop.yaml")->find("repository: acme/shop") != std::string::npos);
    CHECK(repository.said("pipewright validate /repo/api/shop.yaml "));
}
