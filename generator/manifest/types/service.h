#pragma once

#include "generator/manifest/types/common.h"

namespace pipewright::manifest::written {

struct Build {
    Field<Map<std::string>> args;
    Field<std::string> target;
    Field<List<std::string>> inputs;
    Field<Map<std::string>> secrets;
    Field<std::string> salt;
};

struct Health {
    Field<std::string> path, codes;
    Field<std::int64_t> interval, timeout, healthy, unhealthy, grace_seconds;
};

struct Smoke {
    Field<std::string> path;
    Field<std::int64_t> status;
    Field<std::string> contains;
};

struct SideContainer {
    Field<std::string> image;
    Field<Map<std::string>> env;
};

struct Test {
    Field<std::string> image, dir;
    Field<Map<std::string>> env;
    Field<List<std::string>> run;
    Field<Map<SideContainer>> services;
};

struct Service {
    Field<std::string> path, dockerfile;
    Field<Build> build;
    Field<List<std::string>> platforms;
    Field<std::string> image, same_image_as;
    Field<List<std::string>> command;
    Field<std::int64_t> port;
    Field<Health> health;
    Field<Smoke> smoke;
    Field<List<std::string>> routes, open_routes, calls;
    Field<std::int64_t> cpu, memory;
    Field<Scaling> scaling;
    Field<Map<std::string>> env, secrets;
    Field<List<Permission>> permissions;
    Field<List<std::string>> migrate;
    Field<std::string> schedule;
    Field<List<std::string>> stacks;
    Field<bool> read_only;
    Field<Test> test;
};

// What an environment overrides of a service.
struct ServiceOverride {
    Field<std::int64_t> cpu, memory;
    Field<Scaling> scaling;
    Field<Map<std::string>> env, secrets;
    Field<List<std::string>> command;
    Field<List<Permission>> permissions;
};

extern const Type kService, kServiceOverride;

}  // namespace pipewright::manifest::written
