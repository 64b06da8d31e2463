// Databases and caches of a Compose file, and the variables through which services reach them.
#pragma once

#include "generator/init/compose.h"
#include "generator/init/facts.h"

namespace pipewright::init {

// The store that an image is; nothing for other images.
std::optional<Store> store_of(const ComposeService& service, const std::string& file);

// Looks at the variables of a service: those that lead to a store become secrets, those that lead to another service
// calls, and the names of the others are kept. `services` are the names that built services have in the manifest, by
// the Compose file's, with their ports.
struct Reached {
    std::string compose_name, name;
    std::int64_t port = 0;
};
void link(const ComposeService& from, const std::vector<Store>& stores, const std::vector<Reached>& services,
          ServiceFacts& to);

// A side container for the tests of a service that uses stores: with a password of our own, never the Compose file's.
void add_side_containers(const std::vector<Store>& stores, ServiceFacts& service);

}  // namespace pipewright::init
