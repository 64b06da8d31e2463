#include "generator/manifest/types/service.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kAnyText = text_type(forms::any);
constexpr Type kFree = text_type(forms::value);
constexpr Type kPath = text_type(forms::relative_path);
constexpr Type kPaths = list_type<std::string>(kPath, 1, 50);
constexpr Type kArgs = map_type<std::string>(kFree, forms::environment_variable, 0, 100);
constexpr Type kSecretName = text_type(forms::host_secret);
constexpr Type kBuildSecrets = map_type<std::string>(kSecretName, forms::environment_variable, 0, 20);
constexpr Row kBuildRows[] = {
    row<&Build::args>("args", kArgs, "{}", "Build arguments, the same for every environment."),
    row<&Build::target>("target", kAnyText, "", "The stage of the Dockerfile that is built."),
    row<&Build::inputs>("inputs", kPaths, "", "Paths that make up the content; they replace path in the key."),
    row<&Build::secrets>("secrets", kBuildSecrets, "{}",
                         "Build secrets: an id for the Dockerfile and the host's secret."),
    row<&Build::salt>("salt", kFree, "", "Change it to force a rebuild."),
};
constexpr Type kBuild = record_type<Build>(kBuildRows);

constexpr Type kUrlPath = text_type(forms::absolute_path);
constexpr Type kCodes = text_type(forms::health_codes);
constexpr Type kInterval = integer_type(5, 300);
constexpr Type kTimeout = integer_type(2, 120);
constexpr Type kCount = integer_type(2, 10);
constexpr Type kGrace = integer_type(0, 3600);
constexpr Row kHealthRows[] = {
    row<&Health::path>("path", kUrlPath, "/", "The path that is asked."),
    row<&Health::codes>("codes", kCodes, "\"200-399\"", "The status codes that are healthy."),
    row<&Health::interval>("interval", kInterval, "15", "Seconds between two checks."),
    row<&Health::timeout>("timeout", kTimeout, "5", "Seconds until a check has failed."),
    row<&Health::healthy>("healthy", kCount, "2", "Good checks in a row that make it healthy."),
    row<&Health::unhealthy>("unhealthy", kCount, "3", "Bad checks in a row that make it unhealthy."),
    row<&Health::grace_seconds>("grace_seconds", kGrace, "60",
                                "Seconds after a start in which bad checks do not count."),
};
constexpr Type kHealth = record_type<Health>(kHealthRows, "path");

constexpr Type kStatus = integer_type(100, 599);
constexpr Row kSmokeRows[] = {
    derived<&Smoke::path>("path", kUrlPath, "health's path", "The path that the smoke test asks through the ingress."),
    derived<&Smoke::status>("status", kStatus, "any from 200 to 399", "The status that must come back."),
    row<&Smoke::contains>("contains", kAnyText, "", "A text that the answer must hold."),
};
constexpr Type kSmoke = record_type<Smoke>(kSmokeRows, "path");

constexpr Type kImageReference = text_type(forms::image);
constexpr Row kSideRows[] = {
    required<&SideContainer::image>("image", kImageReference, "The image of the side container."),
    row<&SideContainer::env>("env", kArgs, "{}", "Its environment."),
};
constexpr Type kSide = record_type<SideContainer>(kSideRows);
constexpr Type kSides = map_type<SideContainer>(kSide, forms::name, 0, 10);
constexpr Type kLine = text_type(forms::command_line);
constexpr Type kLines = list_type<std::string>(kLine, 1, 50);
constexpr Row kTestRows[] = {
    required<&Test::image>("image", kImageReference, "The image in which the commands run."),
    derived<&Test::dir>("dir", kPath, "the service's path", "The folder in which the commands run."),
    row<&Test::env>("env", kArgs, "{}", "Environment of the commands."),
    required<&Test::run>("run", kLines, "The commands, each a line for a shell."),
    row<&Test::services>("services", kSides, "{}", "Side containers, reached by their names."),
};
constexpr Type kTest = record_type<Test>(kTestRows);

