// The text of the manifest: what a person reads, and that it is right whatever was seen.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "generator/embed/templates.h"
#include "generator/init/dockerfile.h"
#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

TEST_CASE("one Node.js service on GitHub, to the letter") {
    scene::Repository repository(
        {{"Dockerfile",
          "FROM node:24\nENV PORT=3000\nEXPOSE ${PORT} 9229\nHEALTHCHECK CMD curl -f http://localhost:3000/healthz\n"},
         {"package.json", R"({"scripts":{"test":"jest"}})"},
         {"package-lock.json", "{}"}});
    repository.remote("origin", "git@github.com:acme/shop.git");
    CHECK(scene::make(repository, scene::all_facts()).text == R"(# yaml-language-server: $schema=pipewright.schema.json
# What this repository delivers, and to where. `pipewright init` wrote it from what it saw; now it is yours.

pipewright: 1
# From the repository's name. The prefix of everything in the cloud: it should never change.
project: shop
repository: acme/shop

hosts:
  # Seen in the remote origin.
  # Visibility and plan decide which gates GitHub can enforce.
  # With owner_id and repository_id the cloud checks those too; this prints both:
  #   gh api repos/acme/shop --jq '.owner.id, .id'
  github: { visibility: private, plan: free }

services:
  # Seen in Dockerfile.
  # It also exposes 9229.
  app:
    path: "."
    port: 3000 # Dockerfile: EXPOSE on line 3
    health: /healthz # Dockerfile: HEALTHCHECK on line 4
    # Run before a build; they follow from the script test in package.json.
    test:
      image: node:24.21.0-bookworm-slim
      env:
        CI: "true"
      run: [npm ci, npm test]

stacks:
  aws:
    runtime: ecs-fargate
    # One NAT gateway serves all zones; per-zone survives the loss of one, and costs as often.
    network: { zones: 2, nat: single }
    # How much of the capacity may be Spot, which AWS takes back with two minutes' notice.
    spot_percent: 0

# In the order of promotion: what is built for the first one moves on.
environments:
  dev:
    deploy_on: { branch: main }
    targets:
      aws: { account: "111111111111", region: eu-west-1, spot_percent: 70 }
  prod:
    deploy_on: { after: dev }
    # On this plan GitHub can't hold a job for a review: this is a workflow of its own. With
    # { type: manual, approvers: [USER] } the cloud admits it only when one of those started it.
    gate: manual
    targets:
      aws: { account: "222222222222", region: eu-west-1, scaling: { min: 2, max: 6 } }
)");
}

TEST_CASE("a monorepo with a Compose file: routes, a worker, stores") {
    scene::Repository repository({{"docker-compose.yml", R"(services:
  backend:
    build: backend
    ports: ["8000:8000"]
    environment: { DATABASE_URL: "postgres://u:hunter2@db/app", REDIS_URL: "redis://redis", SECRET_KEY: hunter2 }
  worker: { build: backend, command: "celery -A app worker --loglevel=info", environment: { REDIS_URL: "redis://redis" } }
  frontend: { build: frontend, ports: ["3000:80"] }
  db: { image: "postgres:16" }
  redis: { image: "redis:7" }
)"},
                                  {"backend/Dockerfile", "FROM python\nEXPOSE 8000\n"},
                                  {"backend/requirements.txt", "pytest\n"},
                                  {"frontend/Dockerfile", "FROM nginx\n"}});
    repository.remote("origin", "git@gitlab.example.com:group/taskboard.git");
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    const Project& project = *made.project;
    CHECK(project.service("backend")->routes == Names{"/api/*"});
    CHECK(project.service("frontend")->routes == Names{"/*"});
    CHECK(project.service("frontend")->port == 80);
    CHECK(project.service("worker")->image_of == "backend");
    CHECK_FALSE(project.service("worker")->port.has_value());
    const Target& target = project.environments[0].targets[0];
    REQUIRE(target.database);
    CHECK(target.database->version == "16");
    REQUIRE(target.cache);
    CHECK(target.cache->engine == "redis");
    CHECK(target.running("backend")->secrets ==
          StringMap{{"DATABASE_URL", "database.url"}, {"REDIS_URL", "cache.url"}});
    CHECK(project.service("backend")->test->services.size() == 2);
    CHECK(made.has("SECRET_KEY"));
    CHECK_FALSE(made.has("hunter2"));
    CHECK(made.has("    # Seen in docker-compose.yml: db.\n    database: { engine: postgres, version: \"16\" }"));
}

