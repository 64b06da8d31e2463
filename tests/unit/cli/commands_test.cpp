// The commands over a disk in memory: what they write, what they refuse, what they say and how they end.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "generator/cli/command.h"
#include "generator/system/memory_disk.h"

using namespace pipewright;

namespace {

const std::string kManifest = R"(pipewright: 1
project: shop
repository: acme/shop
hosts: { github: { visibility: public, subject: classic } }
services:
  api: { path: api, port: 8000, health: /health }
stacks:
  aws: { runtime: ecs-fargate }
environments:
  dev: { deploy_on: { branch: main }, targets: { aws: { account: "111111111111", region: eu-west-1 } } }
)";

const std::string kWorkflow = "/repo/.github/workflows/delivery.yml";

struct Repository {
    system::MemoryDisk disk;
    std::string out, err;

    Repository() {
        disk.put_folder("/repo/.git");
        disk.put("/repo/pipewright.yaml", kManifest);
        disk.put("/repo/api/Dockerfile", "FROM scratch\n");
    }

    cli::Exit run(std::vector<std::string> words) {
        cli::Console console;
        const cli::Exit exit = cli::run(words, disk, false, console);
        out = console.out;
        err = console.err;
        return exit;
    }

    bool said(const std::string& words) const { return (out + err).find(words) != std::string::npos; }
};

}  // namespace

TEST_CASE("generate writes, and has nothing to do the second time") {
    Repository repository;
    CHECK(repository.run({"generate", "/repo"}) == cli::kFine);
    CHECK(repository.said("create  .github/workflows/delivery.yml"));
    CHECK(repository.disk.bytes(kWorkflow) != nullptr);
    CHECK(repository.disk.is_executable("/repo/ci/deploy.sh"));
    const auto after = repository.disk.contents();
    const std::size_t changes = repository.disk.changes();
    CHECK(repository.run({"generate", "/repo"}) == cli::kFine);
    CHECK(repository.out == "nothing to do\n");
    CHECK(repository.disk.changes() == changes);
    CHECK(repository.disk.contents() == after);
    CHECK(repository.run({"check", "/repo"}) == cli::kFine);
    CHECK(repository.out.empty());
    CHECK(repository.run({"diff", "/repo"}) == cli::kFine);
    CHECK(repository.out.empty());
}

TEST_CASE("check and diff write nothing and say what generate would do") {
    Repository repository;
    const auto before = repository.disk.contents();
    CHECK(repository.run({"check", "/repo"}) == cli::kFound);
    CHECK(repository.said("ci/deploy.sh: missing"));
    CHECK(repository.said("pipewright generate"));
    CHECK(repository.run({"diff", "/repo"}) == cli::kFound);
    CHECK(repository.said("+++ b/.github/workflows/delivery.yml"));
    CHECK(repository.disk.contents() == before);
    CHECK(repository.disk.changes() == 0);
}

TEST_CASE("a hand edit is never overwritten, and nothing else is written either") {
    Repository repository;
    REQUIRE(repository.run({"generate", "/repo"}) == cli::kFine);
    const std::string edited = *repository.disk.bytes(kWorkflow) + "# mine\n";
    repository.disk.put(kWorkflow, edited);
    std::string manifest = kManifest;
    manifest.replace(manifest.find("port: 8000"), 10, "port: 8080");
    manifest.replace(manifest.find("eu-west-1"), 9, "eu-west-2");
    repository.disk.put("/repo/pipewright.yaml", manifest);
    const auto before = repository.disk.contents();
    CHECK(repository.run({"generate", "/repo"}) == cli::kFound);
    CHECK(repository.said("PW0501"));
    CHECK(repository.said(".github/workflows/delivery.yml"));
    CHECK(repository.disk.contents() == before);
    CHECK(repository.run({"check", "/repo"}) == cli::kFound);
}

TEST_CASE("a file of somebody else is not taken over") {
    Repository repository;
    repository.disk.put("/repo/ci/build.sh", "echo mine\n");
    CHECK(repository.run({"generate", "/repo"}) == cli::kFound);
    CHECK(repository.said("PW0502"));
    CHECK(*repository.disk.bytes("/repo/ci/build.sh") == "echo mine\n");
    CHECK(repository.disk.bytes(kWorkflow) == nullptr);
}

TEST_CASE("what is no longer generated goes, if it is as we left it") {
    Repository repository;
    REQUIRE(repository.run({"generate", "/repo"}) == cli::kFine);
    repository.disk.put("/repo/pipewright.yaml", kManifest + "delivery: { scan: { source: false } }\n");
    CHECK(repository.run({"generate", "/repo"}) == cli::kFine);
    CHECK(repository.said("remove  ci/scan-source.sh"));
    CHECK_FALSE(repository.disk.exists("/repo/ci/scan-source.sh"));
    CHECK(repository.disk.exists("/repo/ci/scan-image.sh"));
}

