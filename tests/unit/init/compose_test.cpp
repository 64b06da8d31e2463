#include "generator/init/compose.h"

#include <doctest/doctest.h>

#include "generator/init/stores.h"
#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

namespace {

std::optional<Compose> read(const std::string& text, const std::string& name = "docker-compose.yml") {
    scene::Repository repository({{name, text}});
    return read_compose(Tree(repository.disk, "/repo"));
}

ComposeService only(const std::string& text) {
    const std::optional<Compose> compose = read("services:\n  one:\n" + text);
    REQUIRE(compose);
    REQUIRE(compose->services.size() == 1);
    return compose->services.front();
}

std::string store(const std::string& image) {
    ComposeService service;
    service.name = "db";
    service.image = image;
    const std::optional<Store> found = store_of(service, "compose.yaml");
    return found ? found->engine + " " + found->version : "-";
}

}  // namespace

TEST_CASE("the names of Compose files, in Compose's order") {
    scene::Repository repository({{"docker-compose.yml", "services: { old: { build: . } }"},
                                  {"compose.yaml", "services: { new: { build: . } }"}});
    const std::optional<Compose> compose = read_compose(Tree(repository.disk, "/repo"));
    REQUIRE(compose);
    CHECK(compose->file == "compose.yaml");
    CHECK(compose->services.front().name == "new");
    scene::Repository none({{"x", ""}});
    CHECK_FALSE(read_compose(Tree(none.disk, "/repo")).has_value());
}

TEST_CASE("ports in their forms") {
    const ComposeService service =
        only(R"(    ports: ["8000", 8001, "9000:80", "127.0.0.1:9001:81/tcp", "53:53/udp", "${P:-1}:82",
      "9002-9003:83-84", "7:${Q:-85}", "7:${R}", { target: 86, published: 8080 }, { target: 87, protocol: udp }]
    expose: ["3000", 3001]
)");
    CHECK(service.published == std::vector<std::int64_t>{8000, 8001, 80, 81, 82, 83, 85, 86});
    CHECK(service.exposed == std::vector<std::int64_t>{3000, 3001});
}

TEST_CASE("builds, merge keys and anchors") {
    const std::optional<Compose> compose = read(R"(
x-base: &base
  environment: &env { A: "1", B: two }
  build: { context: ./api, dockerfile: docker/Dockerfile, target: run }
services:
  api:
    <<: *base
    ports: ["80:80"]
  worker:
    <<: [*base]
    environment:
      <<: *env
      B: three
    command: celery -A app worker
)");
    REQUIRE(compose);
    REQUIRE(compose->services.size() == 2);
    const ComposeService& api = compose->services[0];
    CHECK(api.built);
    CHECK(api.path == "api");
    CHECK(api.dockerfile == "docker/Dockerfile");
    CHECK(api.target == "run");
    CHECK(api.env == StringMap{{"A", "1"}, {"B", "two"}});
    CHECK(compose->services[1].env == StringMap{{"B", "three"}, {"A", "1"}});
    CHECK(compose->services[1].command == Names{"celery", "-A", "app", "worker"});
}

TEST_CASE("what is built from elsewhere, inline or under a profile is left out, and said to be") {
    const std::optional<Compose> compose = read(R"(services:
  a: { build: ../other }
  b: { build: "https://github.com/x/y.git" }
  c: { build: { context: ., dockerfile_inline: "FROM scratch" } }
  d: { build: { context: a, dockerfile: ../Dockerfile } }
  e: { build: "${WHERE}" }
  f: { image: adminer, profiles: [dev] }
  g: { build: /abs }
)");
    REQUIRE(compose);
    CHECK(compose->services.empty());
    CHECK(compose->remarks.size() == 7);
}

TEST_CASE("commands keep variables for a shell, and $$ is one dollar") {
    CHECK(only("    command: [\"sh\", \"-c\", \"echo $$HOME\"]\n").command == Names{"sh", "-c", "echo $HOME"});
    CHECK(only("    command: run --n ${N:-3}\n").command == Names{"run", "--n", "3"});
    CHECK(only("    command: run ${N}\n").command == Names{"sh", "-c", "run ${N}"});
    CHECK(only("    command: a && b\n").command == Names{"sh", "-c", "a && b"});
    CHECK(only("    command: \"\"\n").command.empty());
    CHECK(only("    entrypoint: [a]\n    command: [b]\n").command == Names{"a", "b"});
}

TEST_CASE("environments as maps and lists, dependencies as both") {
    CHECK(only("    environment: [A=1, B, \"C=x=y\"]\n").env == StringMap{{"A", "1"}, {"B", ""}, {"C", "x=y"}});
    CHECK(only("    depends_on: [db]\n").depends_on == Names{"db"});
    CHECK(only("    depends_on: { db: { condition: service_healthy } }\n").depends_on == Names{"db"});
    CHECK(only("    healthcheck: { test: [CMD, curl, -f, \"http://localhost:8000/health\"] }\n").health == "/health");
    CHECK(only("    healthcheck: { test: wget -q http://localhost/up }\n").health == "/up");
}

TEST_CASE("a file that can't be read says so and hides nothing else") {
    for (const char* text : {"services: [", "services:\n\ta: 1\n", "a: &a [*a]", "\xFF\xFE"}) {
        CAPTURE(text);
        const std::optional<Compose> compose = read(text);
        REQUIRE(compose);
        CHECK(compose->services.empty());
        CHECK(compose->remarks.size() == 1);
    }
    for (const char* text : {"", "services:", "services: []", "services: { a: }", "[]", "text"}) {
        CAPTURE(text);
        CHECK(read(text).has_value());
    }
}

TEST_CASE("a store's host with its port is no secret of ours, and said to be none") {
    scene::Repository repository(
        {{"compose.yaml",
          "services:\n  a: { build: ., environment: { REDIS_ADDR: \"cache:6379\", REDIS_HOST: cache } }\n"
          "  cache: { image: redis }\n"},
         {"Dockerfile", "FROM scratch\n"}});
    const Facts facts = repository.look();
    REQUIRE(facts.services.size() == 1);
    CHECK(facts.services[0].secrets == StringMap{{"REDIS_HOST", "cache.host"}});
    CHECK(facts.services[0].remarks ==
          Names{"REDIS_ADDR is a host with its port: make it of cache.host and cache.port"});
}

TEST_CASE("images of databases and caches") {
    CHECK(store("postgres:16.4-alpine") == "postgres 16");
    CHECK(store("docker.io/library/postgres") == "postgres ");
    CHECK(store("postgres:latest") == "postgres ");
    CHECK(store("pgvector/pgvector:0.8.0-pg17") == "postgres 17");
    CHECK(store("postgis/postgis:15-3.4") == "postgres 15");
    CHECK(store("timescale/timescaledb:latest-pg16") == "postgres 16");
    CHECK(store("registry.example.com:5000/bitnami/postgresql:14@sha256:abc") == "postgres 14");
    CHECK(store("mysql:8.0.36") == "mysql 8.0");
    CHECK(store("mysql:8") == "mysql ");
    CHECK(store("redis:7-alpine") == "redis ");
    CHECK(store("valkey/valkey:8") == "valkey ");
    for (const char* other : {"mariadb:11", "mongo", "nginx", "postgres-exporter:1", "", "rabbitmq:3-management"}) {
        CAPTURE(other);
        CHECK(store(other) == "-");
    }
}
