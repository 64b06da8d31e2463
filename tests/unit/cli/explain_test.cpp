// explain: codes and keys, and what is meant by one that isn't there.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/cli/pages.h"
#include "tests/unit/cli/scene.h"

using namespace pipewright;

namespace {

struct Said {
    cli::Exit exit;
    std::string out, err;

    bool out_has(const std::string& words) const { return out.find(words) != std::string::npos; }
    bool err_has(const std::string& words) const { return err.find(words) != std::string::npos; }
};

Said explain(std::vector<std::string> words) {
    words.insert(words.begin(), "explain");
    system::MemoryDisk nothing;
    cli::Console console;
    const cli::Exit exit = cli::run(words, nothing, false, console);
    CHECK(nothing.operations() == 0);
    return {exit, console.out, console.err};
}

}  // namespace

TEST_CASE("a code's page, in whatever case the code is written") {
    for (const char* code : {"PW0207", "pw0207", "Pw0207"}) {
        const Said said = explain({"code", code});
        CHECK(said.exit == cli::kFine);
        CHECK(said.out == cli::page_of(Code::ungated_production));
        CHECK(said.err.empty());
    }
}

TEST_CASE("all codes, one a line") {
    const Said said = explain({"code"});
    CHECK(said.exit == cli::kFine);
    CHECK(static_cast<std::size_t>(std::count(said.out.begin(), said.out.end(), '\n')) == catalogue().size());
    CHECK(said.out_has("PW0207  error    a production environment has no gate\n"));
    CHECK(said.out_has("PW0306  note     no smoke test is made\n"));
    const auto document = nlohmann::json::parse(explain({"code", "--format", "json"}).out);
    CHECK(document["codes"].size() == catalogue().size());
}

TEST_CASE("a code that isn't there") {
    const Said near = explain({"code", "PW020"});
    CHECK(near.exit == cli::kWrong);
    CHECK(near.out.empty());
    CHECK(near.err_has("there is no code 'PW020' [PW0604]"));
    CHECK(near.err_has("did you mean 'PW020"));
    const Said far = explain({"code", "gates"});
    CHECK(far.exit == cli::kWrong);
    CHECK(far.err_has("pipewright explain code lists them all"));
}

TEST_CASE("a key: its row, its words and the keys below") {
    const Said scalar = explain({"key", "services.api.health.path"});
    CHECK(scalar.exit == cli::kFine);
    CHECK(scalar.out_has("services.NAME.health.path\n"));
    CHECK(scalar.out_has("  meaning   "));
    CHECK(scalar.out_has("  type      "));
    CHECK(scalar.out_has("  default   "));
    CHECK(scalar.out_has("  example   path: "));
    CHECK_FALSE(scalar.out_has("`"));
    const Said choice = explain({"key", "stacks.aws.runtime"});
    CHECK(choice.out_has("  ecs-fargate: "));
    CHECK(choice.out_has("the key is required"));
    const Said record = explain({"key", "environments.prod.gate"});
    CHECK(record.out_has("keys of environments.NAME.gate:"));
    CHECK(record.out_has("wait_minutes"));
    const Said all = explain({"key", "services"});
    CHECK(all.out_has("keys of services.NAME:"));
    const Said target = explain({"key", "environments.dev.targets.aws.network.nat"});
    CHECK(target.exit == cli::kFine);
    CHECK(target.out_has("  per-zone: "));
}

TEST_CASE("no key at all is the manifest itself") {
    const Said said = explain({"key"});
    CHECK(said.exit == cli::kFine);
    CHECK(said.out_has("keys of the top level:"));
    CHECK(said.out_has("environments"));
}

TEST_CASE("a key that isn't there") {
    const Said near = explain({"key", "services.api.prot"});
    CHECK(near.exit == cli::kWrong);
    CHECK(near.out.empty());
    CHECK(near.err_has("there is no key 'prot' in services.NAME [PW0604]"));
    CHECK(near.err_has("did you mean 'port'?"));
    CHECK(explain({"key", "servces"}).err_has("did you mean 'services'?"));
    CHECK(explain({"key", "services.api.nat"}).err_has("'nat' is a key of stacks.NAME.network"));
    CHECK(explain({"key", "services.api.port.zzz"}).err_has("nothing stands below it"));
    CHECK(explain({"keys", "project"}).exit == cli::kWrong);
    CHECK(explain({}).exit == cli::kWrong);
}