TEST_CASE("a wrong manifest ends with 2 and writes nothing") {
    Repository repository;
    repository.disk.put("/repo/pipewright.yaml", kManifest + "extras: {}\n");
    for (const char* command : {"generate", "check", "diff", "validate"}) {
        CAPTURE(command);
        CHECK(repository.run({command, "/repo"}) == cli::kWrong);
        CHECK(repository.said("unknown key 'extras' [PW0103]"));
    }
    CHECK(repository.disk.changes() == 0);
}

TEST_CASE("what this version can't build is refused by name, but is valid") {
    Repository repository;
    repository.disk.put("/repo/pipewright.yaml", kManifest + "delivery: { sign: attestation }\n");
    CHECK(repository.run({"generate", "/repo"}) == cli::kWrong);
    CHECK(repository.said("signing images"));
    CHECK(repository.said("PW0401"));
    CHECK(repository.disk.changes() == 0);
    CHECK(repository.run({"validate", "/repo"}) == cli::kFine);
}

TEST_CASE("a manifest below the root gets its own folder, and workflows with its name") {
    Repository repository;
    repository.disk.put("/repo/services/shop/pipewright.yaml", kManifest);
    repository.disk.put("/repo/services/shop/api/Dockerfile", "FROM scratch\n");
    CHECK(repository.run({"generate", "/repo/services/shop"}) == cli::kFine);
    CHECK(repository.disk.exists("/repo/.github/workflows/shop-delivery.yml"));
    CHECK(repository.disk.exists("/repo/services/shop/ci/deploy.sh"));
    CHECK(repository.disk.exists("/repo/services/shop/pipewright.lock"));
    CHECK_FALSE(repository.disk.exists("/repo/ci/deploy.sh"));
    const std::string& workflow = *repository.disk.bytes("/repo/.github/workflows/shop-delivery.yml");
    CHECK(workflow.find("run: exec services/shop/ci/deploy.sh") != std::string::npos);
    CHECK(workflow.find("SERVICES_FILE: services/shop/ci/targets/dev-aws.json\n") != std::string::npos);
    CHECK(
        repository.disk.bytes("/repo/services/shop/ci/targets/dev-aws.json")->find("\"path\": \"services/shop/api\"") !=
        std::string::npos);
    CHECK(workflow.find("Made by pipewright from services/shop/pipewright.yaml") != std::string::npos);
    CHECK(repository.run({"generate", "/repo"}) == cli::kFine);
    CHECK(repository.run({"check", "/repo/services/shop", "/repo"}) == cli::kFine);
}

