#include <doctest/doctest.h>

#include "generator/init/languages/language.h"
#include "generator/init/toml.h"
#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

namespace {

std::optional<App> see(const std::map<std::string, std::string>& files, const std::string& folder = ".") {
    scene::Repository repository(files);
    return see_app(Tree(repository.disk, "/repo"), folder);
}

std::string argument(const App& app, const std::string& name) {
    REQUIRE(app.recipe);
    for (const auto& [key, value] : app.recipe->args) {
        if (key == name) return value;
    }
    return "-";
}

const std::string kExpress =
    R"({"name":"x","scripts":{"start":"node server.js","test":"jest"},"dependencies":{"express":"5"},"engines":{"node":">=22"}})";

}  // namespace

TEST_CASE("versions that ranges allow") {
    CHECK(choose(known_node, "") == "24.21.0");
    CHECK(choose(known_node, ">=20") == "24.21.0");
    CHECK(choose(known_node, ">=20 <24") == "22.23.2");
    CHECK(choose(known_node, "^22.11.0") == "22.23.2");
    CHECK(choose(known_node, "22.x") == "22.23.2");
    CHECK(choose(known_node, "18 || 22") == "22.23.2");
    CHECK(choose(known_node, "*") == "24.21.0");
    CHECK(choose(known_node, "18") == "");
    CHECK(choose(known_node, "lts") == "");
    CHECK(choose(known_python, ">=3.11,<3.13") == "3.12.13");
    CHECK(choose(known_python, "~=3.12") == "3.14.7");
    CHECK(choose(known_python, "3.12.*") == "3.12.13");
    CHECK(choose(known_python, "^3.11") == "3.14.7");
    CHECK(choose(known_python, ">=3.9,!=3.14.7") == "3.13.13");
    CHECK(choose(known_ruby, "~> 3.3.0") == "3.3.12");
    CHECK(choose(known_ruby, "~> 3.3") == "3.4.11");
    CHECK(choose_named(known_node, "v20.11.1\n") == "20.11.1");
    CHECK(choose_named(known_node, "v22") == "22.23.2");
    CHECK(choose_named(known_python, "3.12") == "3.12.13");
}

