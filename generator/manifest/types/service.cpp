#include "generator/manifest/types/service.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kAnyText = text_type(forms::any);
constexpr Type kFree = text_type(forms::value);
constexpr Type kPath = text_type(forms::relative_path);
constexpr Type kPaths = set_type<std::string>(kPath, 1, 50);
constexpr Type kArgs = map_type<std::string>(kFree, forms::environment_variable, 0, 100);
constexpr Type kVariables = map_type<std::string>(kFree, forms::environment_variable, 0, 100, "VARIABLE");
constexpr Type kSecretName = text_type(forms::host_secret);
constexpr Type kBuildSecrets = map_type<std::string>(kSecretName, forms::build_secret, 0, 20, "ID");
constexpr Type kStage = text_type(forms::stage);
constexpr Row kBuildRows[] = {
    row<&Build::args>("args", kArgs, "{}", "Build arguments, the same for every environment.",
                      "{ PYTHON_VERSION: \"3.13\" }"),
    derived<&Build::target>("target", kStage, "the Dockerfile's last stage",
                            "The stage of the Dockerfile that is built.", "runtime"),
    derived<&Build::inputs>("inputs", kPaths, "the service's path",
                            "Paths that make up the content, in place of path: a change in one of them is a new image.",
                            "[api, shared]"),
    row<&Build::secrets>("secrets", kBuildSecrets, "{}",
                         "Build secrets: the id that the Dockerfile mounts, and the host's secret that it is.",
                         "{ npm-token: NPM_TOKEN }"),
    derived<&Build::salt>("salt", kFree, "none", "Any text; change it to force a rebuild.", "\"2025-12-01\""),
};
constexpr std::string_view kBuildExamples[] = {R"(
services:
  api:
    build:
      args: { PYTHON_VERSION: "3.13" }
      target: runtime
      inputs: [api, shared]
      secrets: { npm-token: NPM_TOKEN }
      salt: "2025-12-01"
)"};
constexpr Type kBuild = described(record_type<Build>(kBuildRows),
                                  "The same files and the same build inputs have the same key, and the same key is the "
                                  "same image: it is built once and promoted by its digest.",
                                  kBuildExamples);

constexpr Type kUrlPath = text_type(forms::absolute_path);
constexpr Type kCodes = text_type(forms::health_codes);
constexpr Type kInterval = integer_type(5, 300);
constexpr Type kTimeout = integer_type(2, 120);
constexpr Type kCount = integer_type(2, 10);
constexpr Type kGrace = integer_type(0, 3600);
constexpr Row kHealthRows[] = {
    row<&Health::path>("path", kUrlPath, "/", "The path that is asked.", "/health"),
    row<&Health::codes>("codes", kCodes, "\"200-399\"", "The status codes that are healthy, in quotes.", "\"200\""),
    row<&Health::interval>("interval", kInterval, "15", "Seconds between two checks.", "30"),
    row<&Health::timeout>("timeout", kTimeout, "5", "Seconds after which a check has failed.", "10"),
    row<&Health::healthy>("healthy", kCount, "2", "Good checks in a row that make a copy healthy.", "3"),
    row<&Health::unhealthy>("unhealthy", kCount, "3", "Bad checks in a row that make a copy unhealthy.", "5"),
    row<&Health::grace_seconds>("grace_seconds", kGrace, "60",
                                "Seconds after a start in which bad checks do not count.", "120"),
};
constexpr std::string_view kHealthExamples[] = {R"(
services:
  api:
    health: /health
)",
                                                R"(
services:
  api:
    health:
      path: /health
      codes: "200"
      interval: 30
      timeout: 10
      healthy: 3
      unhealthy: 5
      grace_seconds: 120
)"};
constexpr Type kHealth =
    described(record_type<Health>(kHealthRows, "path"),
              "What load balancer and autohealing ask. A path alone stands for { path: … }.", kHealthExamples);

constexpr Type kStatus = integer_type(100, 599);
constexpr Row kSmokeRows[] = {
    derived<&Smoke::path>("path", kUrlPath, "health's path", "The path that the smoke test asks through the ingress.",
                          "/version"),
    derived<&Smoke::status>("status", kStatus, "any from 200 to 399", "The status that must come back.", "200"),
    derived<&Smoke::contains>("contains", kAnyText, "none", "A text that the answer must hold.", "ok"),
};
constexpr std::string_view kSmokeExamples[] = {R"(
services:
  api:
    smoke: /version
)",
                                               R"(