TEST_CASE("a folder with blanks and quotes stays one word of the shell") {
    Repository repository;
    repository.disk.put("/repo/it's $(id)/pipewright.yaml", kManifest);
    CHECK(repository.run({"generate", "/repo/it's $(id)"}) == cli::kFine);
    const std::string& workflow = *repository.disk.bytes("/repo/.github/workflows/shop-delivery.yml");
    CHECK(workflow.find(R"(run: exec 'it'\''s $(id)/ci/deploy.sh')") != std::string::npos);
    CHECK(workflow.find("SERVICES_FILE: it's $(id)/ci/images/api.json\n") != std::string::npos);
    CHECK(repository.disk.bytes("/repo/it's $(id)/ci/images/api.json")->find(R"("path": "it's $(id)/api")") !=
          std::string::npos);
}

TEST_CASE("a link out of the repository is refused") {
    Repository repository;
    repository.disk.put("/elsewhere/Dockerfile", "FROM scratch\n");
    repository.disk.drop("/repo/api");
    repository.disk.put_link("/repo/api", "/elsewhere");
    CHECK(repository.run({"generate", "/repo"}) == cli::kWrong);
    CHECK(repository.said("PW0109"));
}

TEST_CASE("calls that are wrong") {
    Repository repository;
    CHECK(repository.run({}) == cli::kWrong);
    CHECK(repository.run({"generat"}) == cli::kWrong);
    CHECK(repository.said("did you mean 'generate'?"));
    CHECK(repository.run({"generate", "--colour"}) == cli::kWrong);
    CHECK(repository.run({"check", "--format", "xml"}) == cli::kWrong);
    CHECK(repository.run({"check", "/nowhere"}) == cli::kWrong);
    CHECK(repository.said("PW0603"));
    CHECK(repository.run({"--version"}) == cli::kFine);
    CHECK(repository.out == "pipewright " PIPEWRIGHT_VERSION "\n");
    CHECK(repository.run({"--help"}) == cli::kFine);
    CHECK(repository.out.find("validate") != std::string::npos);
}

TEST_CASE("--strict makes warnings findings") {
    Repository repository;
    CHECK(repository.run({"validate", "/repo"}) == cli::kFine);
    CHECK(repository.run({"validate", "/repo", "--strict"}) == cli::kFine);
    repository.disk.drop("/repo/api");
    CHECK(repository.run({"validate", "/repo"}) == cli::kFine);
    CHECK(repository.said("PW0305"));
    CHECK(repository.run({"validate", "/repo", "--strict"}) == cli::kFound);
}

TEST_CASE("json carries a schema, places and verdicts, and the exit code stays") {
    Repository repository;
    CHECK(repository.run({"check", "/repo", "--format", "json"}) == cli::kFound);
    CHECK(repository.out.find("\"schema\": \"pipewright.check/1\"") != std::string::npos);
    CHECK(repository.out.find("\"verdict\": \"create\"") != std::string::npos);
    CHECK(repository.out.find("\"line\": 2") != std::string::npos);
    CHECK(repository.err.empty());
}

TEST_CASE("a disk that fails ends with 3 and changes nothing") {
    Repository repository;
    repository.disk.deny_changes_in("/repo");
    const auto before = repository.disk.contents();
    CHECK(repository.run({"generate", "/repo"}) == cli::kFailed);
    CHECK(repository.said("PW0602"));
    CHECK(repository.disk.contents() == before);
}

TEST_CASE("verify proves every rule, prints the trust classes, and writes nothing") {
    Repository repository;
    const auto before = repository.disk.contents();
    CHECK(repository.run({"verify", "/repo"}) == cli::kFine);
    CHECK(repository.said(" 1  holds      each image is built or resolved by one job"));
    CHECK(repository.said(" 3  not asked  every job that can change a gated target"));
    CHECK(repository.said("12  holds      every job has a timeout"));
    CHECK(repository.said("trust class 1, on GitHub, "));
    CHECK(repository.said("presents repo:acme/shop:ref:refs/heads/main"));
    CHECK(repository.err.find("every rule holds\n") != std::string::npos);
    CHECK(repository.disk.contents() == before);
    CHECK(repository.run({"verify", "/repo", "--format", "json"}) == cli::kFine);
    const auto document = nlohmann::json::parse(repository.out);
    CHECK(document["schema"] == "pipewright.verify/1");
    const auto& manifest = document["manifests"].at(0);
    CHECK(manifest["holds"] == true);
    CHECK(manifest["rules"].size() == 12);
    CHECK(manifest["rules"][0]["verdict"] == "holds");
    CHECK(manifest["rules"][2]["verdict"] == "not asked");
    CHECK(manifest["classes"].size() == 2);
    CHECK(manifest["classes"][1]["change_requests"] == true);
    CHECK(manifest["classes"][1]["writes"].empty());
    repository.disk.put("/repo/pipewright.yaml", "pipewright: 1\n");
    CHECK(repository.run({"verify", "/repo"}) == cli::kWrong);
    CHECK(repository.out.empty());
}

TEST_CASE("while a rule is broken verify says so, and nothing is generated, compared or shown") {
    Repository repository;
    std::string manifest = kManifest;
    const std::string port = "port: 8000";
    manifest.replace(manifest.find(port), port.size(), port + ", env: { SOME: AKIA" + std::string(16, 'A') + " }");
    repository.disk.put("/repo/pipewright.yaml", manifest);
    const auto before = repository.disk.contents();
    CHECK(repository.run({"verify", "/repo"}) == cli::kFound);
    CHECK(
        repository.said(" 7  broken     no long-lived cloud credential is named\n"
                        "               infra/aws/dev/platform holds a key\n"));
    CHECK(
        repository.said("error: rule 7 is broken (no long-lived cloud credential is named): infra/aws/dev/platform "
                        "holds a key [PW0701]"));
    CHECK_FALSE(repository.said("every rule holds"));
    CHECK(repository.run({"verify", "/repo", "--format", "json"}) == cli::kFound);
    const auto document = nlohmann::json::parse(repository.out);
    CHECK(document["manifests"].at(0)["holds"] == false);
    CHECK(document["manifests"].at(0)["rules"].at(6)["paths"].size() == 1);
    for (const char* command : {"generate", "check", "diff"}) {
        CHECK(repository.run({command, "/repo"}) == cli::kWrong);
        CHECK(repository.out.empty());
        CHECK(repository.said("[PW0701]"));
    }
    CHECK(repository.disk.contents() == before);
}

TEST_CASE("simulate answers on standard output, and says what is wrong with the call") {
    Repository repository;
    CHECK(repository.run({"simulate", "/repo"}) == cli::kFine);
    CHECK(repository.out.find("a push to main\n\nGitHub, acme/shop\n") == 0);
    CHECK(repository.said("deploy-dev-aws"));
    const std::size_t changes = repository.disk.changes();
    CHECK(repository.run({"simulate", "/repo", "--format", "json", "--ref", "refs/heads/x"}) == cli::kFine);
    CHECK(repository.said("\"schema\": \"pipewright.simulate/1\""));
    CHECK(repository.said("\"words\": \"a push to x\""));
    CHECK(repository.disk.changes() == changes);
    CHECK(repository.run({"simulate", "/repo", "--ref", "main"}) == cli::kWrong);
    CHECK(repository.said("--ref should be refs/heads/BRANCH or refs/tags/TAG, not 'main' [PW0604]"));
    CHECK(repository.run({"simulate", "/repo", "--fails", "deploy-moon"}) == cli::kWrong);
    CHECK(repository.said("there is no job 'deploy-moon'"));
    CHECK(repository.run({"simulate", "/repo", "--fails", "build-api"}) == cli::kFine);
    CHECK(repository.said("build-api failed"));
    CHECK(repository.run({"simulate", "/repo", "/repo"}) == cli::kWrong);
    CHECK(repository.said("simulate answers for one manifest"));
    CHECK(repository.run({"simulate", "/repo", "--format", "sarif"}) == cli::kWrong);
    repository.disk.put("/repo/pipewright.yaml", "pipewright: 1\n");
    CHECK(repository.run({"simulate", "/repo", "--format", "json"}) == cli::kWrong);
    CHECK(repository.said("\"diagnostics\": ["));
}

TEST_CASE("a workflow that GitHub would take and never run is not written") {
    const auto tested = [](std::size_t bytes) {
        Repository repository;
        std::string manifest = kManifest;
        const std::string test =
            ", test: { image: \"alpine:3.20\", run: [\"true " + std::string(bytes, 'x') + "\"] } }";
        manifest.replace(manifest.find(" }\nstacks:"), 2, test);
        repository.disk.put("/repo/pipewright.yaml", manifest);
        const cli::Exit exit = repository.run({"generate", "/repo"});
        CHECK(repository.said("PW0506") == (exit != cli::kFine));
        CHECK((repository.disk.bytes(kWorkflow) == nullptr) == (exit != cli::kFine));
        if (exit != cli::kFine) CHECK(repository.said(".github/workflows/delivery.yml would have 5"));
        return exit;
    };
    CHECK(tested(450'000) == cli::kFine);
    CHECK(tested(500'000) == cli::kWrong);
}

TEST_CASE("simulate answers to many events, a line each, as it answers to one") {
    Repository repository;
    repository.disk.put("/repo/events",
                        "--event push --ref refs/heads/main\n"
                        "--event form --action deploy --environment dev\n"
                        "--event push --ref main\n"
                        "--fails=nobody\n"
                        "--event push --ref refs/heads/topic --rerun\n"
                        "--colour\n");
    CHECK(repository.run({"simulate", "/repo", "--events", "/repo/events"}) == cli::kWrong);
    std::vector<nlohmann::json> answers;
    std::istringstream in(repository.out);
    for (std::string line; std::getline(in, line);) answers.push_back(nlohmann::json::parse(line));
    REQUIRE(answers.size() == 6);
    const auto alone = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"simulate", "/repo", "--format", "json"});
        REQUIRE(repository.run(words) == cli::kFine);
        const auto document = nlohmann::json::parse(repository.out);
        return nlohmann::json{{"event", document["event"]}, {"hosts", document["hosts"]}};
    };
    CHECK(answers[0] == alone({"--event", "push", "--ref", "refs/heads/main"}));
    CHECK(answers[1] == alone({"--event", "form", "--action", "deploy", "--environment", "dev"}));
    CHECK(answers[4] == alone({"--ref", "refs/heads/topic", "--rerun"}));
    CHECK(answers[4]["event"]["rerun"] == true);
    CHECK(answers[2].contains("problem"));
    CHECK(answers[3] == nlohmann::json{{"problem", "there is no job 'nobody'"}});
    CHECK(answers[5].contains("problem"));

    repository.disk.put("/repo/events", "--event schedule\n");
    CHECK(repository.run({"simulate", "/repo", "--events", "/repo/events"}) == cli::kFine);
    CHECK(repository.run({"simulate", "/repo", "--events", "/repo/nothing"}) == cli::kWrong);
    CHECK(repository.said("can't"));
    CHECK(repository.run({"simulate", "/repo", "--events", "/repo/events", "--format", "json"}) == cli::kWrong);
    CHECK(repository.said("no other format"));
}
