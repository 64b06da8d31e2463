// How long jobs that roll out may take.
#pragma once

#include "generator/project/project.h"

namespace pipewright::delivery {

// As long as deploy.sh waits at most, by its own bounds: a host that ends the job earlier ends it while it puts back.
int deploy_minutes(const Project& project, const Target& target);

// The same of rollback.sh, which migrates nothing.
int rollback_minutes(const Project& project, const Target& target);

// As long as work of that many minutes may take that begins with a wait for the lease.
int leased_minutes(int work);

}  // namespace pipewright::delivery
