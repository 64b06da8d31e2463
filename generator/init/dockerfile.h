// What a Dockerfile says about the container that it makes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::init {

struct Dockerfile {
    std::vector<std::int64_t> ports;   // of TCP, as the last stage exposes them or takes them from its base
    std::string ports_where;           // "EXPOSE on line 12", "ENV PORT on line 9"
    std::vector<std::string> unclear;  // words of EXPOSE that hold a variable without a value
    std::string health;                // the path that HEALTHCHECK asks; empty where it asks none
    std::string health_where;          // "HEALTHCHECK on line 14"
    std::string base;                  // the image below the stage, as written
    std::vector<std::string> bases;    // the images below all stages
    std::vector<std::string> copied;   // what all stages copy out of the build context
};

// Reads the stage (its name or number; empty: the last) with all that it is built on. Never fails: what isn't
// understood isn't said.
Dockerfile read_dockerfile(std::string_view text, std::string_view stage = {});

// A path that a health check's command asks of this very machine, as in `curl -f http://localhost:8000/health`.
std::string asked_path(std::string_view command);

}  // namespace pipewright::init
