#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::written {

struct State {
    Field<std::string> bucket, lock, table;
};
struct IdentityKinds {
    Field<std::string> all, aws, gcp;
};
struct Infrastructure {
    Field<std::string> tool, version, directory;
    Field<State> state;
    Field<std::string> apply;
    Field<IdentityKinds> identity;
    Field<List<std::string>> permissions;
};

extern const Type kInfrastructure;

}  // namespace pipewright::manifest::written
