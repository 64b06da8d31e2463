#include "generator/delivery/minutes.h"

#include <algorithm>

#include "generator/runtimes/runtime.h"

namespace pipewright::delivery {

namespace {

// The scripts' own bounds (templates/scripts/ci/lib; a test compares them).
constexpr std::int64_t kLeaseWait = 60, kMigration = 15, kRollout = 20;

// The most that smoke.sh lets one question take.
constexpr std::int64_t kSmokeSeconds = 10;

// What has no bound of its own: a clone, a sign-in, copies and tags of images, a few tools.
constexpr std::int64_t kRest = 15;

// Hosts end a job after six hours, and GitLab's may need ten minutes more to say how they ended.
constexpr std::int64_t kMost = 350;

std::int64_t smoke_minutes(const Project& project, const Target& target) {
    const auto tested = std::count_if(target.services.begin(), target.services.end(),
                                      [](const Running& one) { return one.smoke.has_value(); });
    const std::int64_t retries = project.delivery.smoke_retries;
    const std::int64_t seconds = (retries + 1) * kSmokeSeconds + retries * project.delivery.smoke_delay_seconds;
    return (tested * seconds + 59) / 60;
}

// One after the other: the services' migrations, after one that a killed run may have left at work.
std::int64_t migration_minutes(const Project& project, const Target& target) {
    const auto migrated = std::count_if(target.services.begin(), target.services.end(), [&](const Running& one) {
        return !project.service(one.service)->migrate.empty();
    });
    return migrated == 0 ? 0 : (migrated + 1) * kMigration;
}

// The rollout, the questions whether it is well, and the way back, which starts its time anew.
std::int64_t rollout_minutes(const Project& project, const Target& target) {
    const std::int64_t ways_back = runtime(target.runtime)->goes_back_one_by_one ? target.instance_count : 1;
    return kRollout + smoke_minutes(project, target) + ways_back * kRollout;
}

int rounded(std::int64_t minutes) { return static_cast<int>(std::min((minutes + 9) / 10 * 10, kMost)); }

}  // namespace

int deploy_minutes(const Project& project, const Target& target) {
    return rounded(kLeaseWait + migration_minutes(project, target) + rollout_minutes(project, target) + kRest);
}

int rollback_minutes(const Project& project, const Target& target) {
    return rounded(kLeaseWait + rollout_minutes(project, target) + kRest);
}

int leased_minutes(int work) { return rounded(kLeaseWait + work); }

}  // namespace pipewright::delivery
