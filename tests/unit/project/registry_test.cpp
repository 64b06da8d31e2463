// Where images live, and what opens that place, for each registry and host.
#include "generator/project/registry.h"

#include <doctest/doctest.h>

#include "generator/project/names.h"

using namespace pipewright;

namespace {

Project project_with(Registry registry) {
    Project project;
    project.name = "shop";
    project.registry = std::move(registry);
    project.github = GitHubHost{};
    project.github->repository = "Acme/Shop";
    project.gitlab = GitLabHost{};
    project.gitlab->repository = "Acme/Web/shop";
    project.gitlab->url = "https://gitlab.com";
    return project;
}

Target target_on(Cloud cloud) {
    Target target;
    target.environment = "dev";
    target.stack = "main";
    target.cloud = cloud;
    target.region = cloud == Cloud::aws ? "eu-west-1" : "europe-west1";
    if (cloud == Cloud::aws) target.account = "123456789012";
    if (cloud == Cloud::gcp) target.project = "shop-dev";
    if (cloud == Cloud::gcp) target.project_number = "42";
    return target;
}

Service service_of(const std::string& image_of) {
    Service service;
    service.name = "worker";
    service.image_of = image_of;
    return service;
}

}  // namespace

TEST_CASE("an image lives where the manifest says, under the name of the service whose image it is") {
    const Service worker = service_of("api");
    const auto at = [&](RegistryKind kind, Cloud cloud) {
        Registry registry;
        registry.kind = kind;
        registry.space = "acme";
        registry.account = "999999999999";
        registry.region = "us-east-1";
        return registries::repository(project_with(registry), target_on(cloud), worker);
    };
    CHECK(at(RegistryKind::native, Cloud::aws) == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/dev/main/api");
    CHECK(at(RegistryKind::native, Cloud::gcp) == "europe-west1-docker.pkg.dev/shop-dev/shop-dev-main/api");
    CHECK(at(RegistryKind::ecr, Cloud::aws) == "999999999999.dkr.ecr.us-east-1.amazonaws.com/shop/api");
    for (const Cloud cloud : {Cloud::aws, Cloud::gcp}) {
        CHECK(at(RegistryKind::ghcr, cloud) == "ghcr.io/acme/shop/api");
        CHECK(at(RegistryKind::gitlab, cloud) == "registry.gitlab.com/acme/web/shop/api");
        CHECK(at(RegistryKind::dockerhub, cloud) == "docker.io/acme/shop-api");
    }
}

TEST_CASE("the registry of an own GitLab is below its name") {
    Registry registry;
    registry.kind = RegistryKind::gitlab;
    Project project = project_with(registry);
    project.gitlab->url = "https://git.example.com/gitlab";
    CHECK(registries::repository(project, target_on(Cloud::aws), service_of("api")) ==
          "registry.git.example.com/acme/web/shop/api");
}

TEST_CASE("what opens a registry depends on the host whose it is") {
    using registries::Credentials;
    const auto of = [](RegistryKind kind, Host host) {
        Registry registry;
        registry.kind = kind;
        return registries::credentials(project_with(registry), host);
    };
    for (const Host host : {Host::github, Host::gitlab}) {
        CHECK(of(RegistryKind::native, host) == Credentials::none);
        CHECK(of(RegistryKind::ecr, host) == Credentials::none);
        CHECK(of(RegistryKind::dockerhub, host) == Credentials::docker_hub);
    }
    CHECK(of(RegistryKind::ghcr, Host::github) == Credentials::host);
    CHECK(of(RegistryKind::ghcr, Host::gitlab) == Credentials::other_host);
    CHECK(of(RegistryKind::gitlab, Host::gitlab) == Credentials::host);
    CHECK(of(RegistryKind::gitlab, Host::github) == Credentials::other_host);
}

TEST_CASE("names on Google Cloud fit their limits for the longest manifest") {
    Project project;
    project.name = "a-project-of-24-letters-";
    project.name.back() = 'x';
    Target target = target_on(Cloud::gcp);
    target.environment = target.stack = "twenty-characters-ab";
    CHECK(names::identity_pool(project).size() <= 32);
    CHECK(names::load_balancer(project, target).size() <= 63);
    CHECK(names::record_bucket(project, target).size() <= 63);
    const std::string group = names::instance_group(project, target, "twenty-characters-ab");
    CHECK(group.size() == 58);
    CHECK(names::migration(project, target, "twenty-characters-ab").size() <= 63);
    CHECK(names::migration(project, target, "twenty-characters-ab").starts_with("migrate-" + group.substr(0, 40)));
    CHECK(names::workload_account(project, target, "twenty-characters-ab").size() <= 30);
    for (const names::Identity kind : names::kIdentities) {
        CHECK(names::service_account(project, target, kind).size() <= 30);
        for (const Host host : {Host::github, Host::gitlab})
            CHECK(names::identity_provider(target, host, kind).size() <= 32);
    }
    // Google keeps this beginning to itself.
    project.name = "gcp-shop";
    CHECK(names::identity_pool(project) == "ci-gcp-shop");
}

TEST_CASE("names on Google Cloud") {
    Project project;
    project.name = "shop";
    const Target target = target_on(Cloud::gcp);
    CHECK(names::principal(project, target, names::Identity::deploy) ==
          "shop-dev-main-deploy@shop-dev.iam.gserviceaccount.com");
    CHECK(names::identity_provider_path(project, target, Host::gitlab, names::Identity::plan) ==
          "projects/42/locations/global/workloadIdentityPools/ci-shop/providers/gitlab-dev-main-plan");
    CHECK(names::record(project, target) == "gs://shop-records-shop-dev/shop/dev/main/record");
    CHECK(names::platform(project, target) == "gs://shop-records-shop-dev/shop/dev/main/platform.json");
    CHECK(names::instance_group(project, target, "api") == "shop-dev-main-api");
}