services:
  api:
    smoke: { path: /version, status: 200, contains: ok }
)"};
constexpr Type kSmoke = described(
    record_type<Smoke>(kSmokeRows, "path"),
    "Asked through the ingress after a rollout: only then has the target passed. A path alone stands for { path: … }; "
    "smoke: null makes none.",
    kSmokeExamples);

constexpr Type kImageReference = text_type(forms::image);
constexpr Row kSideRows[] = {
    required<&SideContainer::image>("image", kImageReference, "The image of the side container.", "\"postgres:16\""),
    row<&SideContainer::env>("env", kVariables, "{}", "Its environment variables.", "{ POSTGRES_PASSWORD: test }"),
};
constexpr std::string_view kSideExamples[] = {R"(
services:
  api:
    test:
      image: "python:3.13-slim"
      run: [pytest -q]
      services:
        postgres: { image: "postgres:16", env: { POSTGRES_PASSWORD: test } }
)"};
constexpr Type kSide = described(record_type<SideContainer>(kSideRows), "", kSideExamples);
constexpr Type kSides = map_type<SideContainer>(kSide, forms::name, 0, 10);
constexpr Type kLine = text_type(forms::command_line);
constexpr Type kLines = list_type<std::string>(kLine, 1, 50);
constexpr Row kTestRows[] = {
    required<&Test::image>("image", kImageReference, "The image in which the commands run.", "\"python:3.13-slim\""),
    derived<&Test::dir>("dir", kPath, "the service's path", "The folder in which the commands run.", "api"),
    row<&Test::env>("env", kVariables, "{}", "Environment variables of the commands.",
                    "{ DATABASE_URL: \"postgres://postgres:test@postgres/postgres\" }"),
    required<&Test::run>("run", kLines, "The commands, each a line for a shell.",
                         "[pip install -r requirements.txt, pytest -q]"),
    row<&Test::services>("services", kSides, "{}", "Side containers, reached by their names.",
                         "{ postgres: { image: \"postgres:16\" } }"),
};
constexpr std::string_view kTestExamples[] = {R"(
services:
  api:
    test:
      image: "python:3.13-slim"
      dir: api
      env: { DATABASE_URL: "postgres://postgres:test@postgres/postgres" }
      run: [pip install -r requirements.txt, pytest -q]
      services:
        postgres: { image: "postgres:16", env: { POSTGRES_PASSWORD: test } }
)"};
constexpr Type kTest = described(
    record_type<Test>(kTestRows),
    "Commands that run before a build, in an image of your choice; where one fails, nothing is built.", kTestExamples);

constexpr Choice kPlatformNames[] = {
    {"linux/amd64", "64-bit x86"},     {"linux/arm64", "64-bit ARM: Graviton, Apple silicon"},
    {"linux/arm/v7", "32-bit ARM v7"}, {"linux/arm/v6", "32-bit ARM v6"},
    {"linux/386", "32-bit x86"},       {"linux/ppc64le", "64-bit POWER, little-endian"},
    {"linux/s390x", "64-bit IBM Z"},   {"linux/riscv64", "64-bit RISC-V"},
};
constexpr Type kPlatform = choice_type(kPlatformNames);
constexpr Type kPlatforms = set_type<std::string>(kPlatform, 1, 8);
constexpr Type kServiceName = text_type(forms::name);
constexpr Type kNames = set_type<std::string>(kServiceName, 0, 64);
constexpr Type kSomeNames = set_type<std::string>(kServiceName, 1, 64);
constexpr Type kPort = integer_type(1, 65535);
constexpr Type kRoute = text_type(forms::route);
constexpr Type kRoutes = set_type<std::string>(kRoute, 0, 50);
constexpr Type kCpu = integer_type(256, 16384);
constexpr Type kMemory = integer_type(512, 122880);
constexpr Type kWord = text_type(forms::value);
constexpr Type kWords = list_type<std::string>(kWord, 1, 100);
constexpr Type kSchedule = text_type(forms::cron);
constexpr Type kSwitch = boolean_type();

