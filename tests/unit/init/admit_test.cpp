// Repositories of people who mean no good, and of people who have a lot.
#include "generator/init/admit.h"

#include <doctest/doctest.h>

#include "generator/init/dockerfile.h"
#include "generator/init/small_file.h"
#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

namespace {

bool says(const Names& remarks, const std::string& words) {
    for (const std::string& one : remarks) {
        if (one.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("what no manifest may hold is left out of it, and said to be") {
    scene::Repository repository({{"Dockerfile", "FROM a\n"}, {"compose.yaml", R"(services:
  "evil\nname: x": { build: ".", ports: ["80"] }
  paths: { build: "a\nb", ports: ["81"] }
  files: { build: { context: ., dockerfile: "D\nRUN x" }, ports: [83] }
  words: { build: { context: other }, ports: [85], command: ["a", "\e[31m"] }
  stage: { build: { context: ., target: "a\nb: c" }, environment: { "A\nB": "c\nd", "E=": f }, ports: [84] }
  silent: { build: ., command: ["\e"] }
  db: { image: "postgres:16\n# evil: true" }
)"}});
    repository.remote("origin", "git@github.com:acme/shop.git");
    // scene::make checks that the manifest is valid.
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    CHECK(made.project->services.size() == 3);
    CHECK(made.project->service("evil-name-x") != nullptr);
    CHECK(made.project->service("words")->command.empty());
    CHECK_FALSE(made.has("\nname"));
    CHECK_FALSE(made.has("\n# evil"));
    CHECK_FALSE(made.has("\x1B"));
    const Names& remarks = made.decisions->facts.remarks;
    CHECK(says(remarks, "service 'paths' (compose.yaml: paths) is left out: 'a\nb' holds"));
    CHECK(says(remarks, "service 'files' (compose.yaml: files) is left out: 'D\nRUN x' holds"));
    CHECK(says(remarks, "service 'silent' (compose.yaml: silent) is left out"));
}

TEST_CASE("more services than a manifest holds: calls of those that went go too") {
    std::string compose = "services:\n";
    for (int i = 0; i < 70; ++i) {
        const std::string name = "s" + std::to_string(i);
        compose += "  " + name + ": { build: ./" + name + ", ports: [80], environment: { NEXT: \"http://s" +
                   std::to_string(69 - i) + ":80\" } }\n";
    }
    scene::Repository repository({{"compose.yaml", compose}});
    repository.remote("origin", "git@github.com:acme/shop.git");
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    CHECK(made.project->services.size() == 64);
    CHECK(says(made.decisions->facts.remarks, "here are 70 services, and a manifest holds 64"));
}

TEST_CASE("a thousand variables: the first hundred secrets, and twenty names in a comment") {
    std::string compose =
        "services:\n  db: { image: postgres }\n  a:\n    build: .\n    ports: [80]\n    environment:\n";
    for (int i = 0; i < 300; ++i)
        compose += "      - S" + std::to_string(i) + "=postgres://db/x\n      - P" + std::to_string(i) + "=1\n";
    scene::Repository repository({{"compose.yaml", compose}, {"Dockerfile", "FROM a\n"}});
    repository.remote("origin", "git@github.com:acme/shop.git");
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    CHECK(made.project->environments[0].targets[0].running("a")->secrets.size() == 100);
    CHECK(made.has("P19 and 280 more"));
    CHECK_FALSE(made.has("P20"));
}

TEST_CASE("files that could be endless, and files that are none, aren't read") {
    system::MemoryDisk disk;
    disk.put("/large", std::string(kLargestFile + 1, 'x'));
    disk.put("/just", std::string(kLargestFile, 'x'));
    disk.put_other("/pipe");
    disk.put_folder("/folder");
    disk.put_link("/link", "pipe");
    disk.put_link("/circle", "circle");
    CHECK(read_small(disk, "/just").text.has_value());
    CHECK(read_small(disk, "/large").why == "'/large' is larger than 1 MiB, so it was not read");
    for (const char* path : {"/pipe", "/folder", "/link", "/none", "/circle"}) {
        CAPTURE(path);
        CHECK_FALSE(read_small(disk, path).text.has_value());
    }
    // A pipe in the place of what git keeps would wait for ever.
    scene::Repository repository({{"Dockerfile", "FROM a\n"}});
    repository.disk.put_other("/repo/.git/config");
    repository.disk.put_other("/repo/.git/HEAD");
    repository.disk.before = [](const std::string& operation, const std::string& path) {
        CHECK_FALSE((operation == "read" && path.find(".git") != std::string::npos));
    };
    CHECK(repository.look().git.there);
}

TEST_CASE("Dockerfiles that grow while they are read") {
    std::string text = "FROM a\nENV A=aaaaaaaaaaaaaaaa\n";
    for (int i = 0; i < 60; ++i) text += "ENV A=\"$A$A\"\n";
    CHECK(read_dockerfile(text + "EXPOSE $A 80\n").ports == std::vector<std::int64_t>{80});
    std::string stages = "FROM a AS s0\nEXPOSE 80\n";
    for (int i = 1; i < 5000; ++i) stages += "FROM s" + std::to_string(i - 1) + " AS s" + std::to_string(i) + "\n";
    CHECK(read_dockerfile(stages).ports == std::vector<std::int64_t>{80});
    std::string ports = "FROM a\nEXPOSE";
    for (int i = 1; i < 65536; ++i) ports += " " + std::to_string(i);
    CHECK(read_dockerfile(ports).ports.size() == 20);
}

TEST_CASE("where something else is called Dockerfile none is offered") {
    scene::Repository repository({{"package.json", R"({"scripts":{"start":"node a.js"}})"}});
    repository.disk.put_link("/repo/Dockerfile", "/elsewhere/Dockerfile");
    const Facts facts = repository.look();
    CHECK(facts.offers.empty());
    CHECK(says(facts.remarks, "something that is no file of this folder is called Dockerfile"));
}
