// The manifest as it was written: the top of the tables.
#pragma once

#include "generator/manifest/types/delivery.h"
#include "generator/manifest/types/environment.h"
#include "generator/manifest/types/extend.h"
#include "generator/manifest/types/hosts.h"
#include "generator/manifest/types/infrastructure.h"
#include "generator/manifest/types/registry.h"

namespace pipewright::manifest::written {

struct Manifest {
    Field<std::int64_t> pipewright;
    Field<std::string> project, repository;
    Field<Hosts> hosts;
    Field<Registry> registry;
    Field<Map<Service>> services;
    Field<Map<Stack>> stacks;
    Field<Map<Environment>> environments;
    Field<Delivery> delivery;
    Field<Infrastructure> infrastructure;
    Field<Extend> extend;
};

extern const Type kManifest;

}  // namespace pipewright::manifest::written
