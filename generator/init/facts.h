// What was seen in a repository: facts with the place where each was seen, for the comments of the manifest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/init/git.h"
#include "generator/init/languages/language.h"
#include "generator/init/tree.h"

namespace pipewright::init {

// A value, and where it was seen; an empty place means that nothing was.
template <class T>
struct Seen {
    T value{};
    std::string where;
    bool known() const { return !where.empty(); }
};

// A database or cache that the services of the Compose file use.
struct Store {
    bool cache = false;
    std::string engine;   // postgres, mysql, redis or valkey
    std::string version;  // "16"; empty where the image doesn't say
    std::string service;  // its name in the Compose file
    std::string image;
    std::string where;
};

struct ServiceFacts {
    std::string name;
    std::string where;                           // what made it a service: a Dockerfile, an entry of the Compose file
    std::string path, dockerfile, build_target;  // dockerfile is relative to path
    std::string same_image_as;
    Names command;
    bool worker = false;  // takes no traffic, and needs no port
    bool inside = false;  // takes traffic of other services alone
    Seen<std::int64_t> port;
    Names more_ports;  // other ports that were seen
    Seen<std::string> health;
    Seen<Names> migrate;
    std::optional<Tests> tests;
    std::string test_folder;  // where they run, if not in path
    std::vector<SideContainer> beside_tests;
    StringMap env, secrets;
    Names calls;
    Names settings;  // names of other variables that the Compose file sets
    Names remarks;
    bool front_end = false;
    std::optional<Recipe> recipe;   // for a folder without a Dockerfile
    std::optional<Recipe> missing;  // for a Dockerfile that the Compose file names and that isn't there
};

struct Facts {
    Git git;
    std::string folder_name;
    std::vector<ServiceFacts> services;  // found ones; none of a folder without a Dockerfile
    std::vector<ServiceFacts> offers;    // applications without a Dockerfile that one of ours would fit
    std::vector<Store> stores;
    Seen<std::string> region;  // of AWS, from a workflow that is there
    std::string manifest;      // a manifest that is already there
    bool github_folder = false, gitlab_file = false;
    Names remarks;
};

// Looks at a folder of a repository whose root is given. Nothing is written, nothing outside the root is read (but for
// the .git of a worktree).
Facts look(system::Disk& disk, const std::string& root, const std::string& folder);

// The steps of look(): services and stores of the Compose file or of the Dockerfiles alone, applications without
// either.
void look_at_services(const Tree& tree, Facts& facts);

}  // namespace pipewright::init
