// What scripts are told about services, as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "generator/project/project.h"

namespace pipewright::delivery {

// A list with one service: what its image is made of and where that image lives in a target. For build, try and scan.
nlohmann::ordered_json image_service(const Project& project, const Target& target, const Service& service);

// All services of a target: for a deploy also where each image comes from, what the runtime needs to know, migrations
// and smoke tests.
nlohmann::ordered_json target_services(const Project& project, const Target& target);

}  // namespace pipewright::delivery