constexpr Type kPlatform = text_type(forms::platform);
constexpr Type kPlatforms = list_type<std::string>(kPlatform, 1, 8);
constexpr Type kServiceName = text_type(forms::name);
constexpr Type kNames = list_type<std::string>(kServiceName, 0, 64);
constexpr Type kSomeNames = list_type<std::string>(kServiceName, 1, 64);
constexpr Type kPort = integer_type(1, 65535);
constexpr Type kRoute = text_type(forms::route);
constexpr Type kRoutes = list_type<std::string>(kRoute, 0, 50);
constexpr Type kCpu = integer_type(256, 16384);
constexpr Type kMemory = integer_type(512, 122880);
constexpr Type kWord = text_type(forms::command_word);
constexpr Type kWords = list_type<std::string>(kWord, 1, 100);
constexpr Type kSchedule = text_type(forms::cron);
constexpr Type kSwitch = boolean_type();

constexpr Row kRows[] = {
    row<&Service::path>("path", kPath, ".", "The build context."),
    row<&Service::dockerfile>("dockerfile", kPath, "Dockerfile", "The Dockerfile, relative to path."),
    row<&Service::build>("build", kBuild, "", "How the image is built."),
    row<&Service::platforms>("platforms", kPlatforms, "[linux/amd64]", "The platforms that the image is built for."),
    row<&Service::image>("image", kImageReference, "", "A ready image instead of a build."),
    row<&Service::same_image_as>("same_image_as", kServiceName, "", "The service whose image it runs."),
    derived<&Service::command>("command", kWords, "the image's", "The command that the container runs."),
    row<&Service::port>("port", kPort, "", "The port that it listens on; without it, it takes no traffic."),
    derived<&Service::health>("health", kHealth, "/ with a port", "What the load balancer and autohealing ask."),
    derived<&Service::smoke>("smoke", kSmoke, "health's path where the ingress leads there",
                             "What the smoke test asks."),
    derived<&Service::routes>("routes", kRoutes, "[\"/*\"] with a port", "Which requests of the ingress come here."),
    row<&Service::open_routes>("public", kRoutes, "[]", "Behind an API gateway: the routes that need no key."),
    row<&Service::calls>("calls", kNames, "[]", "The services that it may reach without the ingress."),
    row<&Service::cpu>("cpu", kCpu, "256", "Fargate CPU units."),
    row<&Service::memory>("memory", kMemory, "512", "Memory in MiB."),
    row<&Service::scaling>("scaling", kScaling, "", "How many copies run."),
    row<&Service::env>("env", kStringMap, "{}", "Plain configuration of the running service."),
    row<&Service::secrets>("secrets", kSecretSources, "{}", "Secrets of the running service: where each comes from."),
    row<&Service::permissions>("permissions", kPermissions, "[]", "What the running service may do in the cloud."),
    row<&Service::migrate>("migrate", kWords, "", "A command that runs once per target before a rollout."),
    row<&Service::schedule>("schedule", kSchedule, "", "Runs command at these times instead of all the time."),
    derived<&Service::stacks>("stacks", kSomeNames, "all stacks", "Where it runs."),
    row<&Service::read_only>("read_only", kSwitch, "true", "Whether the root file system is read-only."),
    row<&Service::test>("test", kTest, "", "Commands that run before a build."),
};
constexpr Row kOverrideRows[] = {
    row<&ServiceOverride::cpu>("cpu", kCpu, "", "Fargate CPU units."),
    row<&ServiceOverride::memory>("memory", kMemory, "", "Memory in MiB."),
    row<&ServiceOverride::scaling>("scaling", kScaling, "", "How many copies run."),
    row<&ServiceOverride::env>("env", kStringMap, "", "Plain configuration."),
    row<&ServiceOverride::secrets>("secrets", kSecretSources, "", "Secrets."),
    row<&ServiceOverride::command>("command", kWords, "", "The command that the container runs."),
    row<&ServiceOverride::permissions>("permissions", kPermissions, "", "What it may do in the cloud."),
};
}  // namespace

constexpr Type kService = record_type<Service>(kRows);
constexpr Type kServiceOverride = record_type<ServiceOverride>(kOverrideRows);

}  // namespace pipewright::manifest::written