constexpr Row kRows[] = {
    row<&Service::path>("path", kPath, ".", "The build context: a folder, relative to the manifest's.", "api"),
    row<&Service::dockerfile>("dockerfile", kPath, "Dockerfile", "The Dockerfile, relative to path.",
                              "docker/Dockerfile"),
    row<&Service::build>("build", kBuild, "{}", "How the image is built.", "{ target: runtime }"),
    row<&Service::platforms>("platforms", kPlatforms, "[linux/amd64]", "The platforms that the image is built for.",
                             "[linux/amd64, linux/arm64]"),
    derived<&Service::image>("image", kImageReference, "none",
                             "A ready image in place of a build: resolved to a digest once, for the first environment, "
                             "then promoted like a build.",
                             "\"nginx:1.29\""),
    derived<&Service::same_image_as>("same_image_as", kServiceName, "none",
                                     "The service whose image it runs: a worker beside its API.", "api"),
    derived<&Service::command>("command", kWords, "the image's", "The command that the container runs, word by word.",
                               "[celery, -A, app.worker, worker]"),
    derived<&Service::port>("port", kPort, "none: it takes no traffic", "The port that the container listens on.",
                            "8000"),
    removable(derived<&Service::health>("health", kHealth, "/ with a port", "What load balancer and autohealing ask.",
                                        "/health")),
    removable(derived<&Service::smoke>(
        "smoke", kSmoke,
        "health's path where one of the own routes leads to it, it needs no key, and the ingress is "
        "open to the runners (neither internal nor allow); else none, and a note says so",
        "What the smoke test asks through the ingress.", "/version")),
    derived<&Service::routes>("routes", kRoutes, "[\"/*\"] with a port",
                              "Which requests of the ingress come here: exact paths, or /prefix/*, which also matches "
                              "/prefix; [] keeps the service internal.",
                              "[/docs, \"/api/*\"]"),
    row<&Service::open_routes>("public", kRoutes, "[]", "Behind an API gateway with keys: the routes that need no key.",
                               "[/health, /docs]"),
    row<&Service::calls>("calls", kNames, "[]",
                         "The services that it may reach at http://NAME:PORT, without the ingress.", "[billing]"),
    row<&Service::cpu>("cpu", kCpu, "256", "ecs-fargate: CPU units; Fargate offers certain pairs with memory.", "512"),
    row<&Service::memory>("memory", kMemory, "512", "ecs-fargate: memory in MiB.", "1024"),
    removable(row<&Service::scaling>("scaling", kScaling, "{}", "How many copies run.", "{ min: 2, max: 6 }")),
    removable(row<&Service::env>("env", kStringMap, "{}",
                                 "Plain configuration of the running service; null removes a variable.",
                                 "{ LOG_LEVEL: info }")),
    removable(row<&Service::secrets>(
        "secrets", kSecretSources, "{}",
        "Secrets of the running service, by the variables that hold them: database.url, .host, .port, .name, .user, "
        ".password, cache.url, .host, .port, or secret:NAME and secret:NAME#KEY for one in the target's secret store; "
        "never a value.",
        "{ DATABASE_URL: database.url, API_TOKEN: \"secret:acme/token#value\" }")),
    row<&Service::permissions>("permissions", kPermissions, "[]", "What the running service may do in the cloud.",
                               "[{ actions: [s3:GetObject], resources: [\"arn:aws:s3:::acme-uploads/*\"] }]"),
    derived<&Service::migrate>("migrate", kWords, "none",
                               "A command that runs once per target before a rollout, from the new image, in the "
                               "service's own network and role; its failure stops the deploy.",
                               "[alembic, upgrade, head]"),
    derived<&Service::schedule>("schedule", kSchedule, "none: it runs all the time",
                                "Runs command at these times instead of all the time.", "\"30 2 * * *\""),
    derived<&Service::stacks>("stacks", kSomeNames, "all stacks", "The stacks on which it runs.", "[aws]"),
    row<&Service::read_only>("read_only", kSwitch, "true",
                             "Whether the root file system is read-only, with a writable /tmp.", "false"),
    derived<&Service::test>("test", kTest, "none", "Commands that run before a build.",
                            "{ image: \"python:3.13-slim\", run: [pytest -q] }"),
};
constexpr std::string_view kBuilt[] = {"path", "dockerfile", "build", "platforms", "same_image_as"};
constexpr std::string_view kOthersImage[] = {"path", "dockerfile", "build", "platforms"};
constexpr std::string_view kCommandKey[] = {"command"};
constexpr std::string_view kPortKey[] = {"port"};
constexpr std::string_view kOneSource = "keep the one that says where the image comes from";
constexpr std::string_view kGivePort = "give the port that the container listens on, or take the key away";
constexpr Relation kRelations[] = {
    {Relation::Kind::excludes, "image", kBuilt, {}, kOneSource},
    {Relation::Kind::excludes, "same_image_as", kOthersImage, {}, kOneSource},
    {Relation::Kind::needs, "same_image_as", kCommandKey, {}, "say what this service runs in the other's image"},
    {Relation::Kind::needs, "health", kPortKey, {}, kGivePort},
    {Relation::Kind::needs, "smoke", kPortKey, {}, kGivePort},
    {Relation::Kind::needs, "routes", kPortKey, {}, kGivePort},
    {Relation::Kind::needs, "public", kPortKey, {}, kGivePort},
};
constexpr std::string_view kExamples[] = {R"(
services:
  api:
    path: api
    dockerfile: docker/Dockerfile
    build: { target: runtime }
    platforms: [linux/amd64]
    port: 8000
    health: /health
    smoke: /api/version
    routes: [/health, "/api/*"]
    calls: [billing]
    cpu: 512
    memory: 1024
    scaling: { min: 2, max: 6 }
    env: { LOG_LEVEL: info }
    secrets: { API_TOKEN: "secret:acme/token#value" }
    permissions: [{ actions: [s3:GetObject], resources: ["arn:aws:s3:::acme-uploads/*"] }]
    migrate: [alembic, upgrade, head]
    stacks: [aws]
    read_only: false
    test: { image: "python:3.13-slim", run: [pytest -q] }
  billing:
    path: billing
    port: 8080
    routes: []
  worker:
    same_image_as: api
    command: [celery, -A, app.worker, worker]
  report:
    same_image_as: api
    command: [python, -m, app.report]
    schedule: "30 2 * * *"
  proxy:
    image: "nginx:1.29"
    port: 80
)",
                                          R"(