TEST_CASE("TOML as far as hints go") {
    const std::vector<TomlEntry> entries = read_toml(R"(
[project]
name = "shop" # a comment
requires-python = ">=3.12"
dependencies = [
  "fastapi[standard]>=0.1", # not the end ]
  "x # y",
]
[[bin]]
name = 'server'
[tool.poetry.dependencies]
"python" = "^3.12"
broken
[unclosed
)");
    CHECK(toml_value(entries, "project", "name") == "shop");
    CHECK(toml_value(entries, "project", "requires-python") == ">=3.12");
    CHECK(toml_value(entries, "project", "dependencies").find("fastapi[standard]") != std::string::npos);
    CHECK(toml_value(entries, "bin", "name") == "server");
    CHECK(toml_value(entries, "tool.poetry.dependencies", "python") == "^3.12");
    CHECK(has_table(entries, "bin"));
    CHECK_FALSE(has_table(entries, "unclosed"));
    CHECK(read_toml("a = [\n").size() == 1);
}

TEST_CASE("Node.js: the lock decides how it is installed, scripts what is run") {
    const std::optional<App> app =
        see({{"package.json", kExpress}, {"package-lock.json", "{}"}, {"server.js", "app.get('/healthz')"}});
    REQUIRE(app);
    CHECK(app->language == "Node.js");
    REQUIRE(app->tests);
    CHECK(app->tests->image == "node:24.21.0-bookworm-slim");
    CHECK(app->tests->run == Names{"npm ci", "npm test"});
    CHECK(app->tests->env == StringMap{{"CI", "true"}});
    CHECK(app->recipe->name == "node-npm");
    CHECK(argument(*app, "START") == "node server.js");
    CHECK(app->health == "/healthz");
    CHECK(app->health_where == "server.js");

    const std::optional<App> pnpm = see({{"package.json", kExpress}, {"pnpm-lock.yaml", ""}, {".nvmrc", "v22.12.0"}});
    CHECK(pnpm->tests->run.back() == "pnpm test");
    CHECK(pnpm->tests->image == "node:22.12.0-bookworm-slim");
    CHECK(pnpm->recipe->name == "node-corepack");
    CHECK(argument(*pnpm, "INSTALL") == "pnpm install --frozen-lockfile");
    const std::optional<App> yarn = see({{"package.json", kExpress}, {"yarn.lock", "# yarn lockfile v1\n"}});
    CHECK(yarn->tests->run[2] == "yarn install --frozen-lockfile");
    const std::optional<App> berry = see({{"package.json", kExpress}, {"yarn.lock", "__metadata:\n"}});
    CHECK(berry->tests->run[2] == "yarn install --immutable");
    CHECK_FALSE(berry->recipe.has_value());
}

TEST_CASE("Node.js: what is no test, no start and no server") {
    const std::optional<App> none =
        see({{"package.json", R"({"scripts":{"test":"echo \"Error: no test specified\" && exit 1"}})"}});
    REQUIRE(none);
    CHECK_FALSE(none->tests.has_value());
    CHECK_FALSE(none->recipe.has_value());
    CHECK_FALSE(none->remarks.empty());

    const std::optional<App> shell = see({{"package.json", R"({"scripts":{"start":"A=1 node x && y"}})"}});
    CHECK(argument(*shell, "START") == "npm start");
    const std::optional<App> main = see({{"package.json", R"({"main":"./lib/run.js"})"}, {"lib/run.js", ""}});
    CHECK(argument(*main, "START") == "node lib/run.js");
    const std::optional<App> hostile = see({{"package.json", R"({"scripts":{"start":"node \"$(id)\"\nRUN evil"}})"}});
    CHECK(argument(*hostile, "START") == "npm start");
    const std::optional<App> outside = see({{"package.json", R"({"main":"../../etc/passwd"})"}});
    CHECK_FALSE(outside->recipe.has_value());

    for (const char* text :
         {"", "[]", "{", "null", R"({"scripts":[]})", R"({"scripts":{"test":1},"dependencies":"x","engines":[]})"}) {
        CAPTURE(text);
        CHECK(see({{"package.json", text}}).has_value());
    }
}

TEST_CASE("Node.js: pages for a browser are served by nginx") {
    const std::optional<App> vite =
        see({{"package.json", R"({"scripts":{"build":"vite build","test":"vitest"},"devDependencies":{"vite":"7"}})"},
             {"package-lock.json", "{}"}});
    CHECK(vite->recipe->name == "node-site-npm");
    CHECK(argument(*vite, "OUTPUT") == "dist");
    CHECK(vite->recipe->port == 8080);
    CHECK(vite->front_end);
    const std::optional<App> next =
        see({{"package.json",
              R"({"scripts":{"build":"next build","start":"next start"},"dependencies":{"next":"16","vite":"7"}})"}});
    CHECK(next->recipe->name == "node-npm");
    CHECK(argument(*next, "START") == "next start");
}

TEST_CASE("Python: requirements, extras, Poetry and uv") {
    const std::optional<App> plain = see({{"requirements.txt", "fastapi\nuvicorn\n"},
                                          {"requirements-dev.txt", "pytest\n"},
                                          {"app/main.py", "api: FastAPI = FastAPI(title='x')\n@api.get(\"/health\")\n"},
                                          {"tests/test_a.py", ""}});
    REQUIRE(plain);
    CHECK(plain->tests->image == "python:3.14.7-slim");
    CHECK(plain->tests->run ==
          Names{"pip install -r requirements.txt", "pip install -r requirements-dev.txt", "pytest -q"});
    CHECK(argument(*plain, "START") == "uvicorn app.main:api --host 0.0.0.0 --port 8000");
    CHECK(plain->recipe->name == "python-requirements");
    CHECK(plain->health == "/health");
    CHECK(plain->remarks.empty());

    const std::optional<App> project = see({{"pyproject.toml", R"([project]
name = "x"
requires-python = ">=3.11,<3.13"
dependencies = ["flask"]
[project.optional-dependencies]
dev = ["pytest"]
)"},
                                            {"src/shop/web.py", "app = Flask(__name__)\n"}});
    CHECK(project->tests->run == Names{"pip install \".[dev]\"", "pytest -q"});
    CHECK(project->tests->image == "python:3.12.13-slim");
    CHECK(argument(*project, "START") == "gunicorn --chdir src --bind 0.0.0.0:8000 --worker-tmp-dir /tmp shop.web:app");
    CHECK(project->recipe->name == "python-package");
    CHECK(project->recipe_remarks.size() == 1);  // gunicorn isn't among the requirements

    const std::optional<App> uv =
        see({{"pyproject.toml", "[project]\nname = \"x\"\n"}, {"uv.lock", ""}, {"main.py", ""}, {"test_x.py", ""}});
    CHECK(uv->recipe->name == "python-uv");
    CHECK(uv->tests->run.back() == "uv run --frozen pytest -q");
    const std::optional<App> poetry = see({{"pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.12\"\n"},
                                           {"poetry.lock", ""},
                                           {"main.py", ""},
                                           {"conftest.py", ""}});
    CHECK(poetry->recipe->name == "python-poetry");
    CHECK(poetry->tests->run == Names{"pip install poetry==2.4.1", "poetry install", "poetry run pytest -q"});
}

TEST_CASE("Python: Django, and what can't be started") {
    const std::optional<App> django = see({{"requirements.txt", "django\ngunicorn\n"},
                                           {"manage.py", ""},
                                           {"shop/wsgi.py", "application = get_wsgi_application()\n"},
                                           {"shop/tests.py", ""}});
    CHECK(django->tests->run.back() == "python manage.py test");
    CHECK(argument(*django, "START") == "gunicorn --bind 0.0.0.0:8000 --worker-tmp-dir /tmp shop.wsgi:application");
    const std::optional<App> library =
        see({{"pyproject.toml", "[project]\nname = \"x\"\n"}, {"src/x/__init__.py", ""}});
    CHECK_FALSE(library->recipe.has_value());
    CHECK_FALSE(library->tests.has_value());
    CHECK(see({{"Pipfile", ""}, {"main.py", ""}})->recipe == std::nullopt);
    const std::optional<App> old =
        see({{"pyproject.toml", "[project]\nrequires-python = \"<3.8\"\n"}, {"main.py", ""}});
    CHECK(old->remarks.size() == 1);
    CHECK(argument(*old, "PYTHON_VERSION") == "3.14.7");
}

TEST_CASE("Go: the newest compiler, and the command that serves") {
    const std::optional<App> root =
        see({{"go.mod", "module x\n\ngo 1.24\n"}, {"main.go", "package main\nfunc main() {}\n"}, {"a_test.go", ""}});
    CHECK(root->tests->image == "golang:1.27.1-trixie");
    CHECK(root->tests->run == Names{"go test ./..."});
    CHECK(argument(*root, "MAIN") == ".");
    const std::optional<App> several = see({{"go.mod", "module x\ngo 1.99.3 // soon\n"},
                                            {"cmd/migrate/main.go", "package main\nfunc main() {}\n"},
                                            {"cmd/server/main.go", "package main\n\nfunc main() {}\n"},
                                            {"internal/x.go", "package x\n"}});
    CHECK(argument(*several, "MAIN") == "./cmd/server");
    CHECK(argument(*several, "GO_VERSION") == "1.99.3");
    CHECK(several->recipe_remarks.size() == 1);
    const std::optional<App> below =
        see({{"api/go.mod", "module x\n"}, {"api/cmd/run/main.go", "package main\nfunc main() {}\n"}}, "api");
    CHECK(argument(*below, "MAIN") == "./cmd/run");
    CHECK(see({{"go.mod", "module x\n"}, {"x.go", "package x\n"}})->recipe == std::nullopt);
}

TEST_CASE("Rust, Java, Ruby and plain pages") {
    const std::optional<App> rust =
        see({{"Cargo.toml", "[package]\nname = \"shop-api\"\n"}, {"Cargo.lock", ""}, {"src/main.rs", ""}});
    CHECK(rust->tests->run == Names{"cargo test --locked"});
    CHECK(argument(*rust, "BINARY") == "shop-api");
    CHECK(see({{"Cargo.toml", "[package]\nname = \"lib\"\n"}, {"Cargo.lock", ""}, {"src/lib.rs", ""}})->recipe ==
          std::nullopt);

    const std::optional<App> maven =
        see({{"pom.xml",
              "<java.version>17</java.version><artifactId>spring-boot-maven-plugin</artifactId>"
              "<artifactId>spring-boot-starter-actuator</artifactId>"},
             {"src/test/java/A.java", ""}});
    CHECK(maven->tests->image == "maven:3.9.16-eclipse-temurin-17");
    CHECK(argument(*maven, "JAVA_VERSION") == "17.0.19_10");
    CHECK(maven->health == "/actuator/health");
    const std::optional<App> gradle = see({{"build.gradle.kts",
                                            "plugins { id(\"org.springframework.boot\") }\njava { toolchain { "
                                            "languageVersion = JavaLanguageVersion.of(25) } }"},
                                           {"gradlew", ""},
                                           {"src/test/kotlin/A.kt", ""}});
    CHECK(gradle->tests->run == Names{"./gradlew --no-daemon test"});
    CHECK(gradle->tests->image == "eclipse-temurin:25.0.3_9-jdk-noble");
    CHECK(gradle->recipe->name == "java-gradle");

    const std::optional<App> rails =
        see({{"Gemfile", "source 'x'\nruby '3.3.5'\ngem 'rails'\ngem \"pg\"\ngem 'puma'\ngem 'rspec-rails'\n"},
             {"Gemfile.lock", ""},
             {"config.ru", ""},
             {"config/routes.rb", "get \"up\" => \"rails/health#show\""}});
    CHECK(rails->tests->image == "ruby:3.3.5");
    CHECK(rails->tests->run.back() == "bundle exec rspec");
    CHECK(rails->health == "/up");
    CHECK(argument(*rails, "RUN_PACKAGES") == "ca-certificates libpq5");

    const std::optional<App> pages = see({{"public/index.html", ""}});
    CHECK(pages->recipe->name == "site");
    CHECK(argument(*pages, "SITE") == "public");
    CHECK_FALSE(see({{"README.md", ""}}).has_value());
}

TEST_CASE("a path in tests or in a browser's code is no hint of a health check") {
    CHECK(see({{"go.mod", "module x\n"}, {"main.go", "package main\nfunc main() {}\n"}, {"a_test.go", "\"/health\""}})
              ->health.empty());
    CHECK(see({{"go.mod", "module x\n"}, {"main.go", "package main\nfunc main() { x(\"/health/\") }\n"}})
              ->health.empty());
    CHECK(see({{"package.json", R"({"scripts":{"build":"vite build"},"devDependencies":{"vite":"7"}})"},
               {"src/api.js", "fetch('/health')"}})
              ->health.empty());
}

TEST_CASE("tests run in what the Dockerfile is built from") {
    const std::string ours = "node:24.21.0-bookworm-slim";
    CHECK(like_base(ours, {"node:22-slim"}) == "node:22.23.2-bookworm-slim");
    CHECK(like_base(ours, {"node:20.11.1-alpine"}) == "node:20.11.1-alpine");
    CHECK(like_base(ours, {"nginx:1.29", "mirror.example.com/library/node:20.11.1"}) ==
          "mirror.example.com/library/node:20.11.1");
    for (const char* base : {"node", "node:latest", "node:18", "python:3.12", "node:${V}", "node:22;evil"}) {
        CAPTURE(base);
        CHECK(like_base(ours, {base}) == (std::string(base) == "node:22;evil" ? "node:22.23.2-bookworm-slim" : ours));
    }
    CHECK(like_base("golang:1.27.1-trixie", {"golang:1.26", "gcr.io/distroless/base"}) == "golang:1.26.5-trixie");
    CHECK(like_base("maven:3.9.16-eclipse-temurin-21", {"maven:3.9-eclipse-temurin-17"}) ==
          "maven:3.9.16-eclipse-temurin-21");
}
