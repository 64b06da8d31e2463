#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::written {

struct DockerHub {
    Field<std::string> space, pull_secret;
};
struct SharedRegistry {
    Field<std::string> pull_secret;
};
struct ToolingEcr {
    Field<std::string> account, region;
};

struct Registry {
    Field<std::string> kind;  // the short form
    Field<SharedRegistry> ghcr, gitlab;
    Field<DockerHub> dockerhub;
    Field<ToolingEcr> ecr;
};

extern const Type kRegistry;

}  // namespace pipewright::manifest::written