stacks:
  aws: { ingress: api-gateway }
services:
  api:
    public: [/health, /docs]
)"};

constexpr Row kOverrideRows[] = {
    derived<&ServiceOverride::cpu>("cpu", kCpu, "the service's", "ecs-fargate: CPU units in this environment.", "1024"),
    derived<&ServiceOverride::memory>("memory", kMemory, "the service's",
                                      "ecs-fargate: memory in MiB in this environment.", "2048"),
    derived<&ServiceOverride::scaling>("scaling", kScaling, "the target's", "How many copies run in this environment.",
                                       "{ min: 3 }"),
    derived<&ServiceOverride::env>("env", kStringMap, "the service's and the environment's",
                                   "Laid over the service's and the environment's; null removes a variable.",
                                   "{ LOG_LEVEL: warning }"),
    derived<&ServiceOverride::secrets>("secrets", kSecretSources, "the service's",
                                       "Laid over the service's; null removes a secret.",
                                       "{ API_TOKEN: \"secret:acme/live-token\" }"),
    derived<&ServiceOverride::command>("command", kWords, "the service's",
                                       "The command that the container runs in this environment.",
                                       "[gunicorn, --workers, \"4\", app]"),
    derived<&ServiceOverride::permissions>("permissions", kPermissions, "the service's",
                                           "In place of the service's permissions.",
                                           "[{ actions: [s3:GetObject], resources: [\"arn:aws:s3:::acme-live/*\"] }]"),
};
constexpr std::string_view kOverrideExamples[] = {R"(
environments:
  prod:
    services:
      api:
        cpu: 1024
        memory: 2048
        scaling: { min: 3, max: 12 }
        env: { LOG_LEVEL: warning }
        secrets: { API_TOKEN: "secret:acme/live-token" }
        command: [gunicorn, --workers, "4", app]
        permissions: [{ actions: [s3:GetObject], resources: ["arn:aws:s3:::acme-live/*"] }]
)"};
}  // namespace

constexpr Type kService = described(
    related(record_type<Service>(kRows), kRelations),
    "Something that is built into one image, or taken as a ready one, and run. A service without a port takes no "
    "traffic. Two services may not claim the same route.",
    kExamples);
constexpr Type kServiceOverride =
    described(overlaid(record_type<ServiceOverride>(kOverrideRows)),
              "What differs for a service in this environment. null in place of the map takes the service out of the "
              "environment.",
              kOverrideExamples);

}  // namespace pipewright::manifest::written