TEST_CASE("a backend that another service publishes is reached from inside alone") {
    scene::Repository repository({{"compose.yaml", R"(services:
  names: { build: names, expose: ["9000"] }
  web: { build: web, ports: ["80:3000"], environment: { NAMES: "http://names:9000" } }
)"},
                                  {"names/Dockerfile", "FROM a\n"},
                                  {"web/Dockerfile", "FROM a\n"}});
    repository.remote("origin", "git@gitlab.com:group/taskboard.git");
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    CHECK(made.project->service("names")->routes.empty());
    CHECK(made.project->service("web")->calls == Names{"names"});
    CHECK(made.project->service("web")->routes == Names{"/*"});
}

TEST_CASE("many services: one root, prefixes that differ") {
    std::map<std::string, std::string> files;
    for (const char* name : {"api", "backend", "web-ui", "worker", "billing"}) {
        files[std::string(name) + "/Dockerfile"] = std::string(name) == "worker" ? "FROM a\n" : "FROM a\nEXPOSE 80\n";
    }
    scene::Repository repository(files);
    repository.remote("origin", "git@gitlab.com:group/taskboard.git");
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    CHECK(made.project->service("web-ui")->routes == Names{"/*"});
    CHECK(made.project->service("api")->routes == Names{"/api/*"});
    CHECK(made.project->service("backend")->routes == Names{"/backend/*"});
    CHECK(made.project->service("billing")->routes == Names{"/billing/*"});
}

TEST_CASE("without git, an empty repository gives an example that validate refuses") {
    scene::Repository repository;
    repository.disk.put_folder("/repo");
    Wishes wishes;
    wishes.yes = true;
    const scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.decisions.has_value());
    CHECK(made.has("repository: FILL ME IN"));
    CHECK(made.has("port: FILL ME IN"));
    CHECK(made.has("project: repo"));
    CHECK(made.has("# No Dockerfile was seen"));
}

TEST_CASE("a folder whose name is no project's name leaves a gap") {
    scene::Repository repository;
    repository.disk.put_folder("/日本");
    Diagnostics diagnostics;
    Wishes wishes;
    wishes.yes = true;
    const std::optional<Decisions> decisions =
        decide(look(repository.disk, "/日本", "/日本"), wishes, nullptr, diagnostics);
    REQUIRE(decisions.has_value());
    CHECK(manifest_text(*decisions).find("project: FILL ME IN") != std::string::npos);
}

TEST_CASE("every starter is a valid manifest as it stands, and gives one for every kind of host") {
    CHECK(starters().size() >= 5);
    CHECK(starters().front().name == "fargate");
    std::size_t files = 0;
    for (const embed::Template& one : embed::templates()) {
        if (!one.path.starts_with("starters/")) continue;
        ++files;
        CAPTURE(one.path);
        CHECK(scene::errors_in(std::string(one.bytes)) == "");
    }
    CHECK(files == starters().size());
    for (const Starter& starter : starters()) {
        for (const char* url : {"git@github.com:acme/shop.git", "git@gitlab.com:acme/shop.git"}) {
            for (const bool facts : {true, false}) {
                CAPTURE(starter.name);
                CAPTURE(url);
                scene::Repository repository({{"Dockerfile", "FROM a\nEXPOSE 80\n"}});
                repository.remote("origin", url);
                Wishes wishes = facts ? scene::all_facts() : Wishes{};
                wishes.yes = true;
                wishes.starter = starter.name;
                if (facts) {
                    wishes.accounts = {"111111111111"};
                    wishes.gcp_projects = {"acme-shop:100000000001"};
                    wishes.regions = {"aws=eu-west-1", "gcp=europe-west1"};
                    const bool aws = starter.name != "instances";
                    const bool gcp = starter.name == "instances" || starter.name == "multicloud";
                    if (!aws) wishes.regions = {"gcp=europe-west1"};
                    if (!gcp) wishes.regions = {"aws=eu-west-1"};
                }
                const scene::Made made = scene::make(repository, wishes);
                REQUIRE(made.decisions.has_value());
                CHECK(made.project.has_value() == facts);
            }
        }
    }
}

