// How long jobs that roll out may take.
#include "generator/delivery/minutes.h"

#include <fstream>
#include <sstream>

#include "../scenes.h"

using namespace pipewright;
using namespace pipewright::delivery;

namespace {

Project base() { return scenes::project_of(scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed)); }

Target& first(Project& project) { return project.environments.front().targets.front(); }

std::string script(const std::string& name) {
    std::ifstream file(PIPEWRIGHT_SOURCE_DIR "/templates/scripts/ci/lib/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("a deploy may take as long as its script waits at most, with the way back") {
    Project project = base();
    Target& target = first(project);
    target.services.front().smoke.reset();
    // The lease, the rollout, the way back, and what has no bound.
    CHECK(rollback_minutes(project, target) == 120);
    CHECK(deploy_minutes(project, target) == 120);
    target.services.front().smoke = Smoke{"/", 0, ""};
    CHECK(deploy_minutes(project, target) == 120);
    project.delivery.smoke_retries = 60;
    project.delivery.smoke_delay_seconds = 20;
    CHECK(rollback_minutes(project, target) == 150);
    CHECK(deploy_minutes(project, target) == 150);
    // One that a killed run left, and its own.
    project.services.front().migrate = {"migrate"};
    CHECK(rollback_minutes(project, target) == 150);
    CHECK(deploy_minutes(project, target) == 180);
}

TEST_CASE("instances that go back one after the other take their time each, as far as hosts let them") {
    Project project = base();
    Target& target = first(project);
    target.services.front().smoke.reset();
    target.instance_count = 4;
    CHECK(deploy_minutes(project, target) == 120);
    target.runtime = "ec2-compose";
    CHECK(deploy_minutes(project, target) == 180);
    target.instance_count = 100;
    CHECK(deploy_minutes(project, target) == 350);
}

TEST_CASE("the scripts' own bounds are those that the times are made of") {
    CHECK(script("lease.sh").find("number LEASE_WAIT_MINUTES 60\n") != std::string::npos);
    CHECK(script("smoke.sh").find("--max-time 10 ") != std::string::npos);
    for (const char* runtime : {"ecs-fargate", "ec2-compose", "compute-mig"}) {
        CAPTURE(runtime);
        const std::string text = script("rollout-" + std::string(runtime) + ".sh");
        CHECK(text.find("number ROLLOUT_MINUTES 20\n") != std::string::npos);
        CHECK(text.find("number MIGRATE_MINUTES 15\n") != std::string::npos);
    }
}
