// The paths that a manifest names: none leads out of the repository, and one that is missing is said once.
#include <doctest/doctest.h>

#include "generator/cli/command.h"
#include "generator/system/memory_disk.h"

using namespace pipewright;

namespace {

struct Repository {
    system::MemoryDisk disk;
    std::string err;

    explicit Repository(const std::string& service) {
        disk.put_folder("/repo/.git");
        disk.put("/repo/api/Dockerfile", "FROM scratch\n");
        disk.put("/repo/shared/one.txt", "");
        disk.put("/outside/Dockerfile", "FROM scratch\n");
        disk.put("/repo/pipewright.yaml",
                 "pipewright: 1\nproject: shop\nrepository: acme/shop\n"
                 "hosts: { github: { visibility: public, subject: classic } }\n"
                 "services:\n  api: { port: 8000, health: /health, " +
                     service +
                     " }\nstacks: { aws: { runtime: ecs-fargate } }\n"
                     "environments:\n  dev: { deploy_on: { branch: main }, targets: { aws: { "
                     "account: \"111111111111\", region: eu-west-1 } } }\n");
    }

    // The messages alone, without what they quote.
    std::string validate() {
        cli::Console console;
        exit = cli::run({"validate", "/repo"}, disk, false, console);
        std::string kept;
        for (std::size_t at = 0; at < console.err.size();) {
            const std::size_t end = console.err.find('\n', at);
            const std::string line = console.err.substr(at, end - at);
            if (line.find(" [PW") != std::string::npos || line.starts_with("      = ")) kept += line + "\n";
            at = end + 1;
        }
        return kept;
    }

    cli::Exit exit = cli::kFine;
};

const std::string kPlace = "/repo/pipewright.yaml:6:";

}  // namespace

TEST_CASE("paths that are there") {
    Repository repository(
        "path: api, build: { inputs: [api, shared] }, test: { image: \"x:1\", run: [x], dir: shared }");
    CHECK(repository.validate().empty());
    CHECK(repository.exit == cli::kFine);
}

TEST_CASE("paths that say themselves that they lead out") {
    for (const char* path : {"..", "../api", "api/../..", "/etc", "/", "api/.."}) {
        CAPTURE(path);
        for (const char* key :
             {"path: ", "dockerfile: ", "build: { inputs: [", "test: { image: \"x:1\", run: [x], dir: "}) {
            CAPTURE(key);
            std::string service = std::string(key) + path;
            if (service.find('[') != std::string::npos && service.find("inputs") != std::string::npos) service += "]";
            if (service.find('{') != std::string::npos) service += " }";
            Repository repository(service);
            const std::string said = repository.validate();
            CHECK(repository.exit == cli::kWrong);
            CHECK(said.find(": error: ") != std::string::npos);
            CHECK(said.find("[PW0109]") != std::string::npos);
            CHECK(said.find("PW0305") == std::string::npos);
        }
    }
}

TEST_CASE("symbolic links that lead out") {
    const std::string advice = "      = put what it links to into the repository: a job has nothing else\n";
    const auto out = [&](const std::string& column, const std::string& what, const std::string& path) {
        return kPlace + column + ": error: " + what +
               " of service 'api' leads out of the repository by a symbolic link: " + path + " [PW0109]\n" + advice;
    };
    Repository folder("path: linked");
    folder.disk.put_link("/repo/linked", "../outside");
    CHECK(folder.validate() == out("45", "the folder", "linked"));
    CHECK(folder.exit == cli::kWrong);

    Repository dockerfile("path: api, dockerfile: Other");
    dockerfile.disk.put_link("/repo/api/Other", "/outside/Dockerfile");
    CHECK(dockerfile.validate() == out("62", "the Dockerfile", "api/Other"));

    Repository input("path: api, build: { inputs: [api, linked] }");
    input.disk.put_link("/repo/linked", "/outside");
    CHECK(input.validate() == out("73", "an input", "linked"));

    Repository tests("path: api, test: { image: \"x:1\", run: [x], dir: linked }");
    tests.disk.put_link("/repo/linked", "../outside");
    CHECK(tests.validate() == out("87", "the folder of the tests", "linked"));

    // A folder whose name only begins like the repository's is another.
    Repository near("path: linked");
    near.disk.put("/repository/Dockerfile", "");
    near.disk.put_link("/repo/linked", "../repository");
    CHECK(near.validate() == out("45", "the folder", "linked"));

    Repository within("path: linked");
    within.disk.put_link("/repo/linked", "api");
    CHECK(within.validate().empty());
}

TEST_CASE("what is missing is a warning, once for a folder and all in it") {
    const std::string advice = "      = the build will fail until it is\n";
    Repository folder("path: none, test: { image: \"x:1\", run: [x] }");
    CHECK(folder.validate() ==
          kPlace + "45: warning: the folder of service 'api' is not there: none [PW0305]\n" + advice);
    CHECK(folder.exit == cli::kFine);

    Repository dockerfile("path: api, dockerfile: Other");
    CHECK(dockerfile.validate() ==
          kPlace + "62: warning: the Dockerfile of service 'api' is not there: api/Other [PW0305]\n" + advice);

    Repository dangling("path: linked");
    dangling.disk.put_link("/repo/linked", "nothing");
    CHECK(dangling.validate() ==
          kPlace + "45: warning: the folder of service 'api' is not there: linked [PW0305]\n" + advice);

    Repository by_default("build: { inputs: [none] }");
    CHECK(by_default.validate() ==
          kPlace + "3: warning: the Dockerfile of service 'api' is not there: Dockerfile [PW0305]\n" + advice + kPlace +
              "57: warning: an input of service 'api' is not there: none [PW0305]\n" + advice);
}