TEST_CASE("every recipe of every language fills ARG lines that are there") {
    std::set<std::string> used;
    const auto offer = [&](const std::map<std::string, std::string>& files) {
        scene::Repository repository(files);
        repository.remote("origin", "git@gitlab.com:acme/shop.git");
        const scene::Made made = scene::make(repository, scene::all_facts());
        REQUIRE(made.decisions.has_value());
        REQUIRE(made.decisions->services.size() == 1);
        REQUIRE(made.decisions->services[0].recipe.has_value());
        used.insert(made.decisions->services[0].recipe->name);
        const std::vector<Companion> all = companions(*made.decisions);
        REQUIRE(all.size() == 3);
        CHECK(all[1].path == "Dockerfile");
        CHECK(all[2].path == ".dockerignore");
        // What init reads out of its own Dockerfile is what the manifest says.
        const Dockerfile file = read_dockerfile(all[1].bytes);
        REQUIRE(file.ports.size() == 1);
        CHECK(file.ports[0] == made.decisions->services[0].port.value);
        return all[1].bytes;
    };
    const std::string server = R"({"scripts":{"start":"node s.js"}})";
    const std::string pages = R"({"scripts":{"build":"vite build"},"devDependencies":{"vite":"7"}})";
    CHECK(offer({{"package.json", server}}).find("ARG START=\"node s.js\"\n") != std::string::npos);
    offer({{"package.json", server}, {"pnpm-lock.yaml", ""}});
    offer({{"package.json", pages}});
    offer({{"package.json", pages}, {"yarn.lock", "# yarn lockfile v1"}});
    CHECK(offer({{"requirements.txt", ""}, {"main.py", "x = '/healthz'"}}).find("ARG HEALTH_PATH=/healthz\n") !=
          std::string::npos);
    offer({{"pyproject.toml", "[project]\nname='x'\n"}, {"main.py", ""}});
    offer({{"pyproject.toml", "[project]\nname='x'\n"}, {"main.py", ""}, {"uv.lock", ""}});
    offer({{"pyproject.toml", "[tool.poetry]\n"}, {"main.py", ""}, {"poetry.lock", ""}});
    offer({{"go.mod", "module x\n"}, {"main.go", "package main\nfunc main() {}\n"}});
    offer({{"Cargo.toml", "[package]\nname='x'\n"}, {"Cargo.lock", ""}, {"src/main.rs", ""}});
    offer({{"pom.xml", "spring-boot-maven-plugin"}});
    offer({{"build.gradle", "id 'org.springframework.boot'"}, {"gradlew", ""}});
    offer({{"Gemfile", "gem 'puma'\ngem 'mysql2'\n"}, {"Gemfile.lock", ""}, {"config.ru", ""}});
    offer({{"index.html", ""}});
    std::set<std::string> there;
    for (const embed::Template& one : embed::templates()) {
        const std::string path(one.path);
        if (path.starts_with("dockerfiles/") && path.ends_with(".Dockerfile"))
            there.insert(path.substr(12, path.size() - 23));
    }
    CHECK(used == there);
}

TEST_CASE("arguments of a Dockerfile: one line each, and no text that would need quoting") {
    CHECK(with_arguments("ARG A=1\nFROM x\nARG B=2\n", {{"B", "a b"}}) == "ARG A=1\nFROM x\nARG B=\"a b\"\n");
    CHECK(with_arguments("ARG A=1\n", {{"A", "x\nRUN evil"}}) == "ARG A=1\n");
    CHECK(with_arguments("ARG A=1\n", {{"A", "$(id)"}}) == "ARG A=1\n");
    CHECK_THROWS_AS(with_arguments("ARG A=1\n", {{"B", "1"}}), std::logic_error);
}
