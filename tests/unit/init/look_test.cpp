// Whole repositories: what is seen in them.
#include <doctest/doctest.h>

#include <algorithm>

#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

namespace {

const ServiceFacts* service(const Facts& facts, const std::string& name) {
    const auto found = std::find_if(facts.services.begin(), facts.services.end(),
                                    [&](const ServiceFacts& one) { return one.name == name; });
    return found == facts.services.end() ? nullptr : &*found;
}

bool remarked(const Names& remarks, const std::string& words) {
    return std::any_of(remarks.begin(), remarks.end(),
                       [&](const std::string& one) { return one.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("Dockerfiles become services, by their folders and names") {
    scene::Repository repository({{"Dockerfile", "FROM a\nEXPOSE 80\n"},
                                  {"Dockerfile.worker", "FROM a\n"},
                                  {"Dockerfile.dev", "FROM a\nEXPOSE 1\n"},
                                  {"My_Api/Dockerfile", "FROM a\nEXPOSE 8000\n"},
                                  {"docs/Dockerfile", "FROM a\nEXPOSE 1\n"},
                                  {"examples/x/Dockerfile", "FROM a\nEXPOSE 1\n"},
                                  {"node_modules/y/Dockerfile", "FROM a\nEXPOSE 1\n"},
                                  {".devcontainer/Dockerfile", "FROM a\nEXPOSE 1\n"}});
    const Facts facts = repository.look();
    CHECK(facts.services.size() == 3);
    REQUIRE(service(facts, "app") != nullptr);
    CHECK(service(facts, "app")->path == ".");
    CHECK(service(facts, "app")->port.value == 80);
    CHECK(service(facts, "app")->port.where == "Dockerfile: EXPOSE on line 2");
    REQUIRE(service(facts, "worker") != nullptr);
    CHECK(service(facts, "worker")->worker);
    CHECK(service(facts, "worker")->dockerfile == "Dockerfile.worker");
    REQUIRE(service(facts, "my-api") != nullptr);
    CHECK(service(facts, "my-api")->path == "My_Api");
    CHECK(facts.offers.empty());
}

TEST_CASE("the build context is where what a Dockerfile copies lies") {
    scene::Repository repository(
        {{"services/api/Dockerfile", "FROM a\nCOPY services/api /app\nCOPY shared /shared\nEXPOSE 1\n"},
         {"services/api/main.go", ""},
         {"services/web/Dockerfile", "FROM a\nCOPY package.json /app/\nEXPOSE 2\n"},
         {"services/web/package.json", "{}"},
         {"shared/x.txt", ""},
         {"docker/Dockerfile", "FROM a\nEXPOSE 3\n"},
         {"docker/jobs.Dockerfile", "FROM a\nCOPY shared /x\n"}});
    const Facts facts = repository.look();
    REQUIRE(service(facts, "api") != nullptr);
    CHECK(service(facts, "api")->path == ".");
    CHECK(service(facts, "api")->dockerfile == "services/api/Dockerfile");
    CHECK(remarked(service(facts, "api")->remarks, "build.inputs"));
    CHECK(service(facts, "web")->path == "services/web");
    CHECK(service(facts, "app")->path == ".");
    CHECK(service(facts, "app")->dockerfile == "docker/Dockerfile");
    CHECK(service(facts, "jobs")->dockerfile == "docker/jobs.Dockerfile");
    CHECK(service(facts, "jobs")->worker);
}

TEST_CASE("two services of one name get two names") {
    scene::Repository repository(
        {{"a/api/Dockerfile", "FROM a\nEXPOSE 1\n"}, {"b/api/Dockerfile", "FROM a\nEXPOSE 2\n"}});
    const Facts facts = repository.look();
    CHECK(service(facts, "api") != nullptr);
    CHECK(service(facts, "api-2") != nullptr);
}

TEST_CASE("a Compose file: services, a worker, a migration, stores and what leads to them") {
    scene::Repository repository(
        {{"docker-compose.yml", R"(services:
  backend:
    build: ./backend
    ports: ["8000:8000"]
    environment:
      DATABASE_URL: postgresql+asyncpg://app:hunter2@db:5432/app
      REDIS_URL: redis://cache:6379/0
      DB_PASSWORD: hunter2
      LOG_LEVEL: debug
      SEARCH: http://search:9200
      NAMES: http://names:9000
    depends_on: [db, cache]
  worker:
    build: ./backend
    command: celery -A app worker
    environment: [CACHE_HOST=cache]
  migrate:
    build: ./backend
    command: alembic upgrade head
  copy:
    build: ./backend
  names: { build: ./names, expose: ["9000"] }
  db: { image: "postgres:16-alpine", environment: { POSTGRES_PASSWORD: hunter2 } }
  cache: { image: "valkey/valkey:8" }
  search: { image: "elasticsearch:9.0" }
)"},
         {"backend/Dockerfile", "FROM python\nEXPOSE 8000\nHEALTHCHECK CMD curl -f http://localhost:8000/api/health\n"},
         {"backend/requirements.txt", "fastapi\npytest\n"},
         {"names/Dockerfile", "FROM a\n"},
         {"tools/Dockerfile", "FROM a\n"}});
    const Facts facts = repository.look();
    const ServiceFacts* backend = service(facts, "backend");
    REQUIRE(backend != nullptr);
    CHECK(backend->port.value == 8000);
    CHECK(backend->port.where == "docker-compose.yml: backend, ports");
    CHECK(backend->health.value == "/api/health");
    CHECK(backend->secrets == StringMap{{"DATABASE_URL", "database.url"},
                                        {"REDIS_URL", "cache.url"},
                                        {"DB_PASSWORD", "database.password"}});
    CHECK(backend->env == StringMap{{"NAMES", "http://names:9000"}});
    CHECK(backend->calls == Names{"names"});
    CHECK(backend->settings == Names{"LOG_LEVEL", "SEARCH"});
    CHECK(remarked(backend->remarks, "postgresql+asyncpg://"));
    CHECK(backend->migrate.value == Names{"alembic", "upgrade", "head"});
    REQUIRE(backend->tests);
    CHECK(backend->tests->run.back() == "pytest -q");
    REQUIRE(backend->beside_tests.size() == 2);
    CHECK(backend->beside_tests[0].image == "postgres:16-alpine");
    CHECK(backend->beside_tests[0].env == StringMap{{"POSTGRES_PASSWORD", "test"}});
    CHECK(backend->tests->env.front() ==
          std::pair<std::string, std::string>{"DATABASE_URL", "postgres://postgres:test@db:5432/postgres"});
    const ServiceFacts* worker = service(facts, "worker");
    REQUIRE(worker != nullptr);
    CHECK(worker->same_image_as == "backend");
    CHECK(worker->worker);
    CHECK(worker->secrets == StringMap{{"CACHE_HOST", "cache.host"}});
    CHECK(service(facts, "names")->inside);
    CHECK(service(facts, "migrate") == nullptr);
    CHECK(service(facts, "copy") == nullptr);
    REQUIRE(facts.stores.size() == 2);
    CHECK(facts.stores[0].engine == "postgres");
    CHECK(facts.stores[0].version == "16");
    CHECK(facts.stores[1].engine == "valkey");
    CHECK(remarked(facts.remarks, "'search' (elasticsearch:9.0)"));
    CHECK(remarked(facts.remarks, "tools/Dockerfile was left alone"));
    CHECK(remarked(facts.remarks, "'copy'"));
    // No secret of the file is ever kept.
    for (const std::string& line : describe(facts)) CHECK(line.find("hunter2") == std::string::npos);
}

TEST_CASE("a service that runs another's image by name") {
    scene::Repository repository({{"compose.yaml", R"(services:
  api: { build: ., image: acme/app, ports: ["80:80"] }
  jobs: { image: acme/app, command: [run, jobs] }
)"},
                                  {"Dockerfile", "FROM a\n"}});
    const Facts facts = repository.look();
    REQUIRE(service(facts, "jobs") != nullptr);
    CHECK(service(facts, "jobs")->same_image_as == "api");
}

TEST_CASE("a second database is not lost silently, and MariaDB is no MySQL") {
    scene::Repository repository({{"compose.yaml", R"(services:
  api: { build: . }
  one: { image: "postgres:16" }
  two: { image: "mysql:8.4" }
  three: { image: "mariadb:11" }
)"},
                                  {"Dockerfile", "FROM a\nEXPOSE 80\n"}});
    const Facts facts = repository.look();
    CHECK(facts.stores.size() == 1);
    CHECK(remarked(facts.remarks, "'two'"));
    CHECK(remarked(facts.remarks, "'three'"));
}

TEST_CASE("applications without a Dockerfile are offered one, the whole repository before its folders") {
    scene::Repository root({{"requirements.txt", "flask\ngunicorn\n"},
                            {"app.py", "app = Flask(__name__)\n"},
                            {"web/package.json", R"({"main":"a.js"})"},
                            {"web/a.js", ""}});
    Facts facts = root.look();
    CHECK(facts.services.empty());
    REQUIRE(facts.offers.size() == 1);
    CHECK(facts.offers[0].recipe->name == "python-requirements");
    scene::Repository folders({{"api/go.mod", "module x\n"},
                               {"api/main.go", "package main\nfunc main() {}\n"},
                               {"web/package.json", R"({"main":"a.js"})"},
                               {"web/a.js", ""},
                               {"docs/index.html", ""}});
    facts = folders.look();
    REQUIRE(facts.offers.size() == 2);
    CHECK(facts.offers[0].name == "api");
    CHECK(facts.offers[1].name == "web");
    CHECK(facts.offers[1].port.value == 3000);
}

TEST_CASE("a region from a workflow that is there") {
    scene::Repository repository(
        {{".github/workflows/a.yml",
          "on: push\njobs: { x: { steps: [{ uses: y, with: { aws-region: \"${{ vars.R }}\" } }] } }\n"},
         {".github/workflows/deploy.yaml", "env:\n  AWS_REGION: eu-central-1\n"}});
    CHECK(repository.look().region.value == "eu-central-1");
    CHECK(repository.look().region.where == ".github/workflows/deploy.yaml");
}

TEST_CASE("an existing manifest, and a folder that is none, are seen first") {
    scene::Repository repository({{"pipewright.yml", ""}});
    CHECK(repository.look().manifest == "pipewright.yml");
    repository.disk.put_link("/repo/pipewright.yaml", "/nowhere");
    CHECK(repository.look().manifest == "pipewright.yaml");
}

TEST_CASE("links that lead out and names that no manifest may hold are not followed") {
    scene::Repository repository({{"ok/Dockerfile", "FROM a\nEXPOSE 1\n"},
                                  {"bad\nname/Dockerfile", "FROM a\nEXPOSE 2\n"},
                                  {"bad\\name/Dockerfile", "FROM a\n"},
                                  {"\xFF/Dockerfile", "FROM a\n"}});
    repository.disk.put("/elsewhere/Dockerfile", "FROM a\nEXPOSE 3\n");
    repository.disk.put_link("/repo/out", "/elsewhere");
    repository.disk.put_link("/repo/Dockerfile", "/elsewhere/Dockerfile");
    repository.disk.put_link("/repo/within/Dockerfile", "/repo/ok/Dockerfile");
    const Facts facts = repository.look();
    CHECK(facts.services.size() == 2);
    CHECK(service(facts, "ok") != nullptr);
    CHECK(service(facts, "within") != nullptr);
}

TEST_CASE("a large repository is looked at within bounds, and a deep one too") {
    std::map<std::string, std::string> files;
    for (int i = 0; i < 6000; ++i) files["many/f" + std::to_string(i)] = "";
    files["zz/Dockerfile"] = "FROM a\nEXPOSE 1\n";
    files["a/b/c/d/e/f/g/Dockerfile"] = "FROM a\nEXPOSE 1\n";
    scene::Repository repository(files);
    const Facts facts = repository.look();
    CHECK(facts.services.empty());
    CHECK(remarked(facts.remarks, "not every folder"));
}

TEST_CASE("whatever can't be read is said, and init goes on") {
    scene::Repository repository({{"Dockerfile", "FROM a\nEXPOSE 1\n"}, {"package.json", "{}"}});
    repository.disk.deny_reading("/repo/Dockerfile");
    const Facts facts = repository.look();
    CHECK(facts.services.size() == 1);
    CHECK(remarked(facts.remarks, "can't read"));
    // Whichever call of the disk fails, looking ends and gives something.
    scene::Repository full(
        {{"docker-compose.yml", "services: { a: { build: . } }"}, {"Dockerfile", "FROM a\n"}, {"package.json", "{}"}});
    full.remote("origin", "git@github.com:acme/shop.git");
    for (std::size_t i = 1; i < 80; ++i) {
        full.disk.without_faults();
        full.disk.fail_at(i);
        CAPTURE(i);
        CHECK_NOTHROW(static_cast<void>(full.look()));
    }
}
